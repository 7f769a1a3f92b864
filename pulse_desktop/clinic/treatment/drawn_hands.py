"""What the hands, a cone or a current did, as marks of the body map: for the screen and for print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import MoxaPlacement, NoteDraft, StimulatedPair

LETTERS: Final = {"strokes": "G", "areas": "T", "moxa": "M", "pairs": "E"}
"""The letter before the number, by the draft's tuple: on the map, in the list, on paper."""

IsChosen = Callable[[str, int], bool]


def hand_label(field: str, number: int) -> str:
    """Says "G1"."""
    return f"{LETTERS[field]}{number}"


def _nothing(_field: str, _number: int) -> bool:
    return False


def hand_marks(draft: NoteDraft, is_chosen: IsChosen = _nothing) -> tuple[atlas.HandMark, ...]:
    """All strokes, areas, moxa and currents; `is_chosen(tuple of the draft, number)` says which are selected."""
    strokes = (
        atlas.StrokeMark(one.view, one.path, one.number, hand_label("strokes", one.number), is_chosen("strokes", one.number)) for one in draft.strokes
    )
    areas = (
        atlas.AreaMark(one.view, one.x, one.y, one.across, one.down, one.number, hand_label("areas", one.number), is_chosen("areas", one.number))
        for one in draft.areas
    )
    return (
        *areas,
        *strokes,
        *(mark for one in draft.moxa for mark in _moxa(one, is_selected=is_chosen("moxa", one.number))),
        *(mark for one in draft.pairs for mark in _currents(one, is_selected=is_chosen("pairs", one.number))),
    )


def _moxa(one: MoxaPlacement, *, is_selected: bool) -> Iterator[atlas.MoxaMark]:
    """At its point, on both sides if so; where the map does not know the point only the list says it."""
    label = hand_label("moxa", one.number)
    if not one.code:
        yield atlas.MoxaMark(one.view, one.x, one.y, one.number, label, is_selected)
        return
    point = atlas.find_acupoint(one.code)
    for place in atlas.needle_marks(point, one.side) if point else ():
        yield atlas.MoxaMark(place.view, place.x, place.y, one.number, label, is_selected)


def _currents(one: StimulatedPair, *, is_selected: bool) -> Iterator[atlas.CurrentMark]:
    """From needle to needle, where one view shows both."""
    ends = [_places(one.first, one.first_side), _places(one.second, one.second_side)]
    for start in ends[0]:
        for end in ends[1]:
            if start.view == end.view and (start.x, start.y) != (end.x, end.y):
                words = f"{hand_label('pairs', one.number)} {one.hertz_tenths / 10:g} Hz"
                yield atlas.CurrentMark(start.view, ((start.x, start.y), (end.x, end.y)), one.number, words, is_selected)
                return


def _places(code: str, side: str) -> tuple[atlas.NeedleMark, ...]:
    point = atlas.find_acupoint(code)
    return atlas.needle_marks(point, side) if point else ()
