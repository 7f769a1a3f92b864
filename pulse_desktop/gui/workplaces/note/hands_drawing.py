"""The hand on the map when it draws no cup: what a click or a drag becomes, and what is done with what was drawn.

`MapColumn` hands on to it whatever is not about cups; the list beside the map uses the same methods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.drawing import Point
from pulse_desktop.clinic.treatment.drawn_hands import hand_label
from pulse_desktop.clinic.treatment.values import CupPlacement
from pulse_desktop.gui.workplaces.note import hand_placing
from pulse_desktop.gui.workplaces.note.hand_words import hand_kind
from pulse_desktop.gui.workplaces.note.marks import Barred
from pulse_desktop.gui.workplaces.note.placing import side_at
from pulse_desktop.gui.workplaces.note.writing import Writing

TECHNIQUE_OF: Final = {"strokes": "gua_sha", "areas": "tuina", "moxa": "moxa", "pairs": "estim"}
"""The column of the contraindication list for each."""
_FIELD_OF: Final = {
    atlas.StrokeMark: "strokes", atlas.AreaMark: "areas", atlas.MoxaMark: "moxa", atlas.CurrentMark: "pairs",
}  # fmt: skip


class HandsDrawing(QObject):
    """`said(sentence)`: why something was not drawn, or what is to be done next."""

    said = Signal(str)
    barred = Signal(object)

    def __init__(self, writing: Writing, barred_for: Callable[[str], Iterable[Barred]], parent: QObject) -> None:
        """`barred_for(technique)` names the regions a technique must keep off."""
        super().__init__(parent)
        self._writing, self._barred_for = writing, barred_for
        self._first: tuple[str, str] | None = None
        self.techniques = {"areas": "gun", "moxa": "stick"}
        """The last used technique of each; the next one is like it."""

    # --- drawing

    def begin(self, kind: str) -> None:
        """Another tool was taken up."""
        self._first = None
        if kind == "pairs":
            self.said.emit(_("Click the two needles that share a channel, one after the other."))

    def press(self, kind: str, view: str, place: Point, *, mirror: bool) -> None:
        """A click on skin."""
        if kind == "moxa":
            self.add(kind, hand_placing.moxa_at(view, *place, self.techniques[kind], mirror=mirror))
        elif kind == "areas":
            self.add(kind, hand_placing.areas_around(view, [place], self.techniques[kind], mirror=mirror))
        elif kind == "strokes":
            self.said.emit(_("Drag along the way of the tool: a gua sha stroke has a beginning and an end."))

    def draw(self, kind: str, view: str, trail: Sequence[Point], *, mirror: bool) -> None:
        """A drag over skin."""
        path = hand_placing.simplified(trail)
        if kind == "areas":
            self.add(kind, hand_placing.areas_around(view, trail, self.techniques[kind], mirror=mirror))
        elif kind == "strokes" and hand_placing.is_long(path):
            self.add(kind, hand_placing.strokes_along(view, path, mirror=mirror))
        elif kind == "moxa":
            self.press(kind, view, trail[-1], mirror=mirror)

    def add(self, field: str, new: Sequence[Any]) -> bool:
        """Draw these, unless one lies where its technique must not be done; says why not."""
        stopped = next((found for one in new if (found := self.barred_at(field, one)) is not None), None)
        if stopped is not None:
            self.barred.emit(stopped)
            return False
        self._put(_("add {what}").format(what=hand_kind(field)), field, hand_placing.numbered(getattr(self._writing.draft, field), new))
        return True

    def touch_needle(self, mark: atlas.NeedleMark) -> None:
        """With the current in hand: the first needle, then the second makes a channel."""
        here = mark.code, mark.side
        if self._first is None:
            self._first = here
            self._writing.choose_mark(("needles", self._row_of(mark)))
            self.said.emit(_("{code}: now click the other needle of this channel.").format(code=mark.code))
            return
        first, self._first = self._first, None
        try:
            pairs = hand_placing.joined(self._writing.draft.pairs, self._writing.draft.needles, first, here)
        except Refusal as problem:
            self.said.emit(sentence(problem))
            return
        self._put(_("join two needles"), "pairs", pairs)
        self._writing.choose_mark(("pairs", pairs[-1].number))

    # --- what is drawn

    def choose(self, mark: atlas.HandMark | atlas.NeedleMark) -> None:
        """Select what was clicked."""
        if isinstance(mark, atlas.NeedleMark):
            self._writing.choose_mark(("needles", self._row_of(mark)))
        else:
            self._writing.choose_mark((_FIELD_OF[type(mark)], mark.number))

    def shift(self, mark: object, dx: float, dy: float) -> None:
        """Something was dragged by so much."""
        if isinstance(mark, atlas.MovingCup):
            self._shift_cup(mark, dx, dy)
        elif (field := _FIELD_OF.get(type(mark))) is not None:
            self._shift_hand(field, mark.number, dx, dy)  # type: ignore[attr-defined]

    def change(self, field: str, number: int, **values: Any) -> None:
        """Give one of them another technique, strength or time; the next one is like it."""
        if field in self.techniques and "technique" in values:
            self.techniques[field] = values["technique"]
        changed = [replace(one, **values) if one.number == number else one for one in getattr(self._writing.draft, field)]
        self._put(_("change {what}").format(what=hand_label(field, number)), field, changed)

    def remove(self, field: str, key: Any) -> None:
        """Take one away; a needle that is in stays until it comes out, one that is taken away takes its channel along."""
        draft = self._writing.draft
        if field == "needles":
            kept = [one for one in draft.needles if (one.code, one.side) != key or one.in_at]
            pairs = hand_placing.with_needles_left(draft.pairs, kept)
            self._writing.draw(_("take {needle} away").format(needle=key[0]), needles=kept, pairs=pairs)
        else:
            left = [one for one in getattr(draft, field) if one.number != key]
            self._put(_("take {what} away").format(what=hand_label(field, key)), field, left)
        self._writing.choose_mark(None)

    def barred_at(self, field: str, one: Any) -> Barred | None:
        """What bars the place for this technique."""
        keys = _regions_of(field, one)
        return next((found for found in self._barred_for(TECHNIQUE_OF[field]) if found.region in keys), None)

    def _put(self, words: str, field: str, marks: Iterable[Any]) -> None:
        """Draw, and let the picked techniques say what the map says."""
        before = self._writing.draft
        self._writing.draw(words, **{field: marks})
        technique = TECHNIQUE_OF[field]
        if getattr(self._writing.draft, field) and technique not in before.techniques:
            self._writing.write(techniques=(*before.techniques, technique))

    def _shift_cup(self, mark: atlas.MovingCup, dx: float, dy: float) -> None:
        """A cup that is on the skin does not move on the map either."""
        self._writing.choose([mark.number])
        cups = [_shifted_cup(cup, dx, dy) if cup.number == mark.number and not cup.on_at else cup for cup in self._writing.draft.cups]
        self._writing.draw(_("move a cup"), cups)

    def _shift_hand(self, field: str, number: int, dx: float, dy: float) -> None:
        self._writing.choose_mark((field, number))
        old = next(one for one in getattr(self._writing.draft, field) if one.number == number)
        new = _shifted(old, dx, dy)
        if new is None:
            return
        if (stopped := self.barred_at(field, new)) is not None:
            self.barred.emit(stopped)
            return
        moved = [new if one.number == number else one for one in getattr(self._writing.draft, field)]
        self._put(_("move {what}").format(what=hand_label(field, number)), field, moved)

    def _row_of(self, mark: atlas.NeedleMark) -> tuple[str, str]:
        """The needle's line in the list, which may be both sides in one."""
        for needle in self._writing.draft.needles:
            if needle.code == mark.code and needle.side in {mark.side, "both"}:
                return needle.code, needle.side
        return mark.code, mark.side


