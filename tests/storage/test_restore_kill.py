"""SIGKILL at any moment of a restore: the old clinic opens or the new one does, and the old one is kept (B4)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.storage.backup import make_backup
from pulse_desktop.storage.restoring import restore
from tests.storage import workshop as shop
from tests.storage.workshop import PASSWORD, START, Putting, closed_clinic, opened

pytest.importorskip("fcntl")  # forks


@dataclass(frozen=True, slots=True)
class Two:
    """A backup with one bench, and a clinic that has two meanwhile, the second in a journal that a crash left behind."""

    folder: Path
    person: str
    file: Path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    place = tmp_path_factory.mktemp("kill")
    clinic = opened(*closed_clinic(place))
    clinic.door.do(shop.put_bench, Putting("old"))
    file = make_backup(clinic, place, SteppedClock(START)).path
    clinic.close()
    os.waitpid(in_a_child(lambda: opened(clinic.folder, clinic.person_id).door.do(shop.put_bench, Putting("new"))), 0)
    assert (clinic.folder / "clinic.db-wal").stat().st_size > 0
    return Two(clinic.folder, clinic.person_id, file)


def in_a_child(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def count_in(folder: Path, person: str) -> int:
    """How many benches the clinic in `folder` has; it must open and be sound."""
    clinic = opened(folder, person)
    try:
        assert clinic.check().is_sound
        return len(clinic.door.look(shop.benches))
    finally:
        clinic.close()


def killed_after(two: Two, place: Path, seconds: float) -> int:
    """Restores over a copy of the clinic, kills it after so many seconds; the benches of what opens."""
    shutil.copytree(two.folder, place)
    child = in_a_child(lambda: restore(two.file, place, two.person, PASSWORD))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = count_in(place, two.person)
    if found == 1:
        (kept,) = place.glob("before-restore-*")
        assert count_in(kept, two.person) == 2
    return found


def killed(two: Two, tmp_path: Path, times: int) -> set[int]:
    before = time.perf_counter()
    shutil.copytree(two.folder, tmp_path / "whole")
    os.waitpid(in_a_child(lambda: restore(two.file, tmp_path / "whole", two.person, PASSWORD)), 0)
    lasts, chance = time.perf_counter() - before, random.Random(times)
    return {killed_after(two, tmp_path / str(number), chance.random() * lasts * 1.1) for number in range(times)}


@pytest.mark.long
def test_b4_killed_at_random_moments(two: Two, tmp_path: Path) -> None:
    assert killed(two, tmp_path, 12) <= {1, 2}


@pytest.mark.long
def test_b4_killed_at_a_hundred_moments(two: Two, tmp_path: Path) -> None:
    assert killed(two, tmp_path, 100) == {1, 2}


class Stopped(BaseException):
    """The process ends here."""


def dies_at(step: int, two: Two, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Restores, dying right before the rename of this number; whether it came so far."""
    renames, really = [0], Path.rename

    def rename(path: Path, target: Path) -> None:
        if Path(target).parent.name.startswith("before-restore") or path.parent.name.startswith("restore-ready") or "ready" in Path(target).name:
            renames[0] += 1
            if renames[0] == step:
                os._exit(9)
        really(path, target)

    def work() -> None:
        monkeypatch.setattr(Path, "rename", rename)
        restore(two.file, folder, two.person, PASSWORD)

    return os.waitstatus_to_exitcode(os.waitpid(in_a_child(work), 0)[1]) == 9


def test_b4_killed_before_each_rename(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for step in range(1, 30):
        folder = tmp_path / str(step)
        shutil.copytree(two.folder, folder)
        if not dies_at(step, two, folder, monkeypatch):
            break
        found.append(count_in(folder, two.person))
        assert list(folder.glob("restore-ready-*")) == []
    assert found == [2, *[1] * (len(found) - 1)]
    assert len(found) >= 9


def test_b4_an_empty_folder_is_finished_too(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dies_at(2, two, tmp_path / "new", monkeypatch)
    assert count_in(tmp_path / "new", two.person) == 1


def test_b4_control_without_carrying_on_neither_opens(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulse_desktop.storage.vault.finish_restore", lambda _folder: None)
    lost = []
    for step in range(1, 12):
        folder = tmp_path / str(step)
        shutil.copytree(two.folder, folder)
        if not dies_at(step, two, folder, monkeypatch):
            break
        try:
            count_in(folder, two.person)
        except Problem:
            lost.append(step)
    assert lost
