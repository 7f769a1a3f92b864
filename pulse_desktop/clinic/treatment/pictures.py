"""A note's draft as marks for paper: as it was done, without clocks, choices and what is still fading.

The one place where papers learn what can be drawn: a kind of mark added to `print_marks` appears on every print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pulse_desktop.clinic.atlas import VIEWS, CupMark, Mark, MovingCup, NeedleMark, Rect, find_acupoint, needle_marks
from pulse_desktop.clinic.treatment.drawn_hands import hand_marks
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft

_RIM_GAP = 9.0
_NEEDLE_REACH = 14.0
"""Room for a needle's dot and tail, in canvas units."""


def print_marks(draft: NoteDraft) -> tuple[Mark, ...]:
    """All marks of all views, cups under needles, moxa and currents. A needle's place is one to recognise it by: it stands beside the cup that
    would cover it."""
    cups = tuple(_cup(cup) for cup in draft.cups)
    needles = chain.from_iterable(map(needles_on_map, draft.needles))
    return (*cups, *(_beside(needle, cups) for needle in needles), *hand_marks(draft))


def views_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """The views that hold something, in the order of the atlas."""
    used = {mark.view for mark in marks}
    return tuple(view for view in VIEWS if view in used)


def needles_on_map(needle: NeedlePlacement) -> tuple[NeedleMark, ...]:
    """Where the map shows the needle; () where it only stands in the list."""
    point = find_acupoint(needle.code)
    return needle_marks(point, needle.side) if point else ()


def reach_of(mark: Mark) -> Rect:
    """The part of the canvas a mark covers: its path, its ellipse or its circle."""
    places = list(_places(mark))
    across, down = _half_axes(mark)
    left, right = min(x for x, _y in places) - across, max(x for x, _y in places) + across
    top, bottom = min(y for _x, y in places) - down, max(y for _x, y in places) + down
    return Rect(left, top, right - left, bottom - top)


def _cup(cup: CupPlacement) -> CupMark | MovingCup:
    """A cup that was slid is drawn along its way, any other where it stood."""
    way = ((cup.x, cup.y), *cup.path) if cup.path and cup.path[0] != (cup.x, cup.y) else cup.path
    if len(way) > 1:
        return MovingCup(cup.view, way, cup.number, cup.rim_mm)
    return CupMark(cup.view, cup.x, cup.y, cup.number, cup.rim_mm, cup.site, cup.side)


def _beside(needle: NeedleMark, cups: Iterable[CupMark | MovingCup]) -> NeedleMark:
    """The needle, moved outwards past the rim of a cup that stands on its place."""
    ends = [end for cup in cups for end in (cup.ends if isinstance(cup, MovingCup) else (cup,)) if end.view == needle.view]
    over = [end for end in ends if (end.x - needle.x) ** 2 + (end.y - needle.y) ** 2 < (end.radius + _RIM_GAP) ** 2]
    if not over:
        return needle
    outward = needle.outward
    edge = max(outward * end.x + end.radius for end in over) + _RIM_GAP
    return replace(needle, x=outward * edge)


def _places(mark: Mark) -> Iterator[tuple[float, float]]:
    """Kinds of marks differ; what they have in common is a path or a place."""
    path: tuple[tuple[float, float], ...] = getattr(mark, "path", ())
    if path:
        yield from path
    else:
        yield getattr(mark, "x", 500.0), getattr(mark, "y", 1000.0)


def _half_axes(mark: Mark) -> tuple[float, float]:
    if isinstance(mark, MovingCup):
        return mark.ends[0].radius, mark.ends[0].radius
    radius = float(getattr(mark, "radius", _NEEDLE_REACH))
    return float(getattr(mark, "across", radius)), float(getattr(mark, "down", radius))
