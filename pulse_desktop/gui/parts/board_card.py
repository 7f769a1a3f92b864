"""What a card of the board shows, and how it is drawn.

BoardCard(key=12, time="10:55", name="Chen Wei-Ling 陈蔚玲", lines=("Acupuncture 60", "Okafor"), numeral="4", unit="min",
          numeral_role="progress.arrived.solid", role="progress.arrived.solid", chips=(ChipView("Two Chens", "indigo"),),
          step="To Room 6")
BoardCard(key=3, time="9:00", name="E. Castillo", aside="9:34", brief=True)        # one line: done for today
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.chips import ChipView, chip_height, chip_width, chips_words, draw_chip, few_chips
from pulse_desktop.gui.parts.theme import Theme, theme

_TOP: Final = 9
_LEFT: Final = 14
_RIGHT: Final = 11
_BAR: Final = 4
_GAP: Final = 4
_KEYS: Final = "Enter"


@dataclass(frozen=True, slots=True)
class Flag:
    """A small icon that warns; `tip` says it in words."""

    icon: str
    role: str
    tip: str


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card. Roles are colour roles; `share` (0 to 1) draws the timer's bar; `step` is what Enter does."""

    key: Hashable
    time: str
    name: str
    lines: tuple[str, ...] = ()
    role: str = "progress.expected.solid"
    time_role: str = "ink"
    numeral: str = ""
    unit: str = ""
    numeral_role: str = "indigo"
    icon: str = ""
    share: float | None = None
    flags: tuple[Flag, ...] = ()
    chips: tuple[ChipView, ...] = ()
    step: str = ""
    brief: bool = False
    aside: str = ""
    aside_role: str = "ink-faint"
    short_name: str = ""
    """Stands for the name on one line where the whole one has no room."""

    @property
    def words(self) -> str:
        """The card as a screen reader says it."""
        number = f"{self.numeral} {self.unit}".strip()
        pieces = [f"{self.time} {self.name}", number, *self.lines, *(flag.tip for flag in self.flags), self.aside]
        if self.chips:
            pieces.append(chips_words(self.chips))
        if self.step:
            pieces.append(_("Enter: {step}").format(step=self.step))
        return ", ".join(piece for piece in pieces if piece)


def card_height(card: BoardCard, width: int, *, selected: bool) -> int:
    """Height of `card` when it is `width` px wide; the selected one carries its next step."""
    return _height(card, width, theme(), selected=selected)


@lru_cache(maxsize=2048)
def _height(card: BoardCard, width: int, look: Theme, *, selected: bool) -> int:
    """Remembered, since a list asks for the heights of all its cards whenever one of them moves."""
    if card.brief and not selected:
        return look.tall(32)
    height = 2 * _TOP + look.line("numeral" if card.numeral else "body") + look.line()
    height += len(card.lines) * look.line("secondary")
    height += 10 if card.share is not None else 0
    rows = len(_chip_rows(card, width))
    height += 6 + rows * (chip_height() + _GAP) - _GAP if rows else 0
    if selected and card.step:
        height += look.tall(32, 16) - 1
    return height


def paint_card(painter: QPainter, card: BoardCard, rect: QRectF, *, selected: bool) -> None:
    """Draw `card` into `rect`; the ring of the selected one lies 2 px outside."""
    look = theme()
    drawing.box(painter, rect, 6, look.color("raised"))
    if card.brief and not selected:
        _paint_brief(painter, card, rect)
    else:
        _paint_full(painter, card, rect, with_step=selected)
    if not selected:
        drawing.box(painter, rect, 6, None, look.color("line"))
    shape = QPainterPath()
    shape.addRoundedRect(rect, 6, 6)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.fillRect(QRectF(rect.left(), rect.top(), _bar_width(), rect.height()), look.color(card.role))
    painter.restore()
    if selected:
        drawing.box(painter, rect.adjusted(-2, -2, 2, 2), 8, None, look.color("focus"), width=2)


def step_rect(card: BoardCard, rect: QRectF) -> QRectF:
    """Where the next step of a selected card lies; empty when it has none."""
    if not card.step:
        return QRectF()
    height = theme().tall(32, 16)
    return QRectF(rect.left(), rect.bottom() - height, rect.width(), height)


def _bar_width() -> int:
    return 6 if theme().scale >= 1.5 else _BAR


def _paint_brief(painter: QPainter, card: BoardCard, rect: QRectF) -> None:
    look = theme()
    left = rect.left() + _LEFT
    soft = look.font("secondary")
    left += drawing.words(
        painter, QRectF(left, rect.top(), rect.width(), rect.height()), card.time, soft, look.color("ink-soft")
    )
    aside = drawing.text_width(card.aside, soft)
    right = rect.right() - 9
    place = QRectF(right - aside, rect.top(), aside + 1, rect.height())
    drawing.words(painter, place, card.aside, soft, look.color(card.aside_role))
    place = QRectF(left + 8, rect.top(), right - aside - 8 - left - 8, rect.height())
    fits = drawing.text_width(card.name, look.font()) <= place.width()
    drawing.words(painter, place, card.name if fits else card.short_name or card.name, look.font(), look.color("ink"))


