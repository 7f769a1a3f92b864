"""The palette's list: groups of rows, each with an icon, words, softer words and a key. A screen reader reads it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_ROW: Final = 40
_HEAD: Final = 28
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen. `run` does it; `instead` (Tab) opens its panel or its place instead."""

    icon: str
    title: str
    detail: str = ""
    run: Callable[[], object] | None = None
    instead: Callable[[], object] | None = None
    keys: str = ""

    @property
    def is_head(self) -> bool:
        """A group's name, which cannot be chosen."""
        return self.run is None


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{entry.title}, {entry.detail}" if entry.detail else entry.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_head = index.isValid() and self.entries[index.row()].is_head
        return Qt.ItemFlag.NoItemFlags if is_head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        entry: Entry = index.data(_ENTRY)
        return QSize(option.rect.width(), look.tall(_HEAD, 16) if entry.is_head else look.tall(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        view: EntryList = self.parent()  # type: ignore[assignment]
        rect = QRectF(option.rect)
        if entry.is_head:
            look = theme()
            place = rect.adjusted(16, 4, -16, 0)
            drawing.words(painter, place, entry.title, look.font("secondary", 500), look.color("ink-soft"))
        else:
            _paint_entry(painter, entry, rect, is_chosen=view.currentIndex() == index)


def _paint_entry(painter: QPainter, entry: Entry, rect: QRectF, *, is_chosen: bool) -> None:
    look = theme()
    if is_chosen:
        painter.fillRect(rect, look.color("selection"))
    ink = "selection-ink" if is_chosen else "ink"
    soft = "selection-ink" if is_chosen else "ink-soft"
    side = look.sized(20)
    middle = rect.center().y()
    look.draw_icon(painter, entry.icon, soft, QRectF(rect.left() + 16, round(middle - side / 2), side, side))
    right = rect.right() - 15
    keys = "Enter" if is_chosen else entry.keys
    if keys:
        drawing.key_hint(painter, right, middle, keys)
        right -= drawing.key_hint_width(keys) + 12
    left = rect.left() + 16 + side + 12
    place = QRectF(left, rect.top(), right - left, rect.height())
    left += drawing.words(painter, place, entry.title, look.font("body", 500), look.color(ink)) + 12
    if left < right:
        place = QRectF(left, rect.top(), right - left, rect.height())
        drawing.words(painter, place, entry.detail, look.font(), look.color(soft))


class EntryList(QListView):
    """Rows of 40 px under heads of 28. It never takes the keyboard: the field above moves it."""

    activated_entry = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Entries(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @property
    def entry(self) -> Entry | None:
        """The chosen entry."""
        index = self.currentIndex()
        return index.data(_ENTRY) if index.isValid() else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the first that can be chosen is."""
        self._model.show_entries(entries)
        self._choose(next((row for row, entry in enumerate(entries) if not entry.is_head), -1))
        self.updateGeometry()

    def step(self, by: int) -> None:
        """Choose the next or the one before, heads passed over."""
        entries, row = self._model.entries, self.currentIndex().row() + by
        while 0 <= row < len(entries) and entries[row].is_head:
            row += by
        if 0 <= row < len(entries):
            self._choose(row)

    def whole_height(self) -> int:
        """Height of all rows together."""
        look = theme()
        return sum(look.tall(_HEAD, 16) if entry.is_head else look.tall(_ROW) for entry in self._model.entries)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not index.data(_ENTRY).is_head:
            self.setCurrentIndex(index)
            self.activated_entry.emit(index.data(_ENTRY))

    def _choose(self, row: int) -> None:
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self.viewport().update()
