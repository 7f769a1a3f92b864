from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pulse_desktop.basics.times import instant_at
from pulse_desktop.clinic import patients, schedule
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.gui.forms.typed_fields import DayField, TimeField
from pulse_desktop.gui.parts.places import BookingRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.workplaces.calendar.booking_panel import BookingPanel
from pulse_desktop.gui.workplaces.calendar.start_fields import StartFields
from tests.builders import TODAY, TestClinic, a_visit
from tests.gui.accessible import nameless
from tests.gui.workplaces.calendar.desk import CTRL, CalendarDesk


@pytest.fixture
def history(clinic: TestClinic, hannah: int) -> None:
    """Hannah Weiss has Room 2 with Lin Hua at 2:25."""
    a_visit(clinic, hannah, starts=14 * 60 + 25, room_id=clinic.room("Room 2"))


def panel(desk: CalendarDesk) -> BookingPanel:
    found = [one for one in desk.at.window.findChildren(BookingPanel) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def start(desk: CalendarDesk) -> StartFields:
    found = panel(desk).findChild(StartFields)
    assert isinstance(found, StartFields)
    return found


def enters_start(desk: CalendarDesk, day: str, time: str) -> None:
    """Writes a day and a time into the fields of the start."""
    desk.at.clicks("Another day and time")
    fields = start(desk)
    for field, text in ((fields.findChildren(DayField)[0], day), (fields.findChildren(TimeField)[0], time)):
        field.control.setFocus()
        desk.presses(Qt.Key.Key_A, CTRL)
        desk.types(text)


def test_follow_up_for_a_known_patient_in_eight_keys(desk: CalendarDesk) -> None:
    desk.keys = 0
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("thursday after 5, brooklyn")
    desk.sees("Book 5:00 PM")
    desk.books()
    desk.sees("María Alvarez booked, Thu Nov 26, 5:00 PM")
    assert desk.keys <= 8
    (visit,) = desk.visits_of(desk.maria)
    assert (visit.day, visit.minute) == (date(2026, 11, 26), 17 * 60)
    assert visit.room == "Room B1"


def test_new_caller_in_eight_keys(desk: CalendarDesk) -> None:
    desk.keys = 0
    desk.opens_booking()
    desk.types("Ana Lopez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("9735551234")
    desk.books()
    desk.sees("Ana Lopez booked")
    assert desk.keys <= 8
    (found,) = desk.at.asks(patients.search, "ana lopez")
    assert found.phone == "(973) 555-1234"
    assert len(desk.visits_of(found.id)) == 1


def test_a_caller_who_is_known_already_is_offered(desk: CalendarDesk) -> None:
    phone = desk.at.asks(patients.patient, desk.maria).draft.phone
    desk.opens_booking()
    desk.types("Mary Alvarez-Smith")
    desk.presses(Qt.Key.Key_Return)
    desk.types(phone)
    desk.sees("Is it one of these?")
    panel(desk)._patient.caller._alike.setFocus()
    desk.presses(Qt.Key.Key_1)
    assert panel(desk)._patient.patient_id == desk.maria


def test_taken_room_names_who_has_it_and_what_is_free(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("today 2:30, okafor, room 2")
    desk.books()
    desk.sees("Room 2 is taken from 2:20 to 3:25, clean-up included: Hannah Weiss, booked by Lin Hua")
    assert desk.visits_of(desk.maria) == ()
    assert not panel(desk).primary.isEnabled()
    assert panel(desk)._time.ask.value() == "today 2:30, okafor, room 2"
    desk.presses(Qt.Key.Key_1)
    desk.books()
    desk.sees("María Alvarez booked")
    (visit,) = desk.visits_of(desk.maria)
    assert visit.room != "Room 2" or visit.minute != 14 * 60 + 30


def test_squeeze_in_is_a_deliberate_act(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("today 2:30, lin hua, room 3")
    desk.books()
    desk.sees("Lin Hua is with Hannah Weiss from")
    desk.at.clicks("Squeeze in at 2:30 PM")
    desk.sees("María Alvarez booked")
    (visit,) = desk.visits_of(desk.maria)
    assert visit.squeeze_in


def test_click_on_an_empty_place_fills_time_practitioner_and_office(desk: CalendarDesk, clinic: TestClinic) -> None:
    desk.clicks_place(clinic_staff(desk, "Okafor"), 11 * 60)
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Book 11:00 AM")
    desk.books()
    desk.sees("María Alvarez booked, Today 11:00 AM")
    (visit,) = desk.visits_of(desk.maria)
    assert (visit.staff, visit.minute, visit.day) == ("Okafor", 11 * 60, TODAY)


def test_a_second_click_changes_the_place_of_the_open_panel(desk: CalendarDesk) -> None:
    okafor = clinic_staff(desk, "Okafor")
    desk.clicks_place(okafor, 11 * 60)
    desk.clicks_place(okafor, 16 * 60)
    desk.sees("Book 4:00 PM")
    panel(desk)


def test_after_hours_asks_first(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("today 8:30 pm, okafor")
    desk.books()
    desk.sees("Book this time anyway?")
    assert desk.visits_of(desk.maria) == ()
    desk.at.clicks("Book anyway")
    desk.at.waits()
    assert len(desk.visits_of(desk.maria)) == 1


def test_hour_that_does_not_exist_is_refused_under_the_start(desk: CalendarDesk) -> None:
    desk.at.frame.parts.open_panel(BookingRequest(patient_id=desk.maria, staff_id=clinic_staff(desk, "Okafor")))
    desk.at.waits()
    enters_start(desk, "3/14/2027", "2:30 am")
    desk.books()
    desk.sees("2:30 does not exist on Sunday, March 14")
    assert start(desk).time.control.hasFocus()
    assert desk.visits_of(desk.maria) == ()


def test_hour_that_comes_twice_is_asked_about(desk: CalendarDesk) -> None:
    desk.at.frame.parts.open_panel(BookingRequest(patient_id=desk.maria, staff_id=clinic_staff(desk, "Okafor")))
    desk.at.waits()
    enters_start(desk, "11/7/2027", "1:30 am")
    desk.books()
    desk.sees("1:30 comes twice on Sunday, November 7")
    desk.presses(Qt.Key.Key_2)
    desk.sees("Book this time anyway?")
    desk.at.clicks("Book anyway")
    desk.at.waits()
    (visit,) = desk.visits_of(desk.maria)
    assert visit.starts == instant_at(date(2027, 11, 7), 90, "America/New_York", second_time=True)


def test_end_before_the_start_is_refused_and_kept(desk: CalendarDesk) -> None:
    desk.clicks_place(clinic_staff(desk, "Okafor"), 11 * 60)
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.at.clicks("Other length")
    desk.types("10:00 am")
    desk.books()
    desk.sees("The visit would end before it starts")
    assert desk.visits_of(desk.maria) == ()
    assert start(desk).ends.value() == 10 * 60


def test_words_that_say_nothing_are_said_to_say_nothing(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.types("xyzzy 💥 שלום")
    desk.sees("Not understood: showing the first openings.")


def test_nobody_chosen_is_said_at_the_patient(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.books()
    desk.sees("Say for whom.")


def test_walk_in_is_booked_and_arrived(desk: CalendarDesk) -> None:
    desk.at.clock.advance(hours=2)
    desk.presses(Qt.Key.Key_W, CTRL)
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.books()
    desk.sees("booked and arrived")
    (visit,) = desk.visits_of(desk.maria)
    assert (visit.day, visit.progress) == (TODAY, Progress.ARRIVED)
    assert visit.minute >= 10 * 60 + 30


def test_booking_is_taken_back_by_one_key(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.books()
    desk.sees("Undo: booked María Alvarez")
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.at.waits()
    assert desk.visits_of(desk.maria) == ()


def test_the_next_caller_gets_a_panel_of_their_own(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.presses(Qt.Key.Key_Escape)
    desk.sees("Booking, María Alvarez")
    desk.opens_booking()
    assert panel(desk)._patient.patient_id is None
    desk.presses(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert panel(desk)._patient.patient_id == desk.maria


def test_openings_are_drawn_with_their_numbers_and_go_with_the_panel(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    proposals = panel(desk)._time.proposals
    assert [one.number for one in proposals.offered] == [1, 2, 3, 4, 5]
    assert proposals.offered[0].is_chosen
    desk.presses(Qt.Key.Key_Return)
    desk.presses(Qt.Key.Key_3)
    assert [one.number for one in proposals.offered if one.is_chosen] == [3]
    desk.presses(Qt.Key.Key_Escape)
    assert proposals.offered == ()


def test_everything_that_takes_keys_has_a_name(desk: CalendarDesk) -> None:
    desk.opens_booking()
    assert nameless(desk.at.window) == []
    desk.clicks_place(clinic_staff(desk, "Okafor"), 11 * 60)
    assert nameless(desk.at.window) == []


def clinic_staff(desk: CalendarDesk, short_name: str) -> int:
    return next(one.id for one in desk.at.frame.practice.data.staff if one.short_name == short_name)


def test_the_panel_is_gone_once_booked(desk: CalendarDesk) -> None:
    desk.opens_booking()
    desk.types("alvarez")
    desk.presses(Qt.Key.Key_Return)
    desk.books()
    desk.sees("booked")
    QApplication.processEvents()
    assert not [one for one in desk.at.window.findChildren(SidePanel) if one.isVisible()]
    assert desk.at.asks(schedule.day_schedule, TODAY, (1,)).visits
