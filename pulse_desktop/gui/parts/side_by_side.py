"""A table at the left and the chosen thing at the right; with large text the thing stands below.

    SideBySide(left_column, card, width=376, gap=12)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from pulse_desktop.gui.parts.theme import theme

_BELOW_FROM: Final = 1.5
_NO_LIMIT: Final = 16_777_215
"""Qt's own measure for a width that may be any."""


class SideBySide(QWidget):
    """`left` takes all the room there is, `right` is `width` px wide at any size of text."""

    def __init__(self, left: QLayout, right: QWidget, width: int, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._right, self._width = right, width
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._box.addLayout(left, 1)
        self._box.addWidget(right)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_box"):
            self._fit()

    def _fit(self) -> None:
        is_below = theme().scale >= _BELOW_FROM
        way = QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight
        self._box.setDirection(way)
        self._right.setMinimumWidth(0 if is_below else self._width)
        self._right.setMaximumWidth(_NO_LIMIT if is_below else self._width)
