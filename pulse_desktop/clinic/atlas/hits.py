"""What lies under the pointer, and what lies outside the view."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from pulse_desktop.clinic.atlas.body_figure import Region, region_at
from pulse_desktop.clinic.atlas.body_picture import (
    AreaMark,
    BarredRegion,
    BodyPicture,
    CupMark,
    CurrentMark,
    HandMark,
    Mark,
    MovingCup,
    NeedleMark,
    StrokeMark,
)
from pulse_desktop.clinic.atlas.drawing import Point, Rect
from pulse_desktop.clinic.atlas.sites import CupSite

_THIN_LINE: Final = 0.6
"""A long line is easy to hit: its reach is narrower, so that places beside it stay free."""
SMALLEST_PX: Final = 16.0
"""Nothing is harder to hit than this radius (design.md section 6)."""

Touchable = CupMark | MovingCup | NeedleMark | HandMark
Hit = Touchable | CupSite | Region | None


def hit(picture: BodyPicture, x: float, y: float, min_radius: float) -> Hit:
    """What a click at (x, y) means: the nearest mark within reach, else the nearest free site, else the region.

    `min_radius` in canvas units: SMALLEST_PX divided by the scale. A cup is reached anywhere on it; fading marks let
    the click through, since a cup may go there. None beside the body.
    """
    reached = _nearest((mark, _distance(mark, x, y), _reach(mark, min_radius)) for mark in picture.shown)
    if reached is not None:
        return reached
    sites = ((site, math.hypot(site.x - x, site.y - y), min_radius) for site in picture.free_sites)
    near = min((row for row in sites if row[1] <= row[2]), key=lambda row: row[1], default=None)
    return near[0] if near else region_at(picture.view, x, y)


def _nearest(rows: Iterable[tuple[Mark, float, float]]) -> Touchable | None:
    """The nearest mark within its reach, lines and areas only where nothing stands on them; a later one wins a tie, since it
    lies on top."""
    best: tuple[tuple[bool, float], Touchable] | None = None
    for mark, distance, reach in rows:
        if not isinstance(mark, Touchable) or distance > reach:
            continue
        rank = isinstance(mark, StrokeMark | CurrentMark | AreaMark), distance
        if best is None or rank <= best[0]:
            best = (rank, mark)
    return best[1] if best else None


def _places(mark: Mark) -> tuple[Point, ...]:
    if isinstance(mark, BarredRegion):
        return ()
    return (mark.path[0], mark.path[-1]) if isinstance(mark, MovingCup) else ((mark.x, mark.y),)


def _distance(mark: Mark, x: float, y: float) -> float:
    """From a line to the line; from an area to its middle, where its label is, so that cups can go on the rest of it."""
    if isinstance(mark, MovingCup | StrokeMark | CurrentMark):
        return min(_from_line(start, end, x, y) for start, end in pairwise(mark.path))
    return min((math.hypot(px - x, py - y) for px, py in _places(mark)), default=math.inf)


def _from_line(start: Point, end: Point, x: float, y: float) -> float:
    (x1, y1), (x2, y2) = start, end
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = min(max(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long, 0.0), 1.0) if long else 0.0
    return math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))


def _reach(mark: Mark, min_radius: float) -> float:
    if isinstance(mark, CupMark | MovingCup):
        radius = mark.radius if isinstance(mark, CupMark) else mark.ends[0].radius
        return max(radius, min_radius)
    if isinstance(mark, StrokeMark | CurrentMark | AreaMark):
        return min_radius * _THIN_LINE
    return min_radius


def outside(picture: BodyPicture, window: Rect) -> dict[str, tuple[Touchable, ...]]:
    """Marks of this view that lie outside the window, by the edge they lie beyond (above, below, left, right):
    named in a chip at that edge."""
    beyond: dict[str, list[Touchable]] = {}
    for mark in picture.shown:
        if isinstance(mark, Touchable) and not any(
            window.holds(*place) for place in _places(mark)
        ):
            beyond.setdefault(_edge(*_places(mark)[0], window), []).append(mark)
    return {edge: tuple(marks) for edge, marks in beyond.items()}


def _edge(x: float, y: float, window: Rect) -> str:
    if y < window.y:
        return "above"
    if y > window.y + window.height:
        return "below"
    return "left" if x < window.x else "right"
