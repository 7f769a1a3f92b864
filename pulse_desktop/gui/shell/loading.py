"""What is done behind the sign-in, while somebody types their password, so that Today stands soon after.

Two hands: a thread loads what knows nothing of Qt, and the window's own thread, in its spare time, everything that does.
Qt's classes may be made on the window's thread only. The binding makes one when it is first named (an import is enough),
and Qt, dispatching events beside it without Python's lock, looks into tables that are just then rebuilt: of starts that
loaded screens on another thread, up to one in six crashed (PySide6 6.11.3, in MetaObjectBuilder::update).
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
import threading
from collections.abc import Iterator
from itertools import chain
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
_WITHOUT_QT: Final = (
    "pulse_desktop.clinic.treatment.typed",
    "pulse_desktop.clinic.treatment.aftercare",
    "pulse_desktop.documents.aftercare",
    "pulse_desktop.documents.receipt",
    "pulse_desktop.outside.handing_out",
    "pypdfium2",
)
"""What screens load that knows nothing of Qt, and takes long."""
_SCREENS: Final = ("pulse_desktop.gui.parts", "pulse_desktop.gui.forms", "pulse_desktop.gui.workplaces")
_FRAME: Final = tuple(f"pulse_desktop.gui.shell.{name}" for name in ("seat", "workplaces", "palette", "frame", "locked"))
_NO_WIDGETS: Final = ("Graphics", "Style", "Gesture", "Item", "Layout")


class Loader(QObject):
    """Imports what opening a clinic needs, on a thread. Python is handed back to the window often enough to stay smooth."""

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
            load_without_qt(self._entrance)
        finally:
            gc.freeze()  # modules live as long as the program: no sweep need look at them again
            gc.enable()
            sys.setswitchinterval(patience)
            self._done.set()
            if shiboken6.isValid(self):
                self.loaded.emit()


def load_without_qt(entrance: Entrance) -> None:
    """Everything that may be loaded beside a running window."""
    entrance.prepare()
    for name in _WITHOUT_QT:
        importlib.import_module(name)


class Warming(QObject):
    """Loads the screens and makes the parts of the first one once, a few milliseconds at a time; the parts are thrown away.

    Classes of Qt are made when they are first used, icons are drawn and words are set once: half of the time from Enter to
    Today, when it is done only then.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._stage: QWidget | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._step)
        self._is_loaded = False
        self.is_done = False

    def begin(self) -> None:
        """Make Qt's classes whenever the window has nothing else to do."""
        if not self.is_done:
            self._steps = _classes()
            self._turn.start()

    def go_on(self) -> None:
        """The rest is loaded: load the screens, and make their parts."""
        if not self.is_done:
            self._is_loaded = True
            self._stage = QWidget()
            self._steps = chain(self._steps, _screens(), _parts(self._stage))
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
        if next(self._steps, self) is not self:
            return
        self._turn.stop()
        if self._is_loaded:
            self.stop()


def _classes() -> Iterator[object]:
    """Every class of widget there is, one by one.

    Whatever hands over a widget that Qt made itself (a viewport) makes the binding look at all of them: 12 ms at a time.
    """
    for name in dir(QtWidgets):
        if name.startswith("Q") and not any(word in name for word in _NO_WIDGETS):
            yield getattr(QtWidgets, name)


def _screens() -> Iterator[object]:
    """The modules of the screens one by one; the entries of rooms, which need all of a room, with the frame."""
    for package in _SCREENS:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            yield None if module.name.endswith(".entry") else importlib.import_module(module.name)
    yield from map(importlib.import_module, _FRAME)


def _parts(stage: QWidget) -> Iterator[object]:
    """What Today is made of."""
    from pulse_desktop.gui.parts.board_card import BoardCard  # noqa: PLC0415 - loaded behind the sign-in
    from pulse_desktop.gui.parts.board_column import BoardColumn, CardList, ColumnWidget  # noqa: PLC0415 - as above
    from pulse_desktop.gui.shell.commands import SHELL_ACTIONS  # noqa: PLC0415 - as above
    from pulse_desktop.gui.workplaces.today.actions import ACTIONS  # noqa: PLC0415 - as above
    from pulse_desktop.gui.workplaces.today.cards import COLUMNS  # noqa: PLC0415 - as above

    for action in (*SHELL_ACTIONS, *ACTIONS):
        yield theme().icon(action.icon) if action.icon else None
    yield CardList(stage)
    for kind in COLUMNS:
        card = BoardCard(key=kind.key, time="9:00", name=_(kind.title), lines=(_(kind.title),), role=kind.role)
        column = ColumnWidget(BoardColumn(kind.key, _(kind.title), kind.icon, kind.role, (card,)), stage)
        yield column
        column.resize(column.sizeHint())
        yield column.grab()