def _regions_of(field: str, one: Any) -> set[str]:
    """Regions of the body it lies in, whole paths along."""
    if field == "strokes":
        return {region.region for region in atlas.regions_along(one.view, one.path)}
    if field == "pairs":
        places = [place for code, side in ((one.first, one.first_side), (one.second, one.second_side)) for place in _point(code, side)]
    elif field == "moxa" and one.code:
        places = _point(one.code, one.side)
    else:
        places = [(one.view, one.x, one.y)]
    found = (atlas.region_at(*place) for place in places)
    return {region.region for region in found if region is not None}


def _point(code: str, side: str) -> list[tuple[str, float, float]]:
    point = atlas.find_acupoint(code)
    return [(mark.view, mark.x, mark.y) for mark in atlas.needle_marks(point, side)] if point else []


def _shifted_cup(cup: CupPlacement, dx: float, dy: float) -> CupPlacement:
    path = hand_placing.shifted(cup.path, dx, dy)
    if any(atlas.region_at(cup.view, *place) is None for place in (path[0], path[-1])):
        return cup
    return replace(cup, x=path[0][0], y=path[0][1], path=path, site="", side=side_at(cup.view, path[0][0]))


def _shifted(one: Any, dx: float, dy: float) -> Any:
    """The thing, moved, with its place's new name; None where it cannot go: off the body, or when a point holds it."""
    if hasattr(one, "path"):
        path = hand_placing.shifted(one.path, dx, dy)
        x, y = hand_placing.middle_of(path)
        changed: dict[str, Any] = {"path": path}
    elif getattr(one, "code", ""):
        return None
    else:
        x, y = round(one.x + dx, 1), round(one.y + dy, 1)
        changed = {"x": x, "y": y}
    if atlas.region_at(one.view, x, y) is None:
        return None
    side = one.side if one.side == "both" else side_at(one.view, x)
    return replace(one, **changed, site=atlas.nearest_site(one.view, x, y)[0].key, side=side)
