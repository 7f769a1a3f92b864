"""A fresh clinic for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.both_databases import Database
from tests.builders import TestClinic
from tests.outside.print_system import PrintSystem

collect_ignore = [] if PrintSystem.is_possible() else ["test_print_system.py"]
"""The print system's own tests need cupsd and the right to start it."""


@pytest.fixture
def clinic(one_database: Database, tmp_path: Path) -> Iterator[TestClinic]:
    made = one_database.clinic(tmp_path)
    yield made
    made.close()
