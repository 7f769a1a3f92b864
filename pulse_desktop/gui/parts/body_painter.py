"""Draws described shapes with Qt. Knows paths, pens and letters; nothing of bodies, cups or needles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Rect, Shape, Text

Colour = Callable[[str], QColor]

# Letters are laid out at this size in px and scaled, so that no rounding of small fonts shifts them.
_LAYOUT_PX = 64


def to_device(window: Rect, left: float, top: float, scale: float) -> QTransform:
    """The transform that puts a canvas window's corner at (left, top) with `scale` px a canvas unit."""
    return QTransform(scale, 0, 0, scale, left - window.x * scale, top - window.y * scale)


def paint(painter: QPainter, shapes: Iterable[Drawn], transform: QTransform, colour: Colour, font: QFont) -> None:
    """Draw shapes in order. `transform` leads from canvas units to the painter's own; `colour` names each role's colour.

    `font` gives family and weight; the size comes from the shapes. The painter is left as it was.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(transform, combine=True)
    letters = QFont(font)
    letters.setPixelSize(_LAYOUT_PX)
    for drawn in shapes:
        if isinstance(drawn, Shape):
            _draw(painter, drawn, colour)
        else:
            _write(painter, drawn, colour, letters)
    painter.restore()


@lru_cache(maxsize=4096)
def qt_path(path: Path) -> QPainterPath:
    """The path as Qt's; not to be changed, since it is kept: most of a picture is the same a moment later."""
    made = QPainterPath()
    made.setFillRule(Qt.FillRule.WindingFill)
    for letter, *numbers in path.commands:
        values = [float(number) for number in numbers]
        if letter == "M":
            made.moveTo(*values)
        elif letter == "L":
            made.lineTo(*values)
        elif letter == "C":
            made.cubicTo(*values)
        else:
            made.closeSubpath()
    return made


def _draw(painter: QPainter, shape: Shape, colour: Colour) -> None:
    if shape.clips:
        painter.save()
        for clip in shape.clips:
            painter.setClipPath(qt_path(clip), Qt.ClipOperation.IntersectClip)
    painter.setOpacity(shape.opacity)
    painter.setBrush(colour(shape.fill) if shape.fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(_pen(shape, colour) if shape.pen else QPen(Qt.PenStyle.NoPen))
    painter.drawPath(qt_path(shape.path))
    painter.setOpacity(1.0)
    if shape.clips:
        painter.restore()


def _pen(shape: Shape, colour: Colour) -> QPen:
    cap = Qt.PenCapStyle.FlatCap if shape.dash else Qt.PenCapStyle.RoundCap
    pen = QPen(colour(shape.pen), shape.width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if shape.dash:
        pen.setDashPattern([length / shape.width for length in shape.dash])
    return pen


def _write(painter: QPainter, text: Text, colour: Colour, font: QFont) -> None:
    share = text.size / _LAYOUT_PX
    letters, width = _letters(text.words, font.key())
    start = text.x - width * share * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    placed = QTransform(share, 0, 0, share, start, text.y).map(letters)
    if text.halo:
        edge = QPen(
            colour(text.halo),
            text.halo_width,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
        painter.strokePath(placed, edge)
    painter.fillPath(placed, colour(text.role))


@lru_cache(maxsize=1024)
def _letters(words: str, font_key: str) -> tuple[QPainterPath, float]:
    """The outlines of a word from (0, 0) on, and its width, both at the size letters are laid out at."""
    font = QFont()
    font.fromString(font_key)
    letters = QPainterPath()
    letters.setFillRule(Qt.FillRule.WindingFill)  # the outlines of a letter may overlap
    letters.addText(QPointF(0, 0), font, words)
    return letters, QFontMetricsF(font).horizontalAdvance(words)
