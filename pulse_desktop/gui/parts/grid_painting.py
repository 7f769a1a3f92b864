"""How visits, buffers, openings and closed times are drawn in the time grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_values import GridVisit, Opening
from pulse_desktop.gui.parts.shadow import paint_shadow
from pulse_desktop.gui.parts.theme import theme

_SPINE: Final = 4
_TEXT_LEFT: Final = 11
_ONE_LINE_BELOW: Final = 34
_TIGHT_BELOW: Final = 41
_DETAIL_FROM: Final = 52
_DIAGONAL: Final = 7
"""From one diagonal to the next along a line, px: five across them."""


def paint_visit(
    painter: QPainter,
    rect: QRectF,
    visit: GridVisit,
    *,
    is_half: bool = False,
    selected: bool = False,
    clashes: bool = False,
) -> None:
    """A visit block: hands-on dark with a spine, table time light."""
    look = theme()
    solid = look.color(f"{visit.role}.solid")
    drawing.box(painter, rect, 6, look.color(f"{visit.role}.wash"))
    shape = QPainterPath()
    shape.addRoundedRect(rect, 6, 6)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    _paint_hands(painter, rect, visit)
    painter.restore()
    edge, width = (look.color("cinnabar"), 2.0) if clashes else (solid, 1.0)
    drawing.box(painter, rect, 6, None, edge, width=width)
    used = _paint_words(painter, rect, visit, is_half=is_half)
    if look.is_high_contrast:
        _paint_band_edges(painter, rect, visit, used)
    if selected:
        drawing.focus_ring(painter, rect, 6)


def _bands(rect: QRectF, visit: GridVisit) -> Iterator[tuple[float, float]]:
    """Top and height of the spans in which hands are needed."""
    whole = rect.height() + 2
    for start, end in visit.hands:
        top = rect.top() + round(whole * start / max(visit.minutes, 1)) + (1 if start else 0)
        yield top, round(whole * (end - start) / max(visit.minutes, 1))


def _paint_band_edges(painter: QPainter, rect: QRectF, visit: GridVisit, used: float) -> None:
    """In high contrast nothing depends on a tint: lines end the bands, beside the words and not through them."""
    colour = theme().color(f"{visit.role}.solid")
    for top, height in _bands(rect, visit):
        for y in (top, top + height):
            if rect.top() + 1 < y < rect.bottom() - 1:
                drawing.line(
                    painter, QPointF(rect.left() + _TEXT_LEFT + used + 4, y), QPointF(rect.right() - 1, y), colour
                )


def _paint_hands(painter: QPainter, rect: QRectF, visit: GridVisit) -> None:
    look = theme()
    tint, solid = look.color(f"{visit.role}.tint"), look.color(f"{visit.role}.solid")
    for top, height in _bands(rect, visit):
        painter.fillRect(QRectF(rect.left(), top, rect.width(), height), tint)
        painter.fillRect(QRectF(rect.left(), top, _SPINE + 1, height), solid)


def _paint_words(painter: QPainter, rect: QRectF, visit: GridVisit, *, is_half: bool) -> float:
    """Time, name and detail, as many as fit; returns the width they took."""
    look = theme()
    grown = look.scale
    left, room = rect.left() + _TEXT_LEFT, rect.width() - _TEXT_LEFT - 5
    strong, soft = look.font("secondary", 600), look.font("secondary")
    ink = look.color("ink")
    if rect.height() < _ONE_LINE_BELOW * grown:
        text = fitting(visit.name, room) if is_half else f"{visit.time}  {visit.name}"
        place = QRectF(left, rect.top(), room, rect.height())
        return drawing.words(painter, place, text, strong, ink)
    tight = rect.height() < _TIGHT_BELOW * grown
    line = round((15 if tight else 16) * grown)
    y = rect.top() + (2 if tight else 4)
    used = drawing.words(painter, QRectF(left, y, room, line), visit.time, strong, ink)
    _paint_flags(painter, visit, left + used + 4, y, rect.right() - 4)
    name = fitting(visit.name, room)
    used = max(used, drawing.words(painter, QRectF(left, y + line, room, line), name, strong, ink))
    if visit.detail and rect.height() >= _DETAIL_FROM * grown:
        place = QRectF(left, y + 2 * line, room, line)
        used = max(used, drawing.words(painter, place, visit.detail, soft, look.color("ink-soft")))
    return used


def fitting(name: str, room: float) -> str:
    """The name, or in a narrow lane its longest word: the family's name tells more than the half of both."""
    if drawing.text_width(name, theme().font("secondary", 600)) <= room:
        return name
    return max(name.split(), key=_letters, default=name)


