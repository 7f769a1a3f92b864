"""Two windows on two seats of one clinic on a server: what is done at one shows at the other, and nobody loses a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pulse_desktop.basics.times import SteppedClock
from tests.builders import NOW, PASSWORD
from tests.postgres import needed_server
from tests.seats_on_server import Shared, shared
from tests.server_clinics import ServerTemplate, made_on
from tests.stories.several_seats import SeatOfMany

Sits = Callable[[str, str], SeatOfMany]


@pytest.fixture(scope="module")
def made_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@pytest.fixture
def clinic(made_clinic: ServerTemplate, tmp_path: Path) -> Iterator[Shared]:
    with shared(made_clinic, tmp_path) as clinic:
        yield clinic


@pytest.fixture
def sits(clinic: Shared, qapp: QApplication) -> Iterator[Sits]:
    """Opens the program at one more seat and signs somebody in."""
    seats: list[SeatOfMany] = []

    def sit(seat: str, name: str) -> SeatOfMany:
        clock = SteppedClock(NOW)
        seats.append(SeatOfMany(clinic.entrance(seat, clock), clock))
        seats[-1].signs_in(name, PASSWORD)
        return seats[-1]

    yield sit
    for seat in seats:
        seat.closes_program()


def test_what_is_done_at_one_seat_is_seen_at_the_other_and_two_versions_stand_side_by_side(sits: Sits) -> None:
    desk, room = sits("Front desk", "Mina Park"), sits("Room 2 laptop", "Lin Hua")
    room.desk.sees_no("Hannah Weiss")
    desk.sits_down()
    desk.desk.sees("This computer’s clock is ")  # the clock of a test stands still, the server's goes on
    desk.desk.presses("Hide this")
    desk.desk.sees_no("This computer’s clock is ")
    books(desk, "Hannah Weiss")
    room.desk.sees("9:00 Hannah Weiss, Acupuncture 60")
    room.sits_down()
    room.desk.presses("9:00 Hannah Weiss")
    room.desk.keys("Return")
    room.desk.sees("Nothing new, arrived")
    room.desk.keys("Ctrl+Return")
    room.desk.sees("Undo: arrived H. Weiss")
    desk.desk.sees("Arrived, 1 visit")
    room.desk.keys("Ctrl+Z")
    desk.desk.sees("Arrived, 0 visits")
    both_change_one_patient(desk, room)


@pytest.mark.long
def test_what_is_being_typed_stays_while_the_others_go_on_working(sits: Sits) -> None:
    """A booking form that is half filled in, and a note with a sentence begun, are never loaded anew."""
    desk, room = sits("Front desk", "Mina Park"), sits("Room 2 laptop", "Lin Hua")
    opens_note(room)
    room.desk.types_into("Complaint", "Low back, worse in the")
    begins_booking(desk, "Ana Lopez")
    room.desk.sees("Draft saved")
    books_from_another_seat(sits, "Hannah Weiss")
    for seat in (desk, room):
        seat.sits_down()
    assert room.desk.focus_words().startswith("Complaint Low back, worse in the")
    room.desk.types(" morning")
    room.desk.sees("Complaint Low back, worse in the morning")
    desk.sits_down()
    desk.desk.sees("New patient “Ana Lopez”")
    desk.desk.keys("Return")
    desk.desk.types("9735550148")
    desk.desk.keys("Ctrl+Return")
    desk.desk.sees("Lin Hua is with Hannah Weiss from 9:00 to 9:15, booked by Mina")
    desk.desk.clicks_at(desk.desk.place_of("1: 9:00 AM, Room 3, Okafor").center(), double=True)
    desk.desk.keys("Ctrl+Return")
    desk.desk.sees("Ana Lopez booked")
    room.sits_down()
    room.desk.keys("Ctrl+1")
    room.desk.sees("Ana Lopez")


def test_continue_here_takes_the_note_along_and_the_other_seat_reads_on(sits: Sits) -> None:
    desk, room = sits("Front desk", "Lin Hua"), sits("Room 2 laptop", "Lin Hua")
    opens_note(desk)
    desk.desk.types_into("Complaint", "Low back")
    desk.desk.sees("Draft saved")
    opens_note(room)
    room.desk.sees("You have this note open at Front desk.")
    room.desk.sees("Complaint Low back")
    room.desk.sees("Read only at this seat")
    room.desk.walks_to("Continue here")
    room.desk.keys("Space")
    room.desk.sees("To sign: ")
    room.desk.sees_no("Continue here")
    desk.desk.sees("You went on with this note at Room 2 laptop. What you typed here is kept.")
    room.desk.types(", worse at night")
    desk.desk.sees("Complaint Low back, worse at night")
    desk.sits_down()
    desk.desk.presses("Continue here")
    room.desk.sees("You went on with this note at Front desk.")
    room.closes_program()
    desk.desk.sees_no("You went on with this note")


def test_cups_go_on_the_seat_is_locked_and_the_practitioner_goes_on_next_door(sits: Sits) -> None:
    """The locked seat shows the room without a name; both call at the planned minute; the cursor is where it was."""
    here = sits("Room 2 laptop", "Lin Hua")
    opens_note(here)
    here.desk.keys("Alt+U")
    here.desk.types("L3 l")
    here.desk.keys("Return", "F4")
    here.desk.sees("Cups off")
    here.desk.types_into("Complaint", "Low back")
    here.desk.sees("Draft saved")
    here.desk.keys("Ctrl+L")
    here.desk.sees("Chime on. Names stay hidden while locked.")
    here.desk.sees("00:00 of 08:00")
    here.desk.sees_no("Alvarez")
    next_door = sits("Room 1 laptop", "Lin Hua")
    next_door.desk.sees("M. Alvarez: 00:00 of 08:00")
    for seat in (here, next_door):
        assert isinstance(seat.clock, SteppedClock)
        seat.clock.pass_minutes(7.9)
    next_door.desk.sees("M. Alvarez: 07:54 of 08:00")
    assert here.calls == next_door.calls == []
    for seat in (here, next_door):
        seat.clock.pass_minutes(0.2)  # type: ignore[attr-defined]
        seat.desk.sees_that(partial(bool, seat.calls), "the chime called")
    opens_note(next_door)
    next_door.desk.sees("To sign: ")
    assert next_door.desk.focus_words().startswith("Complaint Low back")
    next_door.desk.types(", worse at night")
    next_door.desk.keys("F4")
    next_door.desk.sees("Count out, of 1 cup")
    assert len(next_door.calls) == len(here.calls) == 1


@pytest.mark.long
def test_a_note_that_is_open_elsewhere_is_free_once_it_is_closed_there(sits: Sits) -> None:
    desk, room = sits("Front desk", "Lin Hua"), sits("Room 2 laptop", "Lin Hua")
    opens_note(desk)
    opens_note(room)
    room.desk.sees("You have this note open at Front desk.")
    desk.sits_down()
    desk.desk.keys("Ctrl+1")
    room.desk.sees_no("You have this note open at Front desk.")
    room.desk.sees("To sign: ")


@pytest.mark.long
def test_the_same_note_written_at_two_seats_without_news_shows_both_texts(sits: Sits) -> None:
    """The versions alone keep the texts apart, even where nothing tells a seat that somebody went on elsewhere."""
    desk, room = sits("Front desk", "Lin Hua"), sits("Room 2 laptop", "Lin Hua")
    opens_note(desk)
    desk.desk.types_into("Complaint", "Low back")
    desk.desk.sees("Draft saved")
    opens_note(room)
    desk.loses_news()
    room.desk.sees("Complaint Low back")
    room.desk.presses("Continue here")
    room.desk.sees("To sign: ")
    room.desk.types_into("Plan", "cups next week")
    room.desk.sees("Draft saved")
    desk.sits_down()
    desk.desk.types_into("Findings", "tight on the left")
    desk.desk.sees("this note was written in at another seat")
    desk.desk.presses("Show both")
    desk.desk.sees("This note was changed elsewhere while you were writing")
    for words in ("cups next week", "tight on the left", "In the file", "Here"):
        desk.desk.sees(words)


@pytest.mark.long
def test_a_reader_is_told_who_writes(sits: Sits) -> None:
    room = sits("Room 2 laptop", "Lin Hua")
    opens_note(room)
    room.desk.types_into("Complaint", "Low back")
    room.desk.sees("Draft saved")
    other = sits("Room 1 laptop", "Ruth Okafor")
    opens_note(other)
    other.desk.sees("Lin Hua has this note open in Clifton.")
    room.sits_down()
    room.desk.types(", both sides")
    other.desk.sees("Complaint Low back, both sides")
    room.desk.keys("Ctrl+1")
    other.desk.sees_no("has this note open in Clifton")


# --- what people do


def both_change_one_patient(desk: SeatOfMany, room: SeatOfMany) -> None:
    """Both have the form open; the second to save sees what the first one wrote beside their own."""
    both_open_details(desk, room)
    both_save(desk, room)
    room.desk.keys("Ctrl+Return")
    room.desk.sees("are saved")


def both_open_details(desk: SeatOfMany, room: SeatOfMany) -> None:
    """Each writes another town and is told of the other."""
    for seat, city in ((desk, "Passaic"), (room, "Clifton")):
        opens_details(seat)
        seat.desk.walks_to("City")
        seat.desk.types(city)
    desk.desk.sees("Lin Hua has these details open in Clifton.")
    room.desk.sees("Mina Park has these details open in Clifton.")


def both_save(desk: SeatOfMany, room: SeatOfMany) -> None:
    """The desk is first; the room is shown both versions."""
    desk.sits_down()
    desk.desk.keys("Ctrl+Return")
    desk.desk.sees("are saved")
    room.sits_down()
    room.desk.sees_no("Mina Park has these details open")
    room.desk.sees("City Clifton")
    room.desk.keys("Ctrl+Return")
    room.desk.sees("Somebody saved this patient while you were typing.")
    room.desk.sees("Theirs: Passaic")
    room.desk.sees("Yours: Clifton")


def begins_booking(seat: SeatOfMany, name: str) -> None:
    seat.sits_down()
    seat.desk.keys("Ctrl+B")
    seat.desk.types(name)
    seat.desk.sees(f"New patient “{name}”")


def finishes_booking(seat: SeatOfMany, name: str, phone: str) -> None:
    seat.desk.types(phone)
    seat.desk.sees("1: Today")
    seat.desk.keys("Ctrl+Return")
    seat.desk.sees(f"{name} booked")


def books(seat: SeatOfMany, name: str, phone: str = "9735550147") -> None:
    begins_booking(seat, name)
    seat.desk.keys("Return")
    finishes_booking(seat, name, phone)


def books_from_another_seat(sits: Sits, name: str) -> None:
    third = sits("Front desk 2", "Mina Park")
    books(third, name)


def opens_note(seat: SeatOfMany) -> None:
    """The note of María's visit, from the Today board."""
    seat.sits_down()
    seat.desk.presses("10:00 María Alvarez")
    seat.desk.keys("F6")
    seat.desk.sees("Complaint")


def opens_details(seat: SeatOfMany) -> None:
    """The form with María's details."""
    seat.sits_down()
    seat.desk.keys("Ctrl+K")
    seat.desk.types("alvarez")
    seat.desk.sees("María Alvarez")
    seat.desk.keys("Return")
    seat.desk.sees("Upcoming visits")
    seat.desk.keys("Ctrl+E")
    seat.desk.sees("City")
