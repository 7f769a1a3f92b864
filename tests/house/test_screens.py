"""Every screen and panel opens on the practice clinic, for each role: named for screen readers, without a window of its own,
and gone for good once it is closed."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import boards, money, schedule
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.entrance import SEAT_FILE
from pulse_desktop.gui.actions import Actions
from pulse_desktop.gui.parts import places
from pulse_desktop.gui.parts.focus_ring import FocusRing
from pulse_desktop.gui.parts.places import Place, Request
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.theme import Theme
from pulse_desktop.gui.shell.keys_page import KeysPage
from pulse_desktop.gui.shell.palette import Palette
from pulse_desktop.gui.shell.sheet import Sheet
from pulse_desktop.rehearsal.practice_clinic import PracticeClinic
from pulse_desktop.storage.vault import read_vault
from tests.gui.accessible import nameless
from tests.gui.opening import Opened, a_window

PEOPLE = {"owner": "Vera Adler", "practitioner": "Lin Hua", "front desk": "Mina Kaya"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Patients, visits and papers of the practice clinic that screens can be asked for."""

    patient: int
    expected: int
    treated: int
    checking_out: int
    to_come: int
    receipt: int


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    FocusRing.watch(qapp)
    Theme(calm=True).wear(qapp)


@pytest.fixture(params=PEOPLE)
def desk(request: pytest.FixtureRequest, practice_clinic: PracticeClinic, qtbot: QtBot) -> Iterator[Opened]:
    """The window on the practice clinic, a person of each role signed in."""
    person = next(entry for entry in read_vault(practice_clinic.folder).people if entry.name.startswith(PEOPLE[request.param]))
    (practice_clinic.folder / SEAT_FILE).write_text(json.dumps({"last": person.id}), encoding="utf-8")
    opened = a_window(practice_clinic.folder, SteppedClock(practice_clinic.now), qtbot)
    opened.types(practice_clinic.password)
    opened.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    opened.waits()
    yield opened
    opened.window.close()


def numbers_of(desk: Opened) -> Numbers:
    practice = desk.frame.parts.practice
    board = desk.asks(boards.today, practice.office.id, practice.today())
    cards = board.cards
    patient = next(card.visit.patient_id for card in cards if card.visit.patient == "María Alvarez")
    ahead = desk.asks(schedule.day_schedule, practice.today() + timedelta(days=1), (practice.office.id,))
    receipts = desk.asks(money.receipts_of, patient)
    return Numbers(
        patient, at(cards, Progress.EXPECTED), at(cards, Progress.DONE), at(cards, Progress.CHECKING_OUT), ahead.visits[0].id, receipts[0].id
    )


def at(cards: tuple[TodayCard, ...], progress: Progress) -> int:
    return next(card.visit.id for card in cards if card.visit.progress == progress)


def every_place(it: Numbers) -> tuple[Place, ...]:
    tabs = ("summary", "visits", "notes", "progress", "packages", "account", "documents", "details")
    sections = ("practice", "offices", "rooms", "people", "services", "hours", "aftercare")
    return (
        places.TodayPlace(it.treated), places.CalendarPlace(visit_id=it.to_come), places.PatientsPlace(""), places.PatientsPlace("alv"),
        *(places.PatientPlace(it.patient, tab) for tab in tabs), places.NotePlace(it.treated), places.PackagesPlace(),
        *(places.SettingsPlace(section) for section in sections),
    )  # fmt: skip


def every_request(it: Numbers) -> tuple[Request, ...]:
    return (
        places.BookingRequest(), places.BookingRequest(patient_id=it.patient, walk_in=True), places.MoveRequest(it.to_come),
        places.CancelRequest(it.to_come), places.PatientRequest(), places.PatientRequest(it.patient), places.ConditionsRequest(it.patient),
        places.ArrivalRequest(it.expected), places.CheckoutRequest(it.checking_out), places.PaymentRequest(it.patient),
        places.SaleRequest(), places.SaleRequest(it.patient), places.OfferRequest(), places.SheetRequest(it.treated),
        places.SheetRequest(it.treated, "ru"), places.ReceiptRequest(it.receipt), places.ScoreRequest(it.patient),
        places.ScoreRequest(it.patient, "psfs"),
        places.ToSignRequest(),
        places.ChartRequest(it.patient),
    )  # fmt: skip


