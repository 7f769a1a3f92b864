"""The two boxes nobody may overlook: when to call us, when to call 911."""

from __future__ import annotations

from pulse_desktop.documents.page import FAINT, LEFT, PX, WIDTH, Page
from pulse_desktop.documents.sheet_parts import SheetParts

_GAP = 12.0
_SHARES = (1.12 / 2.12, 0.47, 0.42, 0.37)
"""The left box is a little wider, as its head holds the telephone number; narrower where the right one has much to say."""
_THIN, _THICK, _RADIUS = 0.9375, 2.25, 4.5


class Boxes:
    """Both boxes, side by side and equally high, or one above the other."""

    def __init__(self, parts: SheetParts, *, side_by_side: bool) -> None:
        self._parts = parts
        self._padding = parts.measures.box_padding
        self._beside = side_by_side
        self._us_width = self._911_width = WIDTH
        if side_by_side:
            best = min(_SHARES, key=lambda share: (round(self._height_at(share) / parts.measures.body.leading), -share))
            self._set_share(best)

    def _set_share(self, share: float) -> None:
        self._us_width = (WIDTH - _GAP) * share
        self._911_width = WIDTH - _GAP - self._us_width

    def _height_at(self, share: float) -> float:
        self._set_share(share)
        return self.height()

    def height(self) -> float:
        """Height of the pair."""
        us, emergency = self._us_height(), self._911_height()
        return max(us, emergency) if self._beside else us + _GAP * 0.75 + emergency

    def draw(self, page: Page, top: float) -> None:
        """Draw both."""
        if self._beside:
            self._draw_us(page, LEFT, top, self.height())
            self._draw_911(page, LEFT + self._us_width + _GAP, top, self.height())
            return
        self._draw_911(page, LEFT, top, self._911_height())
        self._draw_us(page, LEFT, top + self._911_height() + _GAP * 0.75, self._us_height())

    # --- call us

    @property
    def _us_room(self) -> float:
        return self._us_width - 2 * (self._padding + 3)

    def _us_height(self) -> float:
        parts, room = self._parts, self._us_room
        inner = parts.call_us.height(room) + self._padding * 0.6 + parts.call_us_lines.height(room)
        doctor = sum(text.height(room) for text in parts.call_doctor)
        return inner + (doctor + self._padding * 1.5 + PX if doctor else 0) + 2 * self._padding

    def _draw_us(self, page: Page, left: float, top: float, height: float) -> None:
        parts, room = self._parts, self._us_room
        page.box(left, top, self._us_width, height, _THIN, _RADIUS)
        left, top = left + self._padding + 3, top + self._padding
        with page.canvas.element("Div"):
            parts.call_us.draw(page, left, top, room)
            top += parts.call_us.height(room) + self._padding * 0.6
            parts.call_us_lines.draw(page, left, top, room)
            top += parts.call_us_lines.height(room)
            if parts.call_doctor:
                page.rule(left, top + self._padding * 0.8, left + room, 0.5, FAINT)
                top += self._padding * 1.5 + PX
            for text in parts.call_doctor:
                text.draw(page, left, top, room)
                top += text.height(room)

    # --- call 911

    @property
    def _bar(self) -> float:
        return self._parts.call_911.height(self._911_width - 2 * (_THICK + 9)) + 2 * self._padding / 2

    @property
    def _911_room(self) -> float:
        return self._911_width - 2 * (_THICK + self._padding + 1.5)

    def _911_height(self) -> float:
        return _THICK + self._bar + self._padding * 0.8 + self._parts.call_911_lines.height(self._911_room) + self._padding * 0.8 + _THICK

    def _draw_911(self, page: Page, left: float, top: float, height: float) -> None:
        inset = _THICK / 2
        page.head_bar(left + inset, top + inset, self._911_width - _THICK, inset + self._bar, _RADIUS - inset)
        page.box(left, top, self._911_width, height, _THICK, _RADIUS)
        with page.canvas.element("Div"):
            self._parts.call_911.draw(page, left + _THICK + 9, top + _THICK + self._padding / 2, self._911_width - 2 * (_THICK + 9))
            body_top = top + _THICK + self._bar + self._padding * 0.8
            self._parts.call_911_lines.draw(page, left + _THICK + self._padding + 1.5, body_top, self._911_room)
