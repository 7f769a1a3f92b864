"""Eight processes at one clinic file, below the folder lock, all after the same place at the same moment.

`by_command` goes the whole way through the door. `carelessly` writes visits and what they take without asking what is
taken, so that only the database's own guard stands between two visits.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import SteppedClock, instant_at
from pulse_desktop.clinic import practice, schedule
from pulse_desktop.clinic.practice.values import HoursDraft, RoomDraft
from pulse_desktop.clinic.schedule.spans import Place
from pulse_desktop.clinic.schedule.tables import OccupancyRow, VisitRow
from pulse_desktop.clinic.schedule.values import Booking
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor, Context
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.notes import Notes
from pulse_desktop.storage.sessions import ClinicSession
from pulse_desktop.storage.types import to_milliseconds
from tests.builders import NOW, OKAFOR, TODAY, TestClinic, a_patient

RACERS = 8
OVERLAPS = """
    SELECT count(*) FROM occupancy AS one JOIN occupancy AS other
    ON one.kind = other.kind AND one.key = other.key AND one.id < other.id
    AND one.starts < other.ends AND other.starts < one.ends
"""


@dataclass(frozen=True)
class Track:
    """What a racer needs to know; every racer has a practitioner, a room and a patient of its own."""

    path: Path
    key: bytes
    audit_key: bytes
    actor: Actor
    service_id: int
    staff: tuple[int, ...]
    rooms: tuple[int, ...]
    patients: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a race."""

    won: int
    refused: Counter[str]
    overlaps: int
    visits: int


Try = Callable[[Booking], str]
Run = Callable[[Track, Engine], Try]


def a_track(clinic: TestClinic) -> Track:
    """Eight practitioners, rooms and patients in Clifton; the clinic is closed, so that its file is free for the racers."""
    office = clinic.office()
    rooms = [clinic.door.do(practice.save_room, RoomDraft(office, f"Room R{at}")).answer for at in range(RACERS)]
    staff = [clinic.door.do(practice.save_member, replace(OKAFOR, last_name=f"Okafor{at}")).answer for at in range(RACERS)]
    for staff_id in staff:
        clinic.door.do(practice.save_hours, HoursDraft(staff_id, office, TODAY, tuple((day, 540, 1080) for day in range(7))))
    people = [a_patient(clinic, f"Racer{at}") for at in range(RACERS)]
    opened = clinic.desk.clinic
    track = Track(
        clinic.folder / "clinic.db", bytes(opened._unlocked.ring.database), bytes(opened._audit_key), clinic.desk.actor,
        clinic.service(), tuple(staff), tuple(rooms), tuple(people),
    )  # fmt: skip
    clinic.close()
    return track


@contextmanager
def racers() -> Iterator[Pool]:
    """Eight processes of their own, warm, for some races. Where it can be, one imports the program and the others are its forks."""
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    spawned = multiprocessing.get_context("forkserver" if can_fork else "spawn")
    spawned.set_forkserver_preload([__name__])
    with spawned.Pool(RACERS, _line_up, (spawned.Barrier(RACERS),)) as pool:
        yield pool
        pool.close()
        pool.join()


def race(pool: Pool, track: Track, run: Run, rounds: int) -> Outcome:
    """Lets the processes go; round by round all want one room, one practitioner or one patient."""
    told = pool.starmap(_racer, [(track, run, number, rounds) for number in range(RACERS)], chunksize=1)
    engine = open_engine(track.path, track.key)
    with engine.begin() as connection:
        overlaps = connection.execute(text(OVERLAPS)).scalar_one()
        visits = connection.execute(text("SELECT count(*) FROM visit")).scalar_one()
    engine.dispose()
    won = sum(results.count("won") for results in told)
    return Outcome(won, Counter(result for results in told for result in results if result != "won"), overlaps, visits)


def by_command(track: Track, engine: Engine) -> Try:
    """Books as every screen does."""
    door = Door(engine, track.actor, "race", SteppedClock(NOW), audit=AuditTrail(track.audit_key, "race"))

    def book(booking: Booking) -> str:
        try:
            door.do(schedule.book_visit, booking)
        except Refusal as told:
            return told.key
        return "won"

    return book


def carelessly(track: Track, engine: Engine) -> Try:
    """Writes visits without asking anybody; what refuses is the guard."""

    def write(booking: Booking) -> str:
        notes = Notes()
        try:
            with ClinicSession(writing(engine), notes) as session:
                _write(Context(session, track.actor, "race", SteppedClock(NOW), new_id(), notes=notes), booking)
                session.commit()
        except (IntegrityError, dbapi2.IntegrityError) as error:  # SQLAlchemy's, or the driver's own from a prepared statement
            return str(getattr(error, "orig", error))
        return "won"

    return write


def _write(context: Context, booking: Booking) -> None:
    starts = instant_at(booking.day, booking.starts, "America/New_York")
    place = Place(booking.patient_id, booking.staff_id, booking.office_id, booking.room_id, to_milliseconds(starts), 55, ((0, 55),), 5, 5)
    visit_id = context.insert(VisitRow, **_columns(booking, context.actor), starts=starts, ends=starts + timedelta(minutes=55))
    context.insert_all(OccupancyRow, [{"visit_id": visit_id, **span._asdict()} for span in place.spans()])


def _columns(booking: Booking, actor: Actor) -> dict[str, Any]:
    return {
        "patient_id": booking.patient_id, "office_id": booking.office_id, "room_id": booking.room_id, "staff_id": booking.staff_id,
        "day": booking.day, "minute": booking.starts, "minutes": 55, "zone": "America/New_York", "second_time": False,
        "state": "booked", "progress": "expected", "cancel_reason": "", "desk_note": "", "squeeze_in": False,
        "booked_by": actor.staff_id, "booked_at": NOW,
    }  # fmt: skip


_start: Barrier


def _line_up(start: Barrier) -> None:
    global _start  # noqa: PLW0603 - a barrier reaches a spawned process only when it begins
    _start = start


def _racer(track: Track, run: Run, number: int, rounds: int) -> list[str]:
    engine = open_engine(track.path, track.key)
    try:
        attempt = run(track, engine)
        return [_at_once(attempt, booking) for booking in _places(track, number, rounds)]
    finally:
        engine.dispose()


def _at_once(attempt: Try, booking: Booking) -> str:
    _start.wait(60)
    return attempt(booking)


def _places(track: Track, number: int, rounds: int) -> Iterable[Booking]:
    """Starts less than a quarter of an hour apart, so that even the practitioner's first stretch overlaps. What is fought for turns round by round: the room, the practitioner, the patient."""
    for at in range(rounds):
        wanted = [number, number, number]
        wanted[at % 3] = 0
        day = TODAY + timedelta(days=1 + at // 5)
        starts = 9 * 60 + (at % 5) * 105 + (number * 5 + at) % 14
        yield Booking(
            track.patients[wanted[2]], 1, track.staff[wanted[1]], day, starts, (track.service_id,), room_id=track.rooms[wanted[0]]
        )
