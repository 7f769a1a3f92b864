"""The count before the patient leaves the room: as many cups as went on, or words about what was done."""

from __future__ import annotations

from dataclasses import replace

from pulse_desktop.basics.problems import NeedsConsent, Refusal, reason_in
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.clinic.treatment.drafts import by_its_author, draft_of, write_draft
from pulse_desktop.clinic.treatment.needling import with_count_note
from pulse_desktop.clinic.treatment.safety import with_override
from pulse_desktop.clinic.treatment.values import CupsCounted
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

register_sentences(
    {
        "cups_differ": N_(
            "{placed} cups went on, {counted} are counted. Look again before the patient leaves the room; if it stays so, say what was done."
        ),
        "count_early": N_("Something is still on. It is counted when it comes off."),
    }
)


@command(needs=Permission.WRITE_NOTE, audit="cups.counted", allow=by_its_author)
def count_cups(context: Context, value: CupsCounted) -> int:
    """All cups are off and were counted; the draft's new version.

    Raises Refusal("count_early"), NeedsConsent("cups_differ") with a reason when the count is wrong, Outdated.
    """
    note, draft = draft_of(context, value)
    if draft.cups_are_on or any(needle.in_at and not needle.out_at for needle in draft.needles):
        raise Refusal("count_early", "count_out")
    placed = sum(cup.on_at is not None for cup in draft.cups)
    if value.counted != placed:
        reason = (reason_in(context.consents, "cups_differ") or "").strip()
        if not reason:
            raise NeedsConsent("cups_differ", "count_out", reason_needed=True, placed=placed, counted=value.counted)
        draft = with_override(context, draft, reason, ("cups_differ", "dry_cupping", ""))
        draft = with_count_note(draft, _("{placed} cups on, {counted} counted: {reason}"), placed, value.counted, reason)
    return write_draft(context, note, replace(draft, counted_out=True))
