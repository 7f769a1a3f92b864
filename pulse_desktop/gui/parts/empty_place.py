"""An empty place that teaches: a drawing from the screen's own shapes, one sentence, why, and the one next step.

place = EmptyPlace("Nobody is waiting for an earlier time", "When someone asks for a day that is full, put them here.",
                   "Put someone on the wait list", icon="wait-list")
place.asked.connect(self._add)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.theme import theme

_WIDTH: Final = 440
_BLOCKS: Final = ((0, 8, 28), (0, 44, 20), (1, 24, 36), (3, 8, 20), (3, 34, 34))
"""Column, top below the head and height of the drawing's visits."""


class EmptyDrawing(QWidget):
    """A small calendar of 176 x 112 with one place that waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(176, 112)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        frame = QRectF(0.5, 0.5, 175, 111)
        drawing.box(painter, frame, 8, look.color("raised"), look.color("line"), width=1.5)
        painter.setPen(QPen(look.color("line"), 1.5))
        painter.drawLine(QPointF(1, 28), QPointF(175, 28))
        for column in (1, 2, 3):
            painter.drawLine(QPointF(44 * column, 28), QPointF(44 * column, 111))
        for column, top, height in _BLOCKS:
            drawing.box(painter, self._block(column, top, height), 3, look.color("progress.expected.tint"))
        waiting = self._block(2, 16, 34)
        drawing.box(painter, waiting, 3, look.color("jade-tint"), look.color("jade"), width=1.5, dashed=True)
        middle = waiting.center()
        painter.setPen(QPen(look.color("jade"), 1.5))
        painter.drawLine(middle + QPointF(-5, 0), middle + QPointF(5, 0))
        painter.drawLine(middle + QPointF(0, -5), middle + QPointF(0, 5))

    def _block(self, column: int, top: int, height: int) -> QRectF:
        return QRectF(44 * column + 6, 28 + top, 32, height)


class EmptyPlace(QWidget):
    """Drawing, sentence, explanation and one primary button, centred."""

    asked = Signal()

    def __init__(
        self, sentence: str, explanation: str = "", action: str = "", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._words = Label(sentence, "section", align=drawing.CENTRE)
        self._why = Paragraph(explanation, "body", "ink-soft", align=middle)
        self._button = Button(action, "primary", icon=icon)
        if not action:  # setVisible(True) before it has a parent would make it a window of its own
            self._button.hide()
        self._button.clicked.connect(self.asked)
        column.addStretch(1)
        column.addWidget(EmptyDrawing(), 0, middle)
        column.addSpacing(20)
        column.addWidget(self._words, 0, middle)
        column.addSpacing(4)
        beside = QHBoxLayout()
        beside.addStretch(1)
        beside.addWidget(self._why)
        beside.addStretch(1)
        column.addLayout(beside)
        column.addSpacing(16)
        column.addWidget(self._button, 0, middle)
        column.addStretch(1)
        self.setAccessibleName(sentence)
        self._size()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_button"):
            self._size()

    def _size(self) -> None:
        self._why.setFixedWidth(theme().sized(_WIDTH))

    def show_words(self, sentence: str, explanation: str = "") -> None:
        """Change what it says."""
        self._words.set_words(sentence)
        self._why.set_words(explanation)
        self.setAccessibleName(sentence)
