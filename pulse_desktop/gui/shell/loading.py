"""What is done behind the sign-in, while somebody types their password, so that Today stands soon after."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from typing import Final

import shiboken6
from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import Entrance

_WHILE_LOADING: Final = 0.0005
"""Seconds a loading thread may keep Python to itself, so that the window stays smooth."""
_NO_WIDGETS: Final = ("Graphics", "Style", "Gesture", "Item", "Layout")


class Loader(QObject):
    """Imports what opening a clinic needs. Python is handed back to the window often enough to stay smooth."""

    loaded = Signal()

    def __init__(self, entrance: Entrance, parent: QObject) -> None:
        super().__init__(parent)
        self._entrance = entrance
        self._done = threading.Event()

    @property
    def is_done(self) -> bool:
        return self._done.is_set()

    def wait(self) -> None:
        """Until everything is loaded; never on the GUI thread."""
        self._done.wait()

    def start(self) -> None:
        threading.Thread(target=self._load, name="pulse-load", daemon=True).start()

    def _load(self) -> None:
        patience = sys.getswitchinterval()
        sys.setswitchinterval(_WHILE_LOADING)
        gc.disable()  # one sweep over everything loaded holds the window for 20 ms; measured by tools/startup.py
        try:
            self._entrance.prepare()
            from pulse_desktop.gui.shell import frame, locked, seat  # noqa: F401, PLC0415 - this is the loading
        finally:
            gc.freeze()  # modules live as long as the program: no sweep need look at them again
            gc.enable()
            sys.setswitchinterval(patience)
            self._done.set()
            if shiboken6.isValid(self):
                self.loaded.emit()


class Warming(QObject):
    """Makes the parts of the first screen once, a few milliseconds at a time, and throws them away.

    The binding makes Qt's classes when they are first used, icons are drawn and words are set once: a third of the time
    from Enter to Today, when it is done only then. On the window's own thread, since these are widgets.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._stage: QWidget | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._step)
        self.is_done = False

    def begin(self) -> None:
        """Go through the steps whenever the window has nothing else to do."""
        if self.is_done:
            return
        self._stage = QWidget()
        self._steps = _steps(self._stage)
        self._turn.start()

    def stop(self) -> None:
        """Somebody comes in: what is not made yet is made when it is needed."""
        self._turn.stop()
        self._steps = iter(())
        if self._stage is not None:
            self._stage.deleteLater()
            self._stage = None
        self.is_done = True

    def _step(self) -> None:
        if next(self._steps, self) is self:
            self.stop()


def _steps(stage: QWidget) -> Iterator[object]:
    """One after the other; each is short.

    Whatever hands over a widget that Qt made itself (a viewport) makes the binding look at every class of widget there is:
    12 ms at a time, unless they have been looked at one by one.
    """
    from pulse_desktop.gui.parts.board_card import BoardCard  # noqa: PLC0415 - loaded behind the sign-in
    from pulse_desktop.gui.parts.board_column import BoardColumn, CardList, ColumnWidget  # noqa: PLC0415 - as above
    from pulse_desktop.gui.shell.commands import SHELL_ACTIONS  # noqa: PLC0415 - as above
    from pulse_desktop.gui.workplaces.today.actions import ACTIONS  # noqa: PLC0415 - as above
    from pulse_desktop.gui.workplaces.today.cards import COLUMNS  # noqa: PLC0415 - as above

    for action in (*SHELL_ACTIONS, *ACTIONS):
        yield theme().icon(action.icon) if action.icon else None
    for name in dir(QtWidgets):
        if name.startswith("Q") and not any(word in name for word in _NO_WIDGETS):
            yield getattr(QtWidgets, name)
    yield CardList(stage)
    for kind in COLUMNS:
        card = BoardCard(key=kind.key, time="9:00", name=_(kind.title), lines=(_(kind.title),), role=kind.role)
        column = ColumnWidget(BoardColumn(kind.key, _(kind.title), kind.icon, kind.role, (card,)), stage)
        yield column
        column.resize(column.sizeHint())
        yield column.grab()
