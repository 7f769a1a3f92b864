"""What drawing means for everything that is no cup set down: a moving cup's path, strokes, areas, moxa, currents.

Pure functions from values to values, as in `placing`, so that map and list do one and the same thing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, TypeVar

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import (
    Area,
    CupPlacement,
    MoxaPlacement,
    NeedlePlacement,
    Path,
    StimulatedPair,
    Stroke,
)
from pulse_desktop.gui.workplaces.note.placing import MIDLINE, OTHER_VIEW, CupTool, side_at, site_near

MOVES: Final = "sliding"
"""The cupping technique whose cup is drawn along a path."""
STRAIGHT: Final = 5.0
"""A drawn line keeps its bends to within this many canvas units (half a centimetre)."""
SHORTEST: Final = 20.0
"""A path shorter than this (2 cm) is a slip of the hand."""
SMALLEST_AREA, USUAL_AREA = 20.0, (70.0, 90.0)
_MOST_POINTS: Final = 40
_ACROSS_MIDLINE: Final = 30.0
"""What reaches over the midline by this much is worked on both sides already."""

Placed = TypeVar("Placed", Stroke, Area, MoxaPlacement, StimulatedPair)

register_sentences(
    {
        "pair_unknown": N_("{code} is not among the needles. Add the needle first, then join it to the current."),
        "pair_itself": N_("A current needs two needles."),
        "pair_twice": N_("{code} is on a channel already."),
    }
)


def simplified(trail: Sequence[tuple[float, float]], within: float = STRAIGHT) -> Path:
    """The trail with as few places as keep it to within `within` units, rounded to a tenth."""
    places = _kept(list(trail), within)
    while len(places) > _MOST_POINTS:
        within *= 1.5
        places = _kept(places, within)
    return tuple((round(x, 1), round(y, 1)) for x, y in places)


def _kept(trail: list[tuple[float, float]], within: float) -> list[tuple[float, float]]:
    """Ends and every bend: the place farthest from the straight line stays while it lies farther than `within`."""
    if len(trail) < 3:
        return trail
    start, end = trail[0], trail[-1]
    far, at = max((_aside(place, start, end), at) for at, place in enumerate(trail[1:-1], 1))
    if far <= within:
        return [start, end]
    return _kept(trail[: at + 1], within)[:-1] + _kept(trail[at:], within)


def _aside(place: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    (x, y), (x1, y1), (x2, y2) = place, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def is_long(path: Path) -> bool:
    """Whether a hand that drew this meant a path."""
    return sum(math.dist(one, other) for one, other in pairwise(path)) >= SHORTEST


def middle_of(path: Path) -> tuple[float, float]:
    """The place half way along a path, by which it is named."""
    return path[len(path) // 2] if len(path) > 2 else ((path[0][0] + path[-1][0]) / 2, (path[0][1] + path[-1][1]) / 2)


# --- moving cups


def moving_cups(tool: CupTool, view: str, path: Path) -> tuple[CupPlacement, ...]:
    """The cup slid along `path`, and with the mirror the one on the other side."""
    (x, y), site = path[0], site_near(view, *path[0])
    known = atlas.cup_sites().get(site)
    minutes = min(tool.minutes, known.longest_minutes) if known else tool.minutes
    side = side_at(view, x)
    cup = CupPlacement(0, view, x, y, site, side, tool.rim_mm, MOVES, tool.suction, minutes, path=path)
    other = mirrored_cup(cup) if tool.mirror else None
    return (cup, other) if other else (cup,)


def mirrored_cup(cup: CupPlacement) -> CupPlacement | None:
    """The same moving cup on the patient's other side; None on the midline."""
    if cup.side == "midline":
        return None
    path = mirrored_path(cup.path)
    view = OTHER_VIEW.get(cup.view, cup.view)
    site = atlas.cup_sites().get(cup.site)
    other = atlas.mirrored(site) if site else None
    side = "right" if cup.side == "left" else "left"
    return replace(cup, view=view, x=path[0][0], y=path[0][1], path=path, side=side, site=other.key if other else "")


def mirrored_path(path: Path) -> Path:
    """The path on the other side of the body."""
    return tuple((round(2 * MIDLINE - x, 1), y) for x, y in path)


def shifted(path: Path, dx: float, dy: float) -> Path:
    """The whole path, moved."""
    return tuple((round(x + dx, 1), round(y + dy, 1)) for x, y in path)


# --- strokes, areas, moxa


def strokes_along(view: str, path: Path, *, mirror: bool) -> tuple[Stroke, ...]:
    """A gua sha stroke, and with the mirror the one on the other side."""
    x, y = middle_of(path)
    stroke = Stroke(0, view, path, atlas.nearest_site(view, x, y)[0].key, side_at(view, x))
    return _both(stroke, mirror=mirror, path=mirrored_path(path))


def areas_around(view: str, trail: Sequence[tuple[float, float]], technique: str, *, mirror: bool) -> tuple[Area, ...]:
    """The ellipse that a drawn trail spans; a click makes one of the usual size."""
    xs, ys = [x for x, _y in trail], [y for _x, y in trail]
    across, down = (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2
    if max(across, down) < SMALLEST_AREA:
        across, down = USUAL_AREA
    across, down = max(across, SMALLEST_AREA), max(down, SMALLEST_AREA)
    return area_at(view, ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), (across, down), technique, mirror=mirror)


def area_at(
    view: str, middle: tuple[float, float], size: tuple[float, float], technique: str, *, mirror: bool
) -> tuple[Area, ...]:
    """An area with half axes `size` around `middle`; one that reaches over the midline is worked on both sides already."""
    (x, y), (across, down) = middle, size
    over = view not in OTHER_VIEW and abs(x - MIDLINE) + _ACROSS_MIDLINE < across
    side = "both" if over else side_at(view, x)
    site = atlas.nearest_site(view, x, y)[0].key
    area = Area(0, view, round(x, 1), round(y, 1), round(across, 1), round(down, 1), technique, site, side)
    return _both(area, mirror=mirror and not over, x=round(2 * MIDLINE - x, 1))


def moxa_at(view: str, x: float, y: float, technique: str, *, mirror: bool) -> tuple[MoxaPlacement, ...]:
    """Moxa at a free place of the map."""
    near, _offset = atlas.nearest_site(view, x, y)
    one = MoxaPlacement(0, "", view, round(x, 1), round(y, 1), near.key, side_at(view, x), technique)
    return _both(one, mirror=mirror, x=round(2 * MIDLINE - x, 1))


def _both(one: Any, *, mirror: bool, **other: Any) -> tuple[Any, ...]:
    """The thing, and what stands for it on the other side when it has one."""
    if not mirror or one.side not in {"left", "right"}:
        return (one,)
    site = atlas.cup_sites().get(one.site)
    twin = atlas.mirrored(site) if site else None
    side = "right" if one.side == "left" else "left"
    return one, replace(one, view=OTHER_VIEW.get(one.view, one.view), side=side, site=twin.key if twin else one.site, **other)


def numbered(placed: Sequence[Placed], new: Iterable[Placed]) -> tuple[Placed, ...]:
    """The placed ones with new ones behind them, numbered on."""
    found = list(placed)
    for one in new:
        found.append(replace(one, number=max((other.number for other in found), default=0) + 1))
    return tuple(found)


# --- currents


def joined(
    pairs: Sequence[StimulatedPair], needles: Sequence[NeedlePlacement], first: tuple[str, str], second: tuple[str, str], **how: Any
) -> tuple[StimulatedPair, ...]:
    """One more channel between two needles given by code and side, `how` its tenths of hertz, mode and minutes.

    Raises Refusal("pair_itself" | "pair_unknown" | "pair_twice", "pairs").
    """
    if first == second:
        raise Refusal("pair_itself", "pairs")
    for code, side in (first, second):
        if not any(needle.code == code and needle.side in {side, "both"} for needle in needles):
            raise Refusal("pair_unknown", "pairs", code=code)
        if any((code, side) in {(one.first, one.first_side), (one.second, one.second_side)} for one in pairs):
            raise Refusal("pair_twice", "pairs", code=code)
    return numbered(pairs, [StimulatedPair(0, *first, *second, **how)])


def with_needles_left(pairs: Sequence[StimulatedPair], needles: Sequence[NeedlePlacement]) -> tuple[StimulatedPair, ...]:
    """The channels whose two needles are still there."""

    def stands(code: str, side: str) -> bool:
        return any(needle.code == code and needle.side in {side, "both"} for needle in needles)

    return tuple(one for one in pairs if stands(one.first, one.first_side) and stands(one.second, one.second_side))
