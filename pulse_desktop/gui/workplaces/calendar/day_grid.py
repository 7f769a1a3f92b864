"""The time grid of the calendar: besides its own visits it carries parked ones in from the pinboard."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from pulse_desktop.gui.parts.grid_move import GridMove
from pulse_desktop.gui.parts.grid_values import GridVisit
from pulse_desktop.gui.parts.time_grid import TimeGrid

_GRIP: float = 8.0


class DayGrid(TimeGrid):
    """`carry` takes up a visit that is not shown; `left_alone` tells that moving ended without a drop."""

    left_alone = Signal()

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
