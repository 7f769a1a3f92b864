"""The named cup sites and the one nearest to a place on the figure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.body_figure import UNITS_A_CM
from pulse_desktop.clinic.atlas.reading import Words, rows_of

WARN_MINUTES: Final = 15
"""Longest time a cup stayed in a trial (L1); the program warns from here."""

LONGEST_MINUTES: Final = 20
"""From here on a cup needs a written reason (C12: under 20 minutes or the skin is harmed)."""

NEAR_CM: Final = 0.5


@dataclass(frozen=True, slots=True)
class CupSite:
    """A named site. x, y in canvas units of its view; sizes are inner rims in mm; minutes are the clinic's starting values.

    `region` is the key of the figure's region it lies in, `area` a key of the vocabulary body_region.
    """

    key: str
    view: str
    side: str
    x: float
    y: float
    region: str
    area: str
    names: Words
    smallest_mm: int
    largest_mm: int
    usual_minutes: int
    longest_minutes: int
    points: tuple[str, ...]
    techniques: tuple[str, ...]
    muscles: str
    note: str


@cache
def cup_sites() -> Mapping[str, CupSite]:
    """All sites by key."""
    sites = (
        CupSite(
            row["key"], row["view"], row["side"], row["x"], row["y"], row["region"], row["area"], Words(*row["names"]),
            row["rim_mm"][0], row["rim_mm"][1], row["minutes"][0], row["minutes"][1], tuple(row["points"]), tuple(row["techniques"]), row["muscles"], row["note"],
        )
        for row in rows_of("reference/cup_sites")
    )  # fmt: skip
    return MappingProxyType({site.key: site for site in sites})


@cache
def sites_on(view: str) -> tuple[CupSite, ...]:
    """The sites of one view."""
    return tuple(site for site in cup_sites().values() if site.view == view)


def site(view: str, key: str) -> CupSite:
    """The site `key`, which must lie on `view`; KeyError otherwise."""
    found = cup_sites()[key]
    if found.view != view:
        raise KeyError(key)
    return found


def mirrored(cup_site: CupSite) -> CupSite | None:
    """The same site on the other side; None for one on the midline."""
    if cup_site.side == "midline":
        return None
    other = "r" if cup_site.side == "left" else "l"
    return cup_sites().get(f"{cup_site.key[:-1]}{other}")


@lru_cache(maxsize=1024)
def nearest_site(view: str, x: float, y: float) -> tuple[CupSite, str]:
    """The nearest named site of a view and where (x, y) lies from it, in words: "2 cm below", "" when on it."""
    found = min(sites_on(view), key=lambda candidate: math.hypot(candidate.x - x, candidate.y - y))
    return found, offset_words(view, (x - found.x) / UNITS_A_CM, (y - found.y) / UNITS_A_CM)


def offset_words(view: str, across: float, down: float) -> str:
    """A distance on the figure in words; `across` and `down` in cm, to the right and downwards of the picture."""
    parts = []
    if abs(down) >= NEAR_CM:
        parts.append((_("{cm} cm below") if down > 0 else _("{cm} cm above")).format(cm=round(abs(down)) or 1))
    if abs(across) >= NEAR_CM:
        parts.append(_sideways(view, across).format(cm=round(abs(across)) or 1))
    return ", ".join(parts)


def _sideways(view: str, across: float) -> str:
    """The patient's own sides: on the back the left is at the left of the picture, on the front at the right."""
    rightwards = across > 0
    if view in {"posterior", "anterior"}:
        to_the_right = rightwards if view == "posterior" else not rightwards
        return _("{cm} cm to the right") if to_the_right else _("{cm} cm to the left")
    forwards = not rightwards if view == "lateral_left" else rightwards
    return _("{cm} cm to the front") if forwards else _("{cm} cm to the back")
