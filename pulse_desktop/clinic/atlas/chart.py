"""What every line over time is made of: a field with its axis, ground beyond a line that matters, a line with its points.

Measures are px (1/96 inch); a painter draws them as any described picture. `small_line` is the line beside a note and in
a patient's file; the large picture of a course (`progress_picture`) is made of the same parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Point, Shape, Text, circle, polyline

Width = Callable[[str, float], float]
"""How wide words are at a size; painters know it exactly."""

BASELINE: Final = 0.36
LINE: Final = 16 / 11
"""Height of a line of letters."""
POINT, POINT_PEN, LINE_PEN = 3.0, 2.0, 2.0
DASH: Final = (4.0, 3.0)
_USUAL: Final = 0.6
_SMALL_TOP, _SMALL_RIGHT, _SMALL_GAP, _BELOW = 8.5, 8.0, 8.0, 5.0
_ROOM_FOR_A_MIDDLE: Final = 20
"""Widths of letters a field needs to name a point between its ends."""


def usual_width(words: str, size: float) -> float:
    """Rather too wide than too narrow, for whoever has no font at hand."""
    return _USUAL * size * len(words)


@dataclass(frozen=True, slots=True)
class Field:
    """Where values stand: its edges in px and the values at its lower and upper edge."""

    left: float
    top: float
    right: float
    bottom: float
    lowest: float
    highest: float

    def y(self, value: float) -> float:
        """Height of a value; what lies beyond an edge stands on it."""
        span = self.highest - self.lowest
        share = min(max((value - self.lowest) / span, 0.0), 1.0) if span else 0.0
        return self.bottom - share * (self.bottom - self.top)

    def x(self, share: float) -> float:
        """Place from the left edge (0) to the right one (1)."""
        return self.left + share * (self.right - self.left)


def box(left: float, top: float, right: float, bottom: float) -> Path:
    """A rectangle."""
    return Path((("M", left, top), ("L", right, top), ("L", right, bottom), ("L", left, bottom), ("Z",)))


def crisp(y: float) -> float:
    """A height at which a line of one px is sharp."""
    return round(y - 0.5) + 0.5


def axis(field: Field, values: Iterable[float], letters: float, written: Callable[[float], str]) -> Iterator[Drawn]:
    """Level lines with their values at the left."""
    for value in values:
        y = crisp(field.y(value))
        yield Shape(polyline(((field.left, y), (field.right, y))), pen="line", width=1.0)
        yield Text(field.left - letters * 0.55, y + letters * BASELINE, written(value), letters, "ink-faint", "end")


def ground(field: Field, line: float, start: float, *, is_below: bool) -> Iterator[Shape]:
    """The ground of values that matter, tinted, with its edge dashed; from `start` (px) on."""
    y = field.y(line)
    edge = field.bottom if is_below else field.top
    yield Shape(box(start, min(y, edge), field.right, max(y, edge)), fill="jade-tint")


def edge(field: Field, line: float, start: float) -> Shape:
    """The dashed edge of that ground: seen without colour too."""
    y = field.y(line)
    return Shape(polyline(((start, y), (field.right, y))), pen="jade", width=1.0, dash=DASH)


def joined(places: Sequence[Point], unit: float = 1.0) -> Iterator[Shape]:
    """The line through all places; `unit` makes it stronger on a larger picture."""
    if len(places) > 1:
        yield Shape(polyline(places), pen="jade", width=LINE_PEN * unit)


def hollow(place: Point, unit: float = 1.0) -> Shape:
    """A point of the line."""
    return Shape(circle(*place, POINT * unit), fill="raised", pen="jade", width=POINT_PEN * unit)


def small_line(
    points: Sequence[tuple[str, float]], width: float, height: float, *, top: float, matters: float | None, letters: float, width_of: Width,
) -> tuple[Drawn, ...]:  # fmt: skip
    """Values side by side at even distances on three level lines; the ends are named, and one between if there is room."""
    field = small_field(width, height, top=top, letters=letters, width_of=width_of)
    places = small_places(points, field)
    drawn: list[Drawn] = []
    if matters is not None:
        drawn += ground(field, matters, field.left, is_below=True)
    drawn += axis(field, (0.0, top / 2, top), letters, "{:g}".format)
    drawn += [_name(points[at][0], places[at][0], at, len(points), height, letters) for at in _named(len(points), field, letters)]
    if matters is not None:
        drawn.append(edge(field, matters, field.left))
    return (*drawn, *joined(places), *map(hollow, places))


def small_field(width: float, height: float, *, top: float, letters: float, width_of: Width) -> Field:
    """The field of a small line, for whoever asks what lies under the mouse."""
    left = width_of(f"{top:g}", letters) + _SMALL_GAP
    return Field(left, _SMALL_TOP, width - _SMALL_RIGHT, height - letters * LINE - _BELOW, 0.0, top)


def small_places(points: Sequence[tuple[str, float]], field: Field) -> list[Point]:
    """Where the points of a small line stand."""
    steps = max(len(points) - 1, 1)
    return [(field.x(at / steps), field.y(value)) for at, (_words, value) in enumerate(points)]


def _name(words: str, x: float, at: int, count: int, height: float, letters: float) -> Text:
    anchor = "start" if at == 0 else "end" if at == count - 1 else "middle"
    return Text(x, height - letters * LINE * 0.5 + letters * BASELINE, words, letters, "ink-faint", anchor)


def _named(count: int, field: Field, letters: float) -> tuple[int, ...]:
    if count < 3:
        return tuple(range(count))
    middle = (count * 2) // 3 - 1
    has_room = field.right - field.left > letters * _ROOM_FOR_A_MIDDLE and 1 < middle < count - 2
    return (0, middle, count - 1) if has_room else (0, count - 1)
