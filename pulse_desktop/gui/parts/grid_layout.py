"""Where things lie in the time grid: pure geometry, in px from the upper left corner of the whole day."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from pulse_desktop.gui.parts.grid_values import GridColumn, GridVisit

_LEFT: Final = 4
_SIDES: Final = 10
_LANE_GAP: Final = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit's place: its block, and its buffers before and after (empty when it has none)."""

    block: QRectF
    before: QRectF
    after: QRectF
    is_half: bool


@dataclass(slots=True)
class GridLayout:
    """Turns minutes and columns into px and back. `first` and `last` are minutes of the day, `hour` px an hour."""

    columns: tuple[GridColumn, ...] = ()
    first: int = 9 * 60
    last: int = 19 * 60
    hour: float = 72.0
    column_width: float = 160.0
    _numbers: dict[Hashable, int] = field(default_factory=dict)

    def set_columns(self, columns: Sequence[GridColumn]) -> None:
        self.columns = tuple(columns)
        self._numbers = {column.key: number for number, column in enumerate(columns)}

    @property
    def width(self) -> int:
        return round(self.column_width * len(self.columns))

    @property
    def height(self) -> int:
        return round((self.last - self.first) * self.hour / 60)

    def y(self, minute: float) -> float:
        """Top of a minute of the day."""
        return round((minute - self.first) * self.hour / 60)

    def minute(self, y: float, step: int = 5) -> int:
        """The minute of the day at `y`, down to a multiple of `step`, inside the day."""
        minute = self.first + int(max(y, 0.0) * 60 / self.hour) // step * step
        return min(max(minute, self.first), self.last - step)

    def number(self, key: Hashable) -> int:
        """The number of a column; -1 when it is not shown."""
        return self._numbers.get(key, -1)

    def column_at(self, x: float) -> GridColumn | None:
        """The column at `x`."""
        number = int(x // self.column_width) if self.column_width else 0
        return self.columns[number] if 0 <= number < len(self.columns) else None

    def column_rect(self, number: int) -> QRectF:
        left = round(number * self.column_width)
        return QRectF(left, 0, round((number + 1) * self.column_width) - left, self.height)

    def slot(self, column: Hashable, start: int, minutes: int) -> QRectF:
        """The place of `minutes` from `start` over the whole width of a column; empty when the column is not shown."""
        number = self.number(column)
        if number < 0:
            return QRectF()
        whole = self.column_rect(number)
        top = self.y(start) + 1
        height = self.y(start + minutes) - self.y(start) - 2
        return QRectF(whole.left() + _LEFT, top, whole.width() - _SIDES, height)

    def place(self, visits: Sequence[GridVisit]) -> list[Placed]:
        """The place of each visit, in the order of `visits`. Visits at the same time share their column in lanes."""
        places: list[Placed | None] = [None] * len(visits)
        for column in self.columns:
            own = [number for number, visit in enumerate(visits) if visit.column == column.key]
            for number, lane, share, lanes in _lanes(own, visits):
                places[number] = self._placed(visits[number], lane, share, lanes)
        nowhere = Placed(QRectF(), QRectF(), QRectF(), is_half=False)
        return [place or nowhere for place in places]

    def _placed(self, visit: GridVisit, lane: int, share: int, lanes: int) -> Placed:
        slot = self.slot(visit.column, visit.start, visit.minutes)
        width = (slot.width() - (lanes - 1) * _LANE_GAP) / lanes
        left = slot.left() + lane * (width + _LANE_GAP)
        whole = share * width + (share - 1) * _LANE_GAP
        block = QRectF(round(left), slot.top(), round(whole), slot.height())
        before = self._buffer(block, visit.start - visit.before, visit.before)
        after = self._buffer(block, visit.end, visit.after)
        return Placed(block, before, after, is_half=share < lanes)

    def _buffer(self, block: QRectF, start: int, minutes: int) -> QRectF:
        if not minutes:
            return QRectF()
        top = self.y(start)
        return QRectF(block.left(), top + 1, block.width(), self.y(start + minutes) - top - 2)


def _lanes(own: Sequence[int], visits: Sequence[GridVisit]) -> list[tuple[int, int, int, int]]:
    """Number, lane, how many lanes it takes and how many there are, for each visit of one column.

    Overlapping visits form a group that shares the width; each takes the free lanes at its right as well.
    """
    ordered = sorted(own, key=lambda number: (_from(visits[number]), number))
    found: list[tuple[int, int, int, int]] = []
    group: list[tuple[int, int]] = []
    ends: list[int] = []
    for number in ordered:
        visit = visits[number]
        if ends and _from(visit) >= max(ends):
            found += _shared(group, len(ends), visits)
            group, ends = [], []
        lane = next((lane for lane, end in enumerate(ends) if end <= _from(visit)), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = _to(visit)
        group.append((number, lane))
    return found + _shared(group, len(ends), visits)


def _shared(group: Sequence[tuple[int, int]], lanes: int, visits: Sequence[GridVisit]) -> list[tuple[int, int, int, int]]:
    shared = []
    for one, lane in group:
        beside = [other_lane for other, other_lane in group if other_lane > lane and _meet(visits[one], visits[other])]
        shared.append((one, lane, min(beside, default=lanes) - lane, lanes))
    return shared


def _meet(one: GridVisit, other: GridVisit) -> bool:
    return _from(one) < _to(other) and _from(other) < _to(one)


def _from(visit: GridVisit) -> int:
    return visit.start - visit.before


def _to(visit: GridVisit) -> int:
    return visit.end + visit.after


def nearest(places: Sequence[QRectF], candidates: Sequence[int], target: QPointF) -> int | None:
    """Of `candidates` the number whose place begins nearest to `target` in height."""
    return min(candidates, key=lambda number: abs(places[number].top() - target.y()), default=None)
