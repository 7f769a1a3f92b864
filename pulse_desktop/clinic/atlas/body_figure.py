"""The body figure: four views on a canvas of 1000 x 2000 units, drawn for this program.

Head top 40, soles 1960, midline 500; 11.1 units are a centimetre. Posterior: the patient's left is at x < 500;
anterior: at x > 500.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from pulse_desktop.clinic.atlas.drawing import Path, Point, Rect, bounds, flattened, is_inside, path_from
from pulse_desktop.clinic.atlas.reading import contents

VIEWS: Final = ("posterior", "anterior", "lateral_left", "lateral_right")
UNITS_A_CM: Final = 11.1
"""Canvas units a centimetre on a person of the figure's height (173 cm)."""
CANVAS: Final = Rect(0, 0, 1000, 2000)
TORSO: Final = Rect(160, 272, 680, 798)
"""The window the map opens on."""


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of one view; the regions of a view tile its figure. `side` is left, right or midline."""

    key: str
    view: str
    side: str
    name: str
    path: Path
    polygons: tuple[tuple[Point, ...], ...] = field(repr=False)
    box: Rect = field(repr=False)

    @property
    def region(self) -> str:
        """The region's key, under the name a cup site has for it: both are places a rule can be asked about."""
        return self.key

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in this region."""
        return self.box.holds(x, y) and is_inside(self.polygons, x, y)


@dataclass(frozen=True, slots=True)
class Contour:
    """A line of surface anatomy; strong ones carry the form, light ones fall away in small pictures."""

    path: Path
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One view: a closed outline, contours, regions by key."""

    view: str
    outline: Path
    contours: tuple[Contour, ...]
    regions: Mapping[str, Region]


@cache
def figure(view: str) -> Figure:
    """The figure of a view; KeyError when there is none of that name."""
    drawn = contents("figure/body")["views"][view]
    regions = (_region(view, *row) for row in drawn["regions"])
    contours = tuple(Contour(path_from(path), weight == "strong") for weight, path in drawn["contours"])
    return Figure(
        view, path_from(drawn["outline"]), contours, MappingProxyType({region.key: region for region in regions})
    )


def _region(view: str, key: str, side: str, name: str, text: str) -> Region:
    path = path_from(text)
    return Region(key, view, side, name, path, flattened(path), bounds(path))


def region_at(view: str, x: float, y: float) -> Region | None:
    """The region at a place of a view; None beside the body."""
    return next((region for region in figure(view).regions.values() if region.holds(x, y)), None)


def regions_along(view: str, path: Sequence[Point]) -> tuple[Region, ...]:
    """The regions a path leads through, looked at every centimetre, in the order in which it comes to them."""
    passed: dict[str, Region] = {}
    for (x1, y1), (x2, y2) in pairwise(path):
        steps = max(round(math.dist((x1, y1), (x2, y2)) / UNITS_A_CM), 1)
        for step in range(steps + 1):
            region = region_at(view, x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
            if region is not None:
                passed.setdefault(region.region, region)
    return tuple(passed.values())


@cache
def same_skin(region: str) -> frozenset[str]:
    """Keys of all regions, in any view, that show skin of this one: itself, and its like seen from another side."""
    pairs: Mapping[str, list[str]] = contents("figure/body")["same_skin"]
    seen_as = {side for side, others in pairs.items() if region in others}
    return frozenset({region, *pairs.get(region, ()), *seen_as})
