"""What people look at of notes. The text is for those who may see it; that a note exists, everybody may know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.practice.rules import printed_name
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.rules import done_words
from pulse_desktop.clinic.treatment.sealing import (
    SigningKeys,
    amendment_is_intact,
    note_is_intact,
    signature_block,
    signing_keys,
)
from pulse_desktop.clinic.treatment.tables import IN_ERROR, Note, NoteAmendment
from pulse_desktop.clinic.treatment.values import AmendmentLine, NoteLine, NoteView, Signatures
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

NOTES = Note.__table__
_AMENDMENTS = NoteAmendment.__table__
_VISITS, _STAFF = VisitRow.__table__, StaffRow.__table__
_MOST = 200
IN_ERROR_MARK = select(_AMENDMENTS.c.id).where(_AMENDMENTS.c.note_id == NOTES.c.id, _AMENDMENTS.c.kind == IN_ERROR).exists()


@query(needs=Permission.SEE_CLINICAL, audit="note.view")
def note(context: Context, note_id: int) -> NoteView:
    """The note with its amendments. Denied when there is none of that number."""
    found = _view(context, _with_author().where(NOTES.c.id == note_id))
    if found is None:
        raise Denied
    return found


@query(needs=Permission.SEE_CLINICAL, audit="note.view")
def note_of_visit(context: Context, visit_id: int) -> NoteView | None:
    """The visit's note; of several the last, which is the one not entered in error."""
    return _view(context, _with_author().where(NOTES.c.visit_id == visit_id).order_by(NOTES.c.turn.desc()).limit(1))


@query(needs=Permission.SEE_CLINICAL, audit="note.view", about=lambda patient_id, before: patient_id)  # noqa: ARG005
def last_signed(context: Context, patient_id: int, before: date) -> NoteView | None:
    """The patient's last signed note of a day before `before`."""
    wanted = (
        _with_author()
        .where(NOTES.c.patient_id == patient_id, NOTES.c.sealed.is_not(None), _VISITS.c.day < before, ~IN_ERROR_MARK)
        .order_by(_VISITS.c.starts.desc())
        .limit(1)
    )
    return _view(context, wanted)


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def notes_of(context: Context, patient_id: int) -> tuple[NoteLine, ...]:
    """The patient's notes, the newest first. Pain and what was done stay empty for those who may not see the text."""
    wanted = _with_author().where(NOTES.c.patient_id == patient_id).order_by(_VISITS.c.starts.desc()).limit(_MOST)
    return note_lines(context, context.session.execute(wanted).all())


@query(needs=Permission.SEE_PATIENTS)
def unsigned(context: Context, staff_id: int) -> tuple[NoteLine, ...]:
    """The drafts of a practitioner, the oldest first: the worklist."""
    wanted = _with_author().where(NOTES.c.author_id == staff_id, NOTES.c.signed_at.is_(None)).order_by(_VISITS.c.starts).limit(_MOST)
    return note_lines(context, context.session.execute(wanted).all())


@query(needs=Permission.SEE_CLINICAL, audit="note.check")
def check_signature(context: Context, note_id: int) -> bool:
    """Whether the note is signed, and note and amendments are what was signed."""
    row = context.session.execute(_with_author().where(NOTES.c.id == note_id)).one_or_none()
    if row is None:
        raise Denied
    context.about(row.patient_id, "note", note_id)
    keys = signing_keys(context.session)
    return row.sealed is not None and _is_as_signed(context, row, keys)


@query(needs=Permission.CHECK_FILE)
def signatures(context: Context) -> Signatures:
    """Looks at every signature of notes and amendments. Numbers only: nobody's chart is opened."""
    keys, looked_at, last, broken = signing_keys(context.session), 0, 0, []
    signed = _with_author().where(NOTES.c.sealed.is_not(None)).order_by(NOTES.c.id).limit(_MOST)
    while found := context.session.execute(signed.where(NOTES.c.id > last)).all():
        broken += [row.id for row in found if not _is_as_signed(context, row, keys)]
        looked_at, last = looked_at + len(found), found[-1].id
    return Signatures(looked_at, tuple(broken))


def _is_as_signed(context: Context, row: Row[Any], keys: SigningKeys) -> bool:
    return note_is_intact(row, keys) and all(line.signature.is_valid for line in _amendments(context, row, keys))


# --- how rows become values ---------------------------------------------------------------------------------------------


def _with_author() -> Select[Any]:
    return (
        select(
            NOTES, _VISITS.c.day, _STAFF.c.first_name, _STAFF.c.last_name, _STAFF.c.credential, _STAFF.c.short_name,
            IN_ERROR_MARK.label("in_error"),
        )
        .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
        .join(_STAFF, _STAFF.c.id == NOTES.c.author_id)
    )  # fmt: skip


def _view(context: Context, wanted: Select[Any]) -> NoteView | None:
    row = context.session.execute(wanted).one_or_none()
    if row is None:
        return None
    context.about(row.patient_id, "note", row.id, version_id=row.version)
    keys = signing_keys(context.session)
    block = signature_block(row.sealed, is_valid=note_is_intact(row, keys)) if row.sealed else None
    return NoteView(
        row.id, row.version, row.visit_id, row.patient_id, row.author_id,
        printed_name(row.first_name, row.last_name, row.credential), state_of(row), draft_from_json(row.draft), row.saved_at,
        block, _amendments(context, row, keys), may_write=_may_write(context, row),
    )  # fmt: skip


def _may_write(context: Context, row: Row[Any]) -> bool:
    return row.sealed is None and row.author_id == context.actor.staff_id and context.may(Permission.WRITE_NOTE)


def state_of(row: Any) -> str:
    """draft, signed or in_error."""
    if row.in_error:
        return "in_error"
    return "signed" if row.sealed is not None else "draft"


def _amendments(context: Context, row: Row[Any], keys: SigningKeys) -> tuple[AmendmentLine, ...]:
    if row.sealed is None:
        return ()
    found = context.session.execute(select(_AMENDMENTS).where(_AMENDMENTS.c.note_id == row.id).order_by(_AMENDMENTS.c.id))
    return tuple(
        AmendmentLine(one.kind, one.text, one.reason, signature_block(one.sealed, is_valid=amendment_is_intact(one, row.sealed, keys)))
        for one in found
    )


def note_lines(context: Context, rows: Sequence[Row[Any]]) -> tuple[NoteLine, ...]:
    """Rows of `_with_author` as lines; clinical parts only for those who may see them."""
    keys, may_see = signing_keys(context.session), context.may(Permission.SEE_CLINICAL)
    return tuple(_note_line(row, keys, may_see=may_see) for row in rows)


def _note_line(row: Row[Any], keys: SigningKeys, *, may_see: bool) -> NoteLine:
    draft = draft_from_json(row.draft)
    return NoteLine(
        row.id, row.visit_id, row.day, row.author_id, row.short_name, state_of(row),
        draft.pain_before if may_see else None, draft.pain_after if may_see else None, done_words(draft) if may_see else "",
        note_is_intact(row, keys),
    )  # fmt: skip


def last_plan(session: Session, patient_id: int) -> tuple[str, date | None]:
    """The plan of the last signed note that has one, and its day."""
    wanted = (
        select(NOTES.c.draft, _VISITS.c.day)
        .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
        .where(NOTES.c.patient_id == patient_id, NOTES.c.sealed.is_not(None), ~IN_ERROR_MARK)
        .order_by(_VISITS.c.starts.desc())
        .limit(5)
    )
    for stored, day in session.execute(wanted):
        if plan := draft_from_json(stored).plan.strip():
            return plan, day
    return "", None