def _paint_full(painter: QPainter, card: BoardCard, rect: QRectF, *, with_step: bool) -> None:
    look = theme()
    left, right, y = rect.left() + _LEFT, rect.right() - _RIGHT, rect.top() + _TOP
    y = _paint_time(painter, card, left, right, y)
    room = right - left
    flags = 0.0
    if card.numeral:
        flags = _paint_flags(painter, card, right, y + look.line() / 2)
    place = QRectF(left, y, room - flags, look.line())
    drawing.words(painter, place, card.name, look.font("body", 600), look.color("ink"))
    y += look.line()
    for number, line in enumerate(card.lines):
        y = _paint_line(painter, card, line, QRectF(left, y, room, look.line("secondary")), with_icon=number == 0)
    if card.share is not None:
        drawing.bar(painter, QRectF(left, y + 6, room, 4), card.share, look.color(card.numeral_role))
        y += 10
    y = _paint_chips(painter, card, left, y, int(rect.width()))
    if with_step and card.step:
        _paint_step(painter, card, rect)


def _paint_time(painter: QPainter, card: BoardCard, left: float, right: float, y: float) -> float:
    """The first line: time and, where a clock matters, the big numeral on the same baseline. Returns where the next begins."""
    look = theme()
    height = look.line("numeral" if card.numeral else "body")
    metrics = look.metrics("numeral") if card.numeral else look.metrics("body", 600)
    baseline = y + (height - metrics.height()) / 2 + metrics.ascent()
    time_font = look.font("body", 600)
    drawing.baseline_words(painter, QPointF(left, baseline), card.time, time_font, look.color(card.time_role))
    if not card.numeral:
        _paint_flags(painter, card, right, y + height / 2)
        return y + height
    colour = look.color(card.numeral_role)
    unit_font = look.font("secondary", 500)
    if card.unit:
        unit = " " + card.unit
        right -= drawing.text_width(unit, unit_font)
        drawing.baseline_words(painter, QPointF(right, baseline), unit, unit_font, colour)
    font = look.font("numeral")
    right -= drawing.text_width(card.numeral, font)
    drawing.baseline_words(painter, QPointF(right, baseline), card.numeral, font, colour)
    return y + height


def _paint_flags(painter: QPainter, card: BoardCard, right: float, middle: float) -> float:
    look = theme()
    side, x = look.icon_side(16), right
    for flag in reversed(card.flags):
        x -= side
        look.draw_icon(painter, flag.icon, flag.role, QRectF(x, round(middle - side / 2), side, side))
        x -= _GAP
    return right - x


def _paint_line(painter: QPainter, card: BoardCard, line: str, place: QRectF, *, with_icon: bool) -> float:
    look = theme()
    bottom = place.bottom()
    if with_icon and card.icon:
        side = look.icon_side(16)
        role = card.numeral_role if card.icon == "needle" else "progress.cups-on.solid"
        look.draw_icon(painter, card.icon, role, QRectF(place.left(), place.top(), side, side))
        place = place.adjusted(side + 4, 0, 0, 0)
    drawing.words(painter, place, line, look.font("secondary"), look.color("ink-soft"))
    return bottom


def _chip_rows(card: BoardCard, width: int) -> list[list[tuple[ChipView, int]]]:
    room = width - _LEFT - _RIGHT
    rows: list[list[tuple[ChipView, int]]] = []
    used = room + 1
    for chip in few_chips(card.chips):
        wide = min(chip_width(chip), room)
        if used + wide > room:
            rows.append([])
            used = 0
        rows[-1].append((chip, wide))
        used += wide + _GAP
    return rows


def _paint_chips(painter: QPainter, card: BoardCard, left: float, y: float, width: int) -> float:
    rows = _chip_rows(card, width)
    if not rows:
        return y
    y += 6
    for row in rows:
        x = left
        for chip, wide in row:
            draw_chip(painter, QRectF(x, y, wide, chip_height()), chip)
            x += wide + _GAP
        y += chip_height() + _GAP
    return y


def _paint_step(painter: QPainter, card: BoardCard, rect: QRectF) -> None:
    look = theme()
    foot = step_rect(card, rect)
    shape = QPainterPath()
    shape.addRoundedRect(rect, 6, 6)
    painter.save()
    painter.setClipPath(shape)
    ground = foot.adjusted(_bar_width(), 0, 0, 0)
    painter.fillRect(ground, look.color("jade-tint"))
    drawing.line(painter, ground.topLeft(), ground.topRight(), look.color("line"))
    painter.restore()
    place = QRectF(
        foot.left() + _LEFT, foot.top(), foot.width() - 2 * _LEFT - drawing.key_hint_width(_KEYS), foot.height()
    )
    drawing.words(
        painter, place, card.step, look.font("secondary", 600), look.color("jade"), elide=Qt.TextElideMode.ElideRight
    )
    drawing.key_hint(painter, foot.right() - 9, foot.center().y(), _KEYS)
