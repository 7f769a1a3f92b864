"""A board of columns with cards: where everybody is.

    board = Board(); board.show_columns((BoardColumn("arrived", "Arrived", "people-ring", "progress.arrived.solid", cards), ...))
    board.chosen.connect(...)       # key of the card that became the chosen one, or None
    board.stepped.connect(...)      # Enter, or a click on the foot of the chosen card: do its next step (key)
    board.choose(key); board.cover(440)      # a panel covers 440 px at the right: the board slides so that the card stays visible

Arrow keys move between cards and columns. Bare letters are passed on to the window, which searches.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pulse_desktop.gui.parts.board_card import BoardCard
from pulse_desktop.gui.parts.board_column import BoardColumn, ColumnWidget
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.tokens import design_tokens

_GAP: Final = 8


class Board(QWidget):
    """Equal columns side by side; those without room fold into counted buttons above."""

    chosen = Signal(object)
    stepped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._columns: dict[str, ColumnWidget] = {}
        self._key: Hashable | None = None
        self._covered = 0
        self._opened = ""
        self._stage = QWidget(self)
        self._folded = _Folded(self)
        self._folded.opened.connect(self._open_folded)
        self._motion = QPropertyAnimation(self._stage, b"geometry", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)

    @property
    def current(self) -> Hashable | None:
        """The key of the chosen card."""
        return self._key

    @property
    def current_card(self) -> BoardCard | None:
        """The chosen card."""
        for column in self._columns.values():
            for card in column.view.cards:
                if card.key == self._key:
                    return card
        return None

    def show_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Show these columns; the chosen card stays chosen wherever it went."""
        if list(self._columns) != [column.key for column in columns]:
            self._make(columns)
        for column in columns:
            self._columns[column.key].show_column(column)
        if self._key is not None and self.current_card is None:
            self._key = None
            self.chosen.emit(None)
        self._mark()
        self._place()

    def choose(self, key: Hashable | None, *, focus: bool = False) -> None:
        """Choose a card; with `focus` the keyboard goes there."""
        if key != self._key:
            self._key = key
            self._mark()
            self.chosen.emit(key)
        if focus and (column := self._column_of(key)):
            column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Put the keyboard on the chosen card, or on the first one."""
        first = next((card.key for column in self._shown() for card in column.view.cards), None)
        self.choose(self._key if self._key is not None else first, focus=True)

    def cover(self, width: int) -> None:
        """Say that something covers `width` px at the right edge; 0 when nothing does."""
        self._covered = width
        self._place(moving=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_folded"):
            self._place()

    # --- columns and their places

    def _make(self, columns: Sequence[BoardColumn]) -> None:
        for old in self._columns.values():
            old.deleteLater()
        self._columns = {}
        for view in columns:
            column = ColumnWidget(view, self._stage)
            column.list.picked.connect(self._pick)
            column.list.stepped.connect(self.stepped)
            column.list.sideways.connect(self._go_sideways)
            self._columns[view.key] = column

    def _shown(self) -> list[ColumnWidget]:
        """The columns that have room, in their order."""
        columns = list(self._columns.values())
        narrowest = theme().sized(design_tokens()["width"]["board-column-min"])
        fits = max((self.width() + _GAP) // (narrowest + _GAP), 1)
        foldable = sorted((c for c in columns if c.view.folds), key=lambda c: c.view.folds)
        away = [c for c in foldable if c.view.key != self._opened][: max(len(columns) - fits, 0)]
        return [c for c in columns if c not in away]

    def _place(self, *, moving: bool = False) -> None:
        shown = self._shown()
        away = [column.view for column in self._columns.values() if column not in shown]
        self._folded.show_columns(away)
        top = 0
        if away:
            top = self._folded.sizeHint().height() + 8
            self._folded.setGeometry(0, 0, self.width(), top - 8)
        stage = QRect(-self._shift(shown), top, self.width(), self.height() - top)
        self._lay_out(shown, stage.height())
        duration = theme().motion("panel-opens") if moving and self.isVisible() else 0
        self._motion.stop()
        if duration:
            self._motion.setDuration(duration)
            self._motion.setStartValue(self._stage.geometry())
            self._motion.setEndValue(stage)
            self._motion.start()
        else:
            self._stage.setGeometry(stage)

    def _lay_out(self, shown: list[ColumnWidget], height: int) -> None:
        count = max(len(shown), 1)
        wide = (self.width() - _GAP * (count - 1)) / count
        for column in self._columns.values():
            column.setVisible(column in shown)
        for number, column in enumerate(shown):
            left, right = round(number * (wide + _GAP)), round(number * (wide + _GAP) + wide)
            column.setGeometry(left, 0, right - left, height)

    def _shift(self, shown: list[ColumnWidget]) -> int:
        """How far the board slides left so that the column of the chosen card is not covered."""
        column = self._column_of(self._key)
        if not self._covered or column not in shown:
            return 0
        count = len(shown)
        wide = (self.width() - _GAP * (count - 1)) / count
        right = (shown.index(column) + 1) * (wide + _GAP)
        return self._covered + _GAP if right > self.width() - self._covered else 0

    def _open_folded(self, key: str) -> None:
        self._opened = key
        self._place()
        first = next((card.key for card in self._columns[key].view.cards), None)
        if first is not None:
            self.choose(first, focus=True)

    # --- choosing

    def _column_of(self, key: Hashable | None) -> ColumnWidget | None:
        for column in self._columns.values():
            if key is not None and any(card.key == key for card in column.view.cards):
                return column
        return None

    def _pick(self, key: Hashable) -> None:
        self.choose(key)

    def _mark(self) -> None:
        holder = self._column_of(self._key)
        for column in self._columns.values():
            if column is holder:
                column.list.choose(self._key)
            elif column.list.chosen_card is not None:
                column.list.let_go()
            is_stop = column is holder or (holder is None and bool(column.view.cards))
            column.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _go_sideways(self, step: int) -> None:
        shown = [column for column in self._shown() if column.view.cards]
        here = self._column_of(self._key)
        if here not in shown:
            return
        target = shown.index(here) + step
        if not 0 <= target < len(shown):
            return
        cards = here.list
        y = cards.visualRect(cards.currentIndex()).top()
        there = shown[target].list
        index = there.indexAt(there.viewport().rect().topLeft() + cards.visualRect(cards.currentIndex()).topLeft())
        row = index.row() if index.isValid() else (len(there.cards) - 1 if y > 0 else 0)
        self.choose(there.cards[row].key, focus=True)


class _Folded(QWidget):
    """Counted buttons for the columns that have no room."""

    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._buttons: dict[str, Button] = {}

    def show_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Show a button a column."""
        if list(self._buttons) != [column.key for column in columns]:
            self._remake(columns)
        for column in columns:
            self._buttons[column.key].set_words(f"{column.title}  {len(column.cards)}")
        self.setVisible(bool(columns))

    def _remake(self, columns: Sequence[BoardColumn]) -> None:
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for number, column in enumerate(columns):
            button = Button("", "quiet", icon=column.icon)
            button.setProperty("column", column.key)
            button.clicked.connect(self._tell)
            self._row.insertWidget(number, button)
            self._buttons[column.key] = button

    def _tell(self) -> None:
        button = self.sender()
        if button is not None:
            self.opened.emit(str(button.property("column")))
