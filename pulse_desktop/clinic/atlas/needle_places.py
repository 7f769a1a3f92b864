"""Where on the map a needle is drawn, from its code and side alone.

A point that a cup site names as near is drawn at that site; any other in the middle of its region. That is a place to
recognise it by, not its location: exact locations are no part of the atlas.
"""

from __future__ import annotations

from functools import cache

from pulse_desktop.clinic.atlas.body_figure import Region, figure
from pulse_desktop.clinic.atlas.body_picture import NeedleMark
from pulse_desktop.clinic.atlas.drawing import Point
from pulse_desktop.clinic.atlas.points import Acupoint
from pulse_desktop.clinic.atlas.reading import contents
from pulse_desktop.clinic.atlas.sites import CupSite, cup_sites

_BESIDE_MIDLINE = 26.0
_MIDLINE = 500.0


def needle_marks(point: Acupoint, side: str) -> tuple[NeedleMark, ...]:
    """The marks of one line of the note, such as ST36 both: one a side, left first. () for a point without a place (Ashi)."""
    sides = ("left", "right") if side == "both" else (side,)
    marks = (_mark(point, one) for one in sides)
    return tuple(dict.fromkeys(mark for mark in marks if mark))


@cache
def _mark(point: Acupoint, side: str) -> NeedleMark | None:
    site = _site_near(point.code, side)
    if site is not None:
        return NeedleMark(site.view, site.x, site.y, point.code, side)
    region = _region_of(point, side)
    if region is None:
        return None
    x, y = _middle(region)
    if region.side == "midline" and side in {"left", "right"}:
        x = _beside_midline(region.view, side)
    return NeedleMark(region.view, x, y, point.code, side)


def _site_near(code: str, side: str) -> CupSite | None:
    """The first site that names the point, on this side."""
    return next((site for site in cup_sites().values() if code in site.points and site.side == side), None)


def _region_of(point: Acupoint, side: str) -> Region | None:
    text: str | None = contents("figure/body")["needle_regions"].get(f"{point.region} {point.view}")
    if text is None:
        return None
    view, _space, stems = text.partition(" ")
    paired, _bar, single = stems.partition(" | ")
    stem = single if single and side == "midline" else paired
    letter = {"left": "_l", "right": "_r"}.get(side, "_l")
    view = f"lateral_{'right' if letter == '_r' else 'left'}" if view == "lateral" else view
    return figure(view).regions[stem.replace("~", letter)]


def _beside_midline(view: str, side: str) -> float:
    left_in_picture = (side == "left") == (view == "posterior")
    return _MIDLINE - _BESIDE_MIDLINE if left_in_picture else _MIDLINE + _BESIDE_MIDLINE


def _middle(region: Region) -> Point:
    """The middle of the region's height, and of its width there; inside it even where it is bent."""
    y = region.box.y + region.box.height / 2
    crossings = sorted(
        (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for polygon in region.polygons
        for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
        if (y1 > y) != (y2 > y)
    )
    spans = zip(crossings[::2], crossings[1::2], strict=True)
    left, right = max(spans, key=lambda span: span[1] - span[0])
    return round((left + right) / 2, 1), round(y, 1)
