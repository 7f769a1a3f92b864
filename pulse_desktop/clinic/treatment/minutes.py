"""Minutes with hands on the patient apart from minutes on the table, and the billing units they would allow.

What is on is left to itself: while cups or needles are on nobody's hands count, however many rooms a practitioner serves
meanwhile. Units are a proposal with its reasons and are stored nowhere as billed (clinical.md g: B1, B2, B4, B6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, ngettext, register_sentences
from pulse_desktop.clinic.treatment.values import NoteDraft

UNIT: Final = 15
FIRST_FROM: Final = 8
"""Minutes from which a first unit is customary; the rule behind it is written for therapy codes, so it is said."""
MOST_MINUTES: Final = 600

Span = tuple[datetime, datetime]

register_sentences(
    {
        "minutes_wrong": N_("Minutes are a whole number from 0 to {most}."),
        "minutes_reason": N_("Say why the minutes differ from the {measured} that were measured."),
    }
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Whole minutes of a visit, each rounded down."""

    hands: int
    table: int


@dataclass(frozen=True, slots=True)
class Units:
    """What the minutes would allow: codes with how many, why, and whether somebody must say if needles were new."""

    codes: tuple[tuple[str, int], ...]
    reason: str
    asks_new_needles: bool = False

    @property
    def words(self) -> str:
        """Says "97810, 97811 × 2"; "" for none."""
        return ", ".join(code if count == 1 else f"{code} × {count}" for code, count in self.codes)


def measured(draft: NoteDraft, roomed_at: datetime | None, now: datetime, out_at: datetime | None = None) -> Measured | None:
    """From coming into the room to the last that came off; None while neither room nor anything on is known.

    A visit without cups and needles ends when the patient leaves the room (`out_at`), else now.
    """
    spans = _spans(draft, now)
    starts = [begins for begins, _ends in spans] + ([roomed_at] if roomed_at else [])
    if not starts:
        return None
    began = min(starts)
    ended = max([_end(draft, spans, now, out_at), began])
    table = sum((ends - begins for begins, ends in _union(spans)), timedelta())
    return Measured(_whole(ended - began - table), _whole(table))


def hands_on(draft: NoteDraft, found: Measured | None) -> int | None:
    """The minutes that count: as the practitioner corrected them, else as measured."""
    return draft.face_to_face_minutes if draft.face_to_face_minutes is not None else found.hands if found else None


def with_minutes(draft: NoteDraft, found: Measured | None) -> NoteDraft:
    """The draft with the minutes that count written into it, as it is signed: what was measured today needs no rule later."""
    return replace(draft, face_to_face_minutes=hands_on(draft, found))


def corrected(text: str, reason: str, found: Measured | None) -> tuple[int | None, str]:
    """Minutes and reason as they go into the draft; what was measured needs neither.

    Raises Refusal("minutes_wrong", "minutes") and Refusal("minutes_reason", "reason").
    """
    typed = text.strip()
    if not typed:
        return None, ""
    if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_MINUTES:
        raise Refusal("minutes_wrong", "minutes", most=MOST_MINUTES)
    if found is not None and int(typed) == found.hands:
        return None, ""
    if not reason.strip():
        raise Refusal("minutes_reason", "reason", measured=found.hands if found else 0)
    return int(typed), reason.strip()


def proposed_units(draft: NoteDraft, hands: int | None) -> Units:
    """One first unit a visit; each further one takes 15 more minutes with hands on and needles newly placed."""
    placed = [needle for needle in draft.needles if needle.in_at]
    if not placed or hands is None:
        return Units((), _("No needles, no unit of acupuncture.") + _about_cups(draft))
    if hands < FIRST_FROM:
        return Units((), _("Under {minutes} minutes with hands on: no unit.").format(minutes=FIRST_FROM) + _about_cups(draft))
    first, further = ("97813", "97814") if draft.pairs else ("97810", "97811")
    room = hands // UNIT - 1
    if room < 1 or draft.new_needles is not True:
        return Units(((first, 1),), _why_first(draft, hands, room) + _about_cups(draft), room >= 1 and draft.new_needles is None)
    later = len({needle.in_at for needle in placed}) - 1
    count = min(room, max(later, 1))
    why = ngettext(
        "{hands} minutes with hands on, needles placed anew: one further unit.",
        "{hands} minutes with hands on, needles placed anew {count} times: {count} further units.", count,
    ).format(hands=hands, count=count)  # fmt: skip
    return Units(((first, 1), (further, count)), why + _about_cups(draft))


def _why_first(draft: NoteDraft, hands: int, room: int) -> str:
    if hands < UNIT:
        return _("{hands} minutes with hands on: custom counts a first unit from {least}, ask the payer.").format(hands=hands, least=FIRST_FROM)
    if room < 1:
        return _("{hands} minutes with hands on: the first unit; a further one takes {more}.").format(hands=hands, more=2 * UNIT)
    if draft.new_needles is None:
        return _("{hands} minutes with hands on: a further unit only if needles were placed anew.").format(hands=hands)
    return _("{hands} minutes with hands on, but no new needles: the first unit only.").format(hands=hands)


def _about_cups(draft: NoteDraft) -> str:
    return " " + _("Cupping has no code of its own.") if any(cup.on_at for cup in draft.cups) else ""


def _spans(draft: NoteDraft, now: datetime) -> list[Span]:
    cups = [(cup.on_at, cup.off_at or now) for cup in draft.cups if cup.on_at]
    needles = [(needle.in_at, needle.out_at or now) for needle in draft.needles if needle.in_at]
    return [(begins, max(begins, ends)) for begins, ends in (*cups, *needles)]


def _end(draft: NoteDraft, spans: list[Span], now: datetime, out_at: datetime | None) -> datetime:
    is_over = spans and all(cup.off_at for cup in draft.cups) and all(needle.out_at for needle in draft.needles)
    return max(ends for _begins, ends in spans) if is_over else out_at or now


def _union(spans: Iterable[Span]) -> list[Span]:
    """The spans without what they share."""
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def _whole(time: timedelta) -> int:
    return max(int(time.total_seconds() // 60), 0)
