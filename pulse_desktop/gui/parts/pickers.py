"""Words to pick from: tongue, pulse, adverse events.

    tongue = Picker(("pale", "pink", "red"), more=("purple", "blue"), label="Tongue body")
    tongue.picked.connect(self._keep)      # tuple of words; `single=True` lets at most one be on

Arrow keys move between the words, Space and Enter switch one; the whole picker is one stop of the Tab order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_GAP: Final = 4
_PADDING: Final = 8


class Picker(QWidget):
    """Chips of 28 px that wrap; chosen ones are jade. Words beyond `words` wait behind "15 more" until asked for."""

    paints_own_focus = True
    picked = Signal(tuple)
    more_changed = Signal(int)

    def __init__(
        self,
        words: Sequence[str],
        label: str,
        *,
        more: Sequence[str] = (),
        single: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._more, self._label, self._single = list(words), list(more), label, single
        self._shown = list(words)
        self._on: list[str] = []
        self._cursor = 0
        self._rects: list[QRect] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    @property
    def value(self) -> tuple[str, ...]:
        """The chosen words in the order in which they were chosen."""
        return tuple(self._on)

    @property
    def hidden_count(self) -> int:
        """How many words wait behind "more"."""
        return len(self._more)

    def set_value(self, words: Iterable[str]) -> None:
        """Show these as chosen without telling anybody; chosen words that waited behind "more" come forward."""
        self._on = list(words)
        for word in self._on:
            if word not in self._shown:
                self._shown.append(word)
            if word in self._more:
                self._more.remove(word)
        self.more_changed.emit(len(self._more))
        self._remeasure()

    def show_more(self) -> None:
        """Show the words that waited."""
        self._shown += self._more
        self._more = []
        self.more_changed.emit(0)
        self._remeasure()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rects = self._placed(width)
        return rects[-1].bottom() + 1 if rects else 0

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(240), self.heightForWidth(max(self.width(), theme().sized(160))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rects = self._placed(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self._shown:
            self._cursor = (self._cursor + steps[key]) % len(self._shown)
            self._say()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._shown:
            self._switch(self._shown[self._cursor])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().toPoint())
        if index >= 0:
            self._cursor = index
            self._switch(self._shown[index])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._remeasure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        for index, (word, rect) in enumerate(zip(self._shown, self._rects, strict=False)):
            is_on = word in self._on
            edge = "line" if not self.isEnabled() else "jade" if is_on else "line-strong"
            role = "disabled" if not self.isEnabled() else "jade" if is_on else "ink"
            ground = look.color("jade-tint" if is_on else "raised")
            width = 2 if is_on and look.is_high_contrast else 1
            drawing.box(painter, QRectF(rect), 6, ground, look.color(edge), width=width)
            font = look.font("body", 600 if is_on else 400)
            drawing.words(painter, QRectF(rect), word, font, look.color(role), align=drawing.CENTRE)
            if self.hasFocus() and index == self._cursor:
                drawing.box(painter, QRectF(rect), 6, None, look.color("focus"), width=2)

    def _switch(self, word: str) -> None:
        if word in self._on:
            self._on.remove(word)
        else:
            self._on = [word] if self._single else [*self._on, word]
        self._remeasure()
        self.picked.emit(self.value)

    def _remeasure(self) -> None:
        self._rects = self._placed(self.width())
        self._say()
        self.updateGeometry()
        self.update()

    def _placed(self, width: int) -> list[QRect]:
        look = theme()
        height, x, y = look.tall(28), 0, 0
        rects: list[QRect] = []
        for word in self._shown:
            wide = (
                round(drawing.text_width(word, look.font("body", 600 if word in self._on else 400))) + 2 * _PADDING + 1
            )
            if x and x + wide > width:
                x, y = 0, y + height + _GAP
            rects.append(QRect(x, y, min(wide, max(width, 1)), height))
            x += wide + _GAP
        return rects

    def _at(self, place: QPoint) -> int:
        return next((index for index, rect in enumerate(self._rects) if rect.contains(place)), -1)

    def _say(self) -> None:
        chosen = ", ".join(self._on) or _("nothing chosen")
        self.setAccessibleName(f"{self._label}: {chosen}")
        if self._shown:
            self.setAccessibleDescription(self._shown[min(self._cursor, len(self._shown) - 1)])
        self.update()
