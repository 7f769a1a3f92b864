"""A line over visits, such as pain before each.

    chart = LineChart("Low back pain, 0 to 10", top=10, height=176)
    chart.show_points((ChartPoint("Oct 13", 8), ..., ChartPoint("Today", 4)), matters_from=6)

`matters_from` draws the ground below it in jade tint with a dashed edge: the change that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_TOP: Final = 8.5
_RIGHT: Final = 8
_RADIUS: Final = 3
_NEAR: Final = 12


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value with the words of its place on the axis."""

    words: str
    value: float


class LineChart(QWidget):
    """2 px jade line with hollow points on three grid lines."""

    def __init__(self, label: str, *, top: float = 10, height: int = 176, parent: QWidget | None = None) -> None:
        """`top` is the highest value of the axis (the lowest is 0)."""
        super().__init__(parent)
        self._label, self._most, self._height = label, top, height
        self._points: tuple[ChartPoint, ...] = ()
        self._matters: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def show_points(self, points: Sequence[ChartPoint], *, matters_from: float | None = None) -> None:
        """Show these points, oldest first."""
        self._points, self._matters = tuple(points), matters_from
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(240), theme().tall(self._height, 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(140), theme().tall(self._height, 16))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        field = self._field()
        if self._matters is not None:
            ground = QRectF(
                field.left(), self._y(self._matters), field.width(), field.bottom() - self._y(self._matters)
            )
            painter.fillRect(ground, look.color("jade-tint"))
        self._paint_axis(painter, field)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._matters is not None:
            pen = QPen(look.color("jade"), 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            y = self._y(self._matters)
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        self._paint_line(painter)

    def _paint_axis(self, painter: QPainter, field: QRectF) -> None:
        look = theme()
        small, faint = look.font("key", 400), look.color("ink-faint")
        line = look.line("key")
        for value in (0.0, self._most / 2, self._most):
            y = round(self._y(value) - 0.5)
            drawing.line(painter, QPointF(field.left(), y), QPointF(field.right(), y), look.color("line"))
            place = QRectF(0, y - line / 2, field.left() - 6, line)
            drawing.words(painter, place, f"{value:g}", small, faint, align=drawing.RIGHT)
        for index in self._named():
            self._paint_name(painter, field, index)

    def _paint_name(self, painter: QPainter, field: QRectF, index: int) -> None:
        look = theme()
        text, font = self._points[index].words, look.font("key", 400)
        width = drawing.text_width(text, font) + 2
        x = self._place(index).x()
        is_last = index == len(self._points) - 1 and index > 0
        left = x if index == 0 else x - width if is_last else x - width / 2
        place = QRectF(left, field.bottom() + 5, width, look.line("key"))
        drawing.words(painter, place, text, font, look.color("ink-faint"), elide=Qt.TextElideMode.ElideNone)

    def _paint_line(self, painter: QPainter) -> None:
        look = theme()
        places = [self._place(index) for index in range(len(self._points))]
        pen = QPen(look.color("jade"), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if len(places) > 1:
            painter.drawPolyline(places)
        painter.setBrush(look.color("raised"))
        for place in places:
            painter.drawEllipse(place, _RADIUS, _RADIUS)

    def _field(self) -> QRectF:
        look = theme()
        left = drawing.text_width(f"{self._most:g}", look.font("key", 400)) + 8
        bottom = self.height() - look.line("key") - 5
        return QRectF(left, _TOP, self.width() - left - _RIGHT, bottom - _TOP)

    def _y(self, value: float) -> float:
        field = self._field()
        share = min(max(value / self._most, 0.0), 1.0) if self._most else 0.0
        return field.bottom() - share * field.height()

    def _place(self, index: int) -> QPointF:
        field = self._field()
        steps = max(len(self._points) - 1, 1)
        return QPointF(field.left() + field.width() * index / steps, self._y(self._points[index].value))

    def _named(self) -> tuple[int, ...]:
        """Which points are named on the axis: the first, the last, and one between when there is room."""
        count = len(self._points)
        if count < 3:
            return tuple(range(count))
        middle = (count * 2) // 3 - 1
        has_room = self._field().width() > theme().sized(220) and 1 < middle < count - 2
        return (0, middle, count - 1) if has_room else (0, count - 1)

    def _words_at(self, place: QPointF) -> str:
        for index, point in enumerate(self._points):
            if (self._place(index) - place).manhattanLength() < _NEAR:
                return f"{point.words}: {point.value:g}"
        return ""

    def _say(self) -> None:
        said = ", ".join(f"{point.words}: {point.value:g}" for point in self._points) or _("nothing yet")
        self.setAccessibleName(f"{self._label}. {said}")
