"""Two windows on two seats of one clinic on a server: what is done at one shows at the other, and nobody loses a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pulse_desktop.basics.times import SteppedClock
from tests.builders import NOW, PASSWORD
from tests.postgres import needed_server
from tests.server_clinics import ServerTemplate, made_on
from tests.server_seats import Shared, shared
from tests.stories.several_seats import SeatOfMany

MARIA = "María Alvarez"
HERS = "10:00 María Alvarez"


@pytest.fixture(scope="module")
def made_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@pytest.fixture
def clinic(made_clinic: ServerTemplate, tmp_path: Path) -> Iterator[Shared]:
    with shared(made_clinic, tmp_path) as clinic:
        yield clinic


@pytest.fixture
def sits(clinic: Shared, qapp: QApplication) -> Iterator[Callable[[str, str], SeatOfMany]]:
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


Sits = Callable[[str, str], SeatOfMany]


def opens_note(seat: SeatOfMany) -> None:
    """The note of María's visit, from the Today board."""
    seat.desk.sits_down()
    seat.desk.presses(HERS)
    seat.desk.keys("F6")
    seat.desk.sees("Complaint")


def test_booked_at_the_desk_and_seen_in_the_room(sits: Sits) -> None:
    desk, room = sits("Front desk", "Mina Park"), sits("Room 2 laptop", "Lin Hua")
    room.desk.sees_no("Hannah Weiss")
    desk.desk.sits_down()
    desk.desk.keys("Ctrl+B")
    desk.desk.types("Hannah Weiss")
    desk.desk.sees("New patient “Hannah Weiss”")
    desk.desk.keys("Return")
    desk.desk.types("9735550147")
    desk.desk.sees("Book ")
    desk.desk.keys("Ctrl+Return")
    desk.desk.sees("Hannah Weiss booked")
    room.desk.sees("Hannah Weiss")
    print(desk.desk.reads()[:1500]); print(room.desk.reads()[:1500])


def test_note(sits: Sits, tmp_path: Path) -> None:
    desk, room = sits("Front desk", "Lin Hua"), sits("Room 2 laptop", "Lin Hua")
    opens_note(desk)
    print(desk.desk.reads()[:3000])
    desk.desk.types_into("Complaint", "Low back")
    opens_note(room)
    room.takes_picture(Path("/tmp/live-a.png"))
    desk.takes_picture(Path("/tmp/live-b.png"))
    print(room.desk.reads()[:3000])
    room.desk.presses("Continue here")
    room.desk.types(", worse at night")
    desk.desk.sees("You went on with this note at")
    desk.takes_picture(Path("/tmp/live-c.png"))
    print(desk.desk.reads()[:3000])
