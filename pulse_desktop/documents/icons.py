"""The program's own icons on paper: reads the shipped SVG files (strokes of paths, circles, boxes) into drawing commands."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from reportlab.pdfgen.canvas import Canvas

from pulse_desktop.basics.resources import resource_path

Command = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ()); absolute."""

_ELEMENT = re.compile(r"<(path|circle|rect)\b([^>]*)/>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TOKEN = re.compile(r"[MmLlHhVvCcSsAaZz]|-?(?:\d+\.?\d*|\.\d+)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
_QUARTER = 0.5522847498
"""Handle length that makes four Bézier curves a circle."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One shape of an icon; filled ones have no stroke."""

    commands: tuple[Command, ...]
    is_filled: bool


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon: the side of its square, its pen, its shapes."""

    side: float
    pen: float
    strokes: tuple[Stroke, ...]


@cache
def icon(name: str) -> Icon:
    """The shipped icon of that name."""
    text = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
    head = dict(_ATTRIBUTE.findall(text[: text.index(">")]))
    strokes = tuple(_stroke(kind, dict(_ATTRIBUTE.findall(attributes))) for kind, attributes in _ELEMENT.findall(text))
    return Icon(float(head["width"]), float(head["stroke-width"]), strokes)


def draw_icon(canvas: Canvas, name: str, left: float, bottom: float, side: float) -> None:
    """Draw an icon into a square of `side` points in the canvas's present colours."""
    drawn = icon(name)
    scale = side / drawn.side
    canvas.saveState()
    canvas.transform(scale, 0, 0, -scale, left, bottom + side)
    canvas.setLineWidth(drawn.pen)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in drawn.strokes:
        path = canvas.beginPath()
        steps: dict[str, Callable[..., object]] = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
        for letter, numbers in stroke.commands:
            steps[letter](*numbers)
        canvas.drawPath(path, stroke=int(not stroke.is_filled), fill=int(stroke.is_filled))
    canvas.restoreState()


def _stroke(kind: str, attributes: dict[str, str]) -> Stroke:
    filled = attributes.get("fill", "none") != "none"
    if kind == "circle":
        x, y, radius = (float(attributes[name]) for name in ("cx", "cy", "r"))
        return Stroke(tuple(_circle(x, y, radius)), filled)
    if kind == "rect":
        box = tuple(float(attributes.get(name, 0)) for name in ("x", "y", "width", "height", "rx"))
        return Stroke(tuple(_absolute(_rounded(*box))), filled)
    return Stroke(tuple(_absolute(attributes["d"])), filled)


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A box with round corners as a path."""
    r, across, down = radius, width - 2 * radius, height - 2 * radius
    corners = [f"a{r} {r} 0 0 1 {dx} {dy}" if r else "" for dx, dy in ((r, r), (-r, r), (-r, -r), (r, -r))]
    return f"M{x + r} {y}h{across}{corners[0]}v{down}{corners[1]}h{-across}{corners[2]}v{-down}{corners[3]}z"


def _circle(x: float, y: float, r: float) -> Iterator[Command]:
    k = r * _QUARTER
    yield "M", (x + r, y)
    yield "C", (x + r, y + k, x + k, y + r, x, y + r)
    yield "C", (x - k, y + r, x - r, y + k, x - r, y)
    yield "C", (x - r, y - k, x - k, y - r, x, y - r)
    yield "C", (x + k, y - r, x + r, y - k, x + r, y)
    yield "Z", ()


def _absolute(text: str) -> Iterator[Command]:
    """A path's commands, absolute and of four kinds."""
    x = y = start_x = start_y = 0.0
    handle = (0.0, 0.0)
    for letter, given in _steps(text):
        kind = letter.upper()
        numbers = _moved(kind, given, x, y) if letter.islower() else given
        if kind == "Z":
            x, y = start_x, start_y
            yield "Z", ()
        elif kind == "A":
            yield from _arc(x, y, numbers)
            x, y = numbers[-2:]
        else:
            kind, numbers = _plain(kind, numbers, x, y, handle)
            yield kind, numbers
            handle = (2 * numbers[-2] - numbers[-4], 2 * numbers[-1] - numbers[-3]) if kind == "C" else (numbers[-2], numbers[-1])
            x, y = numbers[-2:]
            if kind == "M":
                start_x, start_y = x, y
        if kind in "ZA":
            handle = (x, y)


def _steps(text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each command with its own numbers; a letter is repeated where the path leaves it out."""
    letter, tokens = "", _TOKEN.findall(text)
    at = 0
    while at < len(tokens):
        if tokens[at].isalpha():
            letter, at = tokens[at], at + 1
        count = _ARGUMENTS[letter.upper()]
        yield letter, tuple(float(token) for token in tokens[at : at + count])
        at += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _moved(kind: str, numbers: tuple[float, ...], x: float, y: float) -> tuple[float, ...]:
    """Relative numbers made absolute."""
    if kind == "A":
        return (*numbers[:5], numbers[5] + x, numbers[6] + y)
    shift = {"H": (x,), "V": (y,)}.get(kind, (x, y))
    return tuple(number + shift[at % len(shift)] for at, number in enumerate(numbers))


def _plain(kind: str, numbers: tuple[float, ...], x: float, y: float, handle: tuple[float, float]) -> Command:
    """H, V and S as the L and C they are short for."""
    if kind == "H":
        return "L", (numbers[0], y)
    if kind == "V":
        return "L", (x, numbers[0])
    if kind == "S":
        return "C", (*handle, *numbers)
    return kind, numbers


def _arc(x: float, y: float, numbers: tuple[float, ...]) -> Iterator[Command]:
    """A circular arc in curves of at most a quarter turn (our icons hold circular arcs only)."""
    radius, _same, _turn, large, sweep, to_x, to_y = numbers
    half = math.hypot(to_x - x, to_y - y) / 2
    radius = max(radius, half)
    rise = math.sqrt(max(0.0, radius**2 - half**2)) * (1 if (large != 0) != (sweep != 0) else -1)
    center_x = (x + to_x) / 2 - rise * (to_y - y) / (2 * half)
    center_y = (y + to_y) / 2 + rise * (to_x - x) / (2 * half)
    first = math.atan2(y - center_y, x - center_x)
    turn = (math.atan2(to_y - center_y, to_x - center_x) - first) % (2 * math.pi)
    turn -= 0 if sweep else 2 * math.pi
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 2)))
    step = turn / pieces
    k = radius * 4 / 3 * math.tan(step / 4)
    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        ax, ay = center_x + radius * math.cos(a), center_y + radius * math.sin(a)
        bx, by = center_x + radius * math.cos(b), center_y + radius * math.sin(b)
        yield "C", (ax - k * math.sin(a), ay + k * math.cos(a), bx + k * math.sin(b), by - k * math.cos(b), bx, by)
