from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice import practice_data
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.seat_file import SeatFile, make_seat_file
from pulse_desktop.storage.server_file import ServerFile, certified, write_server_file
from pulse_desktop.storage.unlocking import Newcomer, new_vault
from pulse_desktop.storage.vault import ClinicCard, read_vault, write_vault
from tests.builders import NOW
from tests.gui.accessible import nameless
from tests.gui.opening import Opened, a_window

CTRL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "seven herons wade in june"


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot) -> Iterator[Opened]:
    opened = a_window(tmp_path / "clinic", SteppedClock(NOW), qtbot)
    yield opened
    opened.window.close()


def _write(desk: Opened, label: str, text: str) -> None:
    field = next(one for one in desk.window.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == label)
    field.setFocus()
    field.selectAll()
    desk.types(text)


def _go_on(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Return, CTRL)


def _fill_practice(desk: Opened) -> None:
    _write(desk, "Name of the practice", "Quiet Hands")
    _write(desk, "Office", "Clifton")
    _write(desk, "City", "Clifton")
    _write(desk, "State", "nj")
    _write(desk, "Treatment rooms", "3")


def _fill_owner(desk: Opened, again: str = PASSWORD) -> None:
    _write(desk, "First name", "Vera")
    _write(desk, "Last name", "Adler")
    _write(desk, "Your password, 15 letters or more: a short sentence", PASSWORD)
    _write(desk, "The same password again", again)


def test_three_steps_make_a_clinic_that_can_work(empty: Opened) -> None:
    empty.sees("Step 1 of 3")
    assert nameless(empty.window) == []
    _fill_practice(empty)
    _go_on(empty)
    empty.sees("Who are you?")
    assert nameless(empty.window) == []
    _fill_owner(empty)
    _go_on(empty)
    empty.sees("What do you offer?")
    assert nameless(empty.window) == []
    empty.clicks("Create the clinic")
    empty.sees("Vera, owner")
    empty.sees("Nobody is expected today")
    empty.waits()
    data = empty.asks(practice_data)
    assert data.practice_name == "Quiet Hands"
    assert [office.state for office in data.offices] == ["NJ"]
    assert [room.name for room in data.rooms] == ["Room 1", "Room 2", "Room 3"]
    assert "Acupuncture 60" in [service.name for service in data.services]


def test_what_is_missing_is_said_under_its_field_and_the_cursor_is_in_the_first(empty: Opened) -> None:
    _go_on(empty)
    empty.sees("Please fill in: Name of the practice.")
    empty.sees("Please fill in: State.")
    empty.types("Quiet Hands")
    assert any(field.text() == "Quiet Hands" for field in empty.window.findChildren(QLineEdit))


def test_two_different_passwords_are_refused_and_nothing_is_made(empty: Opened, tmp_path: Path) -> None:
    _fill_practice(empty)
    _go_on(empty)
    empty.sees("Who are you?")
    _fill_owner(empty, again="another sentence altogether")
    _go_on(empty)
    empty.sees("The two passwords differ.")
    assert not (tmp_path / "clinic").exists()


def test_a_refusal_of_the_clinic_leads_back_to_its_step(empty: Opened, tmp_path: Path) -> None:
    _fill_practice(empty)
    _write(empty, "State", "ZZ")
    _go_on(empty)
    empty.sees("Who are you?")
    _fill_owner(empty)
    _go_on(empty)
    empty.sees("What do you offer?")
    empty.clicks("Create the clinic")
    empty.sees("Step 1 of 3")
    assert not (tmp_path / "clinic" / "vault.json").exists()
    _write(empty, "State", "NJ")
    _go_on(empty)
    empty.sees("Who are you?")  # what was entered is still there
    _go_on(empty)
    empty.sees("What do you offer?")


def _join(desk: Opened, file: Path, code: str) -> None:
    _write(desk, "Seat file", str(file))
    _write(desk, "Its code, six groups of four letters", code)
    _go_on(desk)


def test_a_computer_joins_a_clinic_with_its_file_and_code(empty: Opened, tmp_path: Path) -> None:
    """The folder that is brought here leads to a server nobody will ask: signing in is tried where there is one."""
    made, there = _a_seat_file(tmp_path / "there")
    empty.clicks("Join a clinic on a server")
    empty.sees("Which clinic does this computer join?")
    assert nameless(empty.window) == []
    _join(empty, tmp_path / "missing", made.code)
    empty.sees("This file cannot be read.")
    (tmp_path / "desk.pulseseat").write_bytes(made.content)
    _join(empty, tmp_path / "desk.pulseseat", "AAAA-BBBB")
    empty.sees("That is not the code of this seat file.")
    _join(empty, tmp_path / "desk.pulseseat", made.code.lower())
    empty.sees("Vera Stone")
    assert read_vault(tmp_path / "clinic") == read_vault(there)


def test_joining_can_be_left_for_founding(empty: Opened) -> None:
    empty.clicks("Join a clinic on a server")
    empty.sees("Which clinic does this computer join?")
    _go_on(empty)
    empty.sees("Please fill in: Seat file.")
    empty.clicks("Back")
    empty.sees("Step 1 of 3")


def _a_seat_file(folder: Path) -> tuple[SeatFile, Path]:
    folder.mkdir()
    vault, unlocked = new_vault(ClinicCard("Quiet Hands"), Newcomer("Vera Stone", frozenset({Role.OWNER}), PASSWORD), weak_for_tests=True)
    write_vault(folder, vault)
    write_server_file(folder, certified(ServerFile(vault.vault_id, {}), unlocked.ring))
    return make_seat_file(folder, SteppedClock(NOW), weak_for_tests=True), folder
