"""Pain from 0 to 10 in eleven cells.

    pain = PainScale("Pain before"); pain.changed.connect(self._keep)     # int, or None when emptied

Digits set it, `-` is 10, arrow keys move it, Delete empties it. Empty is empty: nothing is chosen for the person.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

CELLS: Final = 11


class PainScale(QWidget):
    """Eleven equal cells, 32 px high; those below the value recede, the value is jade."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._value: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def value(self) -> int | None:
        """0 to 10, or None while nothing was said."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show `value` without telling anybody."""
        self._value = value
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(264), theme().tall(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(220), theme().tall(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        if text.isdigit():
            self._choose(int(text))
        elif text == "-":
            self._choose(CELLS - 1)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._choose(None)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if key == Qt.Key.Key_Right else -1
            start = self._value if self._value is not None else (-1 if step > 0 else CELLS)
            self._choose(min(max(start + step, 0), CELLS - 1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        whole = QRectF(self.rect())
        drawing.box(painter, whole, 6, look.color("raised"))
        clip = QPainterPath()
        clip.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 5.5, 5.5)
        painter.save()
        painter.setClipPath(clip)
        for cell in range(CELLS):
            self._paint_cell(painter, cell)
        painter.restore()
        drawing.box(painter, whole, 6, None, look.color("line-strong" if self.isEnabled() else "line"))

    def _paint_cell(self, painter: QPainter, cell: int) -> None:
        look, rect = theme(), self._rect(cell)
        value = -1 if self._value is None else self._value
        ground = "jade" if cell == value else "sunken" if cell < value else ""
        if ground:
            painter.fillRect(rect, look.color(ground))
        if cell and cell != value:
            drawing.line(painter, rect.topLeft(), rect.bottomLeft(), look.color("line"))
        is_on = cell == value
        role = "disabled" if not self.isEnabled() else "jade-on" if is_on else "ink-soft"
        font = look.font("body", 600 if is_on else 400)
        drawing.words(painter, rect, str(cell), font, look.color(role), align=drawing.CENTRE)

    def _rect(self, cell: int) -> QRectF:
        inner = self.width() - 2
        left = 1 + round(inner * cell / CELLS)
        right = 1 + round(inner * (cell + 1) / CELLS)
        return QRectF(left, 1, right - left, self.height() - 2)

    def _at(self, place: QPointF) -> int:
        return min(max(int((place.x() - 1) * CELLS / max(self.width() - 2, 1)), 0), CELLS - 1)

    def _choose(self, value: int | None) -> None:
        if value == self._value:
            return
        self.set_value(value)
        self.changed.emit(value)

    def _say(self) -> None:
        said = _("not said yet") if self._value is None else _("{value} of 10").format(value=self._value)
        self.setAccessibleName(f"{self._label}: {said}")
