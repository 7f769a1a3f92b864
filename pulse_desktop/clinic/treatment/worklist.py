"""What is still to be signed: a practitioner's own, with what each note lacks; for the owner how many everybody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Date, Row, bindparam, func, select

from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import display_name
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.lines import STANDS
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.clinic.treatment.required import parts_needed
from pulse_desktop.clinic.treatment.rules import missing_to_sign
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

NOT_BEGUN: Final = ("note",)
"""What a visit lacks that was treated and has no note at all."""

MINUTES: Final = "face_to_face_minutes"
"""Measured when the note is signed: nobody has to write them, so no line says that they are missing."""
_MOST, _LOOK_BACK = 200, timedelta(days=90)
_VISITS, _PATIENTS, _STAFF = table_of(VisitRow), table_of(PatientRow), table_of(StaffRow)
_TREATED = (Progress.CHECKING_OUT, Progress.DONE)
_WHO = (_VISITS.c.id.label("visit"), _VISITS.c.day, _VISITS.c.minute, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name)
_MINE = (
    select(NOTES.c.draft, *_WHO)
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_PATIENTS, _PATIENTS.c.id == NOTES.c.patient_id)
    .where(NOTES.c.author_id == bindparam("me"), NOTES.c.signed_at.is_(None), STANDS)
    .order_by(_VISITS.c.starts)
    .limit(_MOST)
)
_HAS_NOTE = select(NOTES.c.id).where(NOTES.c.visit_id == _VISITS.c.id, ~IN_ERROR_MARK).exists()
_NO_NOTE = (_VISITS.c.day >= bindparam("since", type_=Date), _VISITS.c.progress.in_(_TREATED), STANDS, ~_HAS_NOTE)
_BARE = (
    select(*_WHO)
    .join(_PATIENTS, _PATIENTS.c.id == _VISITS.c.patient_id)
    .where(_VISITS.c.staff_id == bindparam("me"), *_NO_NOTE)
    .order_by(_VISITS.c.starts)
    .limit(_MOST)
)
_COUNTED = (
    select(NOTES.c.author_id, func.count().label("notes"), func.min(_VISITS.c.day, type_=Date).label("oldest"))
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .where(NOTES.c.signed_at.is_(None), STANDS)
    .group_by(NOTES.c.author_id)
)
_BARE_COUNTED = (
    select(_VISITS.c.staff_id, func.count().label("visits"), func.min(_VISITS.c.day, type_=Date).label("oldest"))
    .where(*_NO_NOTE)
    .group_by(_VISITS.c.staff_id)
)
_NAMES = select(_STAFF.c.id, _STAFF.c.short_name).order_by(_STAFF.c.short_name)


@dataclass(frozen=True, slots=True)
class ToSign:
    """A visit whose note waits for its signature. `missing` are keys as of `missing_to_sign`, () when only that is missing."""

    visit_id: int
    day: date
    minute: int
    patient: str
    missing: tuple[str, ...]

    @property
    def is_begun(self) -> bool:
        """There is a draft."""
        return self.missing != NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Owing:
    """How much one practitioner has still to sign, and since when."""

    staff_id: int
    name: str
    notes: int
    not_begun: int
    oldest: date


@query(needs=Permission.SIGN_NOTE)
def to_sign(context: Context) -> tuple[ToSign, ...]:
    """One's own drafts, and one's own treated visits of ninety days that have no note at all; the oldest first."""
    me, today = context.actor.staff_id, today_at(context)
    with context.together() as asks:
        drafts, required = asks(context.read, _MINE, me=me), asks(parts_needed, context)
        bare = asks(context.read, _BARE, me=me, since=today - _LOOK_BACK)
    parts = [part for part in required.answer if part != MINUTES]
    lines = [_line(row, missing_to_sign(draft_from_json(row.draft), parts)) for row in drafts.answer]
    lines += [_line(row, NOT_BEGUN) for row in bare.answer]
    return tuple(sorted(lines, key=lambda line: (line.day, line.minute, line.visit_id)))


@query(needs=Permission.SET_UP)
def owing(context: Context) -> tuple[Owing, ...]:
    """Who has how many notes to sign, whoever waits longest first. Numbers and days only: nobody's chart is opened."""
    since = today_at(context) - _LOOK_BACK
    with context.together() as asks:
        drafts, bare = asks(context.read, _COUNTED), asks(context.read, _BARE_COUNTED, since=since)
        names = asks(context.read, _NAMES)
    notes = {row.author_id: row for row in drafts.answer}
    visits = {row.staff_id: row for row in bare.answer}
    found = [
        Owing(
            row.id, row.short_name, notes[row.id].notes if row.id in notes else 0, visits[row.id].visits if row.id in visits else 0,
            min(one[row.id].oldest for one in (notes, visits) if row.id in one),
        )
        for row in names.answer
        if row.id in notes or row.id in visits
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda line: line.oldest))


def _line(row: Row[Any], missing: tuple[str, ...]) -> ToSign:
    return ToSign(row.visit, row.day, row.minute, display_name(row.first_name, row.last_name, row.native_name), missing)
