"""Booking, arriving, a saved draft and a signature at the door, against the very statements they wrote.

Ours writes in one copy of the clinic; each statement with its values is then said again by the floor, in a second copy
that stands where the first stood. What remains is what the program adds to its own SQL.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from pulse_desktop.clinic import boards, flows, treatment
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Booking, VisitLine
from pulse_desktop.clinic.treatment.values import NoteDraft, SaveDraft, SignNote
from tools.benchmarks.clinics import KEPT, Kept
from tools.benchmarks.measuring import Floor, of, timed
from tools.benchmarks.rows import Bound, Row
from tools.benchmarks.said import Said

_TIMES = 24
_WARM = 2
_MORE_MS = 1.5
_TEN = 10 * 60
_FIRST_FREE_WEEK = 12
"""Demo clinics are booked for some weeks ahead; after this one nothing is in the way."""


@contextmanager
def _two_copies(kept: Kept) -> Iterator[tuple[Desk, Said, Floor]]:
    """Ours signed in at one copy, listened to, and the floor at the other."""
    with tempfile.TemporaryDirectory(prefix="copy-", dir=KEPT) as name:
        ours = kept.copied(Path(name) / "ours")
        desk = ours.open("Lin Hua")
        desk.practice()
        raw = _copy_of_open(desk, ours, Path(name) / "floor")
        said = Said()
        try:
            with Floor("raw_statements.py", raw.told) as floor:
                said.hears(_engine(desk))
                yield desk, said, floor
        finally:
            desk.close()


def _engine(desk: Desk) -> Engine:
    return desk.clinic._engine  # noqa: SLF001 - listening to the statements is what this is for


def _copy_of_open(desk: Desk, ours: Kept, to: Path) -> Kept:
    """The clinic as it stands after signing in: what is still in the log goes into the file first."""
    with _engine(desk).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    return ours.copied(to)


@dataclass(slots=True)
class _Turns:
    """Ours, then the floor with the same statements; both figures are kept."""

    said: Said
    floor: Floor
    own: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)

    def turn(self, act: Callable[[], object]) -> None:
        """One measured command; what was said between is brought to the floor first."""
        self.catches_up()
        self.own.append(timed(act))
        self.raw.append(self.floor.takes({"steps": self.said.taken()}))

    def catches_up(self) -> None:
        """Brings the floor's copy to where ours stands."""
        if steps := self.said.taken():
            self.floor.takes({"steps": steps})

    def row(self, name: str, size: int) -> Row:
        """The row, without the first turns."""
        own, raw = of(self.own[_WARM:]), of(self.raw[_WARM:])
        return Row(name, size, own, raw, Bound("more", _MORE_MS), grows=True)


def rows(kept: Kept) -> Iterator[Row]:
    """All rows of writing, on copies."""
    with _two_copies(kept) as (desk, said, floor):
        practice = desk.practice()
        yield _booked(desk, practice, kept, _Turns(said, floor))
        visits = _visits_of_today(desk, practice, kept)
        yield _arrived(desk, visits, _Turns(said, floor), kept.size)
        yield from _noted(desk, visits, said, floor, kept.size)


def _booked(desk: Desk, practice: PracticeData, kept: Kept, turns: _Turns) -> Row:
    me = practice.member(desk.actor.staff_id)
    room = practice.rooms[0]
    for at in range(_TIMES):
        booking = Booking(
            20 + at, room.office_id, me.id, kept.now.date() + timedelta(weeks=_FIRST_FREE_WEEK + at), _TEN, (practice.services[0].id,), room.id
        )  # fmt: skip
        turns.turn(lambda booking=booking: desk.door.do(flows.book_visit, booking))  # type: ignore[misc]
    return turns.row("book (door)", kept.size)


def _visits_of_today(desk: Desk, practice: PracticeData, kept: Kept) -> list[VisitLine]:
    office = practice.offices[0].id
    cards = desk.door.look(boards.today, office, kept.now.date()).cards
    return [card.visit for card in cards if card.visit.staff_id == desk.actor.staff_id]


def _arrived(desk: Desk, visits: list[VisitLine], turns: _Turns, size: int) -> Row:
    for visit in visits:
        turns.turn(lambda visit=visit: desk.door.do(flows.check_in, Arrival(visit.id, visit.version, asked=True)))  # type: ignore[misc]
    return turns.row("arrive (door)", size)


def _noted(desk: Desk, visits: list[VisitLine], said: Said, floor: Floor, size: int) -> Iterator[Row]:
    saving, signing = _Turns(said, floor), _Turns(said, floor)
    for visit in visits:
        note_id = desk.door.do(treatment.open_note, visit.id).answer
        for at in range(3):
            note = desk.door.look(treatment.note, note_id)
            saved = SaveDraft(note_id, note.version, _draft(f"Tight L3 to L5, seen {at} times"))
            saving.turn(lambda saved=saved: desk.door.do(treatment.save_draft, saved))  # type: ignore[misc]
        note = desk.door.look(treatment.note, note_id)
        signed = SignNote(note_id, note.version, note.draft)
        signing.turn(lambda signed=signed: desk.door.do(treatment.sign_note, signed))  # type: ignore[misc]
    yield saving.row("save a draft (door)", size)
    yield signing.row("sign (door)", size)


def _draft(findings: str) -> NoteDraft:
    return NoteDraft(
        complaint="Low back, worse in the morning", history="Since October", pain_before=6, pain_after=3, findings=findings,
        tongue_body=("pale",), pulse=("wiry",), pattern="Kidney yang vacuity", icd10="M54.50", techniques=("tuina",),
        response="Lighter", plan="Weekly for four weeks", adverse=("none",), face_to_face_minutes=25, counted_out=True,
    )  # fmt: skip
