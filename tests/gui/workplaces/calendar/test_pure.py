"""What the calendar computes without a window: wishes, columns, blocks, clashes, package lines, reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pulse_desktop.clinic.boards.values import CalendarDay
from pulse_desktop.clinic.packages.values import Cover, PackageLine
from pulse_desktop.clinic.practice.values import (
    Licence,
    Office,
    PracticeData,
    Room,
    Service,
    StaffMember,
    Stretch,
    WorkingHours,
)
from pulse_desktop.clinic.schedule.values import (
    Booking,
    DaySchedule,
    Opening,
    OpenSpan,
    Progress,
    State,
    VisitLine,
    VisitServiceLine,
)
from pulse_desktop.gui.workplaces.calendar.asking import (
    Asked,
    exact_place,
    is_understood,
    named_services,
    wish_of,
    working_office,
)
from pulse_desktop.gui.workplaces.calendar.caller_fields import split_caller
from pulse_desktop.gui.workplaces.calendar.cancel_reasons import may_be_missed, state_for
from pulse_desktop.gui.workplaces.calendar.clashes import Target, clash_at
from pulse_desktop.gui.workplaces.calendar.day_blocks import blocks, drawn_openings
from pulse_desktop.gui.workplaces.calendar.day_columns import NO_ROOM, practitioner_columns, room_columns, shown_hours
from pulse_desktop.gui.workplaces.calendar.package_line import package_line
from pulse_desktop.gui.workplaces.calendar.place_words import instead_row, length_words, opening_row, when_words
from pulse_desktop.gui.workplaces.calendar.proposals import Offered
from pulse_desktop.storage.permissions import Role

TODAY = date(2026, 11, 24)
CLIFTON, BROOKLYN = 1, 2
LIN, OKAFOR, REYES = 1, 2, 3


def office(number: int, name: str, state: str) -> Office:
    return Office(number, 1, name, "", "", name, state, "", "", "America/New_York", "")


def member(number: int, name: str, *states: str) -> StaffMember:
    licences = tuple(Licence(state, "1", date(2020, 1, 1), date(2031, 1, 1)) for state in states)
    return StaffMember(number, 1, "", name, name, "L.Ac.", name, f"{name}, L.Ac.", frozenset({Role.PRACTITIONER}), licences)


def hours(staff_id: int, office_id: int, starts: int, ends: int) -> WorkingHours:
    return WorkingHours(staff_id, office_id, TODAY.weekday(), starts * 60, ends * 60, date(2020, 1, 1))


PRACTICE = PracticeData(
    "Pulse",
    (office(CLIFTON, "Clifton", "NJ"), office(BROOKLYN, "Brooklyn", "NY")),
    (Room(1, 1, CLIFTON, "Room 1", 0, 10), Room(2, 1, CLIFTON, "Room 2", 5, 10), Room(9, 1, BROOKLYN, "Room B1", 0, 10)),
    (member(LIN, "Lin", "NJ"), member(OKAFOR, "Okafor", "NJ", "NY"), member(REYES, "Reyes", "NY")),
    (
        Service(1, 1, "Acupuncture 60", ("acupuncture",), (Stretch(20, True), Stretch(25, False), Stretch(10, True)), 0, False),
        Service(2, 1, "+ cupping 15", ("dry_cupping",), (Stretch(15, True),), 0, True),
    ),
    (hours(LIN, CLIFTON, 9, 18), hours(OKAFOR, CLIFTON, 9, 13), hours(REYES, BROOKLYN, 11, 19)),
    (),
)
SPANS = (
    OpenSpan(LIN, CLIFTON, 540, 780), OpenSpan(LIN, CLIFTON, 810, 1080), OpenSpan(OKAFOR, CLIFTON, 540, 1050),
    OpenSpan(REYES, BROOKLYN, 660, 1140),
)  # fmt: skip


def visit(number: int = 1, minute: int = 600, **more: object) -> VisitLine:
    starts = datetime(2026, 11, 24, 5, tzinfo=UTC) + timedelta(minutes=minute)
    line = VisitLine(
        number, 1, number, "María Alvarez", "M. Alvarez", CLIFTON, 1, "Room 1", LIN, "Lin", TODAY, minute, 55, starts,
        starts + timedelta(minutes=55), State.BOOKED, Progress.EXPECTED,
        (VisitServiceLine(1, "Acupuncture 60", ("acupuncture",), 55, 0, is_addon=False),), ((0, 20), (45, 55)),
        None, None, None, None, "", squeeze_in=False,
    )  # fmt: skip
    return replace(line, **more)  # type: ignore[arg-type]


def day(*visits: VisitLine, closures: tuple[tuple[int, str], ...] = ()) -> DaySchedule:
    return DaySchedule(TODAY, visits, SPANS, closures)


def asked(words: str, **more: object) -> Asked:
    return replace(Asked(words, TODAY, CLIFTON, (1,)), **more)  # type: ignore[arg-type]


def test_a_wish_stays_in_the_panels_office_unless_somebody_or_some_place_is_named() -> None:
    assert wish_of(asked("today after 2"), PRACTICE).office_id == CLIFTON
    assert wish_of(asked("today after 2, brooklyn"), PRACTICE).office_id == BROOKLYN
    assert wish_of(asked("today after 2, reyes"), PRACTICE).office_id is None
    assert wish_of(asked(""), PRACTICE).service_ids == (1,)
    assert wish_of(asked("", staff_id=REYES), PRACTICE).staff_id == REYES


def test_one_place_named_outright() -> None:
    place = exact_place(wish_of(asked("today 2:30, okafor, room 2"), PRACTICE))
    assert place is not None
    assert (place.day, place.starts, place.staff_id, place.room_id) == (TODAY, 870, OKAFOR, 2)
    reyes = exact_place(wish_of(asked("today 2:30, reyes"), PRACTICE))
    assert reyes is not None
    assert reyes.office_id == BROOKLYN
    assert exact_place(wish_of(asked("today 2:30"), PRACTICE)) is None
    assert exact_place(wish_of(asked("today after 2, okafor"), PRACTICE)) is None


def test_what_words_say() -> None:
    assert is_understood("", PRACTICE, TODAY)
    assert not is_understood("xyzzy", PRACTICE, TODAY)
    assert named_services("acupuncture thursday", PRACTICE, TODAY) == (1,)
    assert working_office(PRACTICE, REYES, TODAY, 700) == BROOKLYN
    assert working_office(PRACTICE, REYES, TODAY + timedelta(days=1), 700) is None


@pytest.mark.parametrize(("words", "parts"), [
    ("ana", ("Ana", "", "")),
    ("ana maria lópez", ("Ana Maria", "López", "")),
    ("973 555 0142", ("", "", "973 555 0142")),
    ("", ("", "", "")),
])  # fmt: skip
def test_what_was_searched_for_becomes_a_caller(words: str, parts: tuple[str, str, str]) -> None:
    assert split_caller(words) == parts


def test_columns_of_practitioners_say_why_somebody_is_not_there() -> None:
    columns = practitioner_columns(day(), PRACTICE, CLIFTON)
    assert [column.title for column in columns] == ["Lin, L.Ac.", "Okafor, L.Ac.", "Reyes, L.Ac."]
    assert columns[0].subtitle == "Clifton, 9:00 to 6:00"
    assert [span.words for span in columns[0].closed] == ["Opens 9:00", "Lunch", "Closed"]
    assert [span.words for span in columns[1].closed] == ["Opens 9:00", "Off from 5:30"]
    assert practitioner_columns(day(), PRACTICE, BROOKLYN)[0].key == REYES


def test_a_closed_office_says_so() -> None:
    (lin, *_rest) = practitioner_columns(day(closures=((CLIFTON, "Thanksgiving"),)), PRACTICE, CLIFTON)
    assert [span.words for span in lin.closed] == ["Closed: Thanksgiving"]
    assert lin.subtitle == "Clifton, closed"


def test_columns_of_rooms() -> None:
    assert [column.title for column in room_columns(day(), PRACTICE, CLIFTON)] == ["Room 1", "Room 2"]
    without = room_columns(day(visit(room_id=None, room="")), PRACTICE, CLIFTON)
    assert without[-1].key == NO_ROOM


def test_hours_grow_with_early_and_late_visits() -> None:
    assert (shown_hours(day()).first, shown_hours(day()).last) == (540, 1140)
    grown = shown_hours(day(visit(minute=435), visit(2, minute=1150)))
    assert (grown.first, grown.last) == (420, 1230)


def test_blocks_carry_words_marks_and_buffers() -> None:
    shown = CalendarDay(day(visit()), ((1, ("allergy", "shield")),))
    (block,) = blocks(shown, PRACTICE, by_room=False, may_move=True)
    assert (block.column, block.start, block.time, block.name, block.detail) == (LIN, 600, "10:00", "María Alvarez", "Room 1")
    assert [(flag.icon, flag.role) for flag in block.flags] == [("allergy", "cinnabar"), ("shield", "amber")]
    assert "10:00 to 10:55 María Alvarez" in block.words
    assert "safety questions to ask" in block.words
    assert (block.before, block.after) == (0, 10)
    assert block.can_move
    (by_room,) = blocks(shown, PRACTICE, by_room=True, may_move=False)
    assert (by_room.column, by_room.detail, by_room.can_move) == (1, "Lin", False)


def test_names_are_shortened_only_where_two_share_a_column() -> None:
    shown = CalendarDay(day(visit(), visit(2, minute=620, room_id=2, room="Room 2")), ())
    assert [block.name for block in blocks(shown, PRACTICE, by_room=False, may_move=True)] == ["M. Alvarez", "M. Alvarez"]
    assert [block.name for block in blocks(shown, PRACTICE, by_room=True, may_move=True)] == ["María Alvarez"] * 2


def test_clean_up_ends_where_the_next_visit_begins() -> None:
    shown = CalendarDay(day(visit(), visit(2, minute=660, room_id=2, room="Room 2")), ())
    first, _second = blocks(shown, PRACTICE, by_room=False, may_move=True)
    assert first.after == 5


def test_openings_as_they_are_drawn() -> None:
    opening = Opening(CLIFTON, OKAFOR, 2, TODAY, 855, 55, 10)
    (drawn,) = drawn_openings((Offered(opening, 1, is_chosen=True),), PRACTICE, by_room=False)
    assert (drawn.column, drawn.words, drawn.is_chosen, drawn.before, drawn.after) == (OKAFOR, "1  2:15 Room 2", True, 5, 10)
    (refused,) = drawn_openings((Offered(opening, refusal="2:15: taken"),), PRACTICE, by_room=True)
    assert (refused.column, refused.words, refused.is_refused) == (2, "2:15: taken", True)


def test_what_stands_in_the_way_of_a_drag() -> None:
    mine, other = visit(), visit(2, minute=720, patient="Hannah Weiss", patient_short="H. Weiss")
    said = clash_at(mine, Target(CLIFTON, LIN, 1, 720), day(mine, other), PRACTICE)
    assert said is not None
    assert (said.words, said.visit_id) == ("with H. Weiss", 2)
    room = clash_at(mine, Target(CLIFTON, OKAFOR, 1, 720), day(mine, other), PRACTICE)
    assert room is not None
    assert room.words == "Room 1: H. Weiss"
    assert clash_at(mine, Target(CLIFTON, OKAFOR, None, 720), day(mine, other), PRACTICE) is None
    staggered = clash_at(mine, Target(CLIFTON, LIN, 2, 745), day(mine, other), PRACTICE)
    assert staggered is None  # his hands are free while the other lies on the table
    twice = replace(other, patient_id=mine.patient_id, staff_id=OKAFOR, room_id=2)
    same = clash_at(mine, Target(CLIFTON, LIN, 1, 720), day(mine, twice), PRACTICE)
    assert same is not None
    assert same.words == "has another visit then"


def test_no_licence_and_closed_offices_refuse_a_drag() -> None:
    away = clash_at(visit(), Target(BROOKLYN, LIN, None, 720), day(visit()), PRACTICE)
    assert away is not None
    assert away.words == "no license in NY"
    closed = clash_at(visit(), Target(CLIFTON, LIN, 1, 720), day(closures=((CLIFTON, "Snow"),)), PRACTICE)
    assert closed is not None
    assert closed.words == "Clifton is closed"


def test_a_visit_may_stay_where_it_is() -> None:
    assert clash_at(visit(), Target(CLIFTON, LIN, 1, 610), day(visit()), PRACTICE) is None


def test_what_the_booking_does_to_the_package() -> None:
    package = PackageLine(1, 1, 1, "Ten visits", 90000, 90000, 10, 1, 1, 0, TODAY, date(2027, 3, 31), CLIFTON, (Cover(1),))
    line = package_line((package,), (1,), TODAY, TODAY)
    assert line is not None
    assert line.text == "Holds session 3 of Ten visits"
    assert line.detail == "Then 1 used, 2 booked, 7 left, good through Mar 31, 2027 (that day counts)"
    assert package_line((package,), (2,), TODAY, TODAY) is None
    assert package_line((package,), (1,), date(2027, 4, 1), TODAY) is None


def test_words_of_places() -> None:
    opening = Opening(CLIFTON, OKAFOR, 2, TODAY, 870, 55, 10)
    assert when_words(TODAY, 870, TODAY) == "Today 2:30 PM"
    assert when_words(date(2026, 12, 3), 1035, TODAY) == "Thu Dec 3, 5:15 PM"
    assert length_words(opening) == "55 min and 10 to clean up"
    row = opening_row(opening, PRACTICE, TODAY)
    assert (row.main, row.detail, row.aside) == ("Today 2:30 PM", "Okafor, Room 2", "Clifton")
    wanted = Booking(1, CLIFTON, OKAFOR, TODAY, 855, (1,))
    assert instead_row(opening, wanted, PRACTICE, TODAY).detail == "Room 2, same practitioner"
    assert instead_row(opening, replace(wanted, staff_id=LIN), PRACTICE, TODAY).detail == "Room 2, Okafor"


def test_who_cancelled_follows_from_the_reason_and_the_hour() -> None:
    line = visit()
    early, late = line.starts - timedelta(hours=25), line.starts - timedelta(hours=2)
    assert state_for("patient", line, early) == State.CANCELLED
    assert state_for("patient", line, late) == State.LATE_CANCELLED
    assert state_for("clinic", line, late) == State.CLINIC_CANCELLED
    assert state_for("nobody", line, line.starts) == State.NO_SHOW
    assert may_be_missed(line, line.starts)
    assert not may_be_missed(line, late)
    assert not may_be_missed(replace(line, progress=Progress.ARRIVED), line.starts)
