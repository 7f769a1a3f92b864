"""SIGKILL at any moment of a move: the clinic opens where it was or where it went, whole, and the move can be done again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage import clinic_folder, moved_folder, moving_to_server
from pulse_desktop.storage.plain_rows import Content
from pulse_desktop.storage.server_file import SERVER, read_server_file
from tests.builders import a_clinic
from tests.builders_treatment import a_signed_note
from tests.postgres import Server
from tests.server_seats import SeatTemplate
from tests.storage.moving_house import House

pytest.importorskip("fcntl")  # forks
_numbers = count()


@dataclass(frozen=True)
class Both:
    """The same clinic on its file and on the server, each to be copied; and what it holds."""

    file: House
    template: SeatTemplate
    holds: dict[str, Content]

    def on_file(self, place: Path) -> House:
        shutil.copytree(self.file.folder, place)
        return replace(self.file, folder=place, database=f"kill{next(_numbers)}")

    def on_server(self, place: Path) -> House:
        seat = self.template.seat(place)
        return replace(self.file, folder=seat.folder, database=seat.place.database)


@pytest.fixture(scope="module")
def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Both:
    place = tmp_path_factory.mktemp("kill")
    clinic = a_clinic(place)
    a_signed_note(clinic)
    person = clinic.desk.clinic.person_id
    clinic.close()
    file = House(postgres, clinic.folder, person, "killed")
    holds = file.holds()
    shutil.copytree(file.folder, place / "seat")
    moved = replace(file, folder=place / "seat")
    moved.to_server()
    return Both(file, SeatTemplate(postgres, moved.folder, moved.place), holds)


def in_a_child(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def lasts(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    os.waitpid(in_a_child(work), 0)
    return time.perf_counter() - before


def killed(both: Both, place: Path, times: int) -> set[tuple[bool, bool]]:
    """Moves in both directions by turns, each killed at a random moment; (started on the file, ended on the file)."""
    houses = (both.on_file(place / "whole"), both.on_server(place / "whole seat"))
    long = (lasts(houses[0].to_server), lasts(houses[1].to_file))
    chance, found = random.Random(times), set()
    for turn in range(times):
        from_file = turn % 2 == 0
        house = both.on_file(place / str(turn)) if from_file else both.on_server(place / str(turn))
        child = in_a_child(house.to_server if from_file else house.to_file)
        time.sleep(chance.random() * long[turn % 2] * 1.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found.add((from_file, ends_whole(both, house, from_file=from_file)))
    return found


def ends_whole(both: Both, house: House, *, from_file: bool) -> bool:
    """Opens what is there, which holds everything; moves again if nothing moved. Whether it was on the file when it was opened."""
    holds = house.holds()
    is_on_file = house.is_on_file()
    assert holds == both.holds
    if is_on_file is from_file:
        (house.to_server if from_file else house.to_file)()
        assert house.holds() == both.holds
    return is_on_file


@pytest.mark.long
def test_killed_at_random_moments(both: Both, tmp_path: Path) -> None:
    """Each step of the switch is cut on its own, above and below; a hundred moments stand in `make test-long`."""
    assert killed(both, tmp_path, 2) <= {(True, True), (True, False), (False, False), (False, True)}


@pytest.mark.long
def test_killed_at_a_hundred_moments(both: Both, tmp_path: Path) -> None:
    found = killed(both, tmp_path, 100)
    assert {(True, True), (False, False)} <= found


class Steps:
    """Counts changes of the seat's folder from the moment a move turns to it; the process ends right before one of them."""

    def __init__(self, last: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self._last, self._done, self._counting = last, 0, False
        for turning in ("moving_to_server.switch_to_server", "moving_to_file.be_ready_for_file"):
            monkeypatch.setattr(f"pulse_desktop.storage.{turning}", self._turned(getattr(moved_folder, turning.partition(".")[2])))
        for name in ("write_file", "write_server_file", "sync_folder"):
            monkeypatch.setattr(moved_folder, name, self._counted(getattr(moved_folder, name)))
        for name in ("rename", "unlink"):
            monkeypatch.setattr(Path, name, self._counted(getattr(Path, name)))

    def _turned(self, really: Callable[..., object]) -> Callable[..., object]:
        def turning(*args: object) -> object:
            self._counting = True
            return really(*args)

        return turning

    def _counted(self, really: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **named: object) -> object:
            self._done += self._counting
            if self._done == self._last and self._counting:
                os._exit(9)
            return really(*args, **named)

        return step


def dies_before(step: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the work came as far as that step."""

    def watched() -> None:
        Steps(step, monkeypatch)
        work()

    return os.waitstatus_to_exitcode(os.waitpid(in_a_child(watched), 0)[1]) == 9


def test_cut_before_each_step_of_the_switch_to_a_server(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied and proved lies on the server already; only the folder changes."""
    on_file = []
    for step in count(1):
        house = both.on_server(tmp_path / str(step))
        ways = read_server_file(house.folder)
        (house.folder / SERVER).unlink()
        shutil.copy(both.file.folder / "clinic.db", house.folder)
        monkeypatch.setattr(moving_to_server, "_carried_over", lambda *_, found=ways: (0, 0, found))
        if not dies_before(step, house.to_server, monkeypatch):
            break
        assert house.holds() == both.holds
        on_file.append(house.is_on_file())
        assert not (house.folder / "moving.json").exists()
    assert on_file == sorted(on_file, reverse=True)
    assert {True, False} == set(on_file)


@pytest.mark.long
def test_cut_before_each_step_of_the_switch_to_a_file(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_file = []
    for step in count(1):
        house = both.on_server(tmp_path / str(step))
        if not dies_before(step, house.to_file, monkeypatch):
            break
        assert house.holds() == both.holds
        on_file.append(house.is_on_file())
    assert on_file == sorted(on_file)
    assert {True, False} == set(on_file)


def test_without_carrying_on_the_switch_would_be_lost(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a seat that does not finish what was cut off finds the clinic nowhere."""
    house = both.on_server(tmp_path / "cut")
    assert dies_before(3, house.to_file, monkeypatch)
    monkeypatch.setattr(clinic_folder, "has_arrived", lambda *_: False)
    with pytest.raises(Refusal, match="clinic_moved"):
        house.opened()
