"""The body maps of a note: for each view that was used the whole figure small, beside it what was treated, larger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pulse_desktop.clinic.atlas import (
    PRINT,
    PRINT_SMALL,
    BodyPicture,
    CupMark,
    Mark,
    MovingCup,
    NeedleMark,
    PictureStyle,
    Rect,
    shapes,
    word,
)
from pulse_desktop.clinic.treatment.pictures import reach_of, views_of
from pulse_desktop.documents.blocks import Text, bold, plain
from pulse_desktop.documents.body_painter import Box, paint, scale_for
from pulse_desktop.documents.chart_words import counted
from pulse_desktop.documents.flow import Whole
from pulse_desktop.documents.fonts import font_name
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.page import PX, WIDTH, Page

_CHART: Final = replace(PRINT, name="print chart", shows_codes=True)
_WHOLE: Final = Rect(150, 20, 700, 1950)
_HEIGHT: Final = 168.0
_SMALL_WIDTH: Final = _HEIGHT * _WHOLE.width / _WHOLE.height
_DETAIL_WIDTH: Final = 138.0
_GAP: Final = 9.0
_NARROWEST: Final = 380.0
_MARGIN: Final = 34.0
_NEAR, _LONGEST = 260.0, 470.0
"""Marks farther apart than the first down the body, or a group longer than the second (canvas units), get a window of their own."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One framed picture: a view through a window, with what it is called."""

    view: str
    marks: tuple[Mark, ...]
    window: Rect
    width: float
    style: PictureStyle
    caption: str
    alt: str


def map_pieces(marks: tuple[Mark, ...], measures: Measures) -> list[Whole]:
    """The pictures in rows as wide as the page."""
    rows: list[list[Picture]] = [[]]
    for view in views_of(marks):
        for picture in _pictures(view, tuple(mark for mark in marks if mark.view == view)):
            if rows[-1] and sum(one.width + _GAP for one in rows[-1]) + picture.width > WIDTH + 0.01:
                rows.append([])
            rows[-1].append(picture)
    return [Whole(_Row(tuple(row), measures), before=6.0) for row in rows if row]


def _pictures(view: str, marks: tuple[Mark, ...]) -> Iterator[Picture]:
    name = word("map_view", view, "en")
    yield Picture(view, marks, _WHOLE, _SMALL_WIDTH, PRINT_SMALL, name, f"{name}, whole figure: {_said(marks)}")
    for group in _together(marks):
        sides = {"posterior": "left | right", "anterior": "right | left"}.get(view, "")
        window = _window(view, group)
        yield Picture(view, marks, window, _DETAIL_WIDTH, _CHART, sides, f"{name}, larger: {_said(group)}")


def _said(marks: Iterable[Mark]) -> str:
    """"6 cups, 8 needles" and whatever else is drawn."""
    held = list(marks)
    cups = sum(isinstance(mark, CupMark | MovingCup) for mark in held)
    needles = sum(isinstance(mark, NeedleMark) for mark in held)
    others = len(held) - cups - needles
    parts = [(cups, "cup", "cups"), (needles, "needle", "needles"), (others, "other mark", "other marks")]
    return ", ".join(counted(*part) for part in parts if part[0])


def _together(marks: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    """Groups of marks that lie near each other down the body."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: reach_of(mark).y):
        top = reach_of(mark).y
        if groups:
            first, last = reach_of(groups[-1][0]).y, max(_foot(one) for one in groups[-1])
            if top - last <= _NEAR and max(_foot(mark), last) - first <= _LONGEST:
                groups[-1].append(mark)
                continue
        groups.append([mark])
    return [tuple(group) for group in groups]


def _foot(mark: Mark) -> float:
    box = reach_of(mark)
    return box.y + box.height


def _window(view: str, marks: Sequence[Mark]) -> Rect:
    """All marks with a margin, in the picture's own proportion, not closer than life allows, the midline in the middle."""
    boxes = [reach_of(mark) for mark in marks]
    left, right = min(box.x for box in boxes) - _MARGIN, max(box.x + box.width for box in boxes) + _MARGIN
    top, bottom = min(box.y for box in boxes) - _MARGIN, max(box.y + box.height for box in boxes) + _MARGIN
    shape = _HEIGHT / _DETAIL_WIDTH
    middle = (left + right) / 2
    if view in {"posterior", "anterior"}:
        middle = 500.0
        left, right = min(left, 1000 - right), max(right, 1000 - left)
    width = max(_NARROWEST, right - left, (bottom - top) / shape)
    return Rect(middle - width / 2, (top + bottom) / 2 - width * shape / 2, width, width * shape)


@dataclass(frozen=True, slots=True)
class _Row:
    """Pictures side by side, each with its caption under it."""

    pictures: tuple[Picture, ...]
    measures: Measures

    def height(self, width: float) -> float:  # noqa: ARG002 - rows are as wide as the page
        """Picture and caption."""
        return _HEIGHT + self.measures.small.leading + 2

    def draw(self, page: Page, left: float, top: float, width: float) -> None:  # noqa: ARG002 - as above
        """Draw them from the left."""
        for picture in self.pictures:
            self._draw_one(page, picture, left, top)
            left += picture.width + _GAP

    def _draw_one(self, page: Page, picture: Picture, left: float, top: float) -> None:
        with page.figure(picture.alt, left, top, picture.width, _HEIGHT):
            box = Box(left + PX, page.height - top - _HEIGHT + PX, picture.width - 2 * PX, _HEIGHT - 2 * PX)
            drawn = shapes(BodyPicture(picture.view, picture.marks, picture.style), picture.window, scale_for(picture.window, box))
            paint(page.canvas, drawn, picture.window, box, font=font_name(bold=True))
        under = top + _HEIGHT + 2
        if picture.style is PRINT_SMALL:
            Text(bold(picture.caption), self.measures.small, most_lines=1).draw(page, left, under, picture.width + _GAP)
            return
        page.box(left, top, picture.width, _HEIGHT, PX, 4.5)
        at_left, _bar, at_right = picture.caption.partition(" | ")
        if at_right:
            small = self.measures.small
            Text(plain(at_left), small).draw(page, left + 1.5, under, picture.width - 3)
            Text(plain(at_right), replace(small, align="right")).draw(page, left + 1.5, under, picture.width - 3)
