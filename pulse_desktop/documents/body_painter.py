"""Draws described shapes with ReportLab. Knows paths, pens and letters; nothing of bodies, cups or needles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Rect, Shape, Text

POINTS_A_PX: Final = 0.75
"""A px of the description is 1/96 inch, a point 1/72."""

_ROUND: Final = 1
_FLAT: Final = 0

# Black and white: the light lines are the paler grey that 65 % of a mid grey gives on white, without transparency, which
# some office printers draw coarsely.
INK_ON_PAPER: Final[Mapping[str, Color]] = MappingProxyType({
    "figure.skin": HexColor(0xFFFFFF),
    "figure.outline": HexColor(0x222222),
    "figure.contour": HexColor(0xBDBDBD),
    "figure.site": HexColor(0x999999),
    "figure.cup": HexColor(0x111111),
    "figure.cup-glass": HexColor(0xFFFFFF),
    "figure.cup-ink": HexColor(0x111111),
    "figure.needle": HexColor(0x111111),
    "figure.bar": HexColor(0x111111),
    "figure.mark-rim": HexColor(0x111111),
    **{f"marks.{grade}.{part}": HexColor(0xFFFFFF if part == "fill" else 0x111111) for grade in range(6) for part in ("fill", "on")},
    "ink": HexColor(0x111111),
    "ink-soft": HexColor(0x333333),
    "ink-faint": HexColor(0x555555),
    "line": HexColor(0xC8C8C8),
    "raised": HexColor(0xFFFFFF),
    "jade": HexColor(0x111111),
    "jade-tint": HexColor(0xF0F0F0),
    "focus": HexColor(0x111111),
    "amber": HexColor(0x111111),
    "cinnabar": HexColor(0x111111),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """Where a picture goes on the page: lower left corner and size in points."""

    x: float
    y: float
    width: float
    height: float


def scale_for(window: Rect, box: Box) -> float:
    """The scale to ask the description for: px a canvas unit when `window` fills `box`."""
    return min(box.width / window.width, box.height / window.height) / POINTS_A_PX


def paint(
    canvas: Canvas,
    shapes: Iterable[Drawn],
    window: Rect,
    box: Box,
    *,
    font: str,
    colours: Mapping[str, Color] = INK_ON_PAPER,
) -> None:
    """Draw shapes of a canvas window into a box, centred, clipped to it. `font` is a registered font; the canvas is left
    as it was."""
    points = scale_for(window, box) * POINTS_A_PX
    left = box.x + (box.width - window.width * points) / 2
    top = box.y + box.height - (box.height - window.height * points) / 2
    canvas.saveState()
    _clip_to(canvas, left, top, window.width * points, window.height * points)
    canvas.transform(points, 0, 0, -points, left - window.x * points, top + window.y * points)
    canvas.setLineJoin(_ROUND)
    for drawn in shapes:
        canvas.saveState()
        if isinstance(drawn, Shape):
            _draw(canvas, drawn, colours)
        else:
            _write(canvas, drawn, colours, font)
        canvas.restoreState()
    canvas.restoreState()


def _clip_to(canvas: Canvas, left: float, top: float, width: float, height: float) -> None:
    edge = canvas.beginPath()
    edge.rect(left, top - height, width, height)
    canvas.clipPath(edge, stroke=0, fill=0)


def _pdf_path(path: Path) -> PDFPathObject:
    return PDFPathObject([_operators(path)])


@lru_cache(maxsize=1024)
def _operators(path: Path) -> str:
    """A path in PDF's own words. The figure's lines are the same on every sheet, and writing their numbers is half its cost."""
    made = PDFPathObject()
    for letter, *numbers in path.commands:
        values = [float(number) for number in numbers]
        if letter == "M":
            made.moveTo(*values)
        elif letter == "L":
            made.lineTo(*values)
        elif letter == "C":
            made.curveTo(*values)
        else:
            made.close()
    return str(made.getCode())


def _draw(canvas: Canvas, shape: Shape, colours: Mapping[str, Color]) -> None:
    for clip in shape.clips:
        canvas.clipPath(_pdf_path(clip), stroke=0, fill=0, fillMode=1)
    if shape.fill:
        canvas.setFillColor(colours[shape.fill], alpha=shape.opacity)
    if shape.pen:
        canvas.setStrokeColor(colours[shape.pen], alpha=shape.opacity)
        canvas.setLineWidth(shape.width)
        canvas.setLineCap(_FLAT if shape.dash else _ROUND)
        canvas.setDash(list(shape.dash))
    canvas.drawPath(_pdf_path(shape.path), stroke=int(bool(shape.pen)), fill=int(bool(shape.fill)), fillMode=1)


def _write(canvas: Canvas, text: Text, colours: Mapping[str, Color], font: str) -> None:
    """Letters stand upright: the picture's y runs downwards, so they are turned back at their own baseline."""
    width = stringWidth(text.words, font, text.size)
    start = text.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    canvas.transform(1, 0, 0, -1, start, text.y)
    if text.halo:
        canvas.saveState()  # the render mode outlives a text object
        canvas.setStrokeColor(colours[text.halo])
        canvas.setLineWidth(text.halo_width)
        _letters(canvas, text, font, mode=1)
        canvas.restoreState()
    canvas.setFillColor(colours[text.role])
    _letters(canvas, text, font, mode=0)


def _letters(canvas: Canvas, text: Text, font: str, mode: Literal[0, 1]) -> None:
    letters = canvas.beginText(0, 0)
    letters.setFont(font, text.size)
    letters.setTextRenderMode(mode)
    letters.textOut(text.words)
    canvas.drawText(letters)
