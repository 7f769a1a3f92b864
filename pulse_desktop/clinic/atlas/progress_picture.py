"""The picture of a course, one description for the screen and for paper: scores by day, the change that matters drawn
from the first of them, and below it what was done in each visit, a row for each kind.

It says the same without colour: the edge of what matters is dashed, kinds have rows of their own with marks of their
own shape, the newest score is a filled point with a ring, and every line is named in words where it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas import chart
from pulse_desktop.clinic.atlas.chart import BASELINE, LINE, Field, Width, usual_width
from pulse_desktop.clinic.atlas.course import KINDS, CoursePoint, ProgressPicture, day_words
from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Point, Shape, Text, circle, polyline, segments
from pulse_desktop.clinic.atlas.measures import HIGHER, written

LETTERS: Final = 11.0
_STEPS: Final = (10, 20, 30, 40, 50, 60, 100, 200, 250, 500)
"""Distances (tenths) between level lines."""
_MOST_LINES: Final = 6
_CLOSE: Final = 9.0
"""Nearer than this (px) points are drawn as one line, and visits as ticks."""
_EDGE: Final = 8.0
_GAP: Final = 10.0
_LAST, _RING, _RING_PEN = 4.0, 7.5, 1.5
_MARK: Final = 3.6
_NARROW: Final = 34
"""Widths of letters below which nothing is written at the right."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of words at the right edge that belong to one height."""

    y: float
    lines: tuple[str, ...]
    role: str


class _Layout:
    """Where things stand: field in the middle, words left, right and below, rows of visits under it."""

    def __init__(self, picture: ProgressPicture, width: float, height: float, letters: float, width_of: Width) -> None:
        self.picture, self.letters, self.width, self.height, self.width_of = picture, letters, width, height, width_of
        self.line, self.unit = letters * LINE, letters / LETTERS
        done = {kind for visit in picture.visits for kind in visit.kinds}
        self.kinds = tuple(kind for kind in KINDS if kind in done)
        names = [_(KINDS[kind]) for kind in self.kinds] + [written(value) for value in levels(picture)]
        left = max(width_of(words, letters) for words in names) + _GAP * self.unit
        right = self._right(width_of) if width >= letters * _NARROW else 0.0
        rows = len(self.kinds) * self.line + (_GAP * 0.6 if self.kinds else 0.0)
        bottom = height - rows - self.line - chart.LINE_PEN
        measure = picture.measure
        self.has_right = right > 0
        self.field = Field(left, self.line + 2, width - max(right, _EDGE), bottom, measure.lowest, measure.highest)
        days = [*(point.day for point in picture.points), *(visit.day for visit in picture.visits)] or [picture.today]
        self.first_day, self.last_day = min(days), max(days)

    def _right(self, width_of: Width) -> float:
        words = [line for block in self._blocks(0, 0) for line in block.lines]
        return max((width_of(line, self.letters) for line in words), default=0.0) + _GAP * self.unit + 2

    def x(self, day: date) -> float:
        """The place of a day."""
        span = (self.last_day - self.first_day).days
        edge = _EDGE * self.unit
        share = (day - self.first_day).days / span if span else 0.5
        return self.field.left + edge + share * (self.field.right - self.field.left - 2 * edge)

    def place(self, point: CoursePoint) -> Point:
        """Where a score stands."""
        return self.x(point.day), self.field.y(point.value)

    def blocks(self) -> list[_Block]:
        """What is written at the right, moved apart so that nothing covers anything."""
        threshold = self.picture.threshold
        line = self.field.y(threshold.line) if threshold else 0.0
        last = self.field.y(self.picture.last.value) if self.picture.points else 0.0
        return self._apart(self._blocks(last, line))

    def _blocks(self, last: float, line: float) -> list[_Block]:
        picture, found = self.picture, []
        if picture.points:
            words = f"{day_words(picture, picture.last.day)}: {written(picture.last.value)}"
            found.append(_Block(last, (words,), "ink"))
        if picture.threshold is not None:
            found.append(_Block(line, (_("change that matters:"), picture.threshold.words), "jade"))
        return found

    def _apart(self, blocks: list[_Block]) -> list[_Block]:
        if len(blocks) < 2:
            return blocks
        upper, lower = sorted(blocks, key=lambda block: block.y)
        needed = (len(upper.lines) + len(lower.lines)) * self.line / 2
        short = max(0.0, needed - (lower.y - upper.y)) / 2
        moved = [_moved(upper, upper.y - short), _moved(lower, lower.y + short)]
        above = self.field.top - self.line / 2 - (moved[0].y - len(upper.lines) * self.line / 2)
        below = moved[1].y + len(lower.lines) * self.line / 2 - (self.field.bottom + self.line / 2)
        shift = above if above > 0 else -below if below > 0 else 0.0
        return [_moved(block, block.y + shift) for block in moved]