def _letters(word: str) -> int:
    return sum(letter.isalpha() for letter in word)


def _paint_flags(painter: QPainter, visit: GridVisit, x: float, y: float, right: float) -> None:
    look = theme()
    side = look.icon_side(14)
    for flag in visit.flags:
        if x + side > right:
            return
        look.draw_icon(painter, flag.icon, flag.role, QRectF(round(x), y + 1, side, side))
        x += side + 3


def paint_buffers(painter: QPainter, rects: Iterable[QRectF]) -> None:
    """Set-up and clean-up: diagonals on a quiet ground, no edge, no words. All at once, since a day has a hundred."""
    shape = QPainterPath()
    for rect in rects:
        shape.addRoundedRect(rect, 3, 3)
    if shape.isEmpty():
        return
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shape, look.color("calendar.buffer-bg"))
    painter.fillPath(shape, QBrush(_diagonals(look.hex("calendar.buffer"), painter.device().devicePixelRatioF())))
    painter.restore()


@lru_cache(maxsize=8)
def _diagonals(colour: str, ratio: float) -> QPixmap:
    """A square whose rising line goes on in the squares beside, above and below it."""
    tile = QPixmap(round(_DIAGONAL * ratio), round(_DIAGONAL * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1))
    side = tile.width() / ratio
    for left in (-side, 0, side):  # the neighbours' lines reach over the corners
        painter.drawLine(QPointF(left - side, 2 * side), QPointF(left + 2 * side, -side))
    painter.end()
    return tile


def paint_opening(painter: QPainter, rect: QRectF, opening: Opening) -> None:
    """A place that is offered (dashed), chosen (solid) or refused (cinnabar)."""
    look = theme()
    ink = look.color("cinnabar" if opening.is_refused else "jade")
    if opening.is_refused:
        drawing.box(painter, rect, 6, look.color("calendar.drop-no"), ink, width=1.5, dashed=True)
    elif opening.is_chosen:
        drawing.box(painter, rect, 6, look.color("jade-tint"), ink, width=2)
    else:
        drawing.box(
            painter, rect, 6, look.color("jade-tint", 0.6), look.color("calendar.opening"), width=1.5, dashed=True
        )
    place = QRectF(rect.left() + 10, rect.top() + 4, rect.width() - 18, look.line("secondary"))
    drawing.words(painter, place, opening.words, look.font("secondary", 600), ink)


def paint_drop(painter: QPainter, rect: QRectF, visit: GridVisit, lines: tuple[str, ...], *, refused: bool) -> None:
    """The visit being moved, where it would go: the new time, or why not."""
    look = theme()
    paint_shadow(painter, rect, 6, "drag")
    ink = look.color("cinnabar" if refused else "jade")
    ground = look.color("calendar.drop-no" if refused else "calendar.drop-ok")
    drawing.box(painter, rect, 6, ground)
    drawing.box(painter, rect, 6, None, ink, width=1.5 if refused else 2, dashed=refused)
    y, height = rect.top() + 4, look.line("secondary")
    for number, words in enumerate((*lines, visit.name)):
        if y + height > rect.bottom() + 4:
            break
        font = look.font("secondary", 600)
        colour = ink if number == 0 else look.color("ink")
        drawing.words(painter, QRectF(rect.left() + 10, y, rect.width() - 18, height), words, font, colour)
        y += height


def paint_left_place(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Where a visit being moved came from."""
    drawing.box(painter, rect, 6, None, colour, width=1, dashed=True)


def paint_closed_words(painter: QPainter, rect: QRectF, words: str) -> None:
    """The reason of a closed time, above the hour lines."""
    look = theme()
    if words and rect.height() >= look.line("secondary"):
        place = QRectF(rect.left() + 10, rect.top() + 3, rect.width() - 14, look.line("secondary"))
        drawing.words(painter, place, words, look.font("secondary"), look.color("calendar.closed-ink"))
