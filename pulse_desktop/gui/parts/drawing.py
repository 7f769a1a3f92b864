"""Strokes shared by all painted parts: crisp boxes, elided words, key hints, focus rings.

Measures are px; a box with a width-1 edge is drawn like a border inside its rectangle, so that a 32 px control is 32 px.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText, QTransform

from pulse_desktop.gui.parts.fonts import figured
from pulse_desktop.gui.parts.theme import theme

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_KEY_PADDING: Final = 5
_KEY_WIDTH: Final = 18
_DASHES: Final = (3.0, 2.5)
_UNBOUNDED: Final = QRectF(0, 0, 1e6, 1e6)
_HYPHEN: Final = re.compile(r"\S-\S")


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    *,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box; its edge lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill) if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(Qt.PenStyle.NoPen)
    if edge is not None:
        pen = QPen(edge, width)
        if dashed:
            pen.setDashPattern([part / width for part in _DASHES])
        painter.setPen(pen)
        inset = width / 2
        rect = rect.adjusted(inset, inset, -inset, -inset)
        radius = max(0.0, radius - inset)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """One line of text in `rect`, shortened by an ellipsis when it does not fit. Returns the width it took."""
    laid = _line(text, font)
    if laid.width > rect.width() + 0.5:
        laid = _shortened(text, laid.font, elide, rect.width())
    painter.setFont(laid.font)
    painter.setPen(colour)
    painter.drawStaticText(_corner(rect, laid, align), laid.glyphs)
    return laid.width


@dataclass(frozen=True, slots=True)
class _Line:
    """Words set once and drawn often: setting them anew takes four times as long as drawing them."""

    font: QFont
    glyphs: QStaticText
    width: float
    height: float


@lru_cache(maxsize=4096)
def _line(text: str, font: QFont) -> _Line:
    return _set(text, set_for(text, font))


@lru_cache(maxsize=1024)
def _shortened(text: str, font: QFont, elide: Qt.TextElideMode, room: float) -> _Line:
    return _set(QFontMetricsF(font).elidedText(text, elide, room), font)


def _set(text: str, font: QFont) -> _Line:
    glyphs = QStaticText(" ".join(text.splitlines()))
    glyphs.setTextFormat(Qt.TextFormat.PlainText)
    glyphs.prepare(QTransform(), font)
    metrics = QFontMetricsF(font)
    height = metrics.boundingRect(_UNBOUNDED, Qt.TextFlag.TextSingleLine.value, text).height()  # taller where Hanzi stand in it
    return _Line(font, glyphs, metrics.horizontalAdvance(text), height)


def _corner(rect: QRectF, laid: _Line, align: Qt.AlignmentFlag) -> QPointF:
    """Where the upper left corner of the words lies in `rect`."""
    across, down = _spare_before(align)
    return QPointF(rect.left() + (rect.width() - laid.width) * across, rect.top() + (rect.height() - laid.height) * down)


@lru_cache
def _spare_before(align: Qt.AlignmentFlag) -> tuple[float, float]:
    """Which part of the room that words leave lies left of them and above them."""
    middle = 0.5 if align & Qt.AlignmentFlag.AlignHCenter else 0.0
    centre = 0.5 if align & Qt.AlignmentFlag.AlignVCenter else 0.0
    return 1.0 if align & Qt.AlignmentFlag.AlignRight else middle, 1.0 if align & Qt.AlignmentFlag.AlignBottom else centre


def baseline_words(painter: QPainter, start: QPointF, text: str, font: QFont, colour: QColor) -> float:
    """Text from `start` on its baseline, for lines that hold two sizes. Returns its width."""
    font = set_for(text, font)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(start, text)
    return QFontMetricsF(font).horizontalAdvance(text)


def text_width(text: str, font: QFont) -> float:
    """Width of `text` in px."""
    return _line(text, font).width


def set_for(text: str, font: QFont) -> QFont:
    """The font in which `text` is set: figures get equal widths. With a hyphen inside they do not, since Inter would
    give the hyphen the width of a figure too ("Walk - in", "555 - 0142")."""
    if any(letter.isdigit() for letter in text) and not _HYPHEN.search(text):
        return figured(font)
    return font


def key_hint_width(keys: str) -> float:
    """Width of the quiet box that `key_hint` draws."""
    inner = text_width(keys, theme().font("key")) + 2 * _KEY_PADDING + 2
    return float(round(max(inner, _KEY_WIDTH)))


def key_hint_height() -> int:
    return theme().tall(18, 16)


def key_hint(
    painter: QPainter,
    right: float,
    middle: float,
    keys: str,
    *,
    ink: QColor | None = None,
    ground: QColor | None = None,
    edge: QColor | None = None,
) -> None:
    """A key's name in a quiet box that ends at `right`. Without colours: the neutral look with an edge."""
    look = theme()
    width, height = key_hint_width(keys), key_hint_height()
    rect = QRectF(right - width, round(middle - height / 2), width, height)
    if ground is None and edge is None:
        ground, edge = look.color("hover" if look.is_dark else "sunken"), look.color("line")
    box(painter, rect, 3, ground, edge)
    words(
        painter,
        rect,
        keys,
        look.font("key"),
        ink or look.color("ink-soft"),
        align=CENTRE,
        elide=Qt.TextElideMode.ElideNone,
    )


def focus_ring(painter: QPainter, rect: QRectF, radius: float, distance: float = 0.0) -> None:
    """1 px gap and 2 px focus outside `rect` (moved out by `distance`)."""
    look = theme()
    gap = rect.adjusted(-1 - distance, -1 - distance, 1 + distance, 1 + distance)
    ring = gap.adjusted(-2, -2, 2, 2)
    box(painter, gap, radius + 1 + distance, None, look.color("focus-gap"), width=1)
    box(painter, ring, radius + 3 + distance, None, look.color("focus"), width=2)


def line(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float = 1.0) -> None:
    """A crisp straight line: given in whole px, drawn on half ones. One of 1 px along an edge is a filled box, drawn sooner."""
    x, y, across, down = start.x(), start.y(), end.x() - start.x(), end.y() - start.y()
    if width == 1.0 and min(across, down) == 0 and not painter.testRenderHint(QPainter.RenderHint.Antialiasing):
        painter.fillRect(QRectF(x, y, across + 1, down + 1), colour)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour, width))
    painter.translate(0.5, 0.5)
    painter.drawLine(start, end)
    painter.restore()


def bar(painter: QPainter, rect: QRectF, share: float, colour: QColor, ground: QColor | None = None) -> None:
    """A progress bar: `share` from 0 to 1."""
    radius = min(2.0, rect.height() / 2) if rect.height() < 6 else 3.0
    box(painter, rect, radius, ground or theme().color("sunken"))
    filled = QRectF(rect.left(), rect.top(), rect.width() * min(max(share, 0.0), 1.0), rect.height())
    if filled.width() > 0:
        box(painter, filled, min(radius, filled.width() / 2), colour)
