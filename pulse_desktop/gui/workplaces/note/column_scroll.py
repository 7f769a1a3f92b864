"""A column that scrolls; its scroll bar floats in the margin, so that the measure of what it holds stays the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_WIDE: Final = 6
_INSET: Final = 3
_SHORTEST: Final = 32


class ColumnScroll(QScrollArea):
    """Wheel, keys and focus scroll it; the bar only shows where one is."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(width)
        self._mark = _Mark(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._place_mark)
        bar.rangeChanged.connect(self._place_mark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_mark()

    def _place_mark(self) -> None:
        bar = self.verticalScrollBar()
        hidden = bar.maximum() - bar.minimum()
        self._mark.setVisible(hidden > 0)
        if hidden <= 0:
            return
        room = self.height() - 2 * _INSET
        long = max(round(room * bar.pageStep() / (hidden + bar.pageStep())), _SHORTEST)
        top = _INSET + round((room - long) * (bar.value() - bar.minimum()) / hidden)
        self._mark.setGeometry(self.width() - _WIDE - _INSET, top, _WIDE, long)
        self._mark.raise_()


class _Mark(QWidget):
    """Where one is; the wheel and the keys move it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing.box(QPainter(self), QRectF(self.rect()), _WIDE / 2, theme().color("line-strong", 0.55))
