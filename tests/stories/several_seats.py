"""Several seats in one story: each has its window, and the person in front of it sees and touches that window only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.gui.shell import application
from pulse_desktop.gui.shell.doorstep import Entrance
from pulse_desktop.gui.shell.window import Window
from pulse_desktop.gui.tour.desk import PATIENCE, Desk
from tests.stories.seat import BOARD


@dataclass(slots=True)
class OneOfSeveral(Desk):
    """A person whose eyes and hands reach one window, whatever other windows are open."""

    window: QWidget | None = field(default=None, kw_only=True)

    def sits_down(self) -> None:
        """The keyboard and the mouse are at this window now."""
        assert self.window is not None
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.sees_that(self.window.isActiveWindow, "the window is in front", within=PATIENCE)

    def _windows(self) -> list[QWidget]:
        return [widget for widget in Desk._windows(self) if self.window in {widget, widget.parentWidget(), _owner(widget)}]


def _owner(widget: QWidget) -> QWidget:
    """The window that a dialog or menu belongs to."""
    while (parent := widget.parentWidget()) is not None:
        widget = parent
    return widget


class SeatOfMany:
    """One computer of several: its window, and the person at it (`desk`)."""

    def __init__(self, entrance: Entrance, clock: object) -> None:
        self._is_closed = False
        self.clock = clock
        self.calls: list[object] = []
        """What the chime called for at this seat, locked or not."""
        self.desk = OneOfSeveral(application.application())
        self._window: Window = application.build(entrance, clock=clock, calm=True)  # type: ignore[arg-type]
        self._window.prepare().wait()
        self._window.resize(1440, 900)
        self._window.show()
        self.desk.window = self._window
        self.desk.sits_down()
        self.desk.sees("Who is at this seat?")

    def signs_in(self, name: str, password: str) -> None:
        """Clicks a person, types the password, Enter."""
        self.desk.sits_down()
        self.desk.presses(name)
        self.desk.sees(f"{name.split(maxsplit=1)[0]}’s password")
        self.desk.types(password)
        self.desk.keys("Return")
        self.desk.sees(BOARD)
        assert self._window.frame is not None
        self._window.frame.foot.chime.called.connect(self.calls.append)

    def sits_down(self) -> None:
        """The person touches this window from now on."""
        self.desk.sits_down()

    def loses_news(self) -> None:
        """As when its line is so bad that only what is asked for comes through."""
        assert self._window.seat is not None
        self._window.seat.desk.clinic._feed.close()  # type: ignore[attr-defined]

    def takes_picture(self, file: Path) -> None:
        """What its window shows."""
        QApplication.processEvents()
        self._window.grab().save(str(file))

    def closes_program(self) -> None:
        """As the cross in the corner does."""
        if not self._is_closed:
            self._is_closed = True
            self._window.close()
            self._window.deleteLater()
            self.desk.lets_go()
