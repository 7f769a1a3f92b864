"""A note that stands in the wrong chart is written again in the right one: a new draft there, to be signed anew.

First the note is marked as entered in error (an amendment with its reason, `signing.amend`), which is written down about
the one patient; then this, which is written down about the other. Neither chart names the other's patient.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Date, Row, bindparam, select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.schedule.lines import STANDS, VISITS, visits_wanted, wanted
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, draft_to_json
from pulse_desktop.clinic.treatment.drafts import by_its_author
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.clinic.treatment.tables import Note
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command, query

CONFIRMED_ANEW: Final = ("complaint", "cups", "needles", "plan")
"""What is confirmed by its author in the right chart before it is signed there, as with a copy from the last visit."""

_ONE = select(NOTES, IN_ERROR_MARK.label("in_error"), VISITS.c.day).join(VISITS, VISITS.c.id == NOTES.c.visit_id).where(NOTES.c.id == bindparam("note"))
_WRITTEN = select(NOTES.c.visit_id).where(NOTES.c.saved_at.is_not(None), ~IN_ERROR_MARK)
_OPEN_ON_DAY = wanted(
    VISITS.c.day == bindparam("day", type_=Date), VISITS.c.staff_id == bindparam("staff"), VISITS.c.id != bindparam("visit"), STANDS,
    VISITS.c.id.not_in(_WRITTEN),
)  # fmt: skip
_LAST = select(NOTES, IN_ERROR_MARK.label("in_error")).where(NOTES.c.visit_id == bindparam("visit")).order_by(NOTES.c.turn.desc()).limit(1)
_VISIT = select(VISITS.c.id, VISITS.c.patient_id).where(VISITS.c.id == bindparam("visit"), STANDS)

register_sentences(
    {
        "not_in_error": N_("Mark the note as entered in error first; then it can be written in the right chart. Nothing was changed."),
        "visit_has_note": N_("That visit has a note already. Nothing was changed; add to that note, or choose another visit."),
    }
)


@dataclass(frozen=True, slots=True)
class Reentry:
    """Write what stands in this note, which was entered in error, again as the note of another visit."""

    note_id: int
    visit_id: int


@query(needs=Permission.WRITE_NOTE)
def where_it_belongs(context: Context, note_id: int) -> tuple[VisitLine, ...]:
    """The author's other visits of that day that have no note yet, where a note in the wrong chart most likely belongs."""
    row = context.read(_ONE, note=note_id).one_or_none()
    if row is None or row.author_id != context.actor.staff_id:
        raise Denied
    return visits_wanted(context, _OPEN_ON_DAY, day=row.day, staff=row.author_id, visit=row.visit_id)


@command(needs=Permission.WRITE_NOTE, audit="note.reenter", allow=by_its_author)
def enter_again(context: Context, value: Reentry) -> int:
    """The new draft's number, in the other visit's chart. Raises Refusal("not_in_error" | "visit_has_note"), Denied."""
    with context.together() as asks:
        found, visits = asks(context.read, _ONE, note=value.note_id), asks(context.read, _VISIT, visit=value.visit_id)
        there = asks(context.read, _LAST, visit=value.visit_id)
    wrong, visit, last = found.answer.one(), visits.answer.one_or_none(), there.answer.one_or_none()
    if visit is None or visit.id == wrong.visit_id:
        raise Denied
    if not wrong.in_error:
        raise Refusal("not_in_error")
    draft = _to_be_confirmed(draft_from_json(wrong.draft))
    number = _written(context, draft, visit, last)
    context.about(visit.patient_id, "note", number, reason_code="in_error")
    return number


def _written(context: Context, draft: NoteDraft, visit: Row[Any], last: Row[Any] | None) -> int:
    """The draft as a new note of the visit, or over the one that nobody has written in."""
    content: dict[str, Any] = {"draft": draft_to_json(draft), "saved_at": context.now(), "author_id": context.actor.staff_id}
    if last is None or last.in_error:
        return context.insert(
            Note, visit_id=visit.id, turn=last.turn + 1 if last else 1, patient_id=visit.patient_id, running=False, sitting="",
            opened_at=context.now(), version=1, **content,
        )  # fmt: skip
    if last.saved_at is not None or last.sealed is not None:
        raise Refusal("visit_has_note")
    context.update(Note, last.id, last.version, **content)
    return int(last.id)


def _to_be_confirmed(draft: NoteDraft) -> NoteDraft:
    """Reasons against stops were given for the other patient and do not come along."""
    copied = tuple(name for name in CONFIRMED_ANEW if getattr(draft, name))
    return replace(draft, overrides=(), copied=copied, cursor_field="", cursor_at=0)
