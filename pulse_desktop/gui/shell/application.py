"""Starts the windows: one QApplication, one look, one window.

    sys.exit(run(entrance))                                   # app.py
    window = build(entrance, clock=clock, hint=hint)          # tests and the tour, which bring their own event loop
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.gui.parts.focus_ring import FocusRing
from pulse_desktop.gui.parts.theme import Theme
from pulse_desktop.gui.parts.tokens import PALETTES
from pulse_desktop.gui.shell.doorstep import Entrance, PracticeHint
from pulse_desktop.gui.shell.window import Window

_log = logging.getLogger(__name__)


def application() -> QApplication:
    """The one QApplication, made when there is none yet."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Pulse Desktop")
    made.setDesktopFileName("pulse-desktop")
    return made


def build(
    entrance: Entrance,
    *,
    clock: Clock | None = None,
    hint: PracticeHint | None = None,
    scale: float = 0.0,
    palette: str = "",
    calm: bool = False,
) -> Window:
    """The program's window, not yet shown. It looks as this seat left it, unless told otherwise.

    `scale` enlarges text from 1.0 to 2.0, `palette` is one of tokens.PALETTES.
    """
    app = application()
    seat = entrance.appearance()
    known = seat.palette if seat.palette in PALETTES else PALETTES[0]
    Theme(palette or known, scale or seat.percent / 100, calm=calm).wear(app)
    FocusRing.watch(app)
    return Window(entrance, clock or SystemClock(), hint)


def run(
    entrance: Entrance,
    *,
    clock: Clock | None = None,
    hint: PracticeHint | None = None,
) -> int:
    """Show the window, load the clinic behind it, and stay until it is closed. Returns the exit code."""
    app = application()
    sys.excepthook = _write_down
    threading.excepthook = _write_down_of_thread
    window = build(entrance, clock=clock, hint=hint)
    window.show()
    app.processEvents()
    window.prepare()
    code = app.exec()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


def _write_down(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """A mistake in a slot: it goes into the log; the window says so and goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    _log.critical("a mistake of the program", exc_info=error)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Window):
            widget.report(error)


def _write_down_of_thread(given: threading.ExceptHookArgs) -> None:
    _log.critical("a mistake of the program on a thread", exc_info=given.exc_value)
