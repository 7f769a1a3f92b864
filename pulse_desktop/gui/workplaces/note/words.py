"""How cups, needles and places are said: short in a list, whole for the ear."""

from __future__ import annotations

from typing import Final

from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, Path

SIDE_WORDS: Final = {"left": N_("left"), "right": N_("right"), "both": N_("both sides"), "midline": N_("midline")}
SUCTIONS: Final = ("light", "medium", "strong")
SUCTION_WORDS: Final = {"light": N_("light"), "medium": N_("medium"), "strong": N_("strong")}
TECHNIQUE_WORDS: Final = {
    "dry_cupping": N_("cupping"),
    "fire_cupping": N_("fire cupping"),
    "wet_cupping": N_("wet cupping"),
    "acupuncture": N_("acupuncture points"),
    "estim": N_("electro-acupuncture"),
    "moxa": N_("moxa"),
    "tuina": N_("tuina"),
    "gua_sha": N_("gua sha"),
}
"""What was used in a visit, by the columns of the contraindication list."""

_UPPER: Final = {"c7": "C7", "t1": "T1", "l5": "L5", "s1": "S1", "tfl": "TFL", "it": "IT"}
_LETTERS: Final = {"left": "l", "right": "r", "both": "b", "midline": "m"}


def short_site(key: str) -> str:
    """The site by its Latin name, as lists have room for it: "Lumbar upper l", "IT band r"."""
    parts = [_UPPER.get(part, part) for part in key.split("_") if part != "paraspinal"]
    said = " ".join(parts)
    return said[:1].upper() + said[1:]


def cup_place(cup: CupPlacement) -> str:
    """Where the cup is, short: "Lumbar upper l", "2 cm below, Lumbar upper l" when placed freely, and where a cup that is
    slid begins: "Lumbar upper l ↓"."""
    if len(cup.path) > 1:
        return f"{short_site(atlas.nearest_site(cup.view, *cup.path[0])[0].key)} {_way_arrow(cup.path)}"
    if cup.site:
        return short_site(cup.site)
    near, offset = atlas.nearest_site(cup.view, cup.x, cup.y)
    return _("{offset}, {site}").format(offset=offset, site=short_site(near.key)) if offset else short_site(near.key)


def _way_arrow(path: Path) -> str:
    """Which way a path goes on the figure."""
    across, down = path[-1][0] - path[0][0], path[-1][1] - path[0][1]
    if abs(down) >= abs(across):
        return "↓" if down > 0 else "↑"
    return "→" if across > 0 else "←"


def cup_place_whole(cup: CupPlacement) -> str:
    """Where the cup is, in full: "Low back beside the spine (L1-L2)", or measured from the nearest site;
    of a cup that is slid both ends of its way."""
    if len(cup.path) > 1:
        start, end = (site_name(atlas.nearest_site(cup.view, *place)[0]) for place in (cup.path[0], cup.path[-1]))
        return _("from {start} to {end}").format(start=start, end=end)
    if cup.site and (site := atlas.cup_sites().get(cup.site)):
        return site_name(site)
    near, offset = atlas.nearest_site(cup.view, cup.x, cup.y)
    return _("{offset} of {site}").format(offset=offset, site=site_name(near)) if offset else site_name(near)


def site_name(site: atlas.CupSite) -> str:
    """The site's English name without its side, which is said apart."""
    return site.names.en.removesuffix(", left").removesuffix(", right")


def cup_words(cup: CupPlacement, minutes: int | None = None) -> str:
    """The cup for the ear: "45 mm cup, left, Low back beside the spine (L1-L2), strong, 8 minutes"."""
    said = [
        _("{size} mm cup").format(size=cup.rim_mm),
        _(SIDE_WORDS.get(cup.side, "")),
        cup_place_whole(cup),
        "" if cup.technique == "dry_stationary" else technique_word(cup.technique),
        _(SUCTION_WORDS.get(cup.suction, cup.suction)),
        minutes_words(cup.planned_minutes if minutes is None else minutes),
        "" if cup.mark_grade is None else _("mark {grade}").format(grade=grade_words(cup.mark_grade)),
    ]
    return ", ".join(part for part in said if part)


def minutes_words(minutes: int) -> str:
    """Says "8 minutes"."""
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def grade_words(grade: int) -> str:
    """Says "3, dark red"."""
    return _("{grade}, {words}").format(grade=grade, words=atlas.mark_grades()[grade].words.en)


def technique_word(key: str) -> str:
    """A cupping technique on a button: "Stationary", "Sliding"."""
    known = {term.key: term.word for term in atlas.vocabulary("cupping_technique")}
    said = known.get(key, key.replace("_", " ")).removeprefix("dry ")
    return said[:1].upper() + said[1:]


def needle_name(needle: NeedlePlacement) -> str:
    """Says "ST36 b"; a point on the midline needs no letter."""
    letter = _LETTERS.get(needle.side, "")
    return needle.code if needle.side == "midline" else f"{needle.code} {letter}".strip()


def needle_detail(needle: NeedlePlacement) -> str:
    """Says "even, 1.5 cun"."""
    known = {term.key: term.word for term in atlas.vocabulary("needle_technique")}
    depth = "" if needle.depth_tenths is None else _("{cun} cun").format(cun=f"{needle.depth_tenths / 10:.1f}")
    return ", ".join(part for part in (known.get(needle.technique, needle.technique), depth) if part)


def needle_words(needle: NeedlePlacement) -> str:
    """The needle for the ear: "ST36 Zusanli, both sides, even, 1.5 cun"."""
    point = atlas.find_acupoint(needle.code)
    name = f"{needle.code} {point.pinyin}" if point else needle.code
    said = (name, _(SIDE_WORDS.get(needle.side, needle.side)), needle_detail(needle))
    return ", ".join(part for part in said if part)
