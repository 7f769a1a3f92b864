"""Cups go on and come off: guarded when they go on, timed by the clock, never held up when they come off."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from pulse_desktop.basics.problems import NeedsConsent, Refusal, reason_in
from pulse_desktop.clinic.atlas import LONGEST_MINUTES
from pulse_desktop.clinic.treatment.drafts import (
    VISITS,
    by_its_author,
    draft_of,
    moment_of_act,
    not_before,
    write_draft,
)
from pulse_desktop.clinic.treatment.safety import active_conditions, guarded, stops_for_cups, with_override
from pulse_desktop.clinic.treatment.values import CupPlacement, CupsOff, CupsOn, NoteDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

OVER_TWENTY = "over_twenty"


@command(needs=Permission.WRITE_NOTE, audit="cups.on", allow=by_its_author)
def put_cups_on(context: Context, value: CupsOn) -> int:
    """Start the clock of the cups that go on now; the draft's new version.

    Raises Refusal("no_cups" | "barred"), NeedsConsent("absolute" | "relative" | "over_twenty") with a reason, Outdated.
    """
    note, draft = draft_of(context, value)
    going_on = tuple(cup for cup in draft.cups if cup.on_at is None and _is_meant(cup, value.numbers))
    if not going_on:
        raise Refusal("no_cups", "cups")
    day = context.session.execute(select(VISITS.c.day).where(VISITS.c.id == note.visit_id)).scalar_one()
    draft = guarded(context, draft, stops_for_cups(active_conditions(context, note.patient_id, day), going_on))
    draft = _with_long_times(context, draft, going_on)
    at = moment_of_act(context, note, value.at)
    numbers = {cup.number for cup in going_on}
    cups = tuple(replace(cup, on_at=at) if cup.number in numbers else cup for cup in draft.cups)
    return write_draft(context, note, replace(draft, cups=cups, counted_out=False))


@command(needs=Permission.WRITE_NOTE, audit="cups.off", allow=by_its_author)
def take_cups_off(context: Context, value: CupsOff) -> int:
    """Stop the clock of the cups that come off now; the draft's new version.

    Nothing is asked here: a cup that stayed over 20 minutes asks for its reason when the note is signed. Raises
    Refusal("none_on" | "not_then"), Outdated.
    """
    note, draft = draft_of(context, value)
    coming_off = {cup.number for cup in draft.cups if cup.on_at and not cup.off_at and _is_meant(cup, value.numbers)}
    if not coming_off:
        raise Refusal("none_on", "cups")
    began = [cup.on_at for cup in draft.cups if cup.on_at and cup.number in coming_off]
    at = not_before(context, moment_of_act(context, note, value.at), began)
    cups = tuple(replace(cup, off_at=at) if cup.number in coming_off else cup for cup in draft.cups)
    return write_draft(context, note, replace(draft, cups=cups))


def _is_meant(cup: CupPlacement, numbers: tuple[int, ...]) -> bool:
    return not numbers or cup.number in numbers


def _with_long_times(context: Context, draft: NoteDraft, cups: tuple[CupPlacement, ...]) -> NoteDraft:
    long = [cup for cup in cups if cup.planned_minutes > LONGEST_MINUTES]
    return with_reason_for_time(context, draft, long[0].number, long[0].planned_minutes) if long else draft


def with_reason_for_time(context: Context, draft: NoteDraft, number: int, minutes: float) -> NoteDraft:
    """The draft with the reason for leaving cups on over 20 minutes. Raises NeedsConsent("over_twenty") without one."""
    if any(one.condition_key == OVER_TWENTY for one in draft.overrides):
        return draft
    reason = (reason_in(context.consents, OVER_TWENTY) or "").strip()
    if not reason:
        raise NeedsConsent(OVER_TWENTY, "cups", reason_needed=True, number=number, minutes=round(minutes))
    return with_override(context, draft, reason, (OVER_TWENTY, "", ""))
