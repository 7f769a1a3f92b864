"""Whether the clinic's server answers: notices when it stops, asks again by itself, and lets all screens read anew when it is back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import Clock
from pulse_desktop.gui.live import Live
from pulse_desktop.gui.work import Work

_FIRST_MS: Final = 500
_LONGEST_MS: Final = 5000


class LineWatch(QObject):
    """One for each seat; a clinic in a file never breaks it."""

    broke = Signal()
    came_back = Signal()

    def __init__(self, door: Any, work: Work, live: Live, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door, self._work, self._live, self._clock = door, work, live, clock
        self._pause = _FIRST_MS
        self.since: datetime | None = None
        """When the server was first found away; None while it answers."""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask)
        work.line_broke.connect(self._note_break)
        work.saved.connect(self._note_answer)

    def stop(self) -> None:
        """Nobody asks any more."""
        self._again.stop()

    def _note_break(self) -> None:
        if self.since is None:
            self.since, self._pause = self._clock.now(), _FIRST_MS
            self._again.start(self._pause)
            self.broke.emit()

    def _ask(self) -> None:
        self._work.run(self._door.reach, then=self._note_answer, refused=self._wait_on)

    def _wait_on(self, _problem: Problem) -> None:
        self._pause = min(2 * self._pause, _LONGEST_MS)
        self._again.start(self._pause)

    def _note_answer(self, _nothing: object = None) -> None:
        if self.since is None:
            return
        self.since = None
        self._again.stop()
        self._work.learn_ends()
        self._live.announce_all()
        self.came_back.emit()
