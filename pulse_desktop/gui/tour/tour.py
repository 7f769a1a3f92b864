"""The tour: the main job of a day, done in the real windows by key and mouse alone, with a picture of every stop."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QPoint, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.gui.tour.desk import Desk, NotSeen

SIZE = (1440, 900)
Stop = Callable[["Tour"], None]


class Tour:
    """One walk through the program. `open_window` gives a window that is not shown yet; `pass_minutes` moves the clock."""

    def __init__(self, out: Path, password: str, open_window: Callable[[str, float], QWidget], pass_minutes: Callable[[float], None]) -> None:
        # A file dialog takes a relative name from where it stands, not from where the program was started.
        self.out, self.password, self.pass_minutes = out.absolute(), password, pass_minutes
        self._open_window = open_window
        self._window: QWidget | None = None
        self._pictures = 0
        self.papers: list[Path] = []

    def run(self, stops: tuple[Stop, ...]) -> int:
        """Walks from stop to stop; 0 when every step worked, else 1, with a picture of where it did not go on."""
        self.out.mkdir(parents=True, exist_ok=True)
        qInstallMessageHandler(_report)
        for stop in stops:
            words = (stop.__doc__ or stop.__name__).strip().rstrip(".")
            try:
                stop(self)
            except NotSeen as missed:
                _say(f"  not done: {words}. {missed}")
                self._take_last_picture()
                self.leave()
                return 1
            _say(f"  done: {words}  [{self.desk.effort}]")
        self.leave()
        _say(f"{self._pictures} pictures and {len(self.papers)} papers are in {self.out}")
        return 0

    @property
    def desk(self) -> Desk:
        """The person at the window."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise NotSeen("no window is open")
        if not hasattr(self, "_desk"):
            self._desk = Desk(application)
        return self._desk

    def enter(self, palette: str = "light", scale: float = 1.0) -> None:
        """Opens the program; what was open before is closed."""
        self.leave()
        self._window = self._open_window(palette, scale)
        self._window.resize(*SIZE)
        self._window.show()
        self.desk.starts_task()

    def leave(self) -> None:
        """Closes the program."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
            self.desk.lets_go()

    def sign_in(self, name: str) -> None:
        """Chooses a person and types the password."""
        desk = self.desk
        desk.sees(name)
        desk.presses(name)
        desk.types(self.password)
        desk.keys("Return")
        desk.sees("Cups or needles on")

    def picture(self, name: str) -> None:
        """Takes the next numbered picture."""
        self._pictures += 1
        self.desk.takes_picture(self.out / f"{self._pictures:02}-{name}.png")

    def save_paper(self, name: str) -> None:
        """Saves the paper that is shown under `name`, through the program's own file dialog."""
        file = self.out / name
        file.unlink(missing_ok=True)
        self.desk.presses("Save as file")
        self.desk.sees("File name:")
        self.desk.types_into("File name:", str(file))
        self.desk.keys("Return")
        self.desk.sees_that(file.is_file, f"{name} is written")
        self.papers.append(file)

    def center_of(self, words: str) -> QPoint:
        """The middle of the thing called `words`."""
        return self.desk.place_of(words).center()

    def first_of(self, words: str) -> QPoint:
        """Where the first of a row of choices called `words` stands."""
        place = self.desk.place_of(words)
        return QPoint(place.left() + 20, place.top() + 14)

    def _take_last_picture(self) -> None:
        try:
            self.desk.takes_picture(self.out / "not-done.png")
        except (NotSeen, OSError):
            return


def _report(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Qt's own messages, without what a screen that is not there cannot do."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(words + "\n")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
