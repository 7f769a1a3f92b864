"""A clinic at its start, and one that has lived a whole day, for tests about the house."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.sign_in import open_clinic
from tests.builders import NOW, PASSWORD, TestClinic, a_clinic, with_pen_in_hand
from tests.house.whole_day import Lived, WholeDay


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[TestClinic]:
    """A clinic that can book; the owner Lin Hua, also a practitioner, at the desk."""
    made = a_clinic(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def lived_folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Lived]:
    """A closed clinic with a whole day behind it, its owner's vault id, and numbers of what the day left."""
    made = a_clinic(tmp_path_factory.mktemp("lived"))
    lived = WholeDay(made).lives()
    vault_id = made.desk.clinic.person_id
    made.close()
    return made.folder, vault_id, lived


@pytest.fixture
def lived(lived_folder: tuple[Path, str, Lived], tmp_path: Path) -> Iterator[tuple[TestClinic, Lived]]:
    """A copy of it for one test, the owner at the desk."""
    folder, vault_id, numbers = lived_folder
    shutil.copytree(folder, tmp_path / "lived")
    clock = SteppedClock(NOW)
    clock.advance(hours=3)
    desk = open_clinic(tmp_path / "lived", vault_id, PASSWORD, clock=clock, allow_weak=True)
    clinic = TestClinic(tmp_path / "lived", with_pen_in_hand(desk), clock)
    yield clinic, numbers
    clinic.close()
