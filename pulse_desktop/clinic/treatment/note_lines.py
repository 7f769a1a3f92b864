"""Notes as they stand in lists: a patient's file shows two hundred, and each says whether it is still what was signed.

Which of a patient's notes are the newest is said by an index: their rows are large, and those that are not shown are not
read. They are read as stored, since what has been found intact once is known again by its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import BigInteger, Row, Select, Text, bindparam, select, type_coerce

from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, outline_from_json
from pulse_desktop.clinic.treatment.rules import done_words
from pulse_desktop.clinic.treatment.sealing import SigningKeys, amendment_is_intact, signing_keys, stored_note_is_intact
from pulse_desktop.clinic.treatment.tables import IN_ERROR, Note, NoteAmendment
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.tables import table_of

NOTES: Final = table_of(Note)
_AMENDMENTS, _VISITS, _STAFF = table_of(NoteAmendment), table_of(VisitRow), table_of(StaffRow)
_MOST, _MOST_OF_A_COURSE, _PLANS_LOOKED_AT = 200, 1_000, 5

IN_ERROR_MARK: Final = select(_AMENDMENTS.c.id).where(_AMENDMENTS.c.note_id == NOTES.c.id, _AMENDMENTS.c.kind == IN_ERROR).exists()
SIGNED_OF: Final = (NOTES.c.patient_id == bindparam("patient"), NOTES.c.sealed.is_not(None), ~IN_ERROR_MARK)
"""What is signed of a patient."""

_LINES = (
    select(
        NOTES.c.id, NOTES.c.version, NOTES.c.visit_id, NOTES.c.turn, NOTES.c.patient_id, NOTES.c.author_id,
        type_coerce(NOTES.c.draft, Text).label("draft"), type_coerce(NOTES.c.signed_at, BigInteger).label("signed_at"),
        NOTES.c.sealed, NOTES.c.signature, NOTES.c.signer_key, _VISITS.c.day, _STAFF.c.short_name, IN_ERROR_MARK.label("in_error"),
    )
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_STAFF, _STAFF.c.id == NOTES.c.author_id)
)  # fmt: skip
_NEWEST = _VISITS.c.starts.desc()
OF_PATIENT: Final = _LINES.where(
    NOTES.c.id.in_(
        select(NOTES.c.id)
        .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
        .where(NOTES.c.patient_id == bindparam("patient"))
        .order_by(_NEWEST)
        .limit(_MOST)
        .scalar_subquery()
    )
).order_by(_NEWEST)
WHOLE_COURSE: Final = _LINES.where(NOTES.c.patient_id == bindparam("patient")).order_by(_NEWEST).limit(_MOST_OF_A_COURSE)
"""All of a patient's notes: twenty years of a visit a week."""
_ADDED_OF = (
    select(_AMENDMENTS).join(NOTES, NOTES.c.id == _AMENDMENTS.c.note_id).where(NOTES.c.patient_id == bindparam("patient"))
)
DRAFTS_OF: Final = (
    _LINES.where(NOTES.c.author_id == bindparam("author"), NOTES.c.signed_at.is_(None)).order_by(_VISITS.c.starts).limit(_MOST)
)


@dataclass(frozen=True, slots=True)
class Course:
    """A patient's notes, the newest first, with the last plan that was signed and its day."""

    notes: tuple[NoteLine, ...]
    plan: str = ""
    planned_on: date | None = None


def course_of(context: Context, patient_id: int) -> Course:
    """What stands in the patient's file; without a plan for those who may not see the notes' text."""
    rows, notes = _found(context, OF_PATIENT, {"patient": patient_id})
    if not context.may(Permission.SEE_CLINICAL):
        return Course(notes)
    signed = (row for row in rows if state_of(row) == "signed")
    plans = ((draft_from_json(json.loads(row.draft)).plan.strip(), row.day) for row in islice(signed, _PLANS_LOOKED_AT))
    return Course(notes, *next((found for found in plans if found[0]), ("", None)))


def note_lines(context: Context, wanted: Select[Any], **values: object) -> tuple[NoteLine, ...]:
    """What `wanted` (one of the statements above) finds as lines; clinical parts only for those who may see them."""
    return _found(context, wanted, values)[1]


_Rows = Sequence[Row[*tuple[Any, ...]]]


def _found(context: Context, wanted: Select[Any], values: Mapping[str, object]) -> tuple[_Rows, tuple[NoteLine, ...]]:
    with context.together() as asks:
        found, keys = asks(context.read, wanted, **values), asks(signing_keys, context)
        added = asks(context.read, _ADDED_OF, **values) if wanted is OF_PATIENT else None
    rows, may_see = found.answer.all(), context.may(Permission.SEE_CLINICAL)
    altered = _with_altered_additions(rows, added.answer.all() if added else (), keys.answer)
    return rows, tuple([_note_line(row, keys.answer, may_see=may_see, is_whole=row.id not in altered) for row in rows])


def _with_altered_additions(rows: _Rows, added: _Rows, keys: SigningKeys) -> frozenset[int]:
    """Notes under which something stands that is not what was signed."""
    sealed = {row.id: row.sealed for row in rows} if added else {}
    return frozenset(
        one.note_id for one in added if sealed.get(one.note_id) is not None and not amendment_is_intact(one, sealed[one.note_id], keys)
    )


def _note_line(row: Row[*tuple[Any, ...]], keys: SigningKeys, *, may_see: bool, is_whole: bool) -> NoteLine:
    outline = outline_from_json(json.loads(row.draft)) if may_see else None
    return NoteLine(
        row.id, row.visit_id, row.day, row.author_id, row.short_name, state_of(row),
        outline.pain_before if outline else None, outline.pain_after if outline else None,
        done_words(outline.cups, outline.needles) if outline else "", is_whole and stored_note_is_intact(row, keys),
        outline.kinds if outline else (),
    )  # fmt: skip


def state_of(row: Any) -> str:
    """draft, signed or in_error."""
    if row.in_error:
        return "in_error"
    return "signed" if row.sealed is not None else "draft"
