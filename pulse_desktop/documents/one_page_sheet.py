"""The sheet on one Letter page, as the design draws it."""

from __future__ import annotations

from pulse_desktop.clinic.treatment.aftercare import sheet_version
from pulse_desktop.documents.boxes import Boxes
from pulse_desktop.documents.foot import Foot
from pulse_desktop.documents.letterhead import draw_letterhead, letterhead_height
from pulse_desktop.documents.page import BOTTOM, LEFT, TOP, WIDTH, Page
from pulse_desktop.documents.sheet_parts import SheetParts
from pulse_desktop.documents.treated_body import DETAIL_WIDTH, FIGURE_SHARE, GAP

_COLUMN_GAP = 18.0


class OnePageSheet:
    """Arranges the parts from the head down; the foot stands on the lower margin."""

    def __init__(self, parts: SheetParts) -> None:
        self._parts, self._measures = parts, parts.measures
        facts = parts.facts
        self._foot = Foot(parts.foot, facts.letterhead.phone, parts.language, parts.measures)
        self._version = parts.version_line(sheet_version(), 1, 1)
        self._boxes = Boxes(parts, side_by_side=True)

    def fits(self) -> bool:
        """Everything has its place above the foot."""
        return self._content_height() + self._measures.block_gap / 2 <= BOTTOM - TOP - self._foot.height(self._version)

    def draw(self, page: Page) -> None:
        """Draw the whole page."""
        parts, measures = self._parts, self._measures
        top = draw_letterhead(page, parts.facts.letterhead.practice, parts.address, TOP)
        top = parts.title_row.draw(page, top)
        top = self._draw_treatment(page, top)
        top += 3
        parts.hours.draw(page, LEFT, top, WIDTH)
        top += parts.hours.height(WIDTH) + measures.block_gap
        self._boxes.draw(page, top)
        self._foot.draw(page, self._version)

    def _content_height(self) -> float:
        parts, measures = self._parts, self._measures
        head = letterhead_height(parts.address) + parts.title_row.height()
        return head + self._treatment_height() + 3 + parts.hours.height(WIDTH) + measures.block_gap + self._boxes.height()

    # --- the body map beside what was done

    @property
    def _map_width(self) -> float:
        if self._parts.body.is_empty:
            return 0.0
        return (self._measures.figure_height - 3.75) * FIGURE_SHARE + GAP + DETAIL_WIDTH

    @property
    def _words_width(self) -> float:
        taken = self._map_width
        return WIDTH - taken - (_COLUMN_GAP if taken else 0)

    def _words_height(self) -> float:
        parts = self._parts
        notice = parts.notice.height(self._words_width)
        return parts.done.height(self._words_width) + (notice + self._measures.block_gap - 1.5 if notice else 0)

    def _treatment_height(self) -> float:
        figure = 0.0 if self._parts.body.is_empty else self._measures.figure_height
        return max(figure, self._words_height() + 6)

    def _draw_treatment(self, page: Page, top: float) -> float:
        parts, width = self._parts, self._words_width
        if not parts.body.is_empty:
            parts.body.draw(page, LEFT, top, self._treatment_height(), self._measures)
        left = LEFT + WIDTH - width
        parts.done.draw(page, left, top, width)
        parts.notice.draw(page, left, top + parts.done.height(width) + self._measures.block_gap - 1.5, width)
        return top + self._treatment_height()
