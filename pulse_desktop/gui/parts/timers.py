"""Running cups and needles: the chip in the foot bar, the row of chips, the big ring of the locked screen.

    view = TimerView(key=7, icon="cups", room="Room 2", who="M. Alvarez", elapsed=372, planned=480, is_needles=False)
    row = TimerRow(); row.show_timers((view, ...)); row.opened.connect(self._go_to)      # key of the clicked timer
    TimerRing(view)                                                                       # no name: a waiting room reads it

Times are seconds. When a timer is due and late is the clinic's rule and comes with it (`treatment.timing`).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pulse_desktop.basics import times
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme

_BAR: Final = (64, 4)


@dataclass(frozen=True, slots=True)
class TimerView:
    """One running timer as it stands now."""

    key: Hashable
    room: str
    who: str
    elapsed: int
    planned: int
    icon: str = "cups"
    is_needles: bool = False
    state: str = "running"
    """Says "running", "due" (amber) or "late" (cinnabar)."""
    calls: int = 0
    """How many of its moments have passed at which somebody is called."""
    is_at_cap: bool = False
    """It may not stay any longer."""
    warning: str = ""
    """What else is to be said: 15 minutes, the site's cap."""
    is_mine: bool = True
    """The person at this seat has put it on."""

    @property
    def role(self) -> str:
        """The colour role of its numeral."""
        if self.state == "running":
            return "indigo" if self.is_needles else "progress.cups-on.solid"
        return {"due": "amber", "late": "cinnabar"}[self.state]

    @property
    def share(self) -> float:
        """How much of the planned time has passed, 0 to 1."""
        return min(self.elapsed / self.planned, 1.0) if self.planned else 1.0

    @property
    def sort_key(self) -> tuple[int, int]:
        """Overdue before all, then soonest due first."""
        return (0 if self.state != "running" else 1, self.planned - self.elapsed)

    @property
    def words(self) -> str:
        """What a screen reader says."""
        said = _("{room}, {who}: {elapsed} of {planned}").format(
            room=self.room, who=self.who, elapsed=times.stopwatch(self.elapsed), planned=times.stopwatch(self.planned)
        )
        if self.state != "running":
            said = _("{timer}, take off now").format(timer=said)
        return f"{said}. {self.warning}" if self.warning else said


