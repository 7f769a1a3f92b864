"""Times put right afterwards: the cups came off at 10:44, whoever pressed the key at 10:47."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.treatment.drafts import by_its_author, draft_of, moment_of_act, write_draft
from pulse_desktop.clinic.treatment.values import TimesChange
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command


@command(needs=Permission.WRITE_NOTE, audit="times.correct", allow=by_its_author)
def correct_times(context: Context, value: TimesChange) -> int:
    """The times of these cups and needles as they really were; the draft's new version.

    What was never on gets no time, and what is still on does not come off here. Raises Refusal("not_then", "on_at" |
    "off_at") for the future, before the visit, or off before on; Outdated.
    """
    note, draft = draft_of(context, value)
    on_at, off_at = (_moment(context, note, at, field) for at, field in ((value.on_at, "on_at"), (value.off_at, "off_at")))
    cups = tuple(
        replace(cup, **_times(("on_at", "off_at"), (cup.on_at, cup.off_at), on_at, off_at)) if cup.number in value.numbers else cup
        for cup in draft.cups
    )
    needles = tuple(
        replace(one, **_times(("in_at", "out_at"), (one.in_at, one.out_at), on_at, off_at)) if (one.code, one.side) in value.points else one
        for one in draft.needles
    )
    return write_draft(context, note, replace(draft, cups=cups, needles=needles))


def _moment(context: Context, note: Row[Any], at: datetime | None, field: str) -> datetime | None:
    try:
        return None if at is None else moment_of_act(context, note, at)
    except Refusal:
        raise Refusal("not_then", field) from None


def _times(
    names: tuple[str, str], known: tuple[datetime | None, datetime | None], on_at: datetime | None, off_at: datetime | None
) -> dict[str, Any]:
    began = known[0] if known[0] is None else on_at or known[0]
    ended = known[1] if known[1] is None else off_at or known[1]
    if began and ended and ended < began:
        raise Refusal("not_then", "off_at" if off_at else "on_at")
    return {names[0]: began, names[1]: ended}
