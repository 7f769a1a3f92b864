from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import TestClinic, a_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[TestClinic]:
    made = a_clinic(tmp_path)
    yield made
    made.close()
