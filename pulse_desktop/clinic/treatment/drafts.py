"""The draft of a note: opened once a visit, kept as it is typed, written by its author only.

Two things in a draft are the program's own and no screen may change them by saving: when cups and needles went on and
came off, and the reasons given against a stop. They come from the acts in `cupping` and `needling`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, select

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.schedule.steps import go_along
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, draft_to_json
from pulse_desktop.clinic.treatment.rules import check_draft, is_running
from pulse_desktop.clinic.treatment.tables import IN_ERROR, Note, NoteAmendment
from pulse_desktop.clinic.treatment.values import NoteDraft, SaveDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

NOTES = Note.__table__
VISITS = VisitRow.__table__
_AMENDMENTS = NoteAmendment.__table__
_SERVICES = VisitServiceRow.__table__
_AUTHOR = select(NOTES.c.author_id).where(NOTES.c.id == bindparam("note"))
_ONE_NOTE = select(NOTES).where(NOTES.c.id == bindparam("note"))
_TECHNIQUES = (
    select(_SERVICES.c.techniques)
    .where(_SERVICES.c.visit_id == bindparam("visit"), ~_SERVICES.c.dropped)
    .order_by(_SERVICES.c.position)
)

on_guard("note_signed", lambda: Refusal("note_signed"))
on_guard("unique:note.visit_id,note.turn", lambda: Outdated("note", 0))


class OnANote(Protocol):
    """A value that concerns one note, as this seat last saw it."""

    @property
    def note_id(self) -> int:
        """The note."""


class WritesADraft(OnANote, Protocol):
    """A value that brings the draft along."""

    @property
    def version(self) -> int:
        """The version this seat last got."""

    @property
    def draft(self) -> NoteDraft:
        """The draft as typed so far."""


def by_its_author(context: Context, value: OnANote) -> None:
    """Raises Denied for anybody but the note's author, however many may read it."""
    note = _note_before(context, value.note_id)
    if note is None or note.author_id != context.actor.staff_id:
        raise Denied


def _note_before(context: Context, note_id: int) -> Row[Any] | None:
    """The note as it was when the act began."""
    if (Note, note_id) not in context.seen:
        context.seen[Note, note_id] = context.read(_ONE_NOTE, note=note_id).one_or_none()
    found: Row[Any] | None = context.seen[Note, note_id]
    return found


@command(needs=Permission.WRITE_NOTE, audit="note.open")
def open_note(context: Context, visit_id: int) -> int:
    """The note of a visit: the one there is, else a new draft whose author is the practitioner who opens it.

    A draft that nobody has written in goes over to the visit's own practitioner. Refusal("visit_not_standing").
    """
    with context.together() as asks:
        found = asks(context.session.execute, select(VISITS).where(VISITS.c.id == visit_id))
        before, booked = asks(_last_note, context, visit_id), asks(techniques_booked, context, visit_id)
    visit, last = found.answer.one_or_none(), before.answer
    if visit is None or not context.actor.staff_id:
        raise Denied
    context.about(visit.patient_id, "visit", visit_id)
    if last is not None and not _is_in_error(context, last.id):
        return _taken_over(context, last, visit)
    if State(visit.state) not in STANDING:
        raise Refusal("visit_not_standing")
    draft = NoteDraft(techniques=booked.answer)
    return context.insert(
        Note, visit_id=visit_id, turn=last.turn + 1 if last else 1, patient_id=visit.patient_id,
        author_id=context.actor.staff_id, draft=draft_to_json(draft), running=False, sitting="", opened_at=context.now(), version=1,
    )  # fmt: skip


def _last_note(context: Context, visit_id: int) -> Row[Any] | None:
    wanted = select(NOTES).where(NOTES.c.visit_id == visit_id).order_by(NOTES.c.turn.desc()).limit(1)
    return context.session.execute(wanted).one_or_none()


def _is_in_error(context: Context, note_id: int) -> bool:
    wanted = select(_AMENDMENTS.c.id).where(_AMENDMENTS.c.note_id == note_id, _AMENDMENTS.c.kind == IN_ERROR).limit(1)
    return context.session.scalar(wanted) is not None


def _taken_over(context: Context, note: Row[Any], visit: Row[Any]) -> int:
    mine, untouched = context.actor.staff_id, note.saved_at is None and note.sealed is None
    if untouched and note.author_id != mine and visit.staff_id == mine:
        context.update(Note, note.id, note.version, author_id=mine)
    return int(note.id)


def techniques_booked(context: Context, visit_id: int) -> tuple[str, ...]:
    """The techniques of the visit's services, each once, in order."""
    return tuple(dict.fromkeys(key for techniques in context.read(_TECHNIQUES, visit=visit_id).scalars() for key in techniques))


