"""A box to tick: `Tick("Receipt")`. Space ticks it; `toggled(bool)` tells."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_BOX: Final = 18
_GAP: Final = 6


class Tick(QCheckBox):
    """A check box of 18 px with words after it; jade when ticked."""

    focus_radius = 4

    def __init__(self, text: str, *, ticked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._words = text
        self.setChecked(ticked)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str) -> None:
        """Change what stands after the box."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme()
        width = look.sized(_BOX) + _GAP + drawing.text_width(self._words, look.font())
        return QSize(round(width) + 2, look.tall(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        side = look.sized(_BOX)
        square = QRectF(0, (self.height() - side) // 2, side, side)
        is_on, is_usable = self.isChecked(), self.isEnabled()
        edge = "line" if not is_usable else "jade" if is_on else "line-strong"
        ground = "sunken" if is_on and not is_usable else "jade" if is_on else "raised"
        drawing.box(painter, square, 4, look.color(ground), look.color(edge), width=1.5)
        if is_on:
            inner = square.adjusted(2, 2, -2, -2)
            look.draw_icon(painter, "check", "jade-on" if is_usable else "disabled", inner)
        place = QRectF(side + _GAP, 0, self.width() - side - _GAP, self.height())
        drawing.words(painter, place, self._words, look.font(), look.color("ink" if is_usable else "disabled"))
