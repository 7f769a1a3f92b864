"""The calendar's grid: time down, columns across, visits as blocks that can be chosen, opened and moved.

    grid = TimeGrid()
    grid.show_day(columns, visits, first=540, last=1140)      # GridColumn, GridVisit (grid_values.py); minutes of the day
    grid.show_openings((Opening("okafor", 855, 55, "1  2:15 Room 4", is_chosen=True),), clashing={12})
    grid.set_now(642)                                          # the now-line; None hides it
    grid.opened.connect(...)         # key: Enter or double click
    grid.chosen.connect(...)         # key of the chosen visit, or None
    grid.asked.connect(...)          # column key, minute: a click on an empty place
    grid.moved.connect(...)          # visit key, column key, minute: dropped there (mouse, or keys after begin_move())
    grid.check_move = reason_against # (visit, column key, minute) -> "" or why not, asked while dragging

A QListView that places and paints its items itself from cached rectangles: as fast as plain painting, and every visit is
a list item with words, rectangle and focus for a screen reader. Bare letters are passed on to the window.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from pulse_desktop.gui.parts.grid_model import VISIT_ROLE
from pulse_desktop.gui.parts.grid_move import GridMove
from pulse_desktop.gui.parts.grid_painting import paint_drop
from pulse_desktop.gui.parts.grid_values import GridVisit
from pulse_desktop.gui.parts.grid_view import GridView

_ASK_STEP: Final = 15
_DRAG_FROM: Final = 5

MoveCheck = Callable[[GridVisit, Hashable, int], str]


class TimeGrid(GridView):
    """See the module's docstring."""

    paints_own_focus = True
    opened = Signal(object)
    asked = Signal(object, int)
    moved = Signal(object, object, int)
    dropped_outside = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check_move: MoveCheck = _anything_goes
        self._move: GridMove | None = None
        self._pressed: tuple[QPointF, GridVisit | None] | None = None
        self.setMouseTracking(True)

    # --- moving with keys

    def begin_move(self) -> bool:
        """Take the chosen visit up: arrow keys carry it, Enter drops it, Esc puts it back. False when it cannot be moved."""
        index = self.currentIndex()
        visit: GridVisit | None = index.data(VISIT_ROLE) if index.isValid() else None
        if visit is None or not visit.can_move:
            return False
        self._move = GridMove(visit, self._day, self.check_move)
        self._show_move()
        return True

    @property
    def is_moving(self) -> bool:
        return self._move is not None

    def _show_move(self) -> None:
        if self._move is not None:
            target = self._move.rect()
            self._reveal(target)
            self.setAccessibleDescription(", ".join(self._move.lines()))
        self.viewport().update()

    def _drop(self) -> None:
        move, self._move = self._move, None
        self.viewport().update()
        self.setAccessibleDescription("")
        if move is not None and move.is_somewhere_else and not move.refusal:
            self.moved.emit(move.visit.key, move.column, move.minute)

    def _put_back(self) -> None:
        self._move = None
        self._pressed = None
        self.setAccessibleDescription("")
        self.viewport().update()

    # --- keys and mouse

    def keyboardSearch(self, _text: str) -> None:
        """Bare letters search for people; they never choose a visit."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._move is not None:
            self._carry(event)
            return
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current is not None:
            if not event.modifiers() and not event.isAutoRepeat():
                self.opened.emit(self.current)
            return
        if event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _carry(self, event: QKeyEvent) -> None:
        move, key = self._move, event.key()
        assert move is not None
        step = 15 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 5
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            move.by_minutes(step if key == Qt.Key.Key_Down else -step)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            move.by_columns(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._drop()
            return
        elif key == Qt.Key.Key_Escape:
            self._put_back()
            return
        self._show_move()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        index = self.indexAt(event.position().toPoint())
        visit = index.data(VISIT_ROLE) if index.isValid() else None
        self._pressed = (event.position(), visit)
        if visit is not None:
            self.choose(visit.key, scroll=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        start, visit = self._pressed
        far = (event.position() - start).manhattanLength() >= _DRAG_FROM
        if self._move is None and far and visit is not None and visit.can_move:
            self._move = GridMove(visit, self._day, self.check_move)
            self._move.grip = self._to_day(start)
        if self._move is not None:
            self._move.to_point(self._to_day(event.position()))
            self._show_move()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._move is not None:
            inside = self.viewport().rect().contains(event.position().toPoint())
            if inside:
                self._drop()
            else:
                key = self._move.visit.key
                self._put_back()
                self.dropped_outside.emit(key, event.globalPosition().toPoint())
            return
        if pressed[1] is None:
            self._ask(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.data(VISIT_ROLE).key)

    def _ask(self, place: QPointF) -> None:
        point = self._to_day(place)
        column = self._day.column_at(point.x())
        if column is not None and 0 <= point.y() < self._day.height:
            self.asked.emit(column.key, self._day.minute(point.y(), _ASK_STEP))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, place: QPoint) -> str:
        index = self.indexAt(place)
        if index.isValid():
            return str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        point = self._to_day(QPointF(place))
        for visit, placed in zip(self._visits.visits, self._places, strict=True):
            if placed.before.contains(point) or placed.after.contains(point):
                return visit.buffer_words
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if (
            not self.currentIndex().isValid()
            and self._visits.visits
            and event.reason() == Qt.FocusReason.TabFocusReason
        ):
            self.choose(self._visits.visits[0].key)

    # --- painting

    def _moving_key(self) -> Hashable | None:
        return self._move.visit.key if self._move else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._move is None:
            return
        painter = QPainter(self.viewport())
        painter.translate(-self.horizontalOffset(), -self.verticalOffset())
        paint_drop(painter, self._move.rect(), self._move.visit, self._move.lines(), refused=bool(self._move.refusal))


def _anything_goes(_visit: GridVisit, _column: Hashable, _minute: int) -> str:
    return ""
