from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pulse_desktop.clinic import flows
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.schedule.values import State, VisitLine
from pulse_desktop.gui.workplaces.checkout.panel import CheckoutPanel
from tests.builders import TODAY, TestClinic, a_visit
from tests.gui.accessible import nameless
from tests.gui.workplaces.calendar.desk import CTRL, LEFT, NONE, SHIFT, CalendarDesk

_kept: dict[str, VisitLine] = {}


@pytest.fixture
def history(clinic: TestClinic, maria: int, hannah: int) -> None:
    """María is at 10 with Lin Hua in Room 1, Hannah at 2 with Okafor in Room 2."""
    _kept["maria"] = a_visit(clinic, maria, room_id=clinic.room("Room 1"))
    _kept["hannah"] = a_visit(clinic, hannah, starts=14 * 60, staff_id=clinic.staff("Okafor"), room_id=clinic.room("Room 2"))


def visit(desk: CalendarDesk) -> VisitLine:
    return next(one for one in desk.visits_of(desk.maria) if one.id == _kept["maria"].id)


def test_drag_moves_a_visit_and_one_key_takes_it_back(desk: CalendarDesk) -> None:
    mine = _kept["maria"]
    desk.drags(mine.id, desk.point(mine.id, mine.staff_id, 12 * 60))
    desk.sees("Undo: moved M. Alvarez")
    assert visit(desk).minute == 12 * 60
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.at.waits()
    assert visit(desk).minute == 10 * 60


def test_drag_to_another_practitioner(desk: CalendarDesk) -> None:
    mine, other = _kept["maria"], _kept["hannah"].staff_id
    desk.drags(mine.id, desk.point(mine.id, other, 11 * 60))
    desk.sees("M. Alvarez moved to Today 11:00 AM")
    assert (visit(desk).staff, visit(desk).minute) == ("Okafor", 11 * 60)


def test_refused_drop_says_who_would_clash_and_changes_nothing(desk: CalendarDesk) -> None:
    mine, other = _kept["maria"], _kept["hannah"].staff_id
    desk.drags(mine.id, desk.point(mine.id, other, 14 * 60))
    assert "with H. Weiss" in desk.carried
    assert (visit(desk).staff, visit(desk).minute) == ("Lin Hua", 10 * 60)


def test_carried_with_arrow_keys(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_M, CTRL | SHIFT)
    for _ in range(4):
        desk.presses(Qt.Key.Key_Down, SHIFT)
    desk.presses(Qt.Key.Key_Return)
    desk.sees("M. Alvarez moved to Today 11:00 AM")
    assert visit(desk).minute == 11 * 60