def _moved(block: _Block, y: float) -> _Block:
    return _Block(y, block.lines, block.role)


def progress_picture(
    picture: ProgressPicture, width: float, height: float, *, letters: float = LETTERS, width_of: Width = usual_width
) -> tuple[Drawn, ...]:
    """What a painter draws in a window of `width` x `height` px, back to front. `width_of` is the painter's own measure."""
    layout = _Layout(picture, width, height, letters, width_of)
    return (
        *_ground(layout), *chart.axis(layout.field, levels(picture), letters, lambda tenths: written(round(tenths))),
        *_edge(layout), *_line(layout), *_days(layout), *_right(layout), *_visits(layout),
    )  # fmt: skip


def levels(picture: ProgressPicture) -> range:
    """The values (tenths) of the level lines: round numbers from end to end, seven at most."""
    measure = picture.measure
    span = measure.highest - measure.lowest
    step = next((step for step in _STEPS if span % step == 0 and span // step <= _MOST_LINES), span)
    return range(measure.lowest, measure.highest + 1, step)


def _ground(layout: _Layout) -> Iterator[Shape]:
    threshold = layout.picture.threshold
    if threshold is not None:
        is_below = layout.picture.measure.better != HIGHER
        yield from chart.ground(layout.field, threshold.line, _start(layout), is_below=is_below)


def _start(layout: _Layout) -> float:
    """What matters is counted from the first score on; a height of its own holds everywhere."""
    return layout.field.left if layout.picture.measure.is_level else layout.x(layout.picture.first.day)


def _edge(layout: _Layout) -> Iterator[Shape]:
    threshold = layout.picture.threshold
    if threshold is not None:
        yield chart.edge(layout.field, threshold.line, _start(layout))


def _line(layout: _Layout) -> Iterator[Drawn]:
    picture = layout.picture
    if not picture.points:
        return
    places = [layout.place(point) for point in picture.points]
    is_close = _are_close([x for x, _y in places])
    if not is_close:
        yield from _after(layout)
    unit = layout.unit
    yield from chart.joined(places, unit)
    if not is_close:
        yield from (chart.hollow(place, unit) for place in places[:-1])
    yield chart.hollow(places[picture.baseline], unit)
    yield Shape(circle(*places[-1], _LAST * unit), fill="jade")
    yield Shape(circle(*places[-1], _RING * unit), pen="jade", width=_RING_PEN * unit)
    if picture.baseline < len(places) - 1:
        x, y = places[picture.baseline]
        words, up = written(picture.first.value), (chart.POINT + chart.POINT_PEN) * unit + 2
        yield Text(x, y - up, words, layout.letters, "ink", "middle", "raised", 3.0)


def _after(layout: _Layout) -> Iterator[Shape]:
    """From the score before a visit a dotted stem to the one after it, which is a bar."""
    for point in layout.picture.points:
        if point.after is None:
            continue
        x, y = layout.place(point)
        below = layout.field.y(point.after)
        yield Shape(polyline(((x, y), (x, below))), pen="ink-faint", width=1.0, dash=(1.5, 2.0))
        half = _MARK * layout.unit
        yield Shape(polyline(((x - half, below), (x + half, below))), pen="ink-soft", width=1.5 * layout.unit)


def _are_close(across: Sequence[float]) -> bool:
    """Whether points would run into each other: as many as fit side by side are drawn one by one."""
    return len(across) > 2 and (across[-1] - across[0]) / (len(across) - 1) < _CLOSE


def _right(layout: _Layout) -> Iterator[Text]:
    if not layout.has_right:
        return
    left = layout.field.right + _GAP * layout.unit
    for block in layout.blocks():
        top = block.y - len(block.lines) * layout.line / 2
        for number, words in enumerate(block.lines):
            y = top + (number + 0.5) * layout.line + layout.letters * BASELINE
            yield Text(left, y, words, layout.letters, block.role, "start")


def _days(layout: _Layout) -> Iterator[Text]:
    """The first and the last day, and between them as many firsts of months as have room."""
    picture, field = layout.picture, layout.field
    y = field.bottom + layout.line * 0.5 + chart.LINE_PEN + layout.letters * BASELINE
    first, last = layout.first_day, layout.last_day
    taken: list[tuple[float, float]] = []
    for day in (last, first, *_months(first, last)):
        said = day_words(picture, day)
        wide, x = layout.width_of(said, layout.letters), layout.x(day)
        left = min(max(x - wide / 2, field.left), field.right + _GAP / 2 - wide)
        if all(left > end + _GAP or left + wide < start - _GAP for start, end in taken):
            taken.append((left, left + wide))
            yield Text(left, y, said, layout.letters, "ink-faint", "start")


def _months(first: date, last: date) -> Iterator[date]:
    """Firsts of months between two days, in long courses those of quarters or years."""
    count = (last.year - first.year) * 12 + last.month - first.month
    every = 1 if count <= 8 else 3 if count <= 24 else 12
    for at in range(1, count + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + at, 12)
        if month % every == 0:
            yield date(year, month + 1, 1)


# ---- what was done


def _visits(layout: _Layout) -> Iterator[Drawn]:
    field = layout.field
    top = field.bottom + layout.line + chart.LINE_PEN + _GAP * 0.6
    for row, kind in enumerate(layout.kinds):
        y = top + (row + 0.5) * layout.line
        yield Text(field.left - _GAP * 0.6 * layout.unit, y + layout.letters * BASELINE, _(KINDS[kind]), layout.letters, "ink-soft", "end")
        across = sorted({layout.x(visit.day) for visit in layout.picture.visits if kind in visit.kinds})
        half = _MARK * layout.unit
        if any(after - before < 2 * half for before, after in pairwise(across)) and _are_close(across):
            ticks = (((x, y - half), (x, y + half)) for x in across)
            yield Shape(segments(ticks), pen=_ROLES[kind], width=1.0)
        else:
            for x in across:
                yield from _mark(kind, x, y, half)


_ROLES: Final = {
    "cups": "figure.cup", "needles": "figure.needle", "moxa": "amber", "gua_sha": "cinnabar", "tuina": "ink-soft", "estim": "ink",
}  # fmt: skip


def _mark(kind: str, x: float, y: float, half: float) -> Iterator[Shape]:
    """Each kind has a shape of its own: a disc, a needle with its head, a flame, strokes, a pressed square, a wave."""
    role, pen = _ROLES[kind], half / _MARK
    if kind == "cups":
        yield Shape(circle(x, y, half), fill=role)
    elif kind == "needles":
        yield Shape(polyline(((x - half, y + half), (x + half, y - half))), pen=role, width=1.5 * pen)
        yield Shape(circle(x - half, y + half, 1.8 * pen), fill=role)
    elif kind == "moxa":
        yield Shape(_closed(((x, y - half), (x + half, y + half), (x - half, y + half))), fill=role)
    elif kind == "gua_sha":
        yield Shape(segments(((x + off - 1, y + half), (x + off + 1, y - half)) for off in (-half, 0, half)), pen=role, width=1.3 * pen)
    elif kind == "tuina":
        yield Shape(chart.box(x - half, y - half, x + half, y + half), fill=role)
    else:
        wave = ((x - half, y), (x - half / 2, y - half), (x, y + half), (x + half / 2, y - half), (x + half, y))
        yield Shape(polyline(wave), pen=role, width=1.3 * pen)


def _closed(points: Sequence[Point]) -> Path:
    return Path((*polyline(points).commands, ("Z",)))
