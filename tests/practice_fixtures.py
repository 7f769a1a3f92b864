"""The practice clinic for tests: made once a session, because that takes its time; each test works on a copy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pulse_desktop.rehearsal.practice_clinic import PracticeClinic, make_practice_clinic, practice_now

PRACTICE_DAY = date(2026, 11, 24)
"""A Tuesday, and the day of the mock-ups: the same clinic whenever the suite runs."""


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> PracticeClinic:
    """The practice clinic as it was made, closed. Only to be copied: nobody signs in here."""
    return make_practice_clinic(tmp_path_factory.mktemp("practice") / "clinic", practice_now(PRACTICE_DAY))


@pytest.fixture
def practice_clinic(practice_folder: PracticeClinic, tmp_path: Path) -> PracticeClinic:
    """A copy of the practice clinic, closed, for one test."""
    shutil.copytree(practice_folder.folder, tmp_path / "practice")
    return replace(practice_folder, folder=tmp_path / "practice")
