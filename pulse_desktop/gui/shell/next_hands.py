"""The chip beside the search: in which room hands are needed next. For those who treat; it leads to the note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.running import line_view
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import short_minutes

if TYPE_CHECKING:
    from pulse_desktop.clinic.treatment.values import TimerLine
    from pulse_desktop.gui.parts.timers import TimerView

_MOST: Final = 2
_TO_THE_SECOND: Final = 300
"""Seconds below which the seconds are said as well."""


class NextHands(QPushButton):
    """Says "Next hands: Room 2 in 1:48, Room 3 in 8"; hidden while nothing of one's own is on. `chosen(visit)`."""

    chosen = Signal(object)

    def __init__(self, staff_id: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._staff_id = staff_id
        self._visit: object = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._go)
        self.hide()

    def show_lines(self, lines: Sequence[TimerLine], now: datetime) -> None:
        """The next of the running timers that are this person's own."""
        mine = [line_view(line, now) for line in lines if self._staff_id and line.staff_id == self._staff_id]
        first = {view.room: view for view in sorted(mine, key=lambda view: view.sort_key, reverse=True)}  # one a room, the soonest
        views = sorted(first.values(), key=lambda view: view.sort_key)[:_MOST]
        self._visit = views[0].key if views else None
        words = _("Next hands: {rooms}").format(rooms=", ".join(_room(view) for view in views)) if views else ""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()
        self.setVisible(bool(views))

    def sizeHint(self) -> QSize:
        look = theme()
        wide = drawing.text_width(self.text(), look.font("secondary", 500)) + look.icon_side(16) + 24
        return QSize(round(wide), look.tall(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        drawing.box(painter, QRectF(self.rect()), 4, look.color("indigo-tint"), look.color("indigo-tint"))
        side = look.icon_side(16)
        look.draw_icon(painter, "timer", "indigo", QRectF(8, (self.height() - side) / 2, side, side))
        place = QRectF(8 + side + 6, 0, self.width() - side - 20, self.height())
        drawing.words(painter, place, self.text(), look.font("secondary", 500), look.color("indigo"))

    def _go(self) -> None:
        if self._visit is not None:
            self.chosen.emit(self._visit)


def _room(view: TimerView) -> str:
    left = view.planned - view.elapsed
    if left <= 0:
        return _("{room} now").format(room=view.room)
    return _("{room} in {time}").format(room=view.room, time=short_minutes(left) if left < _TO_THE_SECOND else -(-left // 60))
