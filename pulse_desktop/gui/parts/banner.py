"""The banner on every screen about one person.

banner = Banner(); banner.show_person(BannerView("MA", "María Alvarez", "goes by Mari, she/her", facts=(...), chips=(...),
                                      figures=(("$0.00", "balance"), ("7 left", "sessions"))))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.avatar import Avatar
from pulse_desktop.gui.parts.chips import Chip, ChipView, chip_height
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme

_CLOSER: Final = 3
"""The facts stand this much closer under the name than its line is high."""


@dataclass(frozen=True, slots=True)
class BannerView:
    """Who, in one row: what must be known before anything is done."""

    initials: str
    name: str
    called: str = ""
    facts: tuple[str, ...] = ()
    chips: tuple[ChipView, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    aside: str = ""


class Banner(QWidget):
    """64 px: initials, name and facts, chips, figures at the right."""

    def __init__(self, view: BannerView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 1)
        self._row.setSpacing(12)
        if view is not None:
            self.show_person(view)

    def show_person(self, view: BannerView) -> None:
        """Show another person."""
        self._clear()
        self.setAccessibleName(" ".join((view.name, view.called, *view.facts, *(chip.text for chip in view.chips))))
        self._row.addWidget(Avatar(view.initials, side=44, radius=8))
        self._row.addWidget(_names(view))
        self._row.addWidget(_Chips(view.chips))
        self._row.addStretch(1)
        if view.aside:
            self._row.addWidget(Label(view.aside, "secondary", "ink-soft", align=drawing.RIGHT))
        if view.figures:
            self._row.addWidget(_figures(view))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().tall(64, 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(320), theme().tall(64, 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        bottom = self.height() - 1
        drawing.line(painter, QPointF(0, bottom), QPointF(self.width(), bottom), look.color("line"))

    def _clear(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


class _Name(Label):
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() - _CLOSER)


def _names(view: BannerView) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    first = QHBoxLayout()
    first.setSpacing(8)
    name = _Name(view.name, "title")
    name.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # names stay whole; chips give way
    first.addWidget(name)
    if view.called:
        first.addWidget(Label(view.called, "body", "ink-soft"))
    first.addStretch(1)
    column.addStretch(1)
    column.addLayout(first)
    column.addWidget(Label("   ".join(view.facts), "secondary", "ink-soft"))
    column.addStretch(1)
    return block


class _Chips(QWidget):
    """The chips in a row; where they have no room, in two: what must not be done is read whole."""

    _LEFT: Final = 12
    _GAP: Final = 6

    def __init__(self, chips: Sequence[ChipView]) -> None:
        super().__init__()
        self._chips = [Chip(chip, self) for chip in chips]

    def sizeHint(self) -> QSize:
        wide = sum(chip.sizeHint().width() + self._GAP for chip in self._chips)
        return QSize(self._LEFT + wide, chip_height())

    def minimumSizeHint(self) -> QSize:
        wide = max((chip.sizeHint().width() for chip in self._chips), default=0)
        return QSize(self._LEFT + min(wide, theme().sized(160)), chip_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rows = self._rows()
        step = chip_height() + 4
        y = (self.height() - len(rows) * step + 4) // 2
        for row in rows:
            x = self._LEFT
            for chip in row:
                wide = min(chip.sizeHint().width(), max(self.width() - x, 0))
                chip.setGeometry(x, y, wide, chip_height())
                x += wide + self._GAP
            y += step

    def _rows(self) -> list[list[Chip]]:
        """One row if they fit; else the two that leave the least cut off."""
        room = self.width() - self._LEFT
        if self.sizeHint().width() - self._GAP <= self.width() or len(self._chips) < 2:
            return [self._chips]
        splits = [[self._chips[:at], self._chips[at:]] for at in range(1, len(self._chips))]
        return min(splits, key=lambda rows: sum(max(self._width(row) - room, 0) for row in rows))

    def _width(self, row: Sequence[Chip]) -> int:
        return sum(chip.sizeHint().width() + self._GAP for chip in row) - self._GAP


def _figures(view: BannerView) -> QWidget:
    block = QWidget()
    block.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # chips give way, numbers never
    row = QHBoxLayout(block)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for number, word in view.figures:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Label(number, weight=600, align=drawing.RIGHT))
        column.addWidget(Label(word, "secondary", "ink-soft", align=drawing.RIGHT))
        column.addStretch(1)
        row.addLayout(column)
    return block