@command(needs=Permission.WRITE_NOTE, audit="note.draft", allow=by_its_author)
def save_draft(context: Context, value: SaveDraft) -> int:
    """Keep the draft as typed so far; the new version. Raises Outdated when another seat saved meanwhile.

    Audited once a sitting: the first save at a seat, by a person, on a day.
    """
    note, draft = draft_of(context, value)
    sitting = f"{context.seat} {context.actor.vault_id} {context.now():%Y-%m-%d}"
    context.is_audited_already = note.sitting == sitting
    return write_draft(context, note, draft, sitting=sitting)


# --- parts of the other acts --------------------------------------------------------------------------------------------


def draft_of(context: Context, value: WritesADraft) -> tuple[Row[Any], NoteDraft]:
    """The note's row and its draft as it is to become: what was typed, with the program's own marks as they stand.

    Raises Outdated, and Refusal("note_signed" …) for what no note can hold.
    """
    note = _note_before(context, value.note_id)
    assert note is not None  # `by_its_author` has looked
    context.about(note.patient_id, "note", note.id)
    if note.sealed is not None:
        raise Refusal("note_signed")
    if note.version != value.version:
        raise Outdated("note", note.id, version=note.version)
    check_draft(value.draft)
    return note, _kept(draft_from_json(note.draft), value.draft)


def _kept(stored: NoteDraft, typed: NoteDraft) -> NoteDraft:
    """What is on the skin stays recorded even where a screen left it out."""
    cups = {cup.number: cup for cup in stored.cups}
    needles = {(needle.code, needle.side): needle for needle in stored.needles}
    kept_cups = [
        replace(cup, on_at=known.on_at, off_at=known.off_at) if (known := cups.pop(cup.number, None)) else replace(cup, on_at=None, off_at=None)
        for cup in typed.cups
    ]
    kept_needles = [
        replace(needle, in_at=placed.in_at, out_at=placed.out_at)
        if (placed := needles.pop((needle.code, needle.side), None))
        else replace(needle, in_at=None, out_at=None)
        for needle in typed.needles
    ]
    kept_cups += [cup for cup in cups.values() if cup.on_at and not cup.off_at]
    kept_needles += [needle for needle in needles.values() if needle.in_at and not needle.out_at]
    return replace(typed, cups=tuple(kept_cups), needles=tuple(kept_needles), overrides=stored.overrides, count_note=stored.count_note)


def write_draft(context: Context, note: Row[Any], draft: NoteDraft, **more: Any) -> int:
    """Writes the draft over `note`; the new version. The visit's progress follows what is on."""
    running = is_running(draft)
    context.update(
        Note, note.id, note.version, draft=draft_to_json(draft), running=running, saved_at=context.now(), **more,
    )  # fmt: skip
    if running != note.running:
        _show_progress(context, note.visit_id, running=running)
    return int(note.version) + 1


def _show_progress(context: Context, visit_id: int, *, running: bool) -> None:
    """Cups or needles on, or back in the room. A visit further on than that (checking out, done) is left alone."""
    visit = context.session.get_one(VisitRow, visit_id)
    progress = Progress(visit.progress)
    if running and progress in {Progress.EXPECTED, Progress.ARRIVED, Progress.IN_ROOM}:
        visit.arrived_at = visit.arrived_at or context.now()
        visit.roomed_at = visit.roomed_at or context.now()
        go_along(context, visit, Progress.CUPS_ON)
    elif not running and progress is Progress.CUPS_ON:
        go_along(context, visit, Progress.IN_ROOM)


def not_before(context: Context, at: datetime, began: Iterable[datetime]) -> datetime:
    """When something came off that went on at `began`. Raises Refusal("not_then", "at") for an earlier moment.

    Where the computer's clock was set back meanwhile nobody is held up: it came off when it went on, to be put right.
    """
    last = max(began)
    if at >= last:
        return at
    if context.now() >= last:
        raise Refusal("not_then", "at")
    return last


def moment_of_act(context: Context, note: Row[Any], at: datetime | None) -> datetime:
    """When an act happened: now, or an earlier moment of the visit. Raises Refusal("not_then", "at") for any other.

    A visit begins when the desk said that the patient is here. Where nobody did and the act itself said so (both times are
    one), only the day is known.
    """
    now = context.now()
    if at is None:
        return now
    wanted = select(VISITS.c.day, VISITS.c.zone, VISITS.c.arrived_at, VISITS.c.roomed_at)
    visit = context.session.execute(wanted.where(VISITS.c.id == note.visit_id)).one()
    arrived = visit.arrived_at if visit.arrived_at != visit.roomed_at else None
    if at > now + timedelta(seconds=1) or wall(at, visit.zone).date() < visit.day or (arrived and at < arrived):
        raise Refusal("not_then", "at")
    return at

