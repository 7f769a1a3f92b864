"""The time grid to look at: a QListView that places and paints its items itself from cached rectangles.

`TimeGrid` adds keys, mouse and moving.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
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
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.grid_canvas import paint_column, paint_now
from pulse_desktop.gui.parts.grid_edges import GUTTER, HEAD, GridGutter, GridHeads
from pulse_desktop.gui.parts.grid_layout import GridLayout, Placed, nearest
from pulse_desktop.gui.parts.grid_model import VISIT_ROLE, GridModel, Index
from pulse_desktop.gui.parts.grid_painting import paint_buffers, paint_left_place, paint_opening, paint_visit
from pulse_desktop.gui.parts.grid_values import GridColumn, GridVisit, Opening
from pulse_desktop.gui.parts.theme import theme

_HOUR: Final = 72
_NARROWEST: Final = 160


class GridView(QListView):
    """Columns, visits, offered places and the now-line; one visit is chosen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = GridLayout()
        self._places: list[Placed] = []
        self._taken: Mapping[Hashable, Sequence[QRectF]] = {}
        self._openings: tuple[Opening, ...] = ()
        self._clashing: frozenset[Hashable] = frozenset()
        self._now: int | None = None
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
        shown = tuple(openings), frozenset(clashing)
        if shown != (self._openings, self._clashing):
            self._openings, self._clashing = shown
            self.viewport().update()

    def set_now(self, minute: int | None) -> None:
        """Draw the now-line at `minute`; None hides it."""
        if minute != self._now:
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

    def doItemsLayout(self) -> None:
        """Qt's own lists would ask each item's size here, and paint everything once more."""

    def updateGeometries(self) -> None:
        room = self.viewport().size()
        self.horizontalScrollBar().setRange(0, max(self._day.width - room.width(), 0))
        self.horizontalScrollBar().setPageStep(room.width())
        self.horizontalScrollBar().setSingleStep(round(self._day.column_width / 4))
        self.verticalScrollBar().setRange(0, max(self._day.height - room.height(), 0))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(round(self._day.hour / 4))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is seen moves; only what comes into sight is painted."""
        self.viewport().scroll(dx, dy)
        if dx:
            self._heads.update()
        if dy:
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
        self._taken = _taken(self._visits.visits, self._places)
        self._heads.setGeometry(gutter, 0, room.width(), head)
        self._gutter.setGeometry(0, head, gutter, room.height())
        self.updateGeometries()
        self.viewport().update()
        self._heads.update()
        self._gutter.update()

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

    def _moving_key(self) -> Hashable | None:
        """The visit that is on its way and leaves its place open."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("paper"))
        painter.translate(-self.horizontalOffset(), -self.verticalOffset())
        seen = QRectF(event.rect()).translated(self.horizontalOffset(), self.verticalOffset())
        for number, column in enumerate(self._day.columns):
            if self._day.column_rect(number).intersects(seen):
                paint_column(painter, self._day, number, self._taken.get(column.key, ()))
        paint_now(painter, self._day, self._now)
        self._paint_between(painter, seen)
        self._paint_visits(painter, seen)

    def _paint_between(self, painter: QPainter, seen: QRectF) -> None:
        """Buffers and offered places."""
        buffers = [place for placed in self._places for place in (placed.before, placed.after)]
        for opening in self._openings:
            buffers.append(self._day.slot(opening.column, opening.start - opening.before, opening.before))
            buffers.append(self._day.slot(opening.column, opening.start + opening.minutes, opening.after))
        paint_buffers(painter, (place for place in buffers if not place.isEmpty() and place.intersects(seen)))
        for opening in self._openings:
            paint_opening(painter, self._day.slot(opening.column, opening.start, opening.minutes), opening)

    def _paint_visits(self, painter: QPainter, seen: QRectF) -> None:
        """The blocks; the chosen one last, so that its ring lies over its neighbours."""
        current, moving = self.current, self._moving_key()
        last: tuple[GridVisit, Placed] | None = None
        for visit, placed in zip(self._visits.visits, self._places, strict=True):
            if not placed.block.adjusted(-4, -4, 4, 4).intersects(seen):
                continue
            if visit.key == moving and moving is not None:
                paint_left_place(painter, placed.block, theme().color(f"{visit.role}.solid"))
            elif visit.key == current and current is not None:
                last = (visit, placed)
            else:
                self._paint_visit(painter, visit, placed, selected=False)
        if last is not None:
            self._paint_visit(painter, *last, selected=True)

    def _paint_visit(self, painter: QPainter, visit: GridVisit, placed: Placed, *, selected: bool) -> None:
        clashes = visit.key in self._clashing
        paint_visit(painter, placed.block, visit, is_half=placed.is_half, selected=selected, clashes=clashes)


def _taken(visits: Iterable[GridVisit], places: Iterable[Placed]) -> Mapping[Hashable, Sequence[QRectF]]:
    """Where visits and their buffers lie in each column, from the top down."""
    found: dict[Hashable, list[QRectF]] = defaultdict(list)
    for visit, placed in zip(visits, places, strict=True):
        found[visit.column] += [part for part in (placed.before, placed.block, placed.after) if not part.isEmpty()]
    return {key: sorted(taken, key=QRectF.top) for key, taken in found.items()}
