"""Opens windows: on this computer's clinic, on a practice clinic, or on a practice clinic for the tour."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pulse_desktop.basics.log import log_to
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import Clock, SetClock, SteppedClock, SystemClock
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.shell import application
from pulse_desktop.gui.shell.doorstep import PracticeHint
from pulse_desktop.gui.shell.window import Window

if TYPE_CHECKING:
    from pulse_desktop.rehearsal.practice_clinic import PracticeClinic

_log = logging.getLogger(__name__)


def open_clinic(folder: Path) -> int:
    """Opens the clinic in `folder`; an empty or missing folder begins with the first start. Returns the exit code."""
    _begin_log()
    clock = SystemClock()
    return application.run(FolderEntrance(folder, clock), clock=clock)


def open_practice_clinic() -> int:
    """Makes a practice clinic, opens it, and throws it away when the window is closed."""
    _begin_log()
    with tempfile.TemporaryDirectory(prefix="pulse-practice-") as folder:
        made = _make_practice_clinic(Path(folder))
        clock = SetClock(made.now)
        entrance = _entrance_of(made, clock)
        words = _("Everybody's password here is “{password}”. All people are invented; what you do is thrown away.")
        return application.run(entrance, clock=clock, hint=PracticeHint(words.format(password=made.password)))


def go_on_tour(out: Path) -> int:
    """Does the main job in the real windows without a screen and leaves pictures and PDFs in `out`; 0 if every step worked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from pulse_desktop.gui.tour.stops import STOPS  # noqa: PLC0415 - QtTest only where the tour needs it
    from pulse_desktop.gui.tour.tour import Tour  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="pulse-tour-") as folder:
        made = _make_practice_clinic(Path(folder))
        clock = SteppedClock(made.now)
        return Tour(out, made.password, partial(tour_window, made, clock), clock.pass_minutes).run(STOPS)


def _entrance_of(made: PracticeClinic, clock: Clock) -> FolderEntrance:
    from pulse_desktop.rehearsal.practice_data import ZONE  # noqa: PLC0415 - not for a real clinic

    return FolderEntrance(made.folder, clock, zone=ZONE, allow_weak=True)


def tour_window(made: PracticeClinic, clock: SteppedClock, palette: str, scale: float) -> Window:
    window = application.build(_entrance_of(made, clock), clock=clock, palette=palette, scale=scale, calm=True)
    window.prepare()
    return window


def _make_practice_clinic(folder: Path, now: datetime | None = None) -> PracticeClinic:
    from pulse_desktop.rehearsal.practice_clinic import make_practice_clinic  # noqa: PLC0415 - not for a real clinic

    _say(_("Making a practice clinic: 120 invented patients, six weeks of visits."))
    return make_practice_clinic(folder / "clinic", now)


def _begin_log() -> None:
    import platformdirs  # noqa: PLC0415 - only where a window is opened

    try:
        log_to(Path(platformdirs.user_log_dir("Pulse Desktop", appauthor=False)))
    except OSError:
        _log.warning("the log cannot be written")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
