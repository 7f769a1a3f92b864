"""The button of a toast: paper words on ink, with the undo icon and its key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_KEYS: Final = "Ctrl+Z"
_PAD: Final = 8
_GAP: Final = 6


class ToastButton(QPushButton):
    """32 px high; it names what it undoes."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str) -> None:
        """What it undoes, such as "Undo: arrived D. Walker"."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleDescription(_KEYS)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme()
        width = 2 * _PAD + look.icon_side(18) + 2 * _GAP + drawing.key_hint_width(_KEYS)
        return QSize(round(width + drawing.text_width(self._words, look.font("body", 600))), look.tall(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        strength = 2 if self.underMouse() else 1
        ground = QColor(0, 0, 0, 24 * strength) if look.is_dark else QColor(255, 255, 255, 34 * strength)
        drawing.box(painter, QRectF(self.rect()), 6, ground)
        side, middle, x = look.icon_side(18), self.height() / 2, float(_PAD)
        look.draw_icon(painter, "undo", "paper", QRectF(x, round(middle - side / 2), side, side))
        x += side + _GAP
        place = QRectF(x, 0, self.width() - x, self.height())
        x += drawing.words(painter, place, self._words, look.font("body", 600), look.color("paper")) + _GAP
        edge = QColor(136, 136, 136, 136)
        right = x + drawing.key_hint_width(_KEYS)
        drawing.key_hint(painter, right, middle, _KEYS, ink=look.color("paper"), edge=edge)
