"""The tour of two seats: two windows at one clinic on a server, by key and mouse, with pictures of what only several seats see.

    python -m tools.seats_tour [--out build/tour/seats] [--palette dark] [--text 200]

Starts a PostgreSQL server of its own; where its programs are not installed it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.gui.shell.doorstep import Appearance
from tests.builders import NOW, PASSWORD
from tests.postgres import programs, running_server
from tests.seats_on_server import Shared, shared
from tests.server_clinics import made_on
from tests.stories.several_seats import SeatOfMany
from tests.stories.test_postgres_two_seats import books, both_open_details, both_save, opens_note
from tests.wire import Wire, laid

_FOLDS_FROM = 150


@dataclass(slots=True)
class _Album:
    """Pictures in their order."""

    folder: Path
    count: int = 0

    def keeps(self, seat: SeatOfMany, name: str) -> None:
        """What the seat's window shows now."""
        self.count += 1
        seat.takes_picture(self.folder / f"{self.count:02}-{name}.png")
        print(f"  {self.count:02} {name}", flush=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """The clinic, how far away it is, and how its seats look."""

    clinic: Shared
    wire: Wire
    look: Appearance

    @contextmanager
    def seats(self, seat: str, name: str) -> Iterator[SeatOfMany]:
        """One more window, with somebody signed in."""
        clock = SteppedClock(NOW)
        entrance = self.clinic.entrance(seat, clock)
        entrance.remember_appearance(self.look)
        found = SeatOfMany(entrance, clock)
        try:
            found.signs_in(name, PASSWORD)
            yield found
        finally:
            found.closes_program()

    @property
    def saved(self) -> str:
        """What the note says below; short in large text."""
        return "Saved 8:30:0" if self.look.percent >= _FOLDS_FROM else "Draft saved"

    @property
    def kept_here(self) -> str:
        """What it says while the server is away."""
        return "Typing is kept here." if self.look.percent >= _FOLDS_FROM else "What you type is kept on this computer"

    def unfolds(self, seat: SeatOfMany) -> None:
        """In large text there is no room for all columns of Today; who is expected waits behind a button."""
        seat.sits_down()
        if self.look.percent >= _FOLDS_FROM and "Expected, " not in seat.desk.reads():
            seat.desk.presses("Expected")


def tour(place: _Place, album: _Album) -> None:
    """From one seat's booking, seen at the other, to the server that is away and comes back."""
    with place.seats("Front desk", "Mina Park") as desk, place.seats("Room 2 laptop", "Lin Hua") as room:
        books(desk, "Hannah Weiss")
        place.unfolds(room)
        room.desk.sees("9:00 Hannah Weiss, Acupuncture 60")
        room.desk.sees("This computer’s clock is ")  # the clock of a tour stands still, the server's goes on
        album.keeps(room, "booked-at-the-other-seat")
        room.sits_down()
        room.desk.presses("Hide this")
        both_open_details(desk, room)
        album.keeps(room, "who-else-has-it-open")
        both_save(desk, room)
        album.keeps(room, "two-versions")
        room.desk.keys("Ctrl+Return")
        room.desk.sees("are saved")
        desk.closes_program()
        room.desk.keys("Ctrl+1")
        room.desk.sees_no("Undo: details of María Alvarez", within=15)
        _note_at_two_seats(place, room, album)


def _note_at_two_seats(place: _Place, room: SeatOfMany, album: _Album) -> None:
    place.unfolds(room)
    opens_note(room)
    room.desk.types_into("Complaint", "Low back")
    room.desk.sees(place.saved)
    with place.seats("Office laptop", "Lin Hua") as office:
        place.unfolds(office)
        opens_note(office)
        office.desk.sees("You have this note open at Room 2 laptop.")
        album.keeps(office, "continue-here")
        room.sits_down()
        place.wire.goes_dead()
        room.desk.types(", worse in the morning")
        room.desk.sees("Not connected")
        room.desk.sees(place.kept_here)
        album.keeps(room, "not-connected")
        place.wire.comes_back()
        room.desk.sees("Connected again")
        room.desk.sees(place.saved)
        album.keeps(room, "connected-again")


def main() -> int:
    """0 when every step was seen; a step that fails says what was on the screen instead."""
    said = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    said.add_argument("--out", type=Path, default=Path("build/tour/seats"))
    said.add_argument("--palette", default="light")
    said.add_argument("--text", type=int, default=100, help="size of text in percent")
    asked = said.parse_args()
    if programs() is None:
        print("PostgreSQL is not installed here, so the tour of two seats is left out.")
        return 0
    asked.out.mkdir(parents=True, exist_ok=True)
    look = Appearance(asked.palette, asked.text, "")
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="seats-")))
        clinic = held.enter_context(shared(made_on(held.enter_context(running_server()), folder / "made"), folder))
        wire = held.enter_context(laid(dict(clinic.where)))
        tour(_Place(replace(clinic, where=wire.where(dict(clinic.where))), wire, look), _Album(asked.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
