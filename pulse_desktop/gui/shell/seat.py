"""One person at this seat: the way to the clinic and everything that lives as long as they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import Clock
from pulse_desktop.clinic.treatment.typed import TypedShelf
from pulse_desktop.gui.actions import Actions
from pulse_desktop.gui.live import Live
from pulse_desktop.gui.parts.desk_parts import Heartbeat, Person, Practice
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import Desk, Entrance
from pulse_desktop.gui.shell.line_watch import LineWatch
from pulse_desktop.gui.work import Work

if TYPE_CHECKING:
    from pulse_desktop.clinic.practice.values import PracticeData


class Seat(QObject):
    """Ends with `close`: typing is written first, threads are joined, then the clinic's file is let go."""

    def __init__(
        self,
        desk: Desk,
        entrance: Entrance,
        clock: Clock,
        heartbeat: Heartbeat,
        *,
        on_bug: Callable[[BaseException], object],
        on_problem: Callable[[Problem], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.entrance, self.clock, self.heartbeat = desk, entrance, clock, heartbeat
        self.person: Person = desk.actor
        self._permissions = entrance.permissions(desk.actor)
        self.work = Work(desk.door, on_bug=on_bug, on_problem=on_problem, parent=self)
        self.live = Live(self, desk.presence)
        self.line = LineWatch(desk.door, self.work, self.live, clock, self)
        self.typed = None if desk.spool is None else TypedShelf(desk.spool)
        self.actions = Actions(self.may, theme().icon)
        desk.door.listeners.append(self.live.announce)
        desk.door.listeners_elsewhere.append(self.live.announce_elsewhere)
        self._is_closed = False

    def may(self, permission: str) -> bool:
        """Whether the person's roles allow this."""
        return permission in self._permissions

    def practice_of(self, data: PracticeData) -> Practice:
        """The practice as this seat looks at it: the office it worked for last, else the first one."""
        active = [office.id for office in data.offices if office.active]
        known = self.entrance.plate().office_id
        return Practice(data, known if known in active else active[0], self.clock, self)

    def close(self) -> None:
        """Let go of the clinic; nothing reaches the windows any more."""
        if self._is_closed:
            return
        self._is_closed = True
        self.desk.stop_looking_over()
        self.work.close()
        self.desk.close()
