"""A short list whose rows are chosen by a digit: first openings, what is free instead, reasons.

    rows = KeyedRows("First openings", main_width=140)
    rows.show_rows((KeyedRow("Today 2:15 PM", "Okafor, Room 4", "Clifton", value=opening), ...))
    rows.chosen.connect(...)      # the value that became the chosen one (arrows, a digit, a click), or None
    rows.taken.connect(...)       # Enter, or a click on the row's verb: use it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.theme import theme

_ROW: Final = 40
_PAD: Final = 8
_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """One row: what it is, softer words, words at the right end, a verb. `value` is what the signals carry."""

    main: str
    detail: str = ""
    aside: str = ""
    verb: str = ""
    value: Any = None

    def words(self, number: int) -> str:
        """The row as a screen reader says it."""
        said = ", ".join(part for part in (self.main, self.detail, self.aside) if part)
        return _("{number}: {words}").format(number=number, words=said)


class KeyedRows(Card):
    """The rows in a box with a line around. `digits_take` makes a digit take the row at once instead of choosing it."""

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, label: str, *, main_width: int = 140, digits_take: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._digits_take = digits_take
        self._list = _Rows(label, main_width)
        self._list.currentItemChanged.connect(self._tell_chosen)
        self._list.digit.connect(self.press)
        self._list.entered_row.connect(self.take_current)
        self._list.verb_clicked.connect(self.take_current)
        self.setFocusProxy(self._list)
        self.body.addWidget(self._list)

    @property
    def value(self) -> Any | None:
        """The value of the chosen row."""
        row = self._list.currentRow()
        return self._list.item(row).data(_ROLE).value if row >= 0 else None

    @property
    def count(self) -> int:
        return self._list.count()

    def show_rows(self, rows: Sequence[KeyedRow], chosen: int = 0) -> None:
        """Show these rows, the one at `chosen` chosen (-1: none). The choice is told once."""
        self._list.blockSignals(True)
        self._list.clear()
        for number, row in enumerate(rows, 1):
            item = QListWidgetItem(row.words(number))
            item.setData(_ROLE, row)
            self._list.addItem(item)
        self._list.setCurrentRow(chosen if rows else -1)
        self._list.blockSignals(False)
        self._list.fit()
        self.chosen.emit(self.value)

    def press(self, digit: int) -> bool:
        """A digit was pressed, here or elsewhere in the panel; False when there is no such row."""
        if not 1 <= digit <= self._list.count():
            return False
        self._list.setCurrentRow(digit - 1)
        if self._digits_take:
            self.take_current()
        return True

    def step(self, by: int) -> None:
        """Choose the next row or the one before."""
        self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + by)))

    def choose_none(self) -> None:
        """Let the choice go."""
        self._list.setCurrentRow(-1, QItemSelectionModel.SelectionFlag.Clear)

    def take_current(self) -> None:
        """Use the chosen row."""
        if self._list.currentRow() >= 0:
            self.taken.emit(self.value)

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.value)


class _Rows(QListWidget):
    digit = Signal(int)
    entered_row = Signal()
    verb_clicked = Signal()

    def __init__(self, label: str, main_width: int) -> None:
        super().__init__()
        self.main_width = main_width
        self.setAccessibleName(label)
        self.setItemDelegate(_RowPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.fit()

    def fit(self) -> None:
        """As tall as its rows."""
        self.setFixedHeight(max(self.count(), 1) * theme().tall(_ROW))

    def keyboardSearch(self, _text: str) -> None:
        """Letters belong to the search for people."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.text().isdecimal() and event.text().isascii():
            self.digit.emit(int(event.text()))
        elif bare and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_row.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or (event.text() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and _verb_rect(QRectF(self.visualRect(index)), index.data(_ROLE)).contains(event.position()):
            self.verb_clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered_row.emit()


class _RowPainter(QStyledItemDelegate):
    def __init__(self, rows: _Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().sized(120), theme().tall(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = theme(), index.data(_ROLE)
        rect = QRectF(option.rect)
        is_on = index.row() == self._rows.currentRow()
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self._rows.viewport().rect()), 5, 5)
        painter.setClipPath(shape)
        if is_on:
            painter.fillRect(rect, look.color("selection"))
        if index.row():
            drawing.line(painter, rect.topLeft(), rect.topRight(), look.color("line"))
        painter.restore()
        _paint_words(painter, rect, row, index.row() + 1, self._rows.main_width, is_on=is_on)


def _paint_words(painter: QPainter, rect: QRectF, row: KeyedRow, number: int, main_width: int, *, is_on: bool) -> None:
    look = theme()
    ink = look.color("selection-ink" if is_on else "ink")
    soft = look.color("selection-ink" if is_on else "ink-soft")
    hint = drawing.key_hint_width(str(number))
    drawing.key_hint(painter, rect.left() + _PAD + hint, rect.center().y(), str(number))
    left = rect.left() + _PAD + hint + _PAD
    right = _verb_rect(rect, row).left() - (_PAD if row.verb else 0)
    if row.verb:
        drawing.words(painter, _verb_rect(rect, row), row.verb, look.font("body", 500), look.color("jade"), align=drawing.CENTRE)
    small = look.font("secondary")
    if row.aside:
        width = drawing.text_width(row.aside, small) + 1
        place = QRectF(right - width, rect.top(), width, rect.height())
        drawing.words(painter, place, row.aside, small, soft, align=drawing.RIGHT)
        right -= width + _PAD
    main = look.sized(main_width) if row.detail else right - left
    main = max(main, drawing.text_width(row.main, look.font("body", 500)) + 1) if row.detail else main
    drawing.words(painter, QRectF(left, rect.top(), min(main, right - left), rect.height()), row.main, look.font("body", 500), ink)
    if row.detail and left + main + _PAD < right:
        place = QRectF(left + main + _PAD, rect.top(), right - left - main - _PAD, rect.height())
        drawing.words(painter, place, row.detail, small, soft)


def _verb_rect(rect: QRectF, row: KeyedRow) -> QRectF:
    """Where a row's verb stands; without one an empty place at the right end."""
    width = drawing.text_width(row.verb, theme().font("body", 500)) + 2 * _PAD if row.verb else 0
    return QRectF(rect.right() - _PAD - width, rect.top(), width, rect.height())
