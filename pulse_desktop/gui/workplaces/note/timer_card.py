"""The cups' clock: ready, on, off. Big while cups are on, since it is read from the door of the room."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import clock_time, stopwatch
from pulse_desktop.clinic.treatment import running_cups
from pulse_desktop.clinic.treatment.values import CupPlacement, NoteDraft
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.running import own_view
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import TimerView
from pulse_desktop.gui.workplaces.note.meant import meant_cups
from pulse_desktop.gui.workplaces.note.words import minutes_words

_PAD: Final = 12
_BAR: Final = 6


def cups_timer(cups: tuple[CupPlacement, ...], now: datetime) -> TimerView | None:
    """The clock of the cups that are on, of the one that comes off first; None when none is."""
    return own_view(running_cups(cups), "cups", now)


class TimerCard(Card):
    """`asked` for F4's act (on or off, whichever comes next), `minute_asked` for one minute more, `more_asked` for waiting cups,
    `all_asked` for all off while some are selected."""

    asked = Signal()
    minute_asked = Signal()
    more_asked = Signal()
    all_asked = Signal()

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._practice = practice
        self._icon = Icon("cups", "progress.cups-on.solid", 20)
        self._title, self._since = Label("", weight=600), Label("", "secondary", "ink-soft", align=drawing.RIGHT)
        self._elapsed, self._planned = Label("", "numeral"), Label("", "body", "ink-soft")
        self._bar = _Bar()
        self._warning = Paragraph("", "secondary", "cinnabar", weight=500)
        self._clock, self._buttons = QWidget(), QWidget()
        self.act = Button("", "primary", keys="F4", large=True)
        self.minute = Button(_("+1 min"), large=True)
        self.minute.setAccessibleName(_("One minute more"))
        self.minute.setFixedWidth(round(drawing.text_width(self.minute.words, theme().font("body", 500))) + 26)
        self.act.setMinimumWidth(theme().sized(80))
        self.more = Button("", "text", keys="Shift+F4")
        self.whole = Button("", "text")
        self._lay_out()
        self.act.clicked.connect(self.asked)
        self.minute.clicked.connect(self.minute_asked)
        self.more.clicked.connect(self.more_asked)
        self.whole.clicked.connect(self.all_asked)

    def show_draft(self, draft: NoteDraft, now: datetime, chosen: frozenset[int] = frozenset(), *, usable: bool) -> None:
        """Show the cups of the draft as they stand at `now`; the button says which ones it acts on."""
        view = cups_timer(draft.cups, now)
        waiting = [cup for cup in draft.cups if cup.on_at is None]
        self.setVisible(bool(draft.cups))
        if view is not None:
            self._show_running(draft, view)
        elif waiting:
            self._show_ready(waiting)
        else:
            self._show_off(draft)
        meant = meant_cups(draft.cups, chosen)
        self.act.set_words(meant.words)
        self.whole.setVisible(usable and meant.come_off and meant.is_some)
        self.whole.set_words(_("All {count} off").format(count=sum(bool(cup.on_at and not cup.off_at) for cup in draft.cups)))
        is_live = usable and bool(view or waiting)
        self._buttons.setVisible(is_live)
        self.more.setVisible(usable and bool(view and waiting))
        self.more.set_words(ngettext("Put {count} more on", "Put {count} more on", len(waiting)).format(count=len(waiting)))

    def _show_running(self, draft: NoteDraft, view: TimerView) -> None:
        running = running_cups(draft.cups)
        assert running is not None
        titles = {"running": _("Cups on"), "due": _("Take off now"), "late": _("Take off now")}
        self._title.set_words(titles[view.state])
        self._since.set_words(_("since {time}").format(time=clock_time(self._practice.wall(running.since))))
        self._elapsed.set_words(stopwatch(view.elapsed))
        self._planned.set_words(_("of {time}").format(time=stopwatch(view.planned)))
        self._colour(view.role)
        self._warning.set_words(view.warning)
        self._bar.show_share(view.share, view.role)
        self._show_clock(shown=True)
        self._warning.setVisible(bool(view.warning))
        said = _("{title}, {elapsed} of {planned}")
        words = said.format(title=self._title.text(), elapsed=self._elapsed.text(), planned=stopwatch(view.planned))
        self.setAccessibleName(f"{words}. {view.warning}" if view.warning else words)

    def _show_ready(self, waiting: list[CupPlacement]) -> None:
        count = ngettext("{count} cup ready", "{count} cups ready", len(waiting)).format(count=len(waiting))
        self._title.set_words(count)
        self._since.set_words(minutes_words(min(cup.planned_minutes for cup in waiting)))
        self._colour("progress.cups-on.solid", edge="line")
        self._show_clock(shown=False)
        self.setAccessibleName(count)

    def _show_off(self, draft: NoteDraft) -> None:
        last = max((cup.off_at for cup in draft.cups if cup.off_at), default=None)
        self._title.set_words(_("Cups off"))
        self._since.set_words(_("since {time}").format(time=clock_time(self._practice.wall(last))) if last else "")
        self._colour("ink-soft", edge="line")
        self._show_clock(shown=False)
        self.setAccessibleName(f"{self._title.text()} {self._since.text()}")

    def _colour(self, role: str, edge: str = "") -> None:
        self._icon.show_icon("cups", role)
        self._elapsed.set_ink(role)
        self.set_colours("raised", edge or role)

    def _show_clock(self, *, shown: bool) -> None:
        for widget in (self._clock, self._bar):
            widget.setVisible(shown)
        self._warning.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        column.setSpacing(0)
        column.addLayout(self._head_row())
        clock = QHBoxLayout(self._clock)
        clock.setSpacing(8)
        clock.setContentsMargins(0, 4, 0, 4)
        clock.addWidget(self._elapsed)
        clock.addWidget(self._planned)
        clock.addStretch(1)
        column.addWidget(self._clock)
        column.addWidget(self._bar)
        column.addWidget(self._warning)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 12, 0, 0)
        buttons.setSpacing(8)
        self.act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons.addWidget(self.act, 1)
        buttons.addWidget(self.minute)
        column.addWidget(self._buttons)
        column.addWidget(self.whole)
        column.addWidget(self.more)
        self.body.addLayout(column)

    def _head_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        row.addWidget(self._since)
        return row


class _Bar(QWidget):
    """How much of the planned time has passed."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._role = 0.0, "progress.cups-on.solid"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, role: str) -> None:
        self._share, self._role = share, role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing.bar(QPainter(self), QRectF(self.rect()), self._share, theme().color(self._role))
