"""A note is typed while the clinic's server is away: the screen says so calmly, nothing is lost, and it goes on by itself."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_patient, a_visit
from tests.gui import away_typist
from tests.gui.server_window import FarSeat
from tests.postgres import needed_server
from tests.server_clinics import ServerTemplate, _clinic, made_on
from tests.wire import laid


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@pytest.fixture
def seat(template: ServerTemplate, tmp_path: Path, qtbot: QtBot) -> Iterator[FarSeat]:
    where = dict(template.server.make(template="pulse_acupuncture"))
    with _clinic(tmp_path / "beside", where, template.vault) as clinic:
        visit_id = a_visit(clinic, a_patient(clinic)).id
    with laid(where) as wire:
        seat = FarSeat(template, where, wire, tmp_path / "seat", qtbot, visit_id)
        yield seat
        seat.leaves()


def test_typing_goes_on_while_the_server_is_away_and_is_saved_when_it_answers(seat: FarSeat) -> None:
    seat.comes_in()
    seat.goes_to_the_note()
    seat.desk.types("low back")
    seat.desk.sees("Draft saved")
    seat.wire.goes_dead()
    seat.desk.types(", worse in the morning")
    seat.desk.sees("Not connected to the clinic's server since 8:30")
    seat.desk.sees("What you type is kept on this computer")
    seat.desk.types(", better when walking")
    seat.qtbot.waitUntil(lambda: bool(seat.kept_here), timeout=5000)
    seat.wire.comes_back()
    seat.desk.sees("Connected again")
    seat.desk.sees("Draft saved")
    seat.qtbot.waitUntil(lambda: not seat.kept_here, timeout=10_000)
    assert seat.stored().complaint == "low back, worse in the morning, better when walking"


@pytest.mark.long
def test_killed_while_away_the_text_is_there_at_the_next_sign_in(seat: FarSeat) -> None:
    seat.makes_folder()
    command = [sys.executable, "-m", "tests.gui.away_typist", str(seat.folder), json.dumps(seat.wire.where(seat.where)), str(seat.visit_id)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdin is not None
        assert program.stdout.readline() == "saved\n"
        seat.wire.goes_dead()
        program.stdin.write("away\n")
        program.stdin.flush()
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL)
    assert seat.stored().complaint == away_typist.BEFORE
    (kept,) = seat.kept_here
    assert b"morning" not in kept.read_bytes()
    seat.wire.comes_back()
    seat.comes_in()
    seat.desk.sees("What you typed while not connected is saved now")
    assert seat.stored().complaint == away_typist.BEFORE + away_typist.AWAY
    assert seat.kept_here == []


@pytest.mark.long
def test_what_was_changed_elsewhere_meanwhile_is_shown_beside_what_was_kept(seat: FarSeat) -> None:
    seat.comes_in()
    seat.goes_to_the_note()
    seat.desk.types("low back")
    seat.desk.sees("Draft saved")
    seat.wire.goes_dead()
    seat.desk.types(" at night")
    seat.desk.sees("kept on this computer")
    seat.leaves()
    assert len(seat.kept_here) == 1
    seat.writes_elsewhere("knee")
    seat.wire.comes_back()
    seat.comes_in()
    seat.desk.sees("Open it to see both texts")
    seat.goes_to_the_note()
    seat.desk.sees("this note was written in at another seat")
    seat.desk.clicks("Show both")
    seat.desk.sees("low back at night")
    seat.desk.sees("knee")
    seat.desk.clicks("Keep what is here")
    seat.qtbot.waitUntil(lambda: not seat.kept_here, timeout=10_000)
    assert seat.stored().complaint == "low back at night"


@pytest.mark.long
def test_a_save_whose_end_nobody_knows_is_no_conflict_with_oneself(seat: FarSeat) -> None:
    seat.comes_in()
    seat.goes_to_the_note()
    seat.wire.cut_at_commit()
    seat.desk.types("low back")
    seat.desk.sees("kept on this computer")
    assert seat.stored().complaint == "low back"
    seat.desk.types(" at night")
    seat.wire.comes_back()
    seat.desk.sees("Draft saved")
    seat.qtbot.waitUntil(lambda: not seat.kept_here, timeout=10_000)
    assert seat.stored().complaint == "low back at night"
    assert "another seat" not in seat.desk.everything()


def fills_in_a_new_caller(seat: FarSeat) -> None:
    seat.comes_in()
    seat.desk.presses(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    seat.desk.waits()
    seat.desk.types("Ana Lopez")
    seat.qtbot.wait(200)
    seat.desk.waits()
    seat.desk.presses(Qt.Key.Key_Return)
    seat.desk.types("9735551234")
    seat.desk.waits()


def books(seat: FarSeat) -> None:
    seat.desk.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_booking_while_away_stays_open_and_pressing_again_books_it_once(seat: FarSeat) -> None:
    fills_in_a_new_caller(seat)
    seat.wire.goes_dead()
    books(seat)
    seat.desk.sees("What you typed stays here: try again once the server answers")
    seat.wire.comes_back()
    seat.desk.sees("Connected again")
    books(seat)
    seat.desk.sees("Ana Lopez booked")
    assert seat.counts("patient") == 2


def test_a_booking_cut_within_commit_is_told_when_the_server_answers(seat: FarSeat) -> None:
    fills_in_a_new_caller(seat)
    seat.wire.cut_at_commit()
    books(seat)
    seat.desk.sees("Whether it was saved shows once the server answers")
    seat.wire.comes_back()
    seat.desk.sees("Ana Lopez booked")
    assert seat.counts("patient") == 2
    assert seat.counts("visit") == 2


def test_one_can_leave_while_the_server_is_away(seat: FarSeat) -> None:
    seat.comes_in()
    seat.wire.goes_dead()
    seat.desk.frame.ask_sign_out()
    seat.desk.sees("Who is at this seat?")
