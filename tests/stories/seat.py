"""A seat in the clinic: the program's window, the clock on the wall and the person in front of it (`desk`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.times import SetClock, SteppedClock
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.shell import application
from pulse_desktop.gui.tour.desk import Desk, Effort

ZONE = "America/New_York"
BOARD = "Cups or needles on, "
"""Words that stand on the Today board only."""
_PEOPLE = 6


@dataclass
class Seat:
    """One computer. Everything that is done in the program is done by `desk`."""

    folder: Path
    clock: SteppedClock | SetClock
    papers: Path
    password: str = "calm hands, warm cups"
    desk: Desk = field(init=False)
    efforts: list[tuple[str, Effort]] = field(default_factory=list)
    _window: QWidget | None = None

    def __post_init__(self) -> None:
        self.desk = Desk(application.application())

    @classmethod
    def at(cls, folder: Path, now: datetime, papers: Path) -> Seat:
        """A seat at the clinic in `folder` whose clock stands at `now`."""
        return cls(folder, SteppedClock(now), papers)

    # --- the program

    def starts_program(self) -> None:
        """Opens the window and waits for the question who is here."""
        entrance = FolderEntrance(self.folder, self.clock, zone=ZONE, allow_weak=True)
        window = application.build(entrance, clock=self.clock, calm=True)
        window.prepare()
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        self._window = window
        self.desk.sees("Who is at this seat?")

    def closes_program(self) -> None:
        """Closes the window, as the cross in its corner does."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
            self.desk.lets_go()

    def minutes_pass(self, minutes: float) -> None:
        """Time goes by, and the screens notice."""
        assert isinstance(self.clock, SteppedClock)
        self.clock.pass_minutes(minutes)

    # --- counting

    @contextmanager
    def task(self, name: str) -> Iterator[Effort]:
        """Counts the keys and clicks of one task. What it took is told at the end of the story (`pytest -s`)."""
        self.desk.starts_task()
        effort = self.desk.effort
        yield effort
        self.efforts.append((name, replace(effort)))

    def tells_efforts(self) -> None:
        """Prints what every task took."""
        for name, effort in self.efforts:
            sys.stdout.write(f"\n  {name}: {effort}")

    # --- people

    def signs_in_by_mouse(self, name: str) -> None:
        """Clicks a person, types the password, clicks."""
        self.desk.presses(name)
        self.desk.sees(f"{name.split(maxsplit=1)[0]}’s password")
        self.desk.types(self.password)
        self.desk.presses("Sign in Enter")
        self.desk.sees(BOARD)

    def signs_in_by_keys(self, name: str) -> None:
        """Goes through the people with Up and Down, types the password."""
        wanted = f"{name.split(maxsplit=1)[0]}’s password"
        for direction in (*["Up"] * _PEOPLE, *["Down"] * _PEOPLE):
            if self.desk.focus_words() == wanted:
                break
            self.desk.keys(direction)
        self.desk.types(self.password)
        self.desk.keys("Return")
        self.desk.sees(BOARD)

    def hands_over_by_keys(self, name: str) -> None:
        """Locks the seat; `name` signs in."""
        self.desk.keys("Ctrl+L")
        self.desk.sees("I am someone else")
        self.desk.walks_to("I am someone else")
        self.desk.keys("Space")
        self.desk.sees("Who is at this seat?")
        self.signs_in_by_keys(name)

    def hands_over_by_mouse(self, name: str) -> None:
        """Locks the seat; `name` signs in."""
        self.desk.presses("Lock this seat")
        self.desk.presses("I am someone else")
        self.desk.sees("Who is at this seat?")
        self.signs_in_by_mouse(name)

    # --- fields

    def chooses(self, label: str, words: str) -> None:
        """Opens the drop-down below `label` and clicks an entry."""
        head = self.desk.place_of(label)
        self.desk.clicks_at(head.bottomLeft() + QPoint(40, 20))
        self.desk.presses(words)

    # --- papers

    def paper(self, name: str) -> Path:
        """Where a paper of that name is saved."""
        return self.papers / name

    def saves_paper_by_keys(self, name: str) -> None:
        """Saves the paper on the screen through the program's file dialog."""
        self.desk.keys("Ctrl+S")
        self.desk.sees("File name:")
        self.desk.keys("Ctrl+A")
        self.desk.types(str(self.paper(name)))
        self.desk.keys("Return")
        self.desk.sees_that(self.paper(name).is_file, f"{name} is written")

    def saves_paper_by_mouse(self, name: str) -> None:
        """Saves the paper on the screen through the program's file dialog."""
        self.desk.presses("Save as file")
        self.desk.sees("File name:")
        self.desk.types_into("File name:", str(self.paper(name)))
        self.desk.presses("Save", nth=0)
        self.desk.sees_that(self.paper(name).is_file, f"{name} is written")

    def reads_paper(self, name: str) -> str:
        """All words of a saved paper, as they stand on its pages."""
        reader = PdfReader(BytesIO(self.paper(name).read_bytes()))
        return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
