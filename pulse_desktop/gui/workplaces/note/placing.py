"""What placing means, without a window: the cup a click or a typed name makes, its mirror, its number.

Pure functions from values to values, so that map and list do one and the same thing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import CupPlacement
from pulse_desktop.gui.workplaces.note.words import short_site

SIZES: Final = (25, 35, 45, 55)
"""Inner rims in mm on the tool row; other sizes come with the cup they were recorded with."""
USUAL_MINUTES: Final = 8
"""How long cups stay on unless the site's cap is shorter or somebody says otherwise (product.md section 4)."""

SNAP: Final = 22.0
"""How near to a named site, in canvas units (2 cm), a cup that is let go takes its place and name."""

_STRIDE: Final = 8.0
MIDLINE: Final = 500.0
_AT_MIDLINE: Final = 8.0
OTHER_VIEW: Final = {"lateral_left": "lateral_right", "lateral_right": "lateral_left"}
_SIDE_LETTERS: Final = {"l": "left", "left": "left", "r": "right", "right": "right", "b": "both", "both": "both"}
_RANGE: Final = re.compile(r"\b([ctls])(\d{1,2})-\1?(\d{1,2})\b", re.IGNORECASE)
_MOST_NAMED: Final = 3

register_sentences(
    {
        "no_such_site": N_("There is no such site. Type part of its name and a side, like L3 l or trapezius b."),
        "several_sites": N_("That could be {names}. Type a little more."),
    }
)


@dataclass(frozen=True, slots=True)
class CupTool:
    """What the next cup is like: the choices on the tool row. The last used ones stay."""

    rim_mm: int = 45
    technique: str = "dry_stationary"
    suction: str = "medium"
    mirror: bool = True
    minutes: int = USUAL_MINUTES


def cups_at(tool: CupTool, view: str, x: float, y: float, site: str = "") -> tuple[CupPlacement, ...]:
    """The cup that a click places, and with the mirror on the one on the other side. Numbers are given later."""
    cup = _named(tool, atlas.cup_sites()[site]) if site else _free(tool, view, x, y)
    other = mirrored(cup) if tool.mirror else None
    return (cup, other) if other else (cup,)


def _named(tool: CupTool, site: atlas.CupSite) -> CupPlacement:
    minutes = min(tool.minutes, site.longest_minutes)
    return CupPlacement(
        0, site.view, site.x, site.y, site.key, site.side, tool.rim_mm, tool.technique, tool.suction, minutes
    )


def _free(tool: CupTool, view: str, x: float, y: float) -> CupPlacement:
    side = side_at(view, x)
    return CupPlacement(
        0, view, round(x, 1), round(y, 1), "", side, tool.rim_mm, tool.technique, tool.suction, tool.minutes
    )


def side_at(view: str, x: float) -> str:
    """The patient's side at a place of a view."""
    if view in OTHER_VIEW:
        return view.removeprefix("lateral_")
    if abs(x - MIDLINE) <= _AT_MIDLINE:
        return "midline"
    return "left" if (x < MIDLINE) == (view == "posterior") else "right"


def mirrored(cup: CupPlacement) -> CupPlacement | None:
    """The same cup on the patient's other side; None on the midline."""
    if cup.side == "midline":
        return None
    site = atlas.cup_sites().get(cup.site)
    if site is not None:
        other = atlas.mirrored(site)
        return replace(cup, site=other.key, side=other.side, view=other.view, x=other.x, y=other.y) if other else None
    view, side = OTHER_VIEW.get(cup.view, cup.view), "right" if cup.side == "left" else "left"
    return replace(cup, view=view, side=side, x=round(2 * MIDLINE - cup.x, 1))


def added(cups: tuple[CupPlacement, ...], new: Iterable[CupPlacement]) -> tuple[CupPlacement, ...]:
    """The cups with new ones behind them, numbered on; a place that has a cup already gets no second one."""
    found = list(cups)
    for cup in new:
        if not any(_same_place(cup, other) for other in found if not other.off_at):
            found.append(replace(cup, number=max((other.number for other in found), default=0) + 1))
    return tuple(found)


