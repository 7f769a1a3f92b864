"""A process of ours in which somebody signs in, searches and opens patients in the real window; prints figures as JSON.

    python tools/benchmarks/at_the_screen.py FOLDER PATIENTS         # when it is, and the password, on standard input
    python tools/benchmarks/at_the_screen.py FOLDER PATIENTS long    # instead a thousand actions: what they leave in memory

The owner was at this seat last (seat.json), so that the cursor stands in the password.
A process of its own since the thread that paints may not touch the database, and the other rows do so on theirs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

from pulse_desktop.basics.times import SetClock
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import PatientPlace, Place
from pulse_desktop.gui.shell import application
from pulse_desktop.gui.shell.window import Window
from pulse_desktop.gui.tour.desk import Desk
from tools.benchmarks import at_days, at_notes
from tools.benchmarks.machine import resident_megabytes
from tools.benchmarks.measuring import of, take_best, timed

_PERSON, _TYPING_SECONDS = "Vera Adler", 1.5
_QUERIES = ("m", "ma lo", "973", "lopez")
_ROUNDS, _OPENED, _WARM = 3, 15, 3
_ACTIONS = 1000


class Seat:
    """The window and the hands in front of it."""

    def __init__(self, folder: Path, now: datetime, password: str) -> None:
        self.folder, self.password = folder, password
        clock = SetClock(now)
        self.window: Window = application.build(FolderEntrance(folder, clock, allow_weak=True), clock=clock, calm=True)
        self.window.show()
        self.window.activateWindow()
        self.window.prepare()
        self.desk = Desk(application.application())

    def signs_in(self) -> float:
        """Milliseconds from Enter to Today with everything on it."""
        self.desk.sees(_PERSON)
        self.desk.waits_until(time.monotonic() + _TYPING_SECONDS)
        self.desk.types(self.password)
        QAccessible.setActive(False)  # the driver switched it on to find its way
        taken = timed(self._presses_enter)
        self.settles()  # the file's rows are looked over behind the work, for seconds in a large clinic
        return taken

    def _presses_enter(self) -> None:
        QTest.keyClick(_focus(self.window), Qt.Key.Key_Return)
        while self.window.frame is None or not self._has_cards():
            _next_events()
        self._paints()

    def _has_cards(self) -> bool:
        """The day's visits stand on Today."""
        return any(view.model() is not None and view.model().rowCount() for view in self.window.findChildren(QListView))

    def settles(self) -> None:
        """Until no answer is under way and everything is painted."""
        while not self._is_idle():
            _next_events()
        self._paints()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the event loop does, which does not run here
        if not self._is_idle():
            self.settles()

    def _paints(self) -> None:
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def _is_idle(self) -> bool:
        assert self.window.frame is not None
        return self.window.frame.parts.work.is_idle

    def types(self, text: str) -> list[float]:
        """Milliseconds of each letter typed into the palette, opened and closed around it."""
        self.desk.keys("Ctrl+K")
        self.settles()
        taken = [timed(lambda letter=letter: self._letter(letter)) for letter in text]  # type: ignore[misc]
        self.desk.keys("Escape")
        self.settles()
        return taken

    def _letter(self, letter: str) -> None:
        QTest.keyClicks(_focus(self.window), letter)
        self.settles()

    @property
    def parts(self) -> DeskParts:
        """What the screens work with."""
        assert self.window.frame is not None
        return self.window.frame.parts

    def shown(self, act: Callable[[], object]) -> float:
        """Milliseconds from an act until everything it leads to is painted."""

        def acted() -> None:
            act()
            self.settles()

        return timed(acted)

    def opens(self, place: Place) -> float:
        """Milliseconds until a place stands there."""
        return self.shown(lambda: self.parts.go_to(place))


def _next_events() -> None:
    """Sleeps until something happens, as the event loop does: a loop that never rests takes Python from the workers."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _focus(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def measure(seat: Seat, patients: int) -> dict[str, float]:
    """All figures, in milliseconds and megabytes."""
    found = {"enter_ms": seat.signs_in()}
    letters = [taken for _ in range(_ROUNDS) for text in _QUERIES for taken in seat.types(text)]
    opened = [seat.opens(PatientPlace(patients // 2 + at)) for at in range(_OPENED + _WARM)][_WARM:]
    found |= {"letter_ms": of(letters), "opened_ms": of(opened), "idle_mb": resident_megabytes()}
    return found | at_days.measure(seat) | at_notes.measure(seat)


def measure_long(seat: Seat, patients: int) -> dict[str, float]:
    """Megabytes before and after a thousand actions; those before made every screen once."""
    seat.signs_in()
    at_days.acts(seat, patients, _ACTIONS // 10)
    before = at_days.megabytes_at_rest()
    at_days.acts(seat, patients, _ACTIONS)
    return {"before_mb": before, "after_mb": at_days.megabytes_at_rest()}


def main() -> None:
    how = sys.argv[3:]
    if "best" in how:
        take_best()
    now, password = json.loads(sys.stdin.readline())
    seat = Seat(Path(sys.argv[1]), datetime.fromisoformat(now), password)
    found = (measure_long if "long" in how else measure)(seat, int(sys.argv[2]))
    seat.window.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
