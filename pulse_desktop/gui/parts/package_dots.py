"""Sessions of a package as squares: used full, booked half, left open. Always stand the sentence beside it.

dots = PackageDots(used=2, booked=1, left=7)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_SIDE: Final = 14
_GAP: Final = 4


class PackageDots(QWidget):
    """Squares of 14 px that wrap."""

    def __init__(self, used: int = 0, booked: int = 0, left: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._used, self._booked, self._left = used, booked, left
        self.show_counts(used, booked, left)

    def show_counts(self, used: int, booked: int, left: int) -> None:
        """Show another package."""
        self._used, self._booked, self._left = used, booked, left
        self.setAccessibleName(sessions_words(used, booked, left))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-self._count() // self._in_a_row(width)) or 1
        return rows * (_SIDE + _GAP) - _GAP

    def sizeHint(self) -> QSize:
        width = max(self._count(), 1) * (_SIDE + _GAP) - _GAP
        return QSize(min(width, 20 * (_SIDE + _GAP)), self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        in_a_row = self._in_a_row(self.width())
        for index in range(self._count()):
            row, column = divmod(index, in_a_row)
            self._paint_square(painter, index, QRectF(column * (_SIDE + _GAP), row * (_SIDE + _GAP), _SIDE, _SIDE))

    def _paint_square(self, painter: QPainter, index: int, square: QRectF) -> None:
        look = theme()
        if index < self._used:
            drawing.box(painter, square, 3, look.color("jade"))
        elif index < self._used + self._booked:
            inner = QPainterPath()
            inner.addRoundedRect(square, 3, 3)
            half = QPolygonF([square.topLeft(), square.topRight(), square.bottomLeft(), QPointF(square.topLeft())])
            corner = QPainterPath()
            corner.addPolygon(half)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(inner.intersected(corner), look.color("jade"))
            drawing.box(painter, square, 3, None, look.color("jade"), width=2)
        else:
            drawing.box(painter, square, 3, None, look.color("line-strong"), width=1.5)

    def _count(self) -> int:
        return self._used + self._booked + self._left

    def _in_a_row(self, width: int) -> int:
        return max((width + _GAP) // (_SIDE + _GAP), 1)


def sessions_words(used: int, booked: int, left: int) -> str:
    """Says "2 used, 1 booked, 7 left"."""
    return _("{used} used, {booked} booked, {left} left").format(used=used, booked=booked, left=left)
