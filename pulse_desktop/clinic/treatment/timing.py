"""How long cups and needles may stay: one rule for card, list, map, foot bar, Today and the locked screen.

Amber from the planned minute, and for cups from 15 minutes whatever was planned; cinnabar two minutes over the plan or
at the site's cap, which never lies above 20 minutes (clinical.md, site table and C12).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas import LONGEST_MINUTES, WARN_MINUTES
from pulse_desktop.clinic.treatment.rules import longest_for
from pulse_desktop.clinic.treatment.values import CupPlacement, Limits, NeedlePlacement

LATE_AFTER: Final = 2
"""Minutes over the plan after which somebody is waited for too long (design.md, timer chip)."""

NEEDLES_CALL_AFTER: Final = 10
"""Minutes over the planned retention after which needles are called for, whoever's they are."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is on now: how many, and the clock of the one that must come off first."""

    count: int
    since: datetime
    limits: Limits


def cup_limits(cup: CupPlacement) -> Limits:
    """The moments of one cup, in minutes after it went on."""
    cap = longest_for(cup)
    return Limits(
        planned=cup.planned_minutes, due=min(cup.planned_minutes, WARN_MINUTES, cap), late=min(cup.planned_minutes + LATE_AFTER, cap),
        cap=cap, warn=WARN_MINUTES,
    )  # fmt: skip


def needle_limits(planned: int) -> Limits:
    """The moments of needles that are to stay for so many minutes."""
    return Limits(planned=planned, due=planned, late=planned + LATE_AFTER, cap=planned + NEEDLES_CALL_AFTER)


def stage(seconds: float, limits: Limits) -> str:
    """Says "running", "due" (amber) or "late" (cinnabar) after so many seconds."""
    if seconds >= limits.late * 60:
        return "late"
    return "due" if seconds >= limits.due * 60 else "running"


def moments(limits: Limits) -> tuple[int, ...]:
    """The minutes at which the chime calls: the plan, 15 minutes, the cap."""
    return tuple(sorted({limits.due, limits.cap, *([limits.warn] if limits.warn and limits.warn < limits.cap else [])}))


def running_cups(cups: Iterable[CupPlacement]) -> Running | None:
    """The cups that are on; None when none is. The clock is that of the cup whose plan ends first."""
    on = [(cup.on_at, cup_limits(cup)) for cup in cups if cup.on_at and not cup.off_at]
    if not on:
        return None
    since, limits = min(on, key=lambda one: (one[0].timestamp() + 60 * one[1].due, one[0].timestamp() + 60 * one[1].cap))
    return Running(len(on), since, limits)


def running_needles(needles: Iterable[NeedlePlacement], planned: int) -> Running | None:
    """The needles that are in, counted singly; None when none is."""
    inside = [needle for needle in needles if needle.in_at and not needle.out_at]
    if not inside:
        return None
    since = min(needle.in_at for needle in inside if needle.in_at)
    return Running(sum(needle.needles for needle in inside), since, needle_limits(planned))


def warning(seconds: float, limits: Limits) -> str:
    """What colour alone must not say: 15 minutes, the site's cap, 20 minutes. "" while the plan holds, and for needles."""
    minutes = seconds / 60
    if seconds < -1:
        return _("This computer’s clock was set back: look at the clock on the wall, then correct the times")
    if limits.warn is None:
        return ""
    if minutes >= LONGEST_MINUTES:
        return _("Over {minutes} minutes: the note needs a reason").format(minutes=LONGEST_MINUTES)
    if minutes >= limits.cap:
        return _("{minutes} minutes are the most for this site").format(minutes=limits.cap)
    if minutes >= limits.warn:
        return _("{minutes} minutes on: look at the skin").format(minutes=limits.warn)
    return ""