class TimerChip(QPushButton):
    """A chip of 28 px: icon, room, short name, elapsed, planned, bar. It never blinks; the chime calls."""

    opened = Signal(object)

    def __init__(self, view: TimerView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._is_short = False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.show_timer(view)

    @property
    def view(self) -> TimerView:
        return self._view

    def show_timer(self, view: TimerView) -> None:
        """Show the timer as it stands now."""
        wide = self.sizeHint().width() if self.accessibleName() else -1
        self._view = view
        self.setAccessibleName(view.words)
        self.setToolTip(view.words)
        if wide != self.sizeHint().width():
            self.updateGeometry()
        self.update()

    def show_short(self, *, short: bool) -> None:
        """Show only room and time, where there is no room for more."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        pieces = sum(width + 8 for _text, width, _font, _role in self._pieces())
        bar = 0 if self._is_short else look.sized(_BAR[0]) + 8
        return QSize(round(8 + look.icon_side(18) + 8 + pieces + bar + 2), look.tall(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, view = theme(), QPainter(self), self._view
        ground, edge = {
            "running": ("raised", "line"),
            "due": ("amber-tint", "amber-fill"),
            "late": ("cinnabar-tint", "cinnabar"),
        }[view.state]
        drawing.box(painter, QRectF(self.rect()), 6, look.color(ground), look.color(edge))
        side, x, height = look.icon_side(18), 9.0, self.height()
        look.draw_icon(painter, view.icon, view.role, QRectF(x, (height - side) // 2, side, side))
        x += side + 8
        for text, width, font, role in self._pieces():
            place = QRectF(x, 0, width + 1, height)
            drawing.words(painter, place, text, font, look.color(role), elide=Qt.TextElideMode.ElideNone)
            x += width + 8
        if self._is_short:
            return
        place = QRectF(x, round((height - _BAR[1]) / 2), look.sized(_BAR[0]), _BAR[1])
        drawing.bar(painter, place, view.share, look.color(view.role))

    def _pieces(self) -> list[tuple[str, float, QFont, str]]:
        look, view = theme(), self._view
        number = "ink" if view.state == "running" else view.role
        planned = _("of {time}").format(time=times.stopwatch(view.planned))
        pieces = (
            (view.room, look.font("secondary"), "ink-soft"),
            (view.who, look.font("secondary", 500), "ink"),
            (times.stopwatch(view.elapsed), look.font("body", 600), number),
            (planned, look.font("secondary"), "ink-soft"),
        )
        shown = (pieces[0], pieces[2]) if self._is_short else pieces
        return [(text, drawing.text_width(text, font), font, role) for text, font, role in shown if text]

    def _open(self) -> None:
        self.opened.emit(self._view.key)


class TimerRow(QWidget):
    """Timer chips side by side, most urgent first; what has no room is counted at the end."""

    opened = Signal(object)
    GAP: Final = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Timers"))
        self._chips: list[TimerChip] = []
        self._more = Label("", "secondary", "ink-soft", parent=self)

    def show_timers(self, views: Sequence[TimerView]) -> None:
        """Show these timers as they stand now; chips keep their place in the Tab order."""
        ordered = sorted(views, key=lambda view: view.sort_key)
        while len(self._chips) > len(ordered):
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        for index, view in enumerate(ordered):
            if index < len(self._chips):
                self._chips[index].show_timer(view)
            else:
                chip = TimerChip(view, self)
                chip.opened.connect(self.opened)
                self._chips.append(chip)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(240), theme().tall(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(80), theme().tall(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Long chips while all fit; else all but the most urgent get short; what then has no room is counted."""
        for chip in self._chips:
            chip.show_short(short=False)
        if self._width_of(self._chips) > self.width():
            for chip in self._chips[1:]:
                chip.show_short(short=True)
        fitting = len(self._chips)
        while fitting and self._width_of(self._chips[:fitting]) + self._reserve(fitting) > self.width():
            fitting -= 1
        x = 0
        for number, chip in enumerate(self._chips):
            size = chip.sizeHint()
            chip.setVisible(number < fitting)
            chip.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
            x += size.width() + self.GAP if number < fitting else 0
        self._count_hidden(len(self._chips) - fitting, x)

    def _width_of(self, chips: Sequence[TimerChip]) -> int:
        return sum(chip.sizeHint().width() + self.GAP for chip in chips) - self.GAP if chips else 0

    def _reserve(self, fitting: int) -> int:
        """Room for "2 more" when not all chips fit."""
        return 0 if fitting == len(self._chips) else self.GAP + theme().sized(56)

    def _count_hidden(self, hidden: int, x: int) -> None:
        self._more.setVisible(bool(hidden))
        self._more.set_words(ngettext("{count} more", "{count} more", hidden).format(count=hidden))
        self._more.setToolTip("\n".join(chip.view.words for chip in self._chips if chip.isHidden()))
        self._more.setGeometry(x, 0, self._more.sizeHint().width(), self.height())


class TimerRing(QWidget):
    """The ring of the locked screen: 232 px with stroke 8, numeral 56 inside, the room at 28 below, no name."""

    _RING: Final = 232
    _WIDTH: Final = 320

    def __init__(self, view: TimerView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_timer(view)

    def show_timer(self, view: TimerView) -> None:
        """Show the timer as it stands now."""
        self._view = view
        elapsed, planned = times.stopwatch(view.elapsed), times.stopwatch(view.planned)
        said = _("{room}: {elapsed} of {planned}").format(room=view.room, elapsed=elapsed, planned=planned)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(max(self._WIDTH, look.sized(self._RING)), look.sized(self._RING) + 16 + look.sized(56))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Where there is too little room the whole ring is drawn smaller, never cut."""
        painter, whole = QPainter(self), self.sizeHint()
        share = min(self.width() / whole.width(), self.height() / whole.height(), 1.0)
        painter.translate((self.width() - whole.width() * share) / 2, 0)
        painter.scale(share, share)
        self._paint_ring(painter)
        self._paint_numbers(painter)
        self._paint_room(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        look, side = theme(), theme().sized(self._RING)
        radius = look.sized(104)
        middle = QPointF(self.sizeHint().width() / 2, side / 2)
        circle = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), look.sized(8)))
        painter.drawEllipse(circle)
        pen = QPen(look.color(self._view.role), look.sized(8))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, 90 * 16, -round(self._view.share * 360 * 16))

    def _paint_numbers(self, painter: QPainter) -> None:
        look, view = theme(), self._view
        colour, width = look.color(view.role), self.sizeHint().width()
        icon, numeral, small = look.icon_side(28), look.line("ring"), look.line("body")
        top = (look.sized(self._RING) - icon - numeral - small) / 2
        look.draw_icon(painter, view.icon, view.role, QRectF((width - icon) / 2, top, icon, icon))
        place = QRectF(0, top + icon, width, numeral)
        drawing.words(painter, place, times.stopwatch(view.elapsed), look.font("ring"), colour, align=drawing.CENTRE)
        planned = _("of {time}").format(time=times.stopwatch(view.planned))
        place = QRectF(0, top + icon + numeral, width, small)
        drawing.words(painter, place, planned, look.font(), look.color("ink-soft"), align=drawing.CENTRE)

    def _paint_room(self, painter: QPainter) -> None:
        look, view = theme(), self._view
        top = look.sized(self._RING) + 16
        place = QRectF(0, top, self.sizeHint().width(), look.sized(36))
        font = look.font("numeral")
        drawing.words(painter, place, view.room, font, look.color("ink"), align=drawing.CENTRE)
        if view.state != "running":
            over = _("Over by {time}").format(time=short_minutes(view.elapsed - view.planned))
            place = QRectF(0, top + look.sized(36), self.width(), look.line())
            drawing.words(painter, place, over, look.font("body", 600), look.color(view.role), align=drawing.CENTRE)


def short_minutes(seconds: int) -> str:
    """Says "1:05": minutes without a leading zero."""
    return times.stopwatch(max(seconds, 0)).removeprefix("0")
