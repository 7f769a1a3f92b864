"""The sheet in large print: 16 pt on two pages, both call boxes on page one."""

from __future__ import annotations

from functools import cached_property

from pulse_desktop.clinic.treatment.aftercare import sheet_version
from pulse_desktop.documents.blocks import Stack
from pulse_desktop.documents.boxes import Boxes
from pulse_desktop.documents.foot import Foot
from pulse_desktop.documents.letterhead import draw_letterhead, letterhead_height
from pulse_desktop.documents.page import BOTTOM, LEFT, TOP, WIDTH, Page
from pulse_desktop.documents.sheet_parts import SheetParts
from pulse_desktop.documents.treated_body import DETAIL_WIDTH, FIGURE_SHARE, GAP

_COLUMN_GAP = 18.0


class LargeSheet:
    """Page one: the boxes, then as much of the next hours as fits. Page two: the rest, what was done and may be noticed."""

    def __init__(self, parts: SheetParts) -> None:
        self._parts, self._measures = parts, parts.measures
        self._boxes = Boxes(parts, side_by_side=False)
        self._foot = Foot(parts.foot, parts.facts.letterhead.phone, parts.language, parts.measures)
        self._first = parts.version_line(sheet_version(), 1, 2)
        self._second = parts.version_line(sheet_version(), 2, 2)

    def fits(self) -> bool:
        """Both pages hold what stands on them."""
        return self._boxes_height() <= self._first_room and self._second_height() <= self._second_room

    def draw(self, page: Page) -> None:
        """Draw both pages."""
        self._draw_first(page)
        page.canvas.next_page()
        self._draw_second(page)

    # --- page one

    @property
    def _first_room(self) -> float:
        return BOTTOM - TOP - self._first.height(WIDTH) - 6

    def _boxes_height(self) -> float:
        parts = self._parts
        head = letterhead_height(parts.address) + parts.title_row.height()
        return head + self._boxes.height()

    @cached_property
    def _hours(self) -> tuple[Stack, Stack]:
        """The next hours: what fits under the boxes, and what goes on with page two."""
        rows = self._parts.hour_rows
        room = self._first_room - self._boxes_height() - self._measures.block_gap
        fitting = max(count for count in range(len(rows) + 1) if self._parts.hours_of(rows[:count]).height(WIDTH) <= max(room, 0))
        return self._parts.hours_of(rows[:fitting]), self._parts.hours_of(rows[fitting:])

    def _draw_first(self, page: Page) -> None:
        parts = self._parts
        top = draw_letterhead(page, parts.facts.letterhead.practice, parts.address, TOP)
        top = parts.title_row.draw(page, top)
        self._boxes.draw(page, top)
        self._hours[0].draw(page, LEFT, top + self._boxes.height() + self._measures.block_gap, WIDTH)
        self._first.draw(page, LEFT, BOTTOM - self._first.height(WIDTH), WIDTH)

    # --- page two

    @property
    def _second_room(self) -> float:
        return BOTTOM - TOP - self._foot.height(self._second) - self._measures.block_gap

    def _second_height(self) -> float:
        parts, gap = self._parts, self._measures.block_gap
        hours = self._hours[1].height(WIDTH)
        return letterhead_height(parts.address) + gap + (hours + gap if hours else 0) + self._treatment_height()

    def _treatment_height(self) -> float:
        width = self._words_width
        figure = 0.0 if self._parts.body.is_empty else self._measures.figure_height
        words = self._parts.done.height(width) + self._measures.block_gap + self._parts.notice.height(width)
        return max(figure, words)

    @property
    def _words_width(self) -> float:
        if self._parts.body.is_empty:
            return WIDTH
        return WIDTH - (self._measures.figure_height - 3.75) * FIGURE_SHARE - GAP - DETAIL_WIDTH - _COLUMN_GAP

    def _draw_second(self, page: Page) -> None:
        parts, gap = self._parts, self._measures.block_gap
        top = draw_letterhead(page, parts.facts.letterhead.practice, (parts.facts.patient, parts.who[0]), TOP) + gap
        if self._hours[1].parts:
            self._hours[1].draw(page, LEFT, top, WIDTH)
            top += self._hours[1].height(WIDTH) + gap
        width = self._words_width
        if not parts.body.is_empty:
            parts.body.draw(page, LEFT, top, self._treatment_height(), self._measures)
        left = LEFT + WIDTH - width
        parts.done.draw(page, left, top, width)
        parts.notice.draw(page, left, top + parts.done.height(width) + gap, width)
        self._foot.draw(page, self._second)