def _same_place(one: CupPlacement, other: CupPlacement) -> bool:
    if one.view != other.view:
        return False
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < 12**2 or (bool(one.site) and one.site == other.site)


def site_near(view: str, x: float, y: float) -> str:
    """The named site that a cup let go at a place snaps to; "" when none is near."""
    near, _offset = atlas.nearest_site(view, x, y)
    return near.key if math.hypot(near.x - x, near.y - y) <= SNAP else ""


def sites_along(view: str, trail: Sequence[tuple[float, float]]) -> tuple[atlas.CupSite, ...]:
    """The named sites that a stroke passes over, in its order: a stroke down the spine is a row."""
    passed: dict[str, atlas.CupSite] = {}
    for (x1, y1), (x2, y2) in pairwise(trail):
        steps = max(round(math.hypot(x2 - x1, y2 - y1) / _STRIDE), 1)
        for step in range(steps + 1):
            key = site_near(view, x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
            if key:
                passed.setdefault(key, atlas.cup_sites()[key])
    return tuple(passed.values())


def moved(cup: CupPlacement, x: float, y: float, site: str = "") -> CupPlacement:
    """The cup at another place of its view; at a named site it takes the site's name."""
    known = atlas.cup_sites().get(site)
    if known is not None:
        return replace(cup, x=known.x, y=known.y, site=known.key, side=known.side)
    return replace(cup, x=round(x, 1), y=round(y, 1), site="", side=side_at(cup.view, x))


# --- typed names ----------------------------------------------------------------------------------------------------


def sites_named(text: str) -> tuple[atlas.CupSite, ...]:
    """The sites that "L3 l", "trapezius b" or "gluteus med" mean. Raises Refusal("no_such_site" | "several_sites").

    A level finds the site whose span holds it: T7 is the mid back (T6-T8). Without a side letter both sides are meant.
    """
    words = fold(text).split()
    side = _SIDE_LETTERS.get(words[-1], "") if words else ""
    wanted = words[:-1] if side else words
    found = _called(wanted)
    stems = dict.fromkeys(_stem(site) for site in found)
    exact = [stem for stem in stems if all(word in stem.split("_") for word in wanted)]
    if len(stems) > 1 and len(exact) == 1:
        stems = dict.fromkeys(exact)
    if not stems:
        raise Refusal("no_such_site", "site")
    if len(stems) > 1:
        named = ", ".join(short_site(stem) for stem in list(stems)[:_MOST_NAMED])
        raise Refusal("several_sites", "site", names=named)
    chosen = [site for site in found if _stem(site) in stems]
    on_side = [site for site in chosen if side in {"", "both"} or site.side in {side, "midline"}]
    return tuple(on_side or chosen)


def _stem(site: atlas.CupSite) -> str:
    return site.key if site.side == "midline" else site.key[:-2]


def _called(wanted: list[str]) -> list[atlas.CupSite]:
    """Sites whose Latin name fits; else those whose English name or level does; else those over such a muscle."""
    for own in (_key_words, _name_words, _muscle_words):
        found = [site for site in atlas.cup_sites().values() if wanted and _fits(own(site), wanted)]
        if found:
            return found
    return []


def _fits(own: set[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(piece) for word in own) for piece in wanted)


def _key_words(site: atlas.CupSite) -> set[str]:
    return set(site.key.split("_"))


def _name_words(site: atlas.CupSite) -> set[str]:
    levels = {
        f"{letter.lower()}{number}"
        for letter, first, last in _RANGE.findall(site.names.en)
        for number in range(int(first), int(last) + 1)
    }
    return _key_words(site) | set(re.findall(r"\w+", fold(site.names.en))) | levels


def _muscle_words(site: atlas.CupSite) -> set[str]:
    return _name_words(site) | set(re.findall(r"\w+", fold(site.muscles)))
