"""What a picture is made of, for any painter: paths with roles of colour, never colours. No Qt, no ReportLab.

Everything is in canvas units, y downwards, widths too: the describer has already turned pixels into units for the
scale it was asked for. A painter sets one transform and draws the shapes in order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Command = tuple[str | float, ...]
"""("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",); absolute."""

_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")
_NUMBERS: Final = {"M": 2, "L": 2, "C": 6, "Z": 0}
# Handle length that makes four cubic curves a circle to within 0.03 % of its radius.
_KAPPA: Final = 0.5522847498
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A window on the canvas, in canvas units."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Path:
    """A path; `commands` as described at Command."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path to be filled, then stroked. `fill` and `pen` are roles of colour; `width` and `dash` in canvas units.

    Only what lies inside all of `clips` is drawn. Pens have round caps and joins.
    """

    path: Path
    fill: str = ""
    pen: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    clips: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A word; (x, y) is its baseline at `anchor` (start, middle, end); `size` in canvas units; a halo goes under it."""

    x: float
    y: float
    words: str
    size: float
    role: str
    anchor: str = "middle"
    halo: str = ""
    halo_width: float = 0.0


Drawn = Shape | Text


def path_from(text: str) -> Path:
    """A path from its text of absolute M L C Z commands; L and C may be repeated without their letter."""
    tokens = _TOKEN.findall(text)
    commands: list[Command] = []
    letter, at = "", 0
    while at < len(tokens):
        if tokens[at] in _NUMBERS:
            letter, at = tokens[at], at + 1
        count = _NUMBERS[letter]
        commands.append((letter, *(float(number) for number in tokens[at : at + count])))
        at += count
        letter = "L" if letter == "M" else letter
    return Path(tuple(commands))


@lru_cache(maxsize=4096)
def circle(x: float, y: float, radius: float) -> Path:
    """A circle of four curves, clockwise from 12 o'clock."""
    return Path((*_arc_commands(x, y, radius, math.tau, 4), ("Z",)))


def ellipse(x: float, y: float, across: float, down: float) -> Path:
    """An ellipse of four curves with these half axes, clockwise from 12 o'clock."""
    commands: list[Command] = []
    for letter, *numbers in circle(0, 0, 1).commands:
        stretched = (y + down * float(n) if at % 2 else x + across * float(n) for at, n in enumerate(numbers))
        commands.append((letter, *stretched))
    return Path(tuple(commands))


def arc(x: float, y: float, radius: float, fraction: float) -> Path:
    """Part of a circle, clockwise from 12 o'clock; `fraction` 0 to 1."""
    return Path(_arc_commands(x, y, radius, fraction * math.tau, max(1, math.ceil(fraction * 4))))


def _arc_commands(x: float, y: float, radius: float, angle: float, pieces: int) -> tuple[Command, ...]:
    step = angle / pieces
    handle = radius * (_KAPPA if math.isclose(step, math.pi / 2) else 4 / 3 * math.tan(step / 4))
    commands: list[Command] = [("M", x, y - radius)]
    for piece in range(pieces):
        start, end = piece * step, (piece + 1) * step
        (x0, y0), (x3, y3) = _on_circle(x, y, radius, start), _on_circle(x, y, radius, end)
        commands.append((
            "C", x0 + handle * math.cos(start), y0 + handle * math.sin(start),
            x3 - handle * math.cos(end), y3 - handle * math.sin(end), x3, y3,
        ))  # fmt: skip
    return tuple(commands)


def _on_circle(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


def polyline(points: Iterable[Point]) -> Path:
    """Straight lines through points."""
    return Path(tuple(("L" if at else "M", x, y) for at, (x, y) in enumerate(points)))


def segments(pairs: Iterable[tuple[Point, Point]]) -> Path:
    """Separate straight lines in one path."""
    return Path(tuple(command for start, end in pairs for command in (("M", *start), ("L", *end))))


def flattened(path: Path, pieces: int = 8) -> tuple[tuple[Point, ...], ...]:
    """The path as polygons, each curve in `pieces` straight lines: for hit testing, not for drawing."""
    polygons: list[list[Point]] = []
    for letter, *numbers in path.commands:
        values = [float(number) for number in numbers]
        if letter == "M":
            polygons.append([(values[0], values[1])])
        elif letter == "L":
            polygons[-1].append((values[0], values[1]))
        elif letter == "C":
            polygons[-1].extend(_along(polygons[-1][-1], values, pieces))
    return tuple(tuple(polygon) for polygon in polygons)


def _along(start: Point, curve: list[float], pieces: int) -> Iterable[Point]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, curve
    for piece in range(1, pieces + 1):
        t = piece / pieces
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def bounds(path: Path) -> Rect:
    """The smallest window that holds the path (to within the flattening)."""
    points = [point for polygon in flattened(path) for point in polygon]
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    return Rect(left, top, max(x for x, _y in points) - left, max(y for _x, y in points) - top)


def is_inside(polygons: Iterable[tuple[Point, ...]], x: float, y: float) -> bool:
    """Whether the point lies inside (even-odd rule)."""
    inside = False
    for polygon in polygons:
        for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside
