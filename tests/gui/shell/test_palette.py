from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.shell.palette_list import EntryList
from pulse_desktop.gui.shell.wish_words import name_words
from tests.builders import TODAY, TestClinic, a_patient, a_visit
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(clinic: TestClinic) -> dict[str, int]:
    """María Alvarez comes today at 10; Dani Alvarez-Kim and Luis Mori are known."""
    known = {"maria": a_patient(clinic, "María", "Alvarez"), "dani": a_patient(clinic, "Dani", "Alvarez-Kim")}
    a_patient(clinic, "Luis", "Mori")
    a_visit(clinic, known["maria"])
    return known


@pytest.fixture
def desk(people: dict[str, int], at_work: Opened) -> Opened:
    return at_work


def _titles(desk: Opened) -> list[str]:
    found = desk.window.findChild(EntryList)
    assert isinstance(found, EntryList)
    return [entry.title for entry in found._model.entries]


def _search(desk: Opened, words: str) -> None:
    desk.presses(Qt.Key.Key_K, CTRL)
    desk.types(words)
    desk.waits()


def test_whole_names_stand_before_beginnings(desk: Opened) -> None:
    _search(desk, "alvarez")
    people = [title for title in _titles(desk) if "Alvarez" in title]
    assert people == ["María Alvarez", "Dani Alvarez-Kim"]


def test_openings_for_what_was_asked_are_first_and_enter_books_one(desk: Opened, people: dict[str, int]) -> None:
    _search(desk, "alvarez thursday after 5, brooklyn")
    assert _titles(desk)[:2] == ["Do it", "Book María Alvarez"]
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Booked María Alvarez, Thu Nov 26, 5:")
    desk.waits()
    booked = [visit for visit in desk.asks(schedule.visits_of, people["maria"]) if visit.day > TODAY]
    assert [(visit.day.isoformat(), visit.minute >= 17 * 60) for visit in booked] == [("2026-11-26", True)]
    assert booked[0].services_words == "Acupuncture 60"  # as at her last visit


def test_enter_pressed_before_the_answers_are_here_waits_for_them(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_K, CTRL)
    desk.types("alvarez thursday after 5, brooklyn")
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Booked María Alvarez, Thu Nov 26, 5:")
    desk.waits()


def test_what_was_booked_is_taken_back_by_one_key(desk: Opened, people: dict[str, int]) -> None:
    _search(desk, "alvarez thursday after 5, brooklyn")
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Undo: booked María Alvarez")
    desk.waits()
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.sees("Taken back: booked María Alvarez")
    desk.waits()
    standing = [visit for visit in desk.asks(schedule.visits_of, people["maria"]) if visit.state == "booked"]
    assert [visit.day for visit in standing] == [TODAY]


def test_somebody_unknown_may_be_registered(desk: Opened) -> None:
    _search(desk, "zzyzx quux")
    assert "Register “zzyzx quux”" in _titles(desk)


def test_markup_and_sql_are_only_words(desk: Opened) -> None:
    _search(desk, "<b>x</b>'; drop table patient; --")
    desk.presses(Qt.Key.Key_Escape)
    _search(desk, "mori")
    assert "Luis Mori" in _titles(desk)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("alvarez thursday after 5, brooklyn", "alvarez"),
        ("book maria alvarez on thursday at 10 with okafor", "maria alvarez"),
        ("thursday after 5", ""),
        ("mori", "mori"),
    ],
)
def test_the_name_is_what_the_wish_does_not_need(clinic: TestClinic, text: str, name: str) -> None:
    data: PracticeData = clinic.practice
    assert name_words(text, schedule.read_wish(text, data, TODAY), data, TODAY) == name
