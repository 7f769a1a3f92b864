"""A fresh clinic for each test, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.both_databases import Database
from tests.builders import TestClinic


@pytest.fixture
def clinic(database: Database, tmp_path: Path) -> Iterator[TestClinic]:
    made = database.clinic(tmp_path)
    yield made
    made.close()
