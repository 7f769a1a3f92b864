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

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMargins,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_edges import GUTTER, HEAD, GridGutter, GridHeads
from pulse_desktop.gui.parts.grid_layout import GridLayout, Placed, nearest
from pulse_desktop.gui.parts.grid_model import VISIT_ROLE, GridModel, Index
from pulse_desktop.gui.parts.grid_move import GridMove
from pulse_desktop.gui.parts.grid_painting import (
    paint_buffer,
    paint_closed_words,
    paint_drop,
    paint_left_place,
    paint_opening,
    paint_visit,
)
from pulse_desktop.gui.parts.grid_values import GridColumn, GridVisit, Opening
from pulse_desktop.gui.parts.theme import theme

_HOUR: Final = 72
_NARROWEST: Final = 160
_ASK_STEP: Final = 15
_DRAG_FROM: Final = 5
_DOT: Final = 8

MoveCheck = Callable[[GridVisit, Hashable, int], str]


class TimeGrid(QListView):
    """See the module's docstring."""

    paints_own_focus = True
    chosen = Signal(object)
    opened = Signal(object)
    asked = Signal(object, int)
    moved = Signal(object, object, int)
    dropped_outside = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check_move: MoveCheck = _anything_goes
        self._day = GridLayout()
        self._places: list[Placed] = []
        self._openings: tuple[Opening, ...] = ()
        self._clashing: frozenset[Hashable] = frozenset()
        self._now: int | None = None
        self._move: GridMove | None = None
        self._pressed: tuple[QPointF, GridVisit | None] | None = None
        self._visits = GridModel(self)
        self._heads = GridHeads(self._day, self.horizontalOffset, self)
        self._gutter = GridGutter(self._day, self.verticalOffset, self)
        self._set_up()

    def _set_up(self) -> None:
        self.setModel(self._visits)
        self.setAccessibleName(_("Calendar"))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._tell_chosen)
        self._measure()

    # --- what is shown

    def show_day(self, columns: Sequence[GridColumn], visits: Sequence[GridVisit], *, first: int, last: int) -> None:
        """Show these columns and visits between the minutes `first` and `last`; the chosen visit stays chosen."""
        key = self.current
        self._day.set_columns(columns)
        self._day.first, self._day.last = first // 60 * 60, last
        shown = [visit for visit in visits if self._day.number(visit.column) >= 0]
        shown.sort(key=lambda visit: (self._day.number(visit.column), visit.start))
        self._visits.show_visits(shown)
        self._measure()
        if key is not None:
            self.choose(key, scroll=False)

    def show_openings(self, openings: Sequence[Opening], clashing: Collection[Hashable] = ()) -> None:
        """Draw offered places, and the visits with these keys as what is in the way."""
        self._openings, self._clashing = tuple(openings), frozenset(clashing)
        self.viewport().update()

    def set_now(self, minute: int | None) -> None:
        """Draw the now-line at `minute`; None hides it."""
        self._now = self._gutter.now = minute
        self._gutter.update()
        self.viewport().update()

    @property
    def current(self) -> Hashable | None:
        """The key of the chosen visit."""
        index = self.currentIndex()
        return index.data(VISIT_ROLE).key if index.isValid() else None

    def choose(self, key: Hashable | None, *, scroll: bool = True) -> None:
        """Choose a visit; None or an unknown key chooses none."""
        row = self._visits.row_of(key)
        if row < 0:
            self.selectionModel().clear()
            return
        index = self._visits.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            self.scrollTo(index)

    def show_minute(self, minute: int) -> None:
        """Scroll so that `minute` is near the top."""
        self.verticalScrollBar().setValue(round(self._day.y(minute) - self._day.hour / 2))

    def place_of(self, key: Hashable) -> QRect:
        """Where a visit is now in the viewport (tests and the tour click there)."""
        row = self._visits.row_of(key)
        return self.visualRect(self._visits.index(row)) if row >= 0 else QRect()

    def point_of(self, column: Hashable, minute: int) -> QPoint:
        """The point of an empty place in the viewport (tests and the tour click there)."""
        slot = self._day.slot(column, minute, 10)
        return self._to_view(QRectF(slot)).center().toPoint()

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

    # --- QListView's own questions, answered from the cached places

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._places):
            return QRect()
        return self._to_view(self._places[index.row()].block).toAlignedRect()

    def indexAt(self, place: QPoint) -> QModelIndex:
        point = self._to_day(QPointF(place))
        for row in range(len(self._places) - 1, -1, -1):
            if self._places[row].block.contains(point):
                return self._visits.index(row)
        return QModelIndex()

    def scrollTo(
        self, index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid() and index.row() < len(self._places):
            self._reveal(self._places[index.row()].block)

    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        rows = len(self._places)
        here = self.currentIndex().row() if self.currentIndex().isValid() else -1
        if not rows:
            return QModelIndex()
        if here < 0:
            return self._visits.index(0)
        moves = QAbstractItemView.CursorAction
        if action in {moves.MoveLeft, moves.MoveRight}:
            return self._visits.index(self._beside(here, 1 if action == moves.MoveRight else -1))
        steps = {moves.MoveUp: -1, moves.MoveDown: 1, moves.MovePrevious: -1, moves.MoveNext: 1}
        ends = {moves.MoveHome: 0, moves.MoveEnd: rows - 1}
        target = ends.get(action, here + steps.get(action, 0))
        return self._visits.index(min(max(target, 0), rows - 1))

    def _beside(self, here: int, step: int) -> int:
        """The visit nearest in time in the next column that has any."""
        number = self._day.number(self._visits.visits[here].column) + step
        while 0 <= number < len(self._day.columns):
            key = self._day.columns[number].key
            rows = [row for row, visit in enumerate(self._visits.visits) if visit.column == key]
            found = nearest([placed.block for placed in self._places], rows, self._places[here].block.topLeft())
            if found is not None:
                return found
            number += step
        return here

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(QItemSelection(index, index), flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index).adjusted(-4, -4, 4, 4))
        return region

    def updateGeometries(self) -> None:
        room = self.viewport().size()
        self.horizontalScrollBar().setRange(0, max(self._day.width - room.width(), 0))
        self.horizontalScrollBar().setPageStep(room.width())
        self.horizontalScrollBar().setSingleStep(round(self._day.column_width / 4))
        self.verticalScrollBar().setRange(0, max(self._day.height - room.height(), 0))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(round(self._day.hour / 4))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()
        self._heads.update()
        self._gutter.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_gutter"):
            self._measure()

    def _measure(self) -> None:
        look = theme()
        gutter, head = look.sized(GUTTER), look.tall(HEAD, 32)
        edges = QMargins(gutter, head, 0, 0)
        if self.viewportMargins() != edges:  # setting them anew would resize, and so measure, without end
            self.setViewportMargins(edges)
        room = self.viewport()
        self._day.hour = look.sized(_HOUR)
        share = room.width() / max(len(self._day.columns), 1)
        self._day.column_width = max(share, look.sized(_NARROWEST))
        self._places = self._day.place(self._visits.visits)
        self._heads.setGeometry(gutter, 0, room.width(), head)
        self._gutter.setGeometry(0, head, gutter, room.height())
        self.updateGeometries()
        self.scrollContentsBy(0, 0)

    def _reveal(self, place: QRectF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = self.viewport().size()
        margin = 8
        if place.left() - margin < across.value():
            across.setValue(round(place.left() - margin))
        elif place.right() + margin > across.value() + room.width():
            across.setValue(round(place.right() + margin - room.width()))
        if place.top() - margin < down.value():
            down.setValue(round(place.top() - margin))
        elif place.bottom() + margin > down.value() + room.height():
            down.setValue(round(place.bottom() + margin - room.height()))

    def _to_view(self, rect: QRectF) -> QRectF:
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def _to_day(self, place: QPointF) -> QPointF:
        return QPointF(place.x() + self.horizontalOffset(), place.y() + self.verticalOffset())

    def _tell_chosen(self, current: QModelIndex) -> None:
        self.viewport().update()
        self.chosen.emit(current.data(VISIT_ROLE).key if current.isValid() else None)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("paper"))
        painter.translate(-self.horizontalOffset(), -self.verticalOffset())
        seen = QRectF(event.rect()).translated(self.horizontalOffset(), self.verticalOffset())
        for number in range(len(self._day.columns)):
            column = self._day.column_rect(number)
            if column.intersects(seen):
                self._paint_column(painter, number, column)
        self._paint_now(painter)
        self._paint_visits(painter, seen)
        if self._move is not None:
            self._paint_move(painter, self._move)

    def _paint_column(self, painter: QPainter, number: int, column: QRectF) -> None:
        look = theme()
        painter.fillRect(column, look.color("calendar.open"))
        spans = [
            (self._closed_rect(column, span.start, span.end), span.words) for span in self._day.columns[number].closed
        ]
        for rect, _words in spans:
            painter.fillRect(rect, look.color("calendar.closed"))
        for minute in range(self._day.first, self._day.last, 30):
            role = "calendar.hour" if minute % 60 == 0 else "calendar.half"
            y = self._day.y(minute)
            drawing.line(painter, QPointF(column.left(), y), QPointF(column.right(), y), look.color(role))
        drawing.line(painter, column.topLeft(), column.bottomLeft(), look.color("line"))
        for rect, words in spans:
            paint_closed_words(painter, rect, words)

    def _closed_rect(self, column: QRectF, start: int, end: int) -> QRectF:
        top = self._day.y(max(start, self._day.first))
        bottom = self._day.y(min(end, self._day.last))
        return QRectF(column.left() + 1, top, column.width() - 1, max(bottom - top, 0))

    def _paint_now(self, painter: QPainter) -> None:
        if self._now is None or not self._day.first <= self._now <= self._day.last:
            return
        colour, y = theme().color("calendar.now"), self._day.y(self._now)
        painter.fillRect(QRectF(0, y, self._day.width, 2), colour)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number in range(len(self._day.columns)):
            left = self._day.column_rect(number).left()
            painter.drawEllipse(QPointF(left, y + 1), _DOT / 2, _DOT / 2)
        painter.restore()

    def _paint_visits(self, painter: QPainter, seen: QRectF) -> None:
        for placed in self._places:
            paint_buffer(painter, placed.before)
            paint_buffer(painter, placed.after)
        for opening in self._openings:
            paint_buffer(painter, self._day.slot(opening.column, opening.start - opening.before, opening.before))
            paint_buffer(painter, self._day.slot(opening.column, opening.start + opening.minutes, opening.after))
            paint_opening(painter, self._day.slot(opening.column, opening.start, opening.minutes), opening)
        moving = self._move.visit.key if self._move else None
        current = self.current
        last: tuple[QRectF, GridVisit, bool] | None = None
        for visit, placed in zip(self._visits.visits, self._places, strict=True):
            if not placed.block.adjusted(-4, -4, 4, 4).intersects(seen):
                continue
            if visit.key == moving:
                paint_left_place(painter, placed.block, theme().color(f"{visit.role}.solid"))
            elif visit.key == current:
                last = (placed.block, visit, placed.is_half)
            else:
                clashes = visit.key in self._clashing
                paint_visit(painter, placed.block, visit, is_half=placed.is_half, clashes=clashes)
        if last is not None:
            rect, visit, is_half = last
            clashes = visit.key in self._clashing
            paint_visit(painter, rect, visit, is_half=is_half, selected=True, clashes=clashes)

    def _paint_move(self, painter: QPainter, move: GridMove) -> None:
        paint_drop(painter, move.rect(), move.visit, move.lines(), refused=bool(move.refusal))


def _anything_goes(_visit: GridVisit, _column: Hashable, _minute: int) -> str:
    return ""
