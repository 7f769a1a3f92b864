"""One column of the board: a head with icon and count, the cards, a line for what does not fit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.board_card import BoardCard, card_height, paint_card, step_rect
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.labels import Icon, Label
from pulse_desktop.gui.parts.theme import theme

CARD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_RING: Final = 2
_GAP: Final = 6
_SIDES: Final = 6
_FOOT: Final = 28
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column's words and cards. `folds` says which goes into the head first when there is no room (0: never), `ends` the
    time of the last card in words, `note` what stands below when all cards are seen."""

    key: str
    title: str
    icon: str
    role: str
    cards: tuple[BoardCard, ...] = ()
    note: str = ""
    note_icon: str = ""
    folds: int = 0
    ends: str = ""


class _Cards(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[BoardCard] = []

    def show_cards(self, cards: Sequence[BoardCard]) -> None:
        if [card.key for card in cards] == [card.key for card in self.cards]:
            before, self.cards = self.cards, list(cards)
            for row, (old, new) in enumerate(zip(before, self.cards, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return card.words
        return None


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: CardList = self.parent()  # type: ignore[assignment]
        paint_card(painter, index.data(CARD_ROLE), view.card_rect(QRectF(option.rect)), selected=view.is_chosen(index))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        view: CardList = self.parent()  # type: ignore[assignment]
        width = view.viewport().width()
        height = card_height(index.data(CARD_ROLE), width - 2 * _RING, selected=view.is_chosen(index))
        return QSize(width, height + _GAP)


class CardList(QListView):
    """The cards of one column as list items, for eyes, keys and screen readers alike."""

    paints_own_focus = True
    picked = Signal(object)
    stepped = Signal(object)
    sideways = Signal(int)
    shifted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _Cards(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self.shifted)
        self.verticalScrollBar().rangeChanged.connect(self.shifted)

    @property
    def cards(self) -> list[BoardCard]:
        return self._model.cards

    def show_cards(self, cards: Sequence[BoardCard]) -> None:
        """Show these cards; the chosen one stays chosen if it is still here."""
        chosen = self.chosen_card
        self._model.show_cards(cards)
        if chosen is not None:
            self.choose(chosen.key)
        self.scheduleDelayedItemsLayout()
        self.shifted.emit()

    @property
    def chosen_card(self) -> BoardCard | None:
        indexes = self.selectionModel().selectedIndexes()
        return indexes[0].data(CARD_ROLE) if indexes else None

    def is_chosen(self, index: Index) -> bool:
        return isinstance(index, QModelIndex) and self.selectionModel().isSelected(index)

    def choose(self, key: Hashable) -> bool:
        """Choose the card with `key`; False when it is not here. One that is chosen already is not scrolled to again."""
        if (chosen := self.chosen_card) is not None and chosen.key == key:
            return True
        for row, card in enumerate(self._model.cards):
            if card.key == key:
                index = self._model.index(row)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.doItemsLayout()
                self.scrollTo(index)
                return True
        return False

    def let_go(self) -> None:
        """Choose none."""
        self.selectionModel().clear()
        self.doItemsLayout()

    def card_rect(self, item: QRectF) -> QRectF:
        """The card inside its place in the list."""
        return item.adjusted(_RING, _RING, -_RING, -(_GAP - _RING))

    def hidden_count(self) -> int:
        """How many cards lie below the lower edge, at least half hidden."""
        top, bottom = -self.verticalScrollBar().value(), self.viewport().height()
        width, chosen = self.viewport().width() - 2 * _RING, self.chosen_card
        for row, card in enumerate(self._model.cards):
            height = card_height(card, width, selected=card is chosen) + _GAP
            if top + height / 2 > bottom:
                return len(self._model.cards) - row
            top += height
        return 0

    def keyboardSearch(self, _text: str) -> None:
        """Bare letters search for people; they never choose a card."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        chosen = self.chosen_card
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.sideways.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and chosen is not None:
            if not event.isAutoRepeat():
                self.stepped.emit(chosen.key)
        elif key in _MOVES:
            super().keyPressEvent(event)
            if self.currentIndex().isValid():
                self.picked.emit(self.currentIndex().data(CARD_ROLE).key)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        card: BoardCard = index.data(CARD_ROLE)
        was_chosen = self.is_chosen(index)
        foot = step_rect(card, self.card_rect(QRectF(self.visualRect(index))))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.picked.emit(card.key)
        if was_chosen and foot.contains(event.position()):
            self.stepped.emit(card.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_tab = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if is_tab and self.chosen_card is None and self._model.cards:
            self.picked.emit(self._model.cards[0].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.shifted.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), index.data(CARD_ROLE).words if index.isValid() else "", self)
            return True
        return super().viewportEvent(event)


_MOVES: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


class ColumnWidget(QWidget):
    """Head, cards and foot on sunken ground."""

    def __init__(self, view: BoardColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDES - _RING, 0, _SIDES - _RING, 0)
        column.setSpacing(0)
        self._icon = Icon(view.icon, view.role)
        self._title = Label(view.title, weight=600)
        self._count = Label("", ink="ink-soft", weight=600, align=drawing.RIGHT)
        self._head = self._made_head()
        self.list = CardList(self)
        self._foot = self._made_foot()
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.list.shifted.connect(self._show_foot)
        self._fill(view)

    def show_column(self, view: BoardColumn) -> None:
        """Show the column as it is now; nothing is done when nothing changed (timers ask every second)."""
        if view != self.view:
            self._fill(view)

    def _fill(self, view: BoardColumn) -> None:
        self.view = view
        self._title.set_words(view.title)
        self._count.set_words(str(len(view.cards)))
        self.list.setAccessibleName(
            ngettext("{column}, {count} visit", "{column}, {count} visits", len(view.cards)).format(
                column=view.title, count=len(view.cards)
            )
        )
        self.list.show_cards(view.cards)
        self._show_foot()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.list.doItemsLayout()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        edge = look.color("ink") if look.is_high_contrast else None
        drawing.box(QPainter(self), QRectF(self.rect()), 8, look.color("sunken"), edge)

    def _made_head(self) -> QWidget:
        head = Band(40 - _RING, 24)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, _RING, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        return head

    def _made_foot(self) -> QWidget:
        foot = Band(_FOOT + _SIDES, 16)
        row = QHBoxLayout(foot)
        row.setContentsMargins(10, 0, 8, _SIDES)
        row.setSpacing(4)
        self._note_icon = Icon("document", "ink-soft", 14)
        self._note = Label("", "secondary", "ink-soft")
        self._more = Link("", "secondary", "ink-soft", 400)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self._show_more)
        row.addWidget(self._note_icon)
        row.addWidget(self._note)
        self._more_icon = Icon("chevron-down", "ink-soft", 14)
        row.addWidget(self._more)
        row.addWidget(self._more_icon)
        row.addStretch(1)
        return foot

    def _show_foot(self) -> None:
        hidden = self.list.hidden_count()
        if hidden:
            last = self.view.ends or self.view.cards[-1].time
            self._more.set_words(_("{count} more, to {time}").format(count=hidden, time=last))
        note = "" if hidden else self.view.note
        for widget in (self._more, self._more_icon):
            widget.setVisible(bool(hidden))
        self._note.set_words(note)
        self._note.setVisible(bool(note))
        self._note_icon.show_icon(self.view.note_icon or "document")
        self._note_icon.setVisible(bool(note))

    def _show_more(self) -> None:
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
