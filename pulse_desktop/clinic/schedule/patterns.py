"""The time pattern of a visit: when the practitioner's hands are needed and when only the table is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice.values import Stretch

SHORTEST, LONGEST = 5, 240
"""Minutes of a visit."""


def fitted(pattern: Sequence[Stretch], minutes: int) -> tuple[Stretch, ...]:
    """The pattern cut, or its last stretch drawn out, so that it lasts `minutes`."""
    found: list[Stretch] = []
    left = minutes
    for at, stretch in enumerate(pattern):
        taken = left if at == len(pattern) - 1 else min(stretch.minutes, left)
        if taken > 0:
            found.append(Stretch(taken, stretch.hands_on))
        left -= taken
    return tuple(found)


def hands_on(pattern: Iterable[Stretch]) -> tuple[tuple[int, int], ...]:
    """(from, to) minutes after the start in which the practitioner is needed; stretches that touch are one."""
    spans: list[tuple[int, int]] = []
    at = 0
    for stretch in pattern:
        if stretch.hands_on and spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + stretch.minutes)
        elif stretch.hands_on:
            spans.append((at, at + stretch.minutes))
        at += stretch.minutes
    return tuple(spans)


def length(pattern: Iterable[Stretch]) -> int:
    """Minutes on the table."""
    return sum(stretch.minutes for stretch in pattern)


def asked_length(starts: int, ends: int | None, usual: int) -> int:
    """Minutes from `starts` to `ends`, or the usual ones. Raises Refusal("ends_before_start" | "too_short" | "too_long", "ends")."""
    if ends is not None and ends <= starts:
        raise Refusal("ends_before_start", "ends")
    minutes = usual if ends is None else ends - starts
    if minutes < SHORTEST:
        raise Refusal("too_short", "ends", minutes=minutes)
    if minutes > LONGEST:
        raise Refusal("too_long", "ends", minutes=minutes)
    return minutes


register_sentences(
    {
        "ends_before_start": N_("The visit would end before it starts. Nothing was booked; please check the times."),
        "too_short": N_("A visit lasts at least 5 minutes; this one would last {minutes}."),
        "too_long": N_("A visit lasts at most 4 hours; this one would last {minutes} minutes. Book two visits instead."),
    }
)
