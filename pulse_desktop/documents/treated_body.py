"""The body map of a sheet: the whole figure small, beside it what was treated, larger, with this visit's cups and needles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pulse_desktop.clinic.atlas import (
    PRINT,
    PRINT_SMALL,
    BodyPicture,
    CupMark,
    NeedleMark,
    PictureStyle,
    Rect,
    plural,
    shapes,
    word,
)
from pulse_desktop.documents.blocks import Text, plain
from pulse_desktop.documents.body_painter import Box, paint, scale_for
from pulse_desktop.documents.fonts import font_name
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.page import PX, Page, Style
from pulse_desktop.documents.values import Cup, Needle
from pulse_desktop.documents.wording import glued, listed, say

WHOLE: Final = Rect(150, 20, 700, 1950)
"""What the small figure shows: all of the body with a little room."""
FIGURE_SHARE: Final = WHOLE.width / WHOLE.height
DETAIL_WIDTH: Final = 91.5
GAP: Final = 6.0
_TALLEST = 101.25
_SHORTEST = 40.0
_NARROWEST = 340.0
_MARGIN = 14.0
_NEEDLE_REACH = 14.0
"""Room for a needle's dot and tail, in canvas units."""
_REACH = 330.0
"""Needles farther than this (canvas units) from the cups show on the whole figure only."""
_LONGEST = 460.0
"""A group of cups longer than this is shown in two windows."""
_MOST_DETAILS = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """A window on one view, with what it holds."""

    view: str
    marks: tuple[CupMark | NeedleMark, ...]

    def window(self, shape: float) -> Rect:
        """The window to show: all marks with a margin, not closer than life allows, in the proportion height / width."""
        reach = [mark.radius if isinstance(mark, CupMark) else _NEEDLE_REACH for mark in self.marks]
        left = min(mark.x - out for mark, out in zip(self.marks, reach, strict=True)) - _MARGIN
        right = max(mark.x + out for mark, out in zip(self.marks, reach, strict=True)) + _MARGIN
        top = min(mark.y - out for mark, out in zip(self.marks, reach, strict=True)) - _MARGIN
        bottom = max(mark.y + out for mark, out in zip(self.marks, reach, strict=True)) + _MARGIN
        width = max(_NARROWEST, right - left, (bottom - top) / shape)
        height = width * shape
        middle_x = 500.0 if self._is_centred(left, right, width) else (left + right) / 2
        return Rect(middle_x - width / 2, (top + bottom) / 2 - height / 2, width, height)

    def _is_centred(self, left: float, right: float, width: float) -> bool:
        """The body's midline stays in the middle where that loses nothing."""
        return self.view in {"posterior", "anterior"} and left >= 500 - width / 2 and right <= 500 + width / 2