def test_move_to_another_day_in_five_keys(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.keys = 0
    desk.presses(Qt.Key.Key_M, CTRL)
    desk.types("friday after 2")
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("Undo: moved M. Alvarez")
    assert desk.keys <= 5
    assert visit(desk).day == TODAY + timedelta(days=3)
    assert visit(desk).minute == 14 * 60


def test_move_panel_says_who_has_the_place(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_M, CTRL)
    desk.types("today 2:00, okafor")
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("Okafor is with Hannah Weiss from 2:00")
    assert visit(desk).minute == 10 * 60
    assert nameless(desk.at.window) == []


def test_parked_by_key_and_dropped_on_another_day(desk: CalendarDesk) -> None:
    mine = _kept["maria"]
    desk.grid.choose(mine.id)
    desk.presses(Qt.Key.Key_P, CTRL | SHIFT)
    assert len(desk.cards) == 1
    desk.presses(Qt.Key.Key_PageDown)
    card = desk.cards[0]
    card.setFocus()
    desk.presses(Qt.Key.Key_Return)
    assert desk.grid.is_moving
    desk.presses(Qt.Key.Key_Return)
    desk.sees("M. Alvarez moved to Tomorrow 10:00 AM")
    assert visit(desk).day == TODAY + timedelta(days=1)
    assert desk.cards == []


def test_parked_by_drag_and_dropped_by_drag(desk: CalendarDesk) -> None:
    mine = _kept["maria"]
    view = desk.grid.viewport()
    target = view.mapFromGlobal(desk.pinboard.mapToGlobal(QPoint(60, 200)))
    desk.drags(mine.id, target)
    assert len(desk.cards) == 1
    desk.presses(Qt.Key.Key_PageDown)
    card = desk.cards[0]
    drop = card.mapFromGlobal(view.mapToGlobal(desk.grid.point_of(mine.staff_id, 13 * 60)))
    QTest.mousePress(card, LEFT, NONE, QPoint(20, 20))
    for part in range(1, 5):
        QTest.mouseMove(card, QPoint(20, 20) + (drop - QPoint(20, 20)) * part / 4)
        QApplication.processEvents()
    QTest.mouseRelease(card, LEFT, NONE, drop)
    desk.at.waits()
    desk.sees("M. Alvarez moved to Tomorrow")
    assert visit(desk).day == TODAY + timedelta(days=1)
    assert abs(visit(desk).minute - 13 * 60) <= 10


def test_a_parked_visit_keeps_its_place(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_P, CTRL | SHIFT)
    assert visit(desk).minute == 10 * 60
    desk.cards[0].setFocus()
    desk.presses(Qt.Key.Key_Delete)
    assert desk.cards == []


def test_cancelled_with_a_reason_by_one_key_and_taken_back(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_Delete, CTRL)
    desk.presses(Qt.Key.Key_1)
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("Undo: cancelled M. Alvarez")
    assert (visit(desk).state, visit(desk).cancel_reason) == (State.LATE_CANCELLED, "Ill")
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.at.waits()
    assert visit(desk).state == State.BOOKED


def test_nobody_is_checked_out_from_here_who_has_not_come(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_F8)
    desk.sees("María Alvarez has not arrived yet. Say so in Today first.")
    assert not desk.at.window.findChildren(CheckoutPanel)
    desk.at.frame.parts.work.do(flows.check_in, Arrival(visit(desk).id, visit(desk).version, asked=True), then=lambda _done: None)
    desk.at.waits()
    desk.presses(Qt.Key.Key_F8)
    desk.at.qtbot.waitUntil(lambda: bool(desk.at.window.findChildren(CheckoutPanel)))


def test_cancelling_without_a_reason_is_refused(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_Delete, CTRL)
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("Choose a reason with its key, or write one.")
    desk.presses(Qt.Key.Key_Return, CTRL)  # asked again: no reason has been chosen for the patient meanwhile
    desk.sees("Choose a reason with its key, or write one.")
    assert visit(desk).state == State.BOOKED
    assert nameless(desk.at.window) == []


def test_the_clinic_cancels(desk: CalendarDesk) -> None:
    desk.grid.choose(_kept["maria"].id)
    desk.presses(Qt.Key.Key_Delete, CTRL)
    desk.presses(Qt.Key.Key_5)
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("M. Alvarez cancelled")
    assert visit(desk).state == State.CLINIC_CANCELLED


def test_keys_turn_the_pages(desk: CalendarDesk) -> None:
    desk.presses(Qt.Key.Key_PageDown)
    desk.sees("Wed, Nov 25")
    desk.presses(Qt.Key.Key_PageUp)
    desk.presses(Qt.Key.Key_PageUp)
    desk.sees("Mon, Nov 23")
    desk.presses(Qt.Key.Key_Home)
    desk.sees("Tue, Nov 24")


def test_by_room(desk: CalendarDesk) -> None:
    desk.presses(Qt.Key.Key_R, CTRL)
    mine, hannah = _kept["maria"], _kept["hannah"]
    assert hannah.room_id is not None
    desk.drags(mine.id, desk.point(mine.id, hannah.room_id, 11 * 60))
    desk.sees("M. Alvarez moved to Today 11:00 AM")
    assert visit(desk).room == "Room 2"


def test_a_change_elsewhere_is_seen(desk: CalendarDesk) -> None:
    other = _kept["hannah"]
    desk.grid.choose(other.id)
    desk.presses(Qt.Key.Key_Delete, CTRL)
    desk.presses(Qt.Key.Key_6)
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.sees("H. Weiss cancelled")
    desk.at.qtbot.waitUntil(lambda: desk.grid.place_of(other.id).isEmpty())
