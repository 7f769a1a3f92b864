"""What fails every test, whatever it is about: unexpected log lines, leaked threads, timers, windows and dialogs.

(Exceptions in slots and Qt's own warnings are pytest-qt's part; see `qt_log_level_fail` in pyproject.toml.)
A plugin of its own, so that tests/house/test_always_on.py can show each of them turning red.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QWidget

type_of_expect = Callable[..., None]

# Qt is imported inside the functions: tests without it must not pay for it.

COLLECTED_AFTER = (20_000, 20, 20)
"""New objects until the youngest are looked through, and how many times fewer the older ones are."""

THREAD_GRACE = 2.0
"""Seconds a thread that was told to stop may take to do so."""


def pytest_collection_finish() -> None:
    """What the imports made stays until the end; the garbage collector need not look through it again and again.

    Nor need it look at every seven hundred new objects: a test makes many and ends soon, and whoever asks what is left collects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


class LogWatch(logging.Handler):
    """Keeps every warning and worse, and knows which were announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[tuple[re.Pattern[str], int]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, pattern: str, level: int = logging.WARNING) -> None:
        """Announces a log line of at least `level` whose message contains `pattern` (a regular expression)."""
        self._expected.append((re.compile(pattern), level))

    def complaints(self) -> Iterator[str]:
        for record in self.records:
            if not any(_fits(record, *expected) for expected in self._expected):
                yield f"unexpected log line: {record.levelname} {record.name}: {record.getMessage()}"
        for pattern, level in self._expected:
            if not any(_fits(record, pattern, level) for record in self.records):
                yield f"the log line {pattern.pattern!r} was expected and never came"


def _fits(record: logging.LogRecord, pattern: re.Pattern[str], level: int) -> bool:
    return record.levelno >= level and pattern.search(record.getMessage()) is not None


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    try:
        yield watch
    finally:
        root.removeHandler(watch)
    if complaints := list(watch.complaints()):
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(log_watch: LogWatch) -> type_of_expect:
    """`expect_log("backup is late")` before the act that logs it; it must then really come."""
    return log_watch.expect


@pytest.fixture(autouse=True)
def no_leaked_thread() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + THREAD_GRACE
    while (leaked := _our_threads() - before) and time.monotonic() < until:
        leaked.pop().join(until - time.monotonic())
    if leaked:
        names = ", ".join(sorted(thread.name for thread in leaked))
        pytest.fail(f"threads still running at the end of the test: {names}", pytrace=False)


@pytest.fixture(autouse=True)
def gui_thread_let_go() -> Iterator[None]:
    """A test that starts the windows forbids its own thread the database; the next one may be a test of the database."""
    yield
    if engine := sys.modules.get("pulse_desktop.storage.engine"):
        engine.forbid_thread(None)


def _our_threads() -> set[threading.Thread]:
    """Those that would hold up the end of the program, and all that carry our name."""
    return {thread for thread in threading.enumerate() if not thread.daemon or thread.name.startswith("pulse")}


@pytest.fixture(autouse=True)
def no_leaked_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing of Qt outlives its test: no visible window, no dialog (hidden ones neither), no running timer."""
    if "qapp" not in request.fixturenames:  # Qt is not loaded for tests that do not ask for it
        yield
        return
    before = {id(thing) for thing in (*_windows(), *_timers())}
    yield
    if not (leaked := _leaks(before)):
        return
    gc.collect()  # what only garbage holds is not leaked; looked for only now, since collecting takes its time
    if leaked := _leaks(before):
        pytest.fail("still there at the end of the test: " + ", ".join(leaked), pytrace=False)


@pytest.fixture(autouse=True)
def no_stray_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """No part of a window becomes a window of its own, were it only for a moment: it would steal the keyboard.

    `setVisible(True)` on a widget that has no parent yet does that. A test's own windows stand in `qtbot.addWidget`.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtWidgets import QApplication

    watch = _window_watch(lambda: {id(known()) for known, *_rest in getattr(request.node, "qt_widgets", ())})
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    yield
    application.removeEventFilter(watch)
    if strays := watch.property("strays"):
        pytest.fail("became a window of its own: " + ", ".join(strays), pytrace=False)


def _window_watch(own: Callable[[], set[int]]) -> QObject:
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QMainWindow, QWidget

    class WindowWatch(QObject):
        """Notes what is shown as a window: not dialogs, menus, tips and drop-downs, which are meant to be."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            # by its class: every event of the program passes here, and asking for its type makes an object each time
            if isinstance(event, QShowEvent) and isinstance(watched, QWidget) and not isinstance(watched, QMainWindow):
                is_window = watched.isWindow() and watched.windowType() == Qt.WindowType.Window
                if is_window and id(watched) not in own():
                    self.setProperty("strays", [*(self.property("strays") or []), _describe(watched)])
            return False

    return WindowWatch()


def _leaks(before: set[int]) -> list[str]:
    _settle()
    return [_describe(thing) for thing in (*_windows(), *_timers()) if id(thing) not in before]


def _describe(thing: QObject) -> str:
    return f"{type(thing).__name__} {thing.objectName()!r}"


def _settle() -> None:
    """Lets deleteLater() happen."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication, QDialog

    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() or isinstance(widget, QDialog)]


def _timers() -> list[QTimer]:
    """Running timers that Python knows or that hang below the application or a window.

    Shiboken keeps the list of what Python knows of Qt: a hundredth of the objects that the garbage collector knows.
    """
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getAllValidWrappers

    application = QCoreApplication.instance()
    owners = [*QApplication.topLevelWidgets(), *([application] if application else [])]
    timers = {id(timer): timer for owner in owners for timer in owner.findChildren(QTimer)}
    timers.update({id(thing): thing for thing in getAllValidWrappers() if isinstance(thing, QTimer)})
    return [timer for timer in timers.values() if timer.isActive()]
