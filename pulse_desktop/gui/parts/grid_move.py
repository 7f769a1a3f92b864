"""A visit on its way to another place in the time grid, by mouse or by keys. Nothing changes until it is dropped."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from pulse_desktop.basics import times
from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.grid_layout import GridLayout
from pulse_desktop.gui.parts.grid_values import GridVisit

_STEP: Final = 5


class GridMove:
    """Where the visit would go: `column` and `minute`; `refusal` says why not."""

    def __init__(self, visit: GridVisit, day: GridLayout, check: Callable[[GridVisit, Hashable, int], str]) -> None:
        self.visit = visit
        self.column: Hashable = visit.column
        self.minute = visit.start
        self.refusal = ""
        self.grip = QPointF()
        self._day, self._check = day, check

    @property
    def is_somewhere_else(self) -> bool:
        return self.column != self.visit.column or self.minute != self.visit.start

    def to_point(self, place: QPointF) -> None:
        """Follow the pointer: `place` in px of the day."""
        column = self._day.column_at(place.x())
        shift = (place.y() - self.grip.y()) * 60 / self._day.hour
        minute = round((self.visit.start + shift) / _STEP) * _STEP
        self._go(self.column if column is None else column.key, minute)

    def by_minutes(self, minutes: int) -> None:
        """Go later (or earlier when negative)."""
        self._go(self.column, self.minute + minutes)

    def by_columns(self, step: int) -> None:
        """Go to the column `step` to the right."""
        number = min(max(self._day.number(self.column) + step, 0), len(self._day.columns) - 1)
        self._go(self._day.columns[number].key, self.minute)

    def rect(self) -> QRectF:
        """Its place now, in px of the day."""
        return self._day.slot(self.column, self.minute, self.visit.minutes)

    def lines(self) -> tuple[str, ...]:
        """What stands on it: the new time, or why not; then the column."""
        end = self.minute + self.visit.minutes
        span = _("{start} to {end}").format(start=times.clock_time(self.minute), end=times.clock_time(end))
        column = self._day.columns[self._day.number(self.column)].title
        return (f"{times.clock_time(self.minute)} {self.refusal}", column) if self.refusal else (span, column)

    def _go(self, column: Hashable, minute: int) -> None:
        minute = min(max(minute, self._day.first), self._day.last - self.visit.minutes)
        if (column, minute) == (self.column, self.minute):
            return
        self.column, self.minute = column, minute
        self.refusal = self._check(self.visit, column, minute) if self.is_somewhere_else else ""
