"""How strokes, areas, moxa and currents are said: short in the list and on the map, whole for the ear."""

from __future__ import annotations

from typing import Any, Final

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import Area, MoxaPlacement, StimulatedPair, Stroke
from pulse_desktop.gui.workplaces.note.hand_placing import middle_of
from pulse_desktop.gui.workplaces.note.words import SIDE_WORDS, grade_words, minutes_words, short_site, site_name

Hand = Stroke | Area | MoxaPlacement | StimulatedPair
_SIDE_LETTERS: Final = {"left": "l", "right": "r", "both": "b"}


def hand_place(hand: Hand) -> str:
    """Where it is, as lists have room for it: "Trapezius upper l", "ST36 b", "BL23 l and BL25 l"."""
    if isinstance(hand, StimulatedPair):
        ends = _point(hand.first, hand.first_side), _point(hand.second, hand.second_side)
        return _("{first} and {second}").format(first=ends[0], second=ends[1])
    if isinstance(hand, MoxaPlacement) and hand.code:
        return _point(hand.code, hand.side)
    return short_site(hand.site) if hand.site in atlas.cup_sites() else ""


def hand_aside(hand: Hand) -> str:
    """What stands at the right of its row: how, or how long."""
    if isinstance(hand, StimulatedPair):
        return hertz_words(hand)
    if isinstance(hand, MoxaPlacement):
        return term_word("moxa_type", hand.technique) if hand.minutes is None else _("{minutes} min").format(minutes=hand.minutes)
    if isinstance(hand, Area):
        return term_word("tuina_technique", hand.technique)
    return "" if hand.mark_grade is None else _("mark {grade}").format(grade=hand.mark_grade)


def hand_words(hand: Hand) -> str:
    """The whole of it for the ear: "gua sha, left, Low back beside the spine (L3), downwards"."""
    said = [_what(hand), _whole_place(hand), *_how(hand)]
    return ", ".join(part for part in said if part)


def hertz_words(pair: StimulatedPair) -> str:
    """Says "2 Hz"."""
    return _("{hertz} Hz").format(hertz=f"{pair.hertz_tenths / 10:g}")


def term_word(vocabulary: str, key: str) -> str:
    """The word of a pick list."""
    return next((term.word for term in atlas.vocabulary(vocabulary) if term.key == key), key)


def hand_kind(field: str) -> str:
    """What the letter stands for."""
    return {"strokes": _("gua sha"), "areas": _("tuina"), "moxa": _("moxa"), "pairs": _("current")}[field]


def _what(hand: Hand) -> str:
    if isinstance(hand, Stroke):
        return _("gua sha")
    if isinstance(hand, Area):
        return _("tuina, {technique}").format(technique=term_word("tuina_technique", hand.technique))
    if isinstance(hand, MoxaPlacement):
        word = term_word("moxa_type", hand.technique)
        return word if "moxa" in fold(word) else _("moxa, {technique}").format(technique=word)
    return _("current")


def _whole_place(hand: Hand) -> str:
    if isinstance(hand, StimulatedPair):
        first = _("{point} {side}").format(point=hand.first, side=_(SIDE_WORDS.get(hand.first_side, "")))
        second = _("{point} {side}").format(point=hand.second, side=_(SIDE_WORDS.get(hand.second_side, "")))
        return _("from {first} to {second}").format(first=first, second=second)
    side = _(SIDE_WORDS.get(hand.side, ""))
    if isinstance(hand, MoxaPlacement) and hand.code:
        point = atlas.find_acupoint(hand.code)
        return f"{hand.code} {point.pinyin if point else ''}".strip() + (f", {side}" if side else "")
    x, y = middle_of(hand.path) if isinstance(hand, Stroke) else (hand.x, hand.y)
    near, offset = atlas.nearest_site(hand.view, x, y)
    place = _("{offset} of {site}").format(offset=offset, site=site_name(near)) if offset else site_name(near)
    return f"{side}, {place}" if side else place


def _how(hand: Hand) -> list[str]:
    if isinstance(hand, Stroke):
        mark = "" if hand.mark_grade is None else _("mark {grade}").format(grade=grade_words(hand.mark_grade))
        return [_direction(hand), mark]
    minutes = "" if isinstance(hand, Area) or hand.minutes is None else minutes_words(hand.minutes)
    if isinstance(hand, StimulatedPair):
        return [hertz_words(hand), term_word("estim_mode", hand.mode), minutes]
    return [minutes]


def _direction(stroke: Stroke) -> str:
    (x1, y1), (x2, y2) = stroke.path[0], stroke.path[-1]
    if abs(y2 - y1) >= abs(x2 - x1):
        return _("downwards") if y2 > y1 else _("upwards")
    if stroke.view in {"posterior", "anterior"}:
        return _("outwards") if abs(x2 - 500) > abs(x1 - 500) else _("inwards")
    return _("across")


def _point(code: str, side: str) -> str:
    return f"{code} {_SIDE_LETTERS.get(side, '')}".strip()


def field_of(hand: Any) -> str:
    """The draft's tuple that holds such a thing."""
    return {Stroke: "strokes", Area: "areas", MoxaPlacement: "moxa", StimulatedPair: "pairs"}[type(hand)]
