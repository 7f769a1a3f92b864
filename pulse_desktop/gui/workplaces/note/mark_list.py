"""Lists of what is on the map: one row a cup or needle, for the eye in a few words, for the ear in full."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QUndoStack
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.drawing_keys import is_drawing_key, take_back

_PAD: Final = 8
_KEY = Qt.ItemDataRole.UserRole
_ROW = Qt.ItemDataRole.UserRole + 1
_STEPS: Final = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home}


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row: a coloured lead ("1", "GB30 b"), the place, small words at the right or behind the lead, and all in words."""

    key: Hashable
    lead: str
    text: str
    aside: str
    spoken: str


class MarkList(QListWidget):
    """Rows as tall as told; Delete takes a row away, the menu key opens its menu, digits are told, Ctrl+Z takes back."""

    several_chosen = Signal(object)
    """The keys of all rows that are chosen now: Shift or Ctrl take more than one, Esc none."""
    removed = Signal(object)
    digit_typed = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(
        self, label: str, undo_stack: QUndoStack, *, ink: str, lead_width: int, row: int, small: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`ink` colours the lead, `small` writes the rest at 12 px and softly."""
        super().__init__(parent)
        self.ink, self.lead_width, self.small, self.is_pale = ink, lead_width, small, False
        self._row, self._undo_stack, self._label = row, undo_stack, label
        self.setAccessibleName(label)
        self.setItemDelegate(_Rows(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.itemSelectionChanged.connect(self._tell_several)

    def show_rows(self, rows: Sequence[MarkRow], chosen: Collection[Hashable] = ()) -> None:
        """Show these rows; the chosen ones are marked without telling anybody."""
        self.blockSignals(True)
        shown = [self.item(at).data(_ROW) for at in range(self.count())]
        if shown != list(rows):
            self._renew(rows)
        picked = [at for at, row in enumerate(rows) if row.key in chosen]
        if picked != sorted(index.row() for index in self.selectedIndexes()) or self.currentRow() not in picked:
            self._pick(picked)
        self.blockSignals(False)
        self.updateGeometry()
        self.viewport().update()

    def show_pale(self, *, pale: bool) -> None:
        """Rows nobody has confirmed for today are written in pale ink."""
        if pale != self.is_pale:
            self.is_pale = pale
            self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.count() * self.row_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(120), self.count() * self.row_height)

    @property
    def row_height(self) -> int:
        """Px of one row."""
        return theme().tall(self._row, 16)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_drawing_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyboardSearch(self, _text: str) -> None:
        """Bare letters search for people; they never choose a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if is_drawing_key(event):
            take_back(event, self._undo_stack)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._current_key() is not None:
            self.removed.emit(self._current_key())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.menu_asked.emit(self._menu_place())
        elif key == Qt.Key.Key_Escape and self.selectedItems():
            self.clearSelection()
        elif key in _STEPS and self.currentRow() >= 0 and not self.selectedItems():
            self.setCurrentRow(self.currentRow())  # Tab came to the list and chose nothing yet
        elif text.isdigit() and self.currentRow() >= 0:
            self.digit_typed.emit(int(text))
        elif text and text.isprintable() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        if self._current_key() is not None:
            self.menu_asked.emit(self._menu_place() if by_keys else event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _pick(self, picked: list[int]) -> None:
        current = self.currentRow()
        self.setCurrentRow(current if current in picked else next(iter(picked), -1), QItemSelectionModel.SelectionFlag.Clear)
        for at in picked:
            self.item(at).setSelected(True)

    def _renew(self, rows: Sequence[MarkRow]) -> None:
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for at, row in enumerate(rows):
            item = self.item(at)
            if item.data(_ROW) == row:
                continue  # a cup more changes one row, not sixty
            item.setData(_KEY, row.key)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            item.setToolTip(row.spoken)

    def _current_key(self) -> Any:
        return self.item(self.currentRow()).data(_KEY) if self.currentRow() >= 0 else None

    @property
    def current_key(self) -> Any:
        """The key of the current row; None when there is none."""
        return self._current_key()

    @property
    def selected_keys(self) -> tuple[Any, ...]:
        """The keys of the chosen rows, from top to bottom."""
        return tuple(self.item(at).data(_KEY) for at in sorted(index.row() for index in self.selectedIndexes()))

    def _tell_several(self) -> None:
        self.several_chosen.emit(self.selected_keys)

    def _menu_place(self) -> QPoint:
        rect = self.visualItemRect(self.currentItem())
        return self.viewport().mapToGlobal(rect.bottomLeft())


def _plain(index: QModelIndex | QPersistentModelIndex) -> QModelIndex:
    return index.model().index(index.row(), index.column())


class _Rows(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, marks: MarkList) -> None:
        super().__init__(marks)
        self._marks = marks

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, self._marks.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        look, marks = theme(), self._marks
        row: MarkRow = index.data(_ROW)
        rect: QRect = option.rect
        is_chosen = marks.selectionModel().isSelected(_plain(index))
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "selection" if is_chosen else "hover" if is_hovered else "raised"
        painter.fillRect(rect, look.color(ground))
        if index.row():
            drawing.line(painter, QPointF(rect.left(), rect.top()), QPointF(rect.right() + 1, rect.top()), look.color("line"))
        inner = QRectF(rect).adjusted(_PAD, 1, -_PAD, 0)
        self._paint_words(painter, inner, row, ink="selection-ink" if is_chosen else "")

    def _paint_words(self, painter: QPainter, inner: QRectF, row: MarkRow, *, ink: str) -> None:
        look, marks = theme(), self._marks
        lead_font = look.font("body", 600)
        wide = max(look.sized(marks.lead_width), round(drawing.text_width(row.lead, lead_font)))
        lead = QRectF(inner.left(), inner.top(), wide, inner.height())
        drawing.words(painter, lead, row.lead, lead_font, look.color("ink-faint" if marks.is_pale else marks.ink))
        small = look.font("secondary")
        aside = round(drawing.text_width(row.aside, small)) + 1 if row.aside else 0
        place = QRectF(lead.right() + 8, inner.top(), inner.right() - lead.right() - 8 - (aside + 8 if aside else 0), inner.height())
        text_font = small if marks.small else look.font()
        plain = "ink-faint" if marks.is_pale else "ink-soft" if marks.small else "ink"
        text = QFontMetricsF(text_font).elidedText(row.text, Qt.TextElideMode.ElideMiddle, place.width())  # the side stands last
        drawing.words(painter, place, text, text_font, look.color(ink or plain))
        right = QRectF(inner.right() - aside, inner.top(), aside, inner.height())
        drawing.words(painter, right, row.aside, small, look.color(ink or ("ink-faint" if marks.is_pale else "ink")), align=drawing.RIGHT)
