"""The bar at the foot: running timers of the office at the left, what was saved when at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import Clock, clock_time
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.desk_parts import Heartbeat, Practice
from pulse_desktop.gui.parts.labels import Icon, Label
from pulse_desktop.gui.parts.running import line_view
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import TimerRow
from pulse_desktop.gui.shell.chime import Chime

if TYPE_CHECKING:
    from pulse_desktop.clinic.treatment.values import TimerLine

_LARGE: Final = 1.4


class FootBar(QWidget):
    """40 px at the bottom of the window, right of the rail."""

    timer_chosen = Signal(object)

    def __init__(
        self, practice: Practice, clock: Clock, heartbeat: Heartbeat, staff_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._practice, self._clock, self._staff_id = practice, clock, staff_id
        self._lines: tuple[TimerLine, ...] = ()
        self._away_since: datetime | None = None
        self.chime = Chime(self)
        self._timers = TimerRow(self)
        self._tick = Icon("check", "ink-soft", 16, parent=self)
        self._saved = Label(_("Everything is saved"), "secondary", "ink-soft", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 16, 0)
        row.setSpacing(6)
        row.addWidget(self._timers, 1)
        row.addWidget(self._tick)
        row.addWidget(self._saved)
        self._timers.opened.connect(self.timer_chosen)
        heartbeat.second.connect(self.refresh)
        self._measure()

    @property
    def lines(self) -> tuple[TimerLine, ...]:
        """What runs in this office."""
        return self._lines

    def show_lines(self, lines: Sequence[TimerLine]) -> None:
        """Show these timers from now on."""
        self._lines = tuple(lines)
        if self._away_since is not None:
            self._say_away(self._away_since)
        self.refresh()

    def refresh(self) -> None:
        """Let the timers look at the clock; the chime hears them even while the seat is locked."""
        now = self._clock.now()
        views = [line_view(line, now, staff_id=self._staff_id) for line in self._lines]
        self.chime.hear(views)
        if self.isVisible() or not views:
            self._timers.show_timers(views)

    def say_saved(self) -> None:
        """A command was committed just now."""
        if self._away_since is not None:
            return
        now = self._practice.wall_now()
        self._saved.set_words(_("Saved {time}").format(time=clock_time(now)))

    def show_away(self, since: datetime | None) -> None:
        """The clinic's server does not answer since then; None: it does again, and all is saved but what screens still say."""
        self._away_since = since
        if since is None:
            self._tick.show_icon("check", "ink-soft")
            self._saved.set_ink("ink-soft")
            self._saved.set_words(_("Connected again"))
            self._saved.setAccessibleDescription("")
            return
        self._tick.show_icon("warning", "amber")
        self._saved.set_ink("amber")
        self._say_away(since)

    def _say_away(self, since: datetime) -> None:
        """In few words beside running timers, which must be seen whole."""
        words = _("Not connected to the clinic's server since {time}. You can read what is open; booking and selling wait.")
        said = words.format(time=clock_time(self._practice.wall(since)))
        is_narrow = bool(self._lines) or theme().scale >= _LARGE
        short = _("Not connected since {time}").format(time=clock_time(self._practice.wall(since)))
        self._saved.set_words(short if is_narrow else said)
        self._saved.setAccessibleDescription(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing.line(QPainter(self), QPointF(0, 0), QPointF(self.width(), 0), theme().color("line"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme().tall(40, 24))
        self._tick.setVisible(theme().scale < _LARGE)
        if self._away_since is not None:
            self._say_away(self._away_since)
        self._saved.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
