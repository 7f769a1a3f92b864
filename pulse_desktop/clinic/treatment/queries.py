"""What people look at of notes. The text is for those who may see it; that a note exists, everybody may know."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.practice.rules import printed_name
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.note_lines import (
    DRAFTS_OF,
    IN_ERROR_MARK,
    NOTES,
    OF_PATIENT,
    SIGNED_OF,
    note_lines,
    state_of,
)
from pulse_desktop.clinic.treatment.sealing import (
    SigningKeys,
    amendment_is_intact,
    note_is_intact,
    signature_block,
    signing_keys,
)
from pulse_desktop.clinic.treatment.tables import NoteAmendment
from pulse_desktop.clinic.treatment.values import AmendmentLine, NoteLine, NoteView, Signatures
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_AMENDMENTS = NoteAmendment.__table__
_VISITS, _STAFF = VisitRow.__table__, StaffRow.__table__
_MOST = 200
_WITH_AUTHOR = (
    select(
        NOTES, _VISITS.c.day, _STAFF.c.first_name, _STAFF.c.last_name, _STAFF.c.credential, _STAFF.c.short_name,
        IN_ERROR_MARK.label("in_error"),
    )
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_STAFF, _STAFF.c.id == NOTES.c.author_id)
)  # fmt: skip
_ONE = _WITH_AUTHOR.where(NOTES.c.id == bindparam("note"))
_OF_VISIT = _WITH_AUTHOR.where(NOTES.c.visit_id == bindparam("visit")).order_by(NOTES.c.turn.desc()).limit(1)
_LAST_SIGNED = (
    _WITH_AUTHOR.where(*SIGNED_OF, _VISITS.c.day < bindparam("before", type_=Date)).order_by(_VISITS.c.starts.desc()).limit(1)
)
_AMENDMENTS_OF = select(_AMENDMENTS).where(_AMENDMENTS.c.note_id == bindparam("note")).order_by(_AMENDMENTS.c.id)


@query(needs=Permission.SEE_CLINICAL, audit="note.view")
def note(context: Context, note_id: int) -> NoteView:
    """The note with its amendments. Denied when there is none of that number."""
    found = _view(context, _ONE, note=note_id)
    if found is None:
        raise Denied
    return found


@query(needs=Permission.SEE_CLINICAL)
def note_version(context: Context, note_id: int) -> int:
    """How often the note was stored: a screen compares it with what it shows. 0 when there is none of that number."""
    return context.session.execute(select(NOTES.c.version).where(NOTES.c.id == note_id)).scalar() or 0


@query(needs=Permission.SEE_CLINICAL, audit="note.view")
def note_of_visit(context: Context, visit_id: int) -> NoteView | None:
    """The visit's note; of several the last, which is the one not entered in error."""
    return _view(context, _OF_VISIT, visit=visit_id)


@query(needs=Permission.SEE_CLINICAL, audit="note.view", about=lambda patient_id, before: patient_id)  # noqa: ARG005
def last_signed(context: Context, patient_id: int, before: date) -> NoteView | None:
    """The patient's last signed note of a day before `before`."""
    return _view(context, _LAST_SIGNED, patient=patient_id, before=before)


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def notes_of(context: Context, patient_id: int) -> tuple[NoteLine, ...]:
    """The patient's notes, the newest first. Pain and what was done stay empty for those who may not see the text."""
    return note_lines(context, OF_PATIENT, patient=patient_id)


@query(needs=Permission.SEE_PATIENTS)
def unsigned(context: Context, staff_id: int) -> tuple[NoteLine, ...]:
    """The drafts of a practitioner, the oldest first: the worklist."""
    return note_lines(context, DRAFTS_OF, author=staff_id)


@query(needs=Permission.SEE_CLINICAL, audit="note.check")
def check_signature(context: Context, note_id: int) -> bool:
    """Whether the note is signed, and note and amendments are what was signed."""
    row = context.read(_ONE, note=note_id).one_or_none()
    if row is None:
        raise Denied
    context.about(row.patient_id, "note", note_id)
    keys = signing_keys(context)
    return row.sealed is not None and _is_as_signed(context, row, keys)


@query(needs=Permission.CHECK_FILE)
def signatures(context: Context) -> Signatures:
    """Looks at every signature of notes and amendments. Numbers only: nobody's chart is opened."""
    keys, looked_at, last, broken = signing_keys(context), 0, 0, []
    signed = _WITH_AUTHOR.where(NOTES.c.sealed.is_not(None)).order_by(NOTES.c.id).limit(_MOST)
    while found := context.session.execute(signed.where(NOTES.c.id > last)).all():
        broken += [row.id for row in found if not _is_as_signed(context, row, keys)]
        looked_at, last = looked_at + len(found), found[-1].id
    return Signatures(looked_at, tuple(broken))


def _is_as_signed(context: Context, row: Row[Any], keys: SigningKeys) -> bool:
    return note_is_intact(row, keys) and all(line.signature.is_valid for line in _amendments(context, row, keys))


# --- how rows become values ---------------------------------------------------------------------------------------------


def _view(context: Context, wanted: Select[Any], **values: object) -> NoteView | None:
    with context.together() as asks:
        found, known = asks(context.read, wanted, **values), asks(signing_keys, context)
    row, keys = found.answer.one_or_none(), known.answer
    if row is None:
        return None
    context.about(row.patient_id, "note", row.id, version_id=row.version)
    block = signature_block(row.sealed, is_valid=note_is_intact(row, keys)) if row.sealed else None
    return NoteView(
        row.id, row.version, row.visit_id, row.patient_id, row.author_id,
        printed_name(row.first_name, row.last_name, row.credential), state_of(row), draft_from_json(row.draft), row.saved_at,
        block, _amendments(context, row, keys), may_write=_may_write(context, row),
    )  # fmt: skip


def _may_write(context: Context, row: Row[Any]) -> bool:
    return row.sealed is None and row.author_id == context.actor.staff_id and context.may(Permission.WRITE_NOTE)


def _amendments(context: Context, row: Row[Any], keys: SigningKeys) -> tuple[AmendmentLine, ...]:
    if row.sealed is None:
        return ()
    found = context.read(_AMENDMENTS_OF, note=row.id)
    return tuple(
        AmendmentLine(one.kind, one.text, one.reason, signature_block(one.sealed, is_valid=amendment_is_intact(one, row.sealed, keys)))
        for one in found
    )
