"""The ground of the time grid: open and closed times, hour lines, the now-line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_layout import GridLayout
from pulse_desktop.gui.parts.grid_painting import paint_closed_words
from pulse_desktop.gui.parts.theme import theme

_DOT: Final = 8


def paint_column(painter: QPainter, day: GridLayout, number: int, taken: Sequence[QRectF] = ()) -> None:
    """One column without its visits. `taken` is where visits will lie, from the top down: words of closed times keep clear of them."""
    look = theme()
    column = day.column_rect(number)
    painter.fillRect(column, look.color("calendar.open"))
    spans = [(_closed_rect(day, column, span.start, span.end), span.words) for span in day.columns[number].closed]
    for rect, _words in spans:
        painter.fillRect(rect, look.color("calendar.closed"))
    for minute in range(day.first, day.last, 30):
        role = "calendar.hour" if minute % 60 == 0 else "calendar.half"
        painter.fillRect(QRectF(column.left(), day.y(minute), column.width(), 1), look.color(role))
    drawing.line(painter, column.topLeft(), column.bottomLeft(), look.color("line"))
    for rect, words in spans:
        paint_closed_words(painter, free_part(rect, taken), words)


def free_part(rect: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """What is left of a closed time below the visits that reach into its beginning; `taken` from the top down."""
    top = rect.top()
    line = theme().line("secondary") + 3
    for place in taken:
        if place.top() >= top + line:
            break
        if place.intersects(QRectF(rect.left(), top, rect.width(), line)):
            top = place.bottom()
    return QRectF(rect.left(), top, rect.width(), max(rect.bottom() - top, 0))


def _closed_rect(day: GridLayout, column: QRectF, start: int, end: int) -> QRectF:
    top, bottom = day.y(max(start, day.first)), day.y(min(end, day.last))
    return QRectF(column.left() + 1, top, column.width() - 1, max(bottom - top, 0))


def paint_now(painter: QPainter, day: GridLayout, now: int | None) -> None:
    """The now-line with a dot at each column's edge; it lies under the blocks and never crosses a name."""
    if now is None or not day.first <= now <= day.last:
        return
    colour, y = theme().color("calendar.now"), day.y(now)
    painter.fillRect(QRectF(0, y, day.width, 2), colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for number in range(len(day.columns)):
        left = day.column_rect(number).left()
        painter.drawEllipse(QPointF(left, y + 1), _DOT / 2, _DOT / 2)
    painter.restore()
