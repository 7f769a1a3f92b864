"""The locked seat: running timers by room, no name anywhere, and the way back in for the same person or another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.names import initials
from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.basics.times import Clock, clock_time
from pulse_desktop.gui.parts.avatar import Avatar
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import Heartbeat, Practice
from pulse_desktop.gui.parts.icons import MARK
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.running import line_view
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import TimerRing
from pulse_desktop.gui.shell.doorstep import Desk
from pulse_desktop.gui.shell.person_tiles import bare_name, first_name
from pulse_desktop.gui.shell.sign_in import PasswordField
from pulse_desktop.gui.work import Work

if TYPE_CHECKING:
    from pulse_desktop.clinic.treatment.values import TimerLine

_CARD: Final = 440
_MOST_RINGS: Final = 4


class LockedPage(QWidget):
    """Stands in place of everything else. `unlocked` for the person who locked; `someone_else` leads to the sign-in."""

    unlocked = Signal()
    someone_else = Signal()

    def __init__(self, desk: Desk, work: Work, practice: Practice, clock: Clock, heartbeat: Heartbeat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._work, self._practice, self._clock = desk, work, practice, clock
        self._lines: tuple[TimerLine, ...] = ()
        self._rings: list[TimerRing] = []
        self._time = Label("", "numeral")
        self._about = Label("", "secondary", "ink-soft")
        self._place = Label("", "body", "ink-soft")
        self._avatar = Avatar(initials(bare_name(desk.actor.name)), side=40, roles=("jade-tint", "jade"))
        self._who = Label("", "section")
        self._kept = Label("", "secondary", "ink-soft")
        self._password = PasswordField()
        self._unlock = Button(_("Unlock"), "primary", large=True)
        self._problem = Paragraph("", "secondary", "cinnabar", weight=500)
        self._row = QHBoxLayout()
        self._lay_out()
        self._connect(heartbeat)

    def show_locked(self, lines: Sequence[TimerLine], drafts: Sequence[str], *, chimes: bool = True) -> None:
        """Lock now. Of the timers only rooms and times are shown, of the open panels only how many there are."""
        self._lines = tuple(lines)
        self._about.set_words(
            _("Chime on. Names stay hidden while locked.") if chimes else _("Chime off. Names stay hidden while locked.")
        )
        now = self._practice.wall_now()
        name = first_name(self._desk.actor.name)
        self._who.set_words(_("Locked by {name}, {time}").format(name=name, time=clock_time(now)))
        kept = _("Your open work is kept.") if drafts else _("Nothing is lost.")
        self._kept.set_words(kept)
        self._place.set_words(self._practice.office.name)
        label = _("{name}’s password").format(name=name)
        self._password.setAccessibleName(label)
        self._password.setPlaceholderText(label)
        self._password.clear()
        self._show_problem("")
        self._make_rings()
        self._refresh()

    def take_focus(self) -> None:
        """Put the keyboard into the password."""
        self._password.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._refresh()
        return super().event(event)

    # --- how it is laid out

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(0)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addLayout(self._head())
        column.addStretch(1)
        self._row.setSpacing(48)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(self._row)
        across.addStretch(1)
        column.addLayout(across)
        column.addStretch(1)
        column.addWidget(self._card(), 0, middle)
        column.addSpacing(48)
        column.addWidget(self._about, 0, middle)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(32, 24, 32, 24)
        row.setSpacing(8)
        row.addWidget(Icon(MARK, "jade", 28))
        row.addWidget(Label("Pulse", weight=600))
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._time)
        return row

    def _card(self) -> QWidget:
        card = Card()
        card.setFixedWidth(min(theme().sized(_CARD), 880))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(0)
        column.addLayout(self._person_row())
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._password, 1)
        row.addWidget(self._unlock)
        column.addLayout(row)
        column.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 12, 0, 0)
        other = Link(_("I am someone else"))
        other.clicked.connect(self.someone_else)
        foot.addStretch(1)
        foot.addWidget(other)
        column.addLayout(foot)
        card.body.addLayout(column)
        return card

    def _person_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._avatar)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._who)
        both.addWidget(self._kept)
        row.addLayout(both, 1)
        return row

    def _connect(self, heartbeat: Heartbeat) -> None:
        heartbeat.second.connect(self._refresh)
        self._password.returnPressed.connect(self._try)
        self._password.textEdited.connect(self._forget_problem)
        self._unlock.clicked.connect(self._try)

    # --- what it does

    def _make_rings(self) -> None:
        for ring in self._rings:
            self._row.removeWidget(ring)
            ring.hide()
            ring.deleteLater()
        views = sorted((line_view(line, self._clock.now(), with_name=False) for line in self._lines), key=lambda view: view.sort_key)
        self._rings = [TimerRing(view, self) for view in views[:_MOST_RINGS]]
        for ring in self._rings:
            self._row.addWidget(ring)
            ring.show()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        self._time.set_words(clock_time(self._practice.wall_now()))
        views = sorted((line_view(line, self._clock.now(), with_name=False) for line in self._lines), key=lambda view: view.sort_key)
        for ring, view in zip(self._rings, views, strict=False):
            ring.show_timer(view)

    def _try(self) -> None:
        if not self._unlock.isEnabled():
            return
        self._unlock.setEnabled(False)
        self._work.run(_Proof(self._desk, self._password.text()), then=self._judge, refused=self._refuse)

    def _judge(self, is_right: object) -> None:
        self._unlock.setEnabled(True)
        self._password.clear()
        if is_right:
            self.unlocked.emit()
        else:
            self._refuse(Refusal("sign_in_failed", "password"))

    def _refuse(self, problem: Problem) -> None:
        self._unlock.setEnabled(True)
        self._show_problem(sentence(problem))
        self._password.selectAll()

    def _forget_problem(self) -> None:
        self._show_problem("")

    def _show_problem(self, words: str) -> None:
        self._problem.set_words(words)
        self._problem.setVisible(bool(words))
        self._password.refuse(bool(words))


class _Proof:
    """Tries a password on another thread."""

    def __init__(self, desk: Desk, password: str) -> None:
        self._desk, self._password = desk, password

    def __call__(self) -> bool:
        return self._desk.prove(self._password)