def test_every_screen_and_panel_is_named_and_no_panel_outlives_its_closing(desk: Opened) -> None:
    it, frame = numbers_of(desk), desk.frame
    unnamed: dict[str, list[str]] = {}
    for place in every_place(it):
        frame.parts.go_to(place)
        desk.waits()
        unnamed[str(place)] = nameless(desk.window)
        assert twice_on(frame.parts.actions, frame.navigation.screen) == []
    closed: dict[str, weakref.ref[QWidget]] = {}
    for request in every_request(it):
        frame.parts.open_panel(request)
        desk.waits()
        panel = frame._panels.current
        if panel is None:
            assert type(request) not in frame._kinds, f"{request} opened nothing"
            continue
        unnamed[str(request)] = nameless(panel)
        panel.close()
        closed[str(request)] = weakref.ref(panel)
        del panel
    desk.waits()
    assert {name: found for name, found in unnamed.items() if found} == {}
    assert alive(closed) == []


def alive(closed: Mapping[str, weakref.ref[QWidget]]) -> list[str]:
    """Which closed widgets are still there, for Qt or for Python."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return [name for name, known in closed.items() if known() is not None]


def twice_on(actions: Actions, screen: QWidget | None) -> list[str]:
    """Keys that two actions within reach of a screen share."""
    if screen is None:
        return []
    keys = [action.keys for action in actions.keys_of(screen)]
    return sorted({one for one in keys if keys.count(one) > 1})


def test_every_request_and_place_is_tried() -> None:
    from typing import get_args

    it = Numbers(1, 1, 1, 1, 1, 1)
    assert {type(one) for one in every_place(it)} == set(get_args(Place))
    assert {type(one) for one in every_request(it)} == set(get_args(Request))


@pytest.mark.parametrize("desk", ["practitioner"], indirect=True)
def test_what_opens_over_the_window_dies_when_it_is_left(desk: Opened) -> None:
    for opens, kind in ((desk.frame.search, Palette), (desk.frame.show_keys, KeysPage)):
        opens()
        desk.waits()
        found = desk.window.findChildren(kind)
        assert len(found) == 1
        assert nameless(found[0]) == []
        known = weakref.ref(found[0])
        del found
        desk.presses(Qt.Key.Key_Escape)
        desk.waits()
        assert alive({kind.__name__: known}) == []
    assert desk.window.findChildren(Sheet) == []


@pytest.mark.parametrize("desk", ["practitioner"], indirect=True)
def test_signing_out_leaves_no_screen_behind(desk: Opened) -> None:
    it = numbers_of(desk)
    for place in (places.CalendarPlace(), places.PatientPlace(it.patient), places.PackagesPlace()):
        desk.frame.parts.go_to(place)
        desk.waits()
    screens: dict[str, weakref.ref[QWidget]] = {type(one).__name__: weakref.ref(one) for one in desk.frame.navigation.screens}
    desk.window.sign_out()
    desk.qtbot.waitUntil(lambda: desk.window.seat is None and "Who is at this seat?" in desk.everything())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    kept = [name for name, known in screens.items() if (screen := known()) is not None and shiboken6.isValid(screen)]
    assert kept == []
    assert desk.window.findChildren(Screen) == []


def test_control_a_nameless_field_and_a_held_panel_are_found(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QLineEdit

    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    window.show()
    assert len(nameless(window)) == 1
    closed, holder = a_panel_held_by_its_own_button(window)
    assert alive(closed) == ["panel"]
    holder.clear()
    assert alive(closed) == []


def a_panel_held_by_its_own_button(window: QWidget) -> tuple[dict[str, weakref.ref[QWidget]], list[object]]:
    """What a lambda with `self` in it on a living button does."""
    panel = SidePanel("Booking", parent=window)
    closed: dict[str, weakref.ref[QWidget]] = {"panel": weakref.ref(panel)}
    panel.close()
    return closed, [lambda: panel.setEnabled(False)]
