"""The sign-in page: who is at this seat, and their password. It stands before the clinic's own modules are loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.basics.times import Clock, clock_time_full, long_day
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.desk_parts import Heartbeat
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import DoorPlate, Entrance, PersonTile, PracticeHint
from pulse_desktop.gui.shell.figure_pane import BesideFigure
from pulse_desktop.gui.shell.person_tiles import PersonTiles, first_name
from pulse_desktop.gui.work import Work

_COLUMN: Final = 440
_MOST_TILES: Final = 6
_NARROW: Final = 1040
"""Below this width the figure makes room for the people."""


class PasswordField(QLineEdit):
    """40 px; Up and Down reach the people above it."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFixedHeight(theme().tall(40))
        self.setMaxLength(1024)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def refuse(self, is_refused: bool) -> None:  # noqa: FBT001 - as a setter
        """Show or take away the red edge."""
        self.setProperty("refused", is_refused)
        self.style().unpolish(self)
        self.style().polish(self)


class SignInPage(BesideFigure):
    """Emits `opened(desk)` once somebody is in."""

    opened = Signal(object)

    def __init__(
        self, entrance: Entrance, work: Work, clock: Clock, heartbeat: Heartbeat, hint: PracticeHint | None, parent: QWidget | None = None
    ) -> None:
        plate = entrance.plate()
        super().__init__(plate, _NARROW, parent)
        self._plate = plate
        self._entrance, self._work, self._clock, self._hint = entrance, work, clock, hint
        self._title = Label("", "title")
        self._when = Label("", "body", "ink-soft")
        self._tiles = PersonTiles(entrance.people())
        self._scroll: QScrollArea | None = None
        self._label = Label("", "secondary", "ink-soft", weight=500)
        self._password = PasswordField()
        self._button = Button(_("Sign in"), "primary", keys=_("Enter"), large=True)
        self._stop = Icon("stop", "cinnabar", 16)
        self._problem = Paragraph("", "secondary", "cinnabar", weight=500)
        self._lay_out()
        self._connect(heartbeat)
        self._tiles.choose_person(entrance.last_person)
        self._say_time()

    def take_focus(self) -> None:
        """Put the keyboard into the password."""
        self._password.setFocus()

    def recover(self) -> None:
        """A mistake of the program kept the clinic from opening: trying again is possible."""
        self._set_busy(False)

    # --- how it is laid out

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(24, 24, 24, 24)
        right.addSpacing(theme().line("secondary") + right.spacing())  # as much as the foot, so that the column is centred
        right.addStretch(1)
        middle = QHBoxLayout()  # not an alignment: that would forget how high wrapped words are
        middle.addStretch(1)
        middle.addWidget(self._column())
        middle.addStretch(1)
        right.addLayout(middle)
        right.addStretch(1)
        right.addWidget(Label(_("No internet needed"), "secondary", "ink-soft"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.lay_beside(right)

    def _column(self) -> QWidget:
        whole = QWidget()
        whole.setFixedWidth(min(theme().sized(_COLUMN), 880))
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._when)
        column.addSpacing(20)
        column.addWidget(self._people())
        column.addSpacing(20)
        column.addWidget(self._label)
        column.addSpacing(4)
        column.addLayout(self._password_row())
        column.addSpacing(4)
        column.addLayout(self._problem_row())
        column.addSpacing(16)
        column.addLayout(self._foot_row())
        return whole

    def _people(self) -> QWidget:
        tile = theme().tall(64, 20, 2) + 8
        count = len(self._entrance.people())
        if count <= _MOST_TILES and theme().scale <= 1.2:
            return self._tiles
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._tiles)
        scroll.setFixedHeight(min(count, _MOST_TILES if theme().scale <= 1.2 else 3) * tile)
        self._scroll = scroll
        return scroll

    def _password_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._password, 1)
        row.addWidget(self._button)
        return row

    def _problem_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._problem, 1)
        self._show_problem("")
        return row

    def _foot_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self._hint is not None:
            row.addWidget(Paragraph(self._hint.words, "secondary", "ink-soft"), 1)
            return row
        practice = Link(_("Practice clinic"))
        practice.setToolTip(_("Opens a clinic with invented people in a window of its own"))
        practice.clicked.connect(self._entrance.open_practice_clinic)
        row.addStretch(1)
        row.addWidget(practice)
        return row

    def _connect(self, heartbeat: Heartbeat) -> None:
        heartbeat.minute.connect(self._say_time)
        self._tiles.chosen.connect(self._ask_password)
        self._password.stepped.connect(self._tiles.step)
        self._password.returnPressed.connect(self._sign_in)
        self._password.textEdited.connect(self._forget_problem)
        self._button.clicked.connect(self._sign_in)

    # --- what it does

    def _say_time(self) -> None:
        now = wall_time(self._clock, self._plate)
        self._title.set_words(_("{greeting} Who is at this seat?").format(greeting=greeting(now)))
        when = f"{long_day(now.date())}, {clock_time_full(now)}"
        self._when.set_words(f"{self._plate.office}. {when}" if self._plate.office else when)

    def _ask_password(self, person: PersonTile) -> None:
        words = _("{name}’s password").format(name=first_name(person.name))
        self._label.set_words(words)
        self._password.setAccessibleName(words)
        self._password.clear()
        self._show_problem("")
        if self._scroll is not None and (tile := self._tiles.tile) is not None:
            self._scroll.ensureWidgetVisible(tile)
        if self.isVisible():
            self.take_focus()

    def _sign_in(self) -> None:
        person = self._tiles.person
        if person is None or not self._button.isEnabled():
            return
        if not self._password.text():
            self._show_problem(_("Write {name}’s password first.").format(name=first_name(person.name)))
            return
        self._show_problem("")
        self._set_busy(True)
        opening = _Opening(self._entrance, person.vault_id, self._password.text())
        self._work.run(opening, then=self._let_in, refused=self._refuse)

    def _let_in(self, desk: object) -> None:
        self._password.clear()
        self._set_busy(False)
        self.opened.emit(desk)

    def _refuse(self, problem: Problem) -> None:
        self._set_busy(False)
        self._show_problem(sentence(problem, {"name": first_name(self._tiles.person.name) if self._tiles.person else ""}))
        self._password.selectAll()
        self.take_focus()

    def _set_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - as a setter
        self._button.setEnabled(not is_busy)
        self._button.set_words(_("Opening …") if is_busy else _("Sign in"))
        self._password.setReadOnly(is_busy)
        self._tiles.setEnabled(not is_busy)

    def _forget_problem(self) -> None:
        self._show_problem("")

    def _show_problem(self, words: str) -> None:
        self._problem.set_words(words)
        self._problem.setVisible(bool(words))
        self._stop.setVisible(bool(words))
        self._password.refuse(bool(words))


class _Opening:
    """Opens the clinic on another thread. Not a lambda, so that the password is named nowhere else."""

    def __init__(self, entrance: Entrance, vault_id: str, password: str) -> None:
        self._entrance, self._vault_id, self._password = entrance, vault_id, password

    def __call__(self) -> object:
        return self._entrance.open(self._vault_id, self._password)


def wall_time(clock: Clock, plate: DoorPlate) -> datetime:
    """The time at this seat's office, or by the computer's zone while no office is known."""
    now = clock.now().astimezone(UTC)
    return now.astimezone(ZoneInfo(plate.zone)) if plate.zone else now.astimezone()


def greeting(now: datetime) -> str:
    """"Good morning." until noon, "Good afternoon." until six."""
    if now.hour < 12:
        return _("Good morning.")
    return _("Good afternoon.") if now.hour < 18 else _("Good evening.")
