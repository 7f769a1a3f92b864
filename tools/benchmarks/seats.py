"""How long until another seat sees it: from the commit at one seat to the words on the screen of the other.

    python -m tools.benchmarks.seats [--bookings 50]

Starts a PostgreSQL server of its own. One seat books, the other has the Today board before it; the time runs from the
moment the command is answered until a reader of the screen finds the patient there, the reading included. Then the same
without the server's call (NOTIFY), when only the slow look finds it. Ends with 1 when the 95th of 100 takes over a second.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psycopg

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import patients, practice, schedule
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.schedule.values import Booking
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import NOW, PASSWORD, TODAY, a_patient_draft
from tests.postgres import Server, running_server
from tests.seats_on_server import Shared, shared
from tests.server_clinics import made_on
from tests.stories.several_seats import SeatOfMany

BOUND = 1.0
"""Seconds within which another seat sees it."""


class Booker:
    """The seat that books, on a thread of its own as in the program; what it booked is taken back each time."""

    def __init__(self, clinic: Shared) -> None:
        self._hands = ThreadPoolExecutor(1, thread_name_prefix="pulse-books")
        entrance = clinic.entrance("Front desk", SteppedClock(NOW))
        self._desk: Desk = self._does(entrance.open, entrance.people()[0].vault_id, PASSWORD)
        self._data = self._does(self._desk.door.look, practice.practice_data)

    def books(self, name: str) -> tuple[str, float]:
        """The operation, and when its answer came."""
        operation, since = self._does(self._book, name)
        return operation, since

    def takes_back(self, operation: str) -> None:
        """Undoes a booking."""
        self._does(self._desk.door.do, take_back, TakeBack(operation))

    def leaves(self) -> None:
        """Signs out."""
        self._does(self._desk.close)
        self._hands.shutdown()

    def _book(self, name: str) -> tuple[str, float]:
        door, data = self._desk.door, self._data
        patient = door.do(patients.register, a_patient_draft("Bench", name)).answer
        lin = next(member.id for member in data.staff if member.short_name == "Lin Hua")
        booking = Booking(patient, data.offices[0].id, lin, TODAY, 15 * 60, (data.services[0].id,))
        done = door.do(schedule.book_visit, booking)
        return done.operation, time.perf_counter()

    def _does(self, call: Callable[..., Any], *given: Any) -> Any:
        return self._hands.submit(call, *given).result()


def made(server: Server, folder: Path) -> list[Shared]:
    """Two clinics that nobody has open."""
    template = made_on(server, folder / "made")
    clinics = []
    for name in ("called", "silent"):
        (folder / name).mkdir()
        with shared(template, folder / name) as clinic:
            clinics.append(clinic)
    return clinics


def measured(clinic: Shared, bookings: int) -> list[float]:
    """Seconds, one for each booking."""
    booker = Booker(clinic)
    clock = SteppedClock(NOW)
    room = SeatOfMany(clinic.entrance("Room 2 laptop", clock), clock)
    room.signs_in("Lin Hua", PASSWORD)
    took = []
    for at in range(bookings):
        operation, since = booker.books(f"Seen{at}")
        room.desk.sees(f"Seen{at}")
        took.append(time.perf_counter() - since)
        booker.takes_back(operation)
        room.desk.sees_no(f"Seen{at}")
    room.closes_program()
    booker.leaves()
    return took


def silence(clinic: Shared) -> None:
    """Takes the call out of the function that gives changes their numbers."""
    with psycopg.connect(**clinic.where, autocommit=True) as connection:
        found = connection.execute("SELECT pg_get_functiondef('seal_change'::regproc)").fetchone()
        assert found is not None
        connection.execute(found[0].replace("PERFORM pg_notify", "PERFORM concat").encode())


def line(words: str, took: Sequence[float]) -> str:
    """One row of the table."""
    ordered = sorted(took)
    ninety_fifth = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    figures = (statistics.median(ordered), ninety_fifth, ordered[-1])
    return f"{words:38}" + "".join(f"{1000 * figure:10.0f}" for figure in figures)


def main() -> int:
    """The exit code."""
    reader = argparse.ArgumentParser(prog="seats")
    reader.add_argument("--bookings", type=int, default=50)
    bookings = reader.parse_args().bookings
    with tempfile.TemporaryDirectory(prefix="pulse-seats-") as folder, running_server() as server:
        clinics = made(server, Path(folder))  # before any window: its thread may not touch a database afterwards
        silence(clinics[1])
        called = measured(clinics[0], bookings)
        silent = measured(clinics[1], max(5, bookings // 5))
    print(f"{'milliseconds, commit to screen':38}{'median':>10}{'95 of 100':>10}{'most':>10}")
    print(line(f"with the server's call ({len(called)})", called))
    print(line(f"without it, by the slow look ({len(silent)})", silent))
    return 0 if sorted(called)[min(len(called) - 1, round(0.95 * len(called)))] < BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
