"""The time grid of the calendar: besides its own visits it carries parked ones in from the pinboard."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_move import GridMove
from pulse_desktop.gui.parts.grid_values import GridVisit, Opening
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.time_grid import TimeGrid

_GRIP: Final = 8.0
_TAG_PADDING: Final = 10


class DayGrid(TimeGrid):
    """`carry` takes up a visit that is not shown; `left_alone` tells that moving ended without a drop.

    Openings beside a visit's table time are drawn as outlines over it with their words at the right, so that both can be read.
    """

    left_alone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over_visits: tuple[Opening, ...] = ()

    def show_openings(self, openings: Sequence[Opening], clashing: Collection[Hashable] = ()) -> None:
        self._over_visits = tuple(opening for opening in openings if self._is_beside_visit(opening))
        super().show_openings([opening for opening in openings if opening not in self._over_visits], clashing)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for opening in self._over_visits:
            _paint_over(painter, self._to_view(self._day.slot(opening.column, opening.start, opening.minutes)), opening)

    def _is_beside_visit(self, opening: Opening) -> bool:
        end = opening.start + opening.minutes
        return any(
            visit.column == opening.column and visit.start < end and opening.start < visit.end for visit in self._visits.visits
        )

    def carry(self, visit: GridVisit) -> None:
        """Take up a visit from elsewhere: arrow keys carry it, Enter drops it, Esc leaves it where it was."""
        self._move = GridMove(visit, self._day, self.check_move)
        column = visit.column if self._day.number(visit.column) >= 0 else self._first_column()
        self._move.column = column
        self._move.by_minutes(5)  # one step there and back asks what stands in the way
        self._move.by_minutes(-5)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_move()

    def carry_to(self, visit: GridVisit, place: QPoint) -> None:
        """A visit from elsewhere is dragged over `place` (global); outside the grid it is put back."""
        inside = self.viewport().mapFromGlobal(place)
        if not self.viewport().rect().contains(inside):
            if self.is_moving:
                self._put_back()
            return
        if self._move is None:
            self._move = GridMove(visit, self._day, self.check_move)
            self._move.grip = QPointF(0, self._day.y(visit.start) + _GRIP)
        self._move.to_point(self._to_day(QPointF(inside)))
        self._show_move()

    def drop_carried(self) -> bool:
        """Let go of what is dragged; False when it is not over the grid or not allowed there."""
        is_welcome = self._move is not None and not self._move.refusal
        self._drop()
        self.left_alone.emit()
        return is_welcome

    def keyPressEvent(self, event: QKeyEvent) -> None:
        was_moving = self.is_moving
        super().keyPressEvent(event)
        if was_moving and not self.is_moving:
            self.left_alone.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_moving = self.is_moving
        super().mouseReleaseEvent(event)
        if was_moving and not self.is_moving:
            self.left_alone.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Moving by keys ends where the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if self.is_moving and self._pressed is None and event.reason() == Qt.FocusReason.TabFocusReason:
            self._put_back()
            self.left_alone.emit()

    def _first_column(self) -> Hashable:
        return self._day.columns[0].key if self._day.columns else None


def _paint_over(painter: QPainter, slot: QRectF, opening: Opening) -> None:
    look = theme()
    role, ground = ("cinnabar", "calendar.drop-no") if opening.is_refused else ("jade", "jade-tint")
    is_solid = opening.is_chosen and not opening.is_refused
    fill = look.color(ground, 0.4) if opening.is_chosen or opening.is_refused else None
    drawing.box(painter, slot, 6, fill, look.color(role), width=2 if is_solid else 1.5, dashed=not is_solid)
    font = look.font("secondary", 600)
    number_and_time = "  ".join(opening.words.split()[:2])  # the room stands in the panel's row
    words = opening.words if opening.is_refused else number_and_time
    width = min(drawing.text_width(words, font) + _TAG_PADDING, slot.width() - 4)
    tag = QRectF(slot.right() - width - 2, slot.top() + 2, width, look.line("secondary") + 2)
    drawing.box(painter, tag, 4, look.color(ground))
    drawing.words(painter, tag, words, font, look.color(role), align=drawing.CENTRE)
