"""Rows with the keys 1 to 9: first openings, what would work instead.

    rows = KeyRows("First openings")
    rows.show_rows((KeyRow("Today 2:15 PM", "Okafor, Room 4", "Clifton"), ...))
    rows.chosen.connect(...)       # index: a row became the chosen one (arrow keys, its number, a click)
    rows.used.connect(...)         # index: Enter or double click; with `verb` the words at the right of each row

A panel passes bare digits on with `rows.press("2")` when its own fields do not need them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_ROW: Final = 40
_MAIN: Final = 140


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What it is, softer words, and words at the right end."""

    text: str
    detail: str = ""
    aside: str = ""


class KeyRows(QListWidget):
    """Rows of 40 px in a card, each with its number in a key box."""

    chosen = Signal(int)
    used = Signal(int)

    def __init__(self, label: str, *, verb: str = "", main: int = _MAIN, parent: QWidget | None = None) -> None:
        """`main` is the room for a row's first words in px at 100 %."""
        super().__init__(parent)
        self.verb, self.main = verb, main
        self.rows: tuple[KeyRow, ...] = ()
        self.setAccessibleName(label)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.currentRowChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[KeyRow]) -> None:
        """Replace the rows; none is chosen."""
        self.rows = tuple(rows)
        self.blockSignals(True)
        self.clear()
        for number, row in enumerate(rows, 1):
            words = ", ".join(piece for piece in (row.text, row.detail, row.aside) if piece)
            self.addItem(QListWidgetItem(f"{number}: {words}"))
        self.setCurrentRow(-1)
        self.blockSignals(False)
        self.setVisible(bool(rows))
        self._fit()

    def choose(self, index: int) -> None:
        """Choose a row."""
        self.setCurrentRow(index)

    def press(self, text: str) -> bool:
        """Choose the row whose number was pressed; False when there is none."""
        if text.isdigit() and 1 <= int(text) <= len(self.rows):
            self.setCurrentRow(int(text) - 1)
            if self.verb:
                self.used.emit(int(text) - 1)
            return True
        return False

    def keyboardSearch(self, _text: str) -> None:
        """Numbers choose; letters are not for this list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self.press(event.text()):
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and self.currentRow() >= 0:
            self.used.emit(self.currentRow())
        elif (event.text().isprintable() and event.text()) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.verb and index.isValid() and event.position().x() > self.width() - theme().sized(64):
            self.used.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.used.emit(index.row())

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(240), len(self.rows) * theme().tall(_ROW) + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self.viewport())
        whole = QRectF(self.viewport().rect())
        drawing.box(painter, whole, 6, look.color("raised"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        drawing.box(painter, whole, 6, None, look.color("line"))

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.scheduleDelayedItemsLayout()

    def _tell(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(index)


class _Painter(QStyledItemDelegate):
    def __init__(self, rows: KeyRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, theme().tall(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect = theme(), QRectF(option.rect)
        row = self._rows.rows[index.row()]
        is_on = self._rows.currentRow() == index.row()
        soft = "selection-ink" if is_on else "ink-soft"
        if is_on:
            self._paint_ground(painter, rect)
        if index.row():
            drawing.line(painter, rect.topLeft(), rect.topRight() - QPointF(1, 0), look.color("line"))
        key = str(index.row() + 1)
        width = drawing.key_hint_width(key)
        drawing.key_hint(painter, rect.left() + 9 + width, rect.center().y(), key)
        x = rect.left() + 9 + width + 8
        ink = look.color("selection-ink" if is_on else "ink")
        main_font, small = look.font("body", 500), look.font("secondary")
        main = max(look.sized(self._rows.main), drawing.text_width(row.text, main_font))
        drawing.words(painter, QRectF(x, rect.top(), main, rect.height()), row.text, main_font, ink)
        right = self._paint_end(painter, row, rect, soft)
        place = QRectF(x + main + 8, rect.top(), right - x - main - 16, rect.height())
        drawing.words(painter, place, row.detail, small, look.color(soft))

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self._rows.viewport().rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(rect, theme().color("selection"))
        painter.restore()

    def _paint_end(self, painter: QPainter, row: KeyRow, rect: QRectF, soft: str) -> float:
        """The words at the right end; returns where they begin."""
        look, verb = theme(), self._rows.verb
        font = look.font("body", 500) if verb else look.font("secondary")
        words = verb or row.aside
        width = drawing.text_width(words, font) + 1
        place = QRectF(rect.right() - 9 - width - (8 if verb else 0), rect.top(), width, rect.height())
        drawing.words(painter, place, words, font, look.color("jade" if verb else soft))
        return place.left()
