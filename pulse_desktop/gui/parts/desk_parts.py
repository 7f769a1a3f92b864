"""What every screen and panel is handed when it is made: the way to the clinic, to other places, and to people's ears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.times import Clock, minute_of, wall
from pulse_desktop.gui.actions import Actions
from pulse_desktop.gui.live import Live
from pulse_desktop.gui.parts.places import Place, Request
from pulse_desktop.gui.work import Work

if TYPE_CHECKING:
    from pulse_desktop.clinic.practice.values import Office, PracticeData, StaffDraft
    from pulse_desktop.clinic.treatment.typed import TypedShelf


class Person(Protocol):
    """The person who is signed in (storage's Actor keeps to this). Permissions are given by value: may("book")."""

    @property
    def staff_id(self) -> int: ...
    @property
    def vault_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...


class Heartbeat(QObject):
    """One pulse for all clocks and timers on the screen, so that they change together."""

    second = Signal()
    minute = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._minute = self._current_minute()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        """Let all timers look at the clock again (tests call it after moving the clock)."""
        self.second.emit()
        if (now := self._current_minute()) != self._minute:
            self._minute = now
            self.minute.emit()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _current_minute(self) -> int:
        return int(self._clock.now().timestamp()) // 60


class Practice(QObject):
    """The practice's set-up data and the office this seat works for; both stay current while one looks at them."""

    changed = Signal()
    """The set-up data was read anew (a room was added, prices changed)."""
    office_changed = Signal()
    """The person chose another office in the top bar."""

    def __init__(self, data: PracticeData, office_id: int, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data, self._office_id, self._clock = data, office_id, clock

    @property
    def data(self) -> PracticeData:
        """Offices, rooms, people, services, hours: `practice.data.room(3).name`."""
        return self._data

    @property
    def office(self) -> Office:
        """The chosen office."""
        return self._data.office(self._office_id)

    @property
    def zone(self) -> str:
        """The chosen office's time zone (IANA name)."""
        return self.office.zone

    def refresh(self, data: PracticeData) -> None:
        """Take in freshly read data; an office that is no longer there gives way to the first one."""
        self._data = data
        if all(office.id != self._office_id for office in data.offices):
            self.choose_office(data.offices[0].id)
        self.changed.emit()

    def choose_office(self, office_id: int) -> None:
        """Work for another office from now on."""
        if office_id != self._office_id:
            self._office_id = office_id
            self.office_changed.emit()

    def today(self) -> date:
        """The date at the chosen office."""
        return self.wall_now().date()

    def wall_now(self) -> datetime:
        """The present wall time at the chosen office."""
        return wall(self._clock.now(), self.zone)

    def wall(self, moment: datetime) -> datetime:
        """An instant as the chosen office's clock shows it."""
        return wall(moment, self.zone)

    def minute_now(self) -> int:
        """The present minute of the day at the chosen office."""
        return minute_of(self._clock.now(), self.zone)


class Pen(Protocol):
    """The signed-in person's proof for one signature, by password or by the PIN of this seat. The two calls take up to a
    second or two, so `work.run` them.
    """

    @property
    def has_pin(self) -> bool: ...
    @property
    def pin_tries_left(self) -> int: ...
    def may_sign(self, password: str, new_pin: str = "") -> bool: ...
    def may_sign_by_pin(self, pin: str) -> bool: ...


class Say(Protocol):
    """The shape of `DeskParts.toast`."""

    def __call__(self, words: str, operation: str = "", undo: str = "") -> None: ...


class Ask(Protocol):
    """The shape of `DeskParts.ask`."""

    def __call__(
        self, problem: NeedsConsent, yes: str, no: str, agreed: Callable[[frozenset[str]], object]
    ) -> None: ...


@dataclass(frozen=True)
class DeskParts:
    """Everything a screen works with. Screens keep it; nothing in it changes while a person is signed in."""

    work: Work
    live: Live
    actions: Actions
    practice: Practice
    person: Person
    clock: Clock
    heartbeat: Heartbeat
    may: Callable[[str], bool]
    """may("take_money"): whether to show a button; the door decides."""
    go_to: Callable[[Place], None]
    open_panel: Callable[[Request], None]
    toast: Say
    """toast(words, operation="", undo=""): one sentence; with the operation of a Done, `undo` names what Ctrl+Z takes back."""
    ask: Ask
    """ask(problem, yes, no, agreed): show a NeedsConsent's sentence; `agreed(consents)` is called when the person says yes."""
    tell: Callable[[Problem], None]
    """tell(problem): say it at the bottom edge; for problems that belong to no field."""
    sentence: Callable[[Problem, Callable[[str], object]], None]
    """sentence(problem, then): `then(text)` gets the problem's sentence with people's and rooms' names filled in."""
    pen: Pen
    """Says before each signature that it is the person who signs."""
    let_in: Callable[[StaffDraft, str], int]
    """let_in(draft, password): make somebody a member who can sign in; takes up to a second, so `work.run` it."""
    typed: TypedShelf | None = None
    """Where drafts wait on this computer while the clinic's server is away; None for a clinic in a file."""
