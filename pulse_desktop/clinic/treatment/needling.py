"""Needles go in and come out: guarded when they go in, counted when they come out."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from pulse_desktop.basics.problems import NeedsConsent, Refusal, reason_in
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment.drafts import (
    VISITS,
    by_its_author,
    draft_of,
    moment_of_act,
    not_before,
    write_draft,
)
from pulse_desktop.clinic.treatment.safety import active_conditions, guarded, stops_for_needles, with_override
from pulse_desktop.clinic.treatment.values import NeedlePlacement, NeedlesIn, NeedlesOut, NoteDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command


@command(needs=Permission.WRITE_NOTE, audit="needles.in", allow=by_its_author)
def needles_in(context: Context, value: NeedlesIn) -> int:
    """Start the clock of the needles that go in now; the draft's new version.

    Raises Refusal("no_needles" | "barred"), NeedsConsent("absolute" | "relative") with a reason, Outdated.
    """
    note, draft = draft_of(context, value)
    going_in = tuple(needle for needle in draft.needles if needle.in_at is None and is_meant(needle, value.points))
    if not going_in:
        raise Refusal("no_needles", "needle")
    day = context.session.execute(select(VISITS.c.day).where(VISITS.c.id == note.visit_id)).scalar_one()
    draft = guarded(context, draft, stops_for_needles(active_conditions(context, note.patient_id, day), going_in))
    at = moment_of_act(context, note, value.at)
    needles = tuple(replace(needle, in_at=at) if needle in going_in else needle for needle in draft.needles)
    return write_draft(context, note, replace(draft, needles=needles, counted_out=False))


@command(needs=Permission.WRITE_NOTE, audit="needles.out", allow=by_its_author)
def needles_out(context: Context, value: NeedlesOut) -> int:
    """These needles are out, so many counted; the draft's new version. Cups that were on are counted by themselves.

    Raises Refusal("none_in" | "not_then"), NeedsConsent("count_differs") with a reason when the count is wrong, Outdated.
    """
    note, draft = draft_of(context, value)
    still_in = [needle for needle in draft.needles if needle.in_at and not needle.out_at and is_meant(needle, value.points)]
    if not still_in:
        raise Refusal("none_in", "needle")
    at = not_before(context, moment_of_act(context, note, value.at), [one.in_at for one in still_in if one.in_at])
    draft = _counted(context, draft, sum(needle.needles for needle in still_in), value.counted)
    needles = tuple(replace(needle, out_at=at) if needle in still_in else needle for needle in draft.needles)
    is_counted = all(needle.out_at or not needle.in_at for needle in needles) and not any(cup.on_at for cup in draft.cups)
    return write_draft(context, note, replace(draft, needles=needles, counted_out=is_counted))


def is_meant(needle: NeedlePlacement, points: tuple[tuple[str, str], ...]) -> bool:
    """Whether an act on these points concerns the needle; no points are all."""
    return not points or (needle.code, needle.side) in points


def _counted(context: Context, draft: NoteDraft, placed: int, counted: int) -> NoteDraft:
    if counted == placed:
        return draft
    reason = (reason_in(context.consents, "count_differs") or "").strip()
    if not reason:
        raise NeedsConsent("count_differs", "counted", reason_needed=True, placed=placed, counted=counted)
    draft = with_override(context, draft, reason, ("count_differs", "acupuncture", ""))
    return with_count_note(draft, _("{placed} needles in, {counted} counted: {reason}"), placed, counted, reason)


def with_count_note(draft: NoteDraft, words: str, placed: int, counted: int, reason: str) -> NoteDraft:
    """The draft with what a count found, after what earlier counts found."""
    found = words.format(placed=placed, counted=counted, reason=reason)
    return replace(draft, count_note=f"{draft.count_note}; {found}" if draft.count_note else found)
