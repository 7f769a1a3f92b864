"""One of a few, side by side.

    view = Segments(("By practitioner", "By room"), label="Columns")
    view.chosen.connect(self._show_columns)        # index
    view.choose(1)

Left and Right choose; it is one stop of the Tab order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_GAP: Final = 6
_ICON: Final = 18


class Segments(QWidget):
    """A segmented control. Each piece is words, or a pair (words, icon), or a triple (words, icon, count)."""

    chosen = Signal(int)

    def __init__(
        self,
        pieces: Sequence[str | tuple[str, str] | tuple[str, str, str]],
        label: str,
        *,
        padding: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._padding, self._current = label, padding, 0
        self._pieces: list[tuple[str, str, str]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_pieces(pieces)

    @property
    def current(self) -> int:
        """The index of the chosen piece; -1 when none is."""
        return self._current

    @property
    def words(self) -> str:
        """The words of the chosen piece."""
        return self._pieces[self._current][0] if self._current >= 0 else ""

    def set_pieces(self, pieces: Sequence[str | tuple[str, str] | tuple[str, str, str]]) -> None:
        """Change what can be chosen."""
        as_tuples = [(piece,) if isinstance(piece, str) else piece for piece in pieces]
        self._pieces = [(*piece, "", "")[:3] for piece in as_tuples]
        self._current = min(self._current, len(self._pieces) - 1)
        self._say_choice()
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Choose a piece and tell it; nothing is told when it was chosen already."""
        if index == self._current or not -1 <= index < len(self._pieces):
            return
        self._current = index
        self._say_choice()
        self.update()
        self.chosen.emit(index)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 2, theme().tall(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.choose(min(max(self._current + steps[Qt.Key(event.key())], 0), len(self._pieces) - 1))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.choose(index)

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
        for index, rect in enumerate(self._rects()):
            self._paint_piece(painter, index, rect)
        painter.restore()
        edge = look.color("line-strong" if self.isEnabled() else "line")
        drawing.box(painter, whole, 6, None, edge)

    def _paint_piece(self, painter: QPainter, index: int, rect: QRectF) -> None:
        look = theme()
        text, icon, count = self._pieces[index]
        is_on = index == self._current
        if is_on:
            painter.fillRect(rect, look.color("jade-tint"))
            if look.is_high_contrast:
                drawing.box(painter, rect, 0, None, look.color("jade"), width=2)
        if index:
            drawing.line(painter, rect.topLeft(), rect.bottomLeft(), look.color("line"))
        role = "disabled" if not self.isEnabled() else "jade" if is_on else "ink-soft"
        x = rect.left() + self._padding + (1 if index else 0)
        if icon:
            side = look.icon_side(_ICON)
            look.draw_icon(painter, icon, role, QRectF(round(x), (self.height() - side) // 2, side, side))
            x += side + _GAP
        place = QRectF(x, 0, rect.right() - x, self.height())
        x += drawing.words(painter, place, text, self._font(index), look.color(role)) + 2 * _GAP
        if count:
            place = QRectF(x, 0, rect.right() - x, self.height())
            drawing.words(painter, place, count, look.font("body", 600), look.color(role))

    def _font(self, index: int) -> QFont:
        return theme().font("body", 600 if index == self._current else 500)

    def _widths(self) -> list[float]:
        look = theme()
        widths = []
        for index, (text, icon, count) in enumerate(self._pieces):
            width = 2 * self._padding + drawing.text_width(text, look.font("body", 600)) + (1 if index else 0)
            width += look.icon_side(_ICON) + _GAP if icon else 0
            width += drawing.text_width(count, look.font("body", 600)) + 2 * _GAP if count else 0
            widths.append(float(round(width)))
        return widths

    def _rects(self) -> list[QRectF]:
        rects, x = [], 1.0
        for width in self._widths():
            rects.append(QRectF(x, 1, width, self.height() - 2))
            x += width
        return rects

    def _at(self, place: QPointF) -> int:
        return next((index for index, rect in enumerate(self._rects()) if rect.contains(place)), -1)

    def _say_choice(self) -> None:
        self.setAccessibleName(f"{self._label}: {self.words}" if self.words else self._label)