@dataclass
class TreatedBody:
    """The picture of one visit. Empty when nothing was placed on the map."""

    cups: Sequence[Cup]
    needles: Sequence[Needle]
    language: str

    @property
    def is_empty(self) -> bool:
        """Nothing to draw."""
        return not self.details

    @cached_property
    def details(self) -> tuple[Detail, ...]:
        """What is shown larger, what holds most first; three at most."""
        found = [detail for view in _views(self.cups, self.needles) for detail in self._details_of(view)]
        found.sort(key=lambda detail: -sum(2 if isinstance(mark, CupMark) else 1 for mark in detail.marks))
        return tuple(found[:_MOST_DETAILS])

    def _marks(self, view: str) -> tuple[CupMark | NeedleMark, ...]:
        cups = [CupMark(cup.view, cup.x, cup.y, cup.number, cup.rim_mm) for cup in self.cups if cup.view == view]
        return (*cups, *(NeedleMark(needle.view, needle.x, needle.y, needle.code) for needle in self.needles if needle.view == view))

    def _details_of(self, view: str) -> Iterator[Detail]:
        """Cups in groups that lie together, each with the needles near it; without cups, the needles themselves."""
        marks = self._marks(view)
        cups = [mark for mark in marks if isinstance(mark, CupMark)]
        for group in _together(cups or list(marks)):
            top, bottom = min(mark.y for mark in group), max(mark.y for mark in group)
            near = [mark for mark in marks if isinstance(mark, NeedleMark) and mark not in group]
            kept = [mark for mark in near if cups and top - _REACH / 2 <= mark.y <= bottom + _REACH]
            yield Detail(view, (*group, *kept))

    # --- drawing

    def draw(self, page: Page, left: float, top: float, height: float, measures: Measures) -> None:
        """Draw the figure, `measures.figure_height` points high with its margin, and beside it details and legend, which may
        use `height`."""
        self._draw_whole(page, left, top, measures.figure_height - 3.75)
        column = left + (measures.figure_height - 3.75) * FIGURE_SHARE + GAP
        names_views = len({detail.view for detail in self.details}) > 1
        window_height = self._window_height(height, measures, labels=1 + names_views)
        for detail in self.details:
            top = self._draw_detail(page, detail, column, top, window_height, measures, names_view=names_views)
        self._draw_legend(page, column, top, measures)

    def _window_height(self, height: float, measures: Measures, labels: int) -> float:
        """How high each window may be so that all of them, their labels and the legend have room."""
        count, leading = len(self.details), measures.small.leading
        legend = 3 * leading + 6
        each = (height - legend) / count - labels * leading - 4.5
        return max(_SHORTEST, min(_TALLEST * measures.figure_height / 225, each))

    def _draw_whole(self, page: Page, left: float, top: float, height: float) -> None:
        view = self.details[0].view
        width = height * FIGURE_SHARE
        alt = say("map_alt", self.language, views=self.words())
        with page.figure(alt, left, top, width, height):
            self._paint(page, view, WHOLE, PRINT_SMALL, (left, top, width, height))

    def _draw_detail(
        self, page: Page, detail: Detail, left: float, top: float, height: float, measures: Measures, *, names_view: bool
    ) -> float:
        small = measures.small
        if names_view:
            top = _label(page, word("map_view", detail.view, self.language), left, top, DETAIL_WIDTH, small)
        alt = say("detail_alt", self.language, views=_view_words(detail.view, detail.marks, self.language))
        with page.figure(alt, left, top, DETAIL_WIDTH, height):
            self._paint_framed(page, detail, left, top, height)
        page.box(left, top, DETAIL_WIDTH, height, PX, 4.5)
        top += height + 1.5
        if detail.view in {"posterior", "anterior"}:
            sides = ("left", "right") if detail.view == "posterior" else ("right", "left")
            _label(page, say(sides[0], self.language), left + 1.5, top, DETAIL_WIDTH - 3, small)
            _label(page, say(sides[1], self.language), left + 1.5, top, DETAIL_WIDTH - 3, replace(small, align="right"))
            top += small.leading
        return top + (7.5 if len(self.details) == 1 else 3)

    def _paint_framed(self, page: Page, detail: Detail, left: float, top: float, height: float) -> None:
        page.canvas.saveState()
        frame = page.canvas.beginPath()
        frame.roundRect(left + PX / 2, page.height - top - height + PX / 2, DETAIL_WIDTH - PX, height - PX, 4.1)
        page.canvas.clipPath(frame, stroke=0, fill=0)
        inner = (left + PX, top, DETAIL_WIDTH - 2 * PX, height)
        self._paint(page, detail.view, detail.window(height / inner[2]), PRINT, inner)
        page.canvas.restoreState()

    def _paint(self, page: Page, view: str, window: Rect, style: PictureStyle, place: tuple[float, float, float, float]) -> None:
        left, top, width, height = place
        box = Box(left, page.height - top - height, width, height)
        drawn = shapes(BodyPicture(view, self._marks(view), style), window, scale_for(window, box))
        paint(page.canvas, drawn, window, box, font=font_name(bold=True))

    def _draw_legend(self, page: Page, left: float, top: float, measures: Measures) -> None:
        shown = [mark for detail in self.details for mark in detail.marks]
        if any(isinstance(mark, CupMark) for mark in shown):
            _cup_sign(page, left, top, measures.small)
            top = _label(page, self._cup_words(), left + 18, top, DETAIL_WIDTH - 18, measures.small) + 3
        if any(isinstance(mark, NeedleMark) for mark in shown):
            _needle_sign(page, left, top, measures.small)
            _label(page, say("legend_needle", self.language), left + 18, top, DETAIL_WIDTH - 18, measures.small)

    # --- words

    def _cup_words(self) -> str:
        sizes = sorted({cup.rim_mm for cup in self.cups})
        across = str(sizes[0]) if len(sizes) == 1 else say("range", self.language, low=sizes[0], high=sizes[-1])
        return glued(say("legend_cup", self.language, mm=across))

    def words(self) -> str:
        """What the picture shows, for those who can't see it: "Back: 6 cups, 4 needles"."""
        views = (_view_words(view, self._marks(view), self.language) for view in _views(self.cups, self.needles))
        return say("stop", self.language).join(views)


def _view_words(view: str, marks: Iterable[CupMark | NeedleMark], language: str) -> str:
    counts = Counter("n_cups" if isinstance(mark, CupMark) else "n_needles" for mark in marks)
    said = listed((plural(key, counts[key], language) for key in ("n_cups", "n_needles") if counts[key]), language)
    return say("view_alt", language, view=word("map_view", view, language), marks=said)


def _views(cups: Iterable[Cup], needles: Iterable[Needle]) -> list[str]:
    """The views something was placed on, each once, cups' first."""
    return list(dict.fromkeys([*(cup.view for cup in cups if cup.view), *(needle.view for needle in needles if needle.view)]))


def _together(marks: Sequence[CupMark | NeedleMark]) -> Iterator[list[CupMark | NeedleMark]]:
    """Groups of marks down the body: no gap over `_REACH` units between neighbours, none longer than `_LONGEST`."""
    group: list[CupMark | NeedleMark] = []
    for mark in sorted(marks, key=lambda mark: mark.y):
        if group and (mark.y - group[-1].y > _REACH or mark.y - group[0].y > _LONGEST):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _label(page: Page, words: str, left: float, top: float, width: float, style: Style) -> float:
    text = Text(plain(words), style)
    text.draw(page, left, top, width)
    return top + text.height(width)


def _cup_sign(page: Page, left: float, top: float, style: Style) -> None:
    with page.canvas.artifact():
        page.canvas.setStrokeGray(0.067)
        page.canvas.setLineWidth(1.2)
        page.canvas.circle(left + 6, page.height - top - style.leading / 2 - 1.5, 4.9, stroke=1, fill=0)


def _needle_sign(page: Page, left: float, top: float, style: Style) -> None:
    middle = page.height - top - style.leading / 2
    with page.canvas.artifact():
        page.canvas.setStrokeGray(0.067)
        page.canvas.setFillGray(0.067)
        page.canvas.setLineWidth(1.1)
        page.canvas.line(left + 3.75, middle - 3, left + 9, middle + 2.25)
        page.canvas.circle(left + 3.75, middle - 3, 1.95, stroke=0, fill=1)
