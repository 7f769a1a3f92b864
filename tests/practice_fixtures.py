"""The practice clinic for tests: made once a session, because that takes its time; each test works on a copy."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pulse_desktop.rehearsal.practice_clinic import PracticeClinic, make_practice_clinic, practice_now
from pulse_desktop.rehearsal.practice_data import PASSWORD

PRACTICE_DAY = date(2026, 11, 24)
"""A Tuesday, and the day of the mock-ups: the same clinic whenever the suite runs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those who use it first. They stand in one worker's share then, so that the others need not wait while it is made, and
    what is left for the end of the run are short tests, which the workers can share evenly."""
    items.sort(key=lambda item: "practice_folder" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> PracticeClinic:
    """The practice clinic as it was made, closed. Only to be copied: nobody signs in here."""
    folder = _shared_by_workers(tmp_path_factory) / "practice-clinic"
    now = practice_now(PRACTICE_DAY)
    with _alone(folder.with_suffix(".lock")):
        if not folder.is_dir():
            beside = folder.with_suffix(".making")
            make_practice_clinic(beside, now)
            beside.rename(folder)
    return PracticeClinic(folder, PASSWORD, now)


def _shared_by_workers(factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its workers see."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One worker makes the clinic, the others wait for it."""
    handle = _taken(lock)
    while handle is None:
        time.sleep(0.2)
        handle = _taken(lock)
    try:
        yield
    finally:
        os.close(handle)
        lock.unlink()


def _taken(lock: Path) -> int | None:
    try:
        return os.open(lock, os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return None


@pytest.fixture
def practice_clinic(practice_folder: PracticeClinic, tmp_path: Path) -> PracticeClinic:
    """A copy of the practice clinic, closed, for one test."""
    shutil.copytree(practice_folder.folder, tmp_path / "practice")
    return replace(practice_folder, folder=tmp_path / "practice")
