"""A program of its own: the real window, a practitioner who types into a note at 20 letters a second, and nobody who saves.

    python -m tests.stories.typist FOLDER NOW [no-saving | full-disk]

Tells on stdout, line by line, what stands on the screen: `cups N` on the map that rested; `typed N` letters so far; `saved N` when the note says that its
draft is saved anew; `resting N` when nothing was typed for so long that all N letters must be in the file. It types and
rests until it is killed (`full-disk` ends by itself).
"""

from __future__ import annotations

import os
import re
import sys
import time
from datetime import datetime
from importlib import import_module
from pathlib import Path

import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.basics.times import SetClock
from pulse_desktop.gui.workplaces.note.keeper import Keeper
from tests.stories.seat import Seat

MORE_TABLES = "PULSE_TEST_TABLES"
"""Environment: modules whose tables the clinic has besides the program's own."""
A_SECOND = 20
"""Letters."""
REST = 2.0
"""Seconds without a letter; the program promises to have saved long before."""
BURST = 70
"""Letters between two rests."""
CARD, FIELD = "10:20 Huang Jie", "Complaint"
SITES = ("L1 l", "L4 l", "T7 l")
"""Where further cups go, one a rest."""
_SAVED = re.compile(r"Draft saved \d+:\d\d:\d\d")


def text_of(letters: int) -> str:
    """The first so many letters of what is typed: numbered words, so that a gap would show."""
    return "".join(f"w{number:04} " for number in range(letters // 6 + 1))[:letters]


class Typist:
    """Types, looks, tells."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.typed, self.drawn, self._said = seat, 0, 1, ""
        self._line: QWidget | None = None

    def opens_note(self) -> None:
        """Signs in, goes to the patient, puts a cup on the map and the cursor into the complaint."""
        desk = self.seat.desk
        self.seat.signs_in_by_keys("Lin Hua")
        desk.sees(CARD)
        desk.keys("Right")
        desk.walks_to(CARD, by="Up", most=8)
        desk.keys("F6")
        desk.sees("To sign: complaint")
        desk.keys("Alt+U")
        desk.types("L3 l")
        desk.keys("Return")
        desk.sees("45 mm cup, left")
        desk.keys("F4")
        desk.sees("Cups off")
        desk.sees("Draft saved")
        tell("cups 1")
        desk.walks_to(FIELD, by="Shift+Tab")
        self._look()

    def types_on(self) -> None:
        """For ever."""
        while True:
            for _letter in range(BURST):
                self._types_one()
            self._draws()
            self._rests()
            tell(f"resting {self.typed}")
            tell(f"cups {self.drawn}")

    def _draws(self) -> None:
        """One more cup on the map, as long as there are sites; then back to the complaint."""
        if self.drawn > len(SITES):
            return
        desk = self.seat.desk
        desk.keys("Alt+U")
        desk.types(SITES[self.drawn - 1])
        desk.keys("Return")
        self.drawn += 1
        desk.walks_to(FIELD, by="Shift+Tab")

    def types_for(self, seconds: float) -> None:
        """For so long."""
        for _letter in range(round(seconds * A_SECOND)):
            self._types_one()

    def _types_one(self) -> None:
        until = time.monotonic() + 1 / A_SECOND
        self.seat.desk.types(text_of(self.typed + 1)[-1])
        self.typed += 1
        tell(f"typed {self.typed}")
        self.seat.desk.waits_until(until)
        self._look()

    def _rests(self) -> None:
        end = time.monotonic() + REST
        while time.monotonic() < end:
            self.seat.desk.waits_until(time.monotonic() + 0.1)
            self._look()

    def _look(self) -> None:
        found = _SAVED.search(self._line_about_saving())
        if found is not None and found.group() != self._said:
            self._said = found.group()
            tell(f"saved {self.typed}")

    def _line_about_saving(self) -> str:
        """What a screen reader says of the line where it stands. It is looked for once: to read the whole screen for each
        letter takes as long as to type it."""
        if self._line is None or not shiboken6.isValid(self._line) or not self._line.isVisible():
            shown = (widget for widget in QApplication.allWidgets() if widget.isVisible())
            self._line = next((widget for widget in shown if _SAVED.search(_said(widget))), None)
        return _said(self._line) if self._line is not None else ""


def _said(widget: QWidget) -> str:
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def tell(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _does_nothing(_keeper: Keeper) -> None:
    """In place of a save."""


def full_disk(typist: Typist) -> None:
    """No file may grow any more: types, tells all words about saving, then gives the disk back and looks again."""
    import resource

    typist.seat.minutes_pass(10)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, most[1]))
    typist.types_for(3)
    tell("full: " + " | ".join(sorted({words for words in typist.seat.desk.reads().split(" | ") if "saved" in words.casefold()})))
    resource.setrlimit(resource.RLIMIT_FSIZE, most)
    typist.seat.desk.sees("Draft saved 10:52")
    tell(f"recovered {typist.typed}")
    typist.seat.closes_program()


def main() -> None:
    """As the module's docstring says."""
    for name in filter(None, os.environ.get(MORE_TABLES, "").split(",")):
        import_module(name)
    folder, now, how = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), (sys.argv[3:] or ["saves"])[0]
    seat = Seat.at(folder, now, folder.parent)
    if how != "full-disk":
        seat.clock = SetClock(now)
    seat.starts_program()
    typist = Typist(seat)
    typist.opens_note()
    if how == "full-disk":
        full_disk(typist)
        return
    if how == "no-saving":
        for name in ("save", "settle"):
            setattr(Keeper, name, _does_nothing)
    typist.types_on()


if __name__ == "__main__":
    main()
