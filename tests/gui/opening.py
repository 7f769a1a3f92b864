"""The program's window on a clinic of its own, used by key and mouse only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.exceptions import TimeoutError  # noqa: A004 - its own
from pytestqt.qtbot import QtBot

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.shell.frame import Frame
from pulse_desktop.gui.shell.window import Window
from tests.builders import PASSWORD, TestClinic, a_clinic
from tests.conftest import PATIENCE

PAUSE = 250
"""Milliseconds: what the window does so soon after the last key belongs to the key. Toasts and reminders take longer."""
TURNS_AT_REST = 4
"""Turns of the event loop with nothing under way: an answer may post an event, and that one another."""
Answer = TypeVar("Answer")
_kept: dict[int, TestClinic] = {}
"""Clinics whose first desk is still open."""


@dataclass
class Opened:
    """A shown window, and the hands in front of it."""

    window: Window
    clock: SteppedClock
    qtbot: QtBot

    @property
    def frame(self) -> Frame:
        assert self.window.frame is not None
        return self.window.frame

    def waits(self) -> None:
        """Until nothing is under way: no answer, no pause in typing, nothing posted."""
        turns, until = 0, time.monotonic() + PATIENCE / 1000
        while turns < TURNS_AT_REST:
            is_idle = self.frame.parts.work.is_idle
            turns = turns + 1 if is_idle and not self._ends_a_pause() else 0
            _turn(milliseconds=0 if is_idle else 2)
            if time.monotonic() > until:
                pytest.fail("something is still under way", pytrace=False)

    def _ends_a_pause(self) -> bool:
        """Lets the shortest pause that the window makes be over now instead of soon; whether there was one.

        So a test neither waits in real time nor reads the screen before a busy computer came to the end of the pause.
        """
        pauses = [
            timer for timer in self.window.findChildren(QTimer)
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= PAUSE
        ]  # fmt: skip
        if not pauses:
            return False
        pause = min(pauses, key=QTimer.remainingTime)
        pause.stop()
        pause.timeout.emit()
        return True

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, to whatever has the keyboard."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def types(self, text: str) -> None:
        """Letters, to whatever has the keyboard."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def clicks(self, words: str) -> None:
        """A button that is shown, by what stands on it."""
        button = next(one for one in self.window.findChildren(QPushButton) if one.isVisible() and words in said(one))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2))

    def sees(self, words: str) -> None:
        """Waits until these words stand on a shown label, button or toast."""
        try:
            self.qtbot.waitUntil(lambda: words in self.everything())
        except TimeoutError:
            pytest.fail(f"{words!r} is not on the screen. There is: {self.everything()}", pytrace=False)

    def everything(self) -> str:
        """All words that are shown."""
        shown = [widget for widget in self.window.findChildren(QWidget) if widget.isVisible()]
        return " | ".join(said(widget) for widget in shown)

    def asks(self, query: Callable[..., Answer], *args: object) -> Answer:
        """What the clinic holds, asked on another thread as the window's own may not touch the database."""
        seat = self.window.seat
        assert seat is not None
        with ThreadPoolExecutor(1) as pool:
            found: Answer = pool.submit(seat.desk.door.look, query, *args).result(PATIENCE / 1000)
        return found


def _turn(*, milliseconds: int) -> None:
    """Lets Qt do what it has to; `qtbot.wait(0)` would do nothing."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def said(widget: QWidget) -> str:
    """What a screen reader says of a widget, with its own text."""
    text = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return f"{text} {widget.accessibleName()} {widget.accessibleDescription()}".strip()


def a_window(folder: Path, clock: SteppedClock, qtbot: QtBot) -> Opened:
    """The window on the clinic in `folder`, nobody signed in yet."""
    window = Window(FolderEntrance(folder, clock, allow_weak=True), clock)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Opened(window, clock, qtbot)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[TestClinic]:
    """A clinic that can book, its owner at the desk until a window opens it (`opened` lets it go)."""
    made = a_clinic(tmp_path)
    _kept[id(made)] = made
    yield made
    if _kept.pop(id(made), None):
        made.close()


@pytest.fixture
def opened(clinic: TestClinic, qtbot: QtBot) -> Iterator[Opened]:
    """The sign-in of the clinic. What must be in the clinic before is put there by a fixture named before this one."""
    _kept.pop(id(clinic))
    clinic.close()
    desk = a_window(clinic.folder, clinic.clock, qtbot)
    yield desk
    desk.window.close()


@pytest.fixture
def at_work(opened: Opened) -> Opened:
    """Lin Hua, owner and practitioner, is signed in."""
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: opened.window.frame is not None)
    opened.waits()
    opened.sees("At this seat: Lin Hua")
    return opened
