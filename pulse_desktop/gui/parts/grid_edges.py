"""The heads and the hours along the edges of the time grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics import times
from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_layout import GridLayout
from pulse_desktop.gui.parts.theme import theme

HEAD: Final = 44
GUTTER: Final = 56


class GridHeads(QWidget):
    """Name and hours of each column, 44 px."""

    def __init__(self, layout: GridLayout, offset: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._layout, self._offset = layout, offset

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("paper"))
        bottom = self.height() - 1
        for number, column in enumerate(self._layout.columns):
            place = self._layout.column_rect(number).translated(-self._offset(), 0)
            drawing.line(painter, QPointF(place.left(), 0), QPointF(place.left(), bottom), look.color("line"))
            room = place.width() - 16
            first, second = look.sized(17), look.sized(15)
            top = (self.height() - first - second) / 2
            upper = QRectF(place.left() + 9, top, room, first)
            lower = QRectF(place.left() + 9, top + first, room, second)
            drawing.words(painter, upper, column.title, look.font("body", 600), look.color("ink"))
            drawing.words(painter, lower, column.subtitle, look.font("secondary"), look.color("ink-soft"))
        drawing.line(painter, QPointF(0, bottom), QPointF(self.width(), bottom), look.color("line"))


class GridGutter(QWidget):
    """The hours at the left, 56 px, and the present time."""

    def __init__(self, layout: GridLayout, offset: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._layout, self._offset = layout, offset
        self.now: int | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("paper"))
        height, width = look.line("secondary"), self.width()
        for minute in range(self._layout.first, self._layout.last, 60):
            y = self._layout.y(minute) - self._offset() - height / 2
            y = max(y, 2) if minute == self._layout.first else y
            place = QRectF(0, y, width - 8, height)
            font = look.font("secondary")
            drawing.words(painter, place, hour_words(minute), font, look.color("ink-faint"), align=drawing.RIGHT)
        if self.now is not None:
            self._paint_now(painter, self.now)

    def _paint_now(self, painter: QPainter, now: int) -> None:
        look = theme()
        height = look.line("secondary")
        place = QRectF(0, self._layout.y(now) - self._offset() - height / 2, self.width() - 4, height)
        painter.fillRect(place, look.color("paper"))
        inner = place.adjusted(0, 0, -4, 0)
        font = look.font("secondary", 600)
        drawing.words(painter, inner, times.clock_time(now), font, look.color("calendar.now"), align=drawing.RIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("calendar.now"))
        painter.drawEllipse(QPointF(self.width(), self._layout.y(now) - self._offset() + 1), 4, 4)


def hour_words(minute: int) -> str:
    """Says "9 AM"."""
    hour = minute // 60 % 24
    return _("{hour} AM").format(hour=hour or 12) if hour < 12 else _("{hour} PM").format(hour=hour % 12 or 12)
