"""A strip of a fixed height that grows with the text: heads, feet, rows. `Band(48, line=24)` is 72 px at 200 %."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.gui.parts.theme import theme


class Band(QWidget):
    """`height` px at 100 %, of which `line` px are text; with `at_least` it may be taller."""

    def __init__(self, height: int, line: int = 20, *, at_least: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height, self._line, self._at_least = height, line, at_least
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        height = theme().tall(self._height, self._line)
        if self._at_least:
            self.setMinimumHeight(height)
        else:
            self.setFixedHeight(height)
