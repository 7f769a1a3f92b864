"""The look over the whole file that goes on behind the work, and can be broken off at any moment."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import Engine

from pulse_desktop.storage.check import Finding, examine_rows
from pulse_desktop.storage.faults import cleanly


class LookingOver:
    """One look, at most one at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._stopped = threading.Event()
        self._driver: Any = None

    def first_finding(self) -> Finding | None:
        """What is wrong first, or None: nothing is, or the look was stopped."""
        return cleanly(self._look)

    def stop(self) -> None:
        """Breaks off the look that is going on and any later one."""
        with self._turn:
            self._stopped.set()
            if self._driver is not None:
                _break_off(self._driver)

    def _look(self) -> Finding | None:
        with self._engine.connect() as connection:
            with self._turn:
                if self._stopped.is_set():
                    return None
                self._driver = connection.connection.driver_connection
            try:
                report = examine_rows(connection)
            finally:
                with self._turn:
                    self._driver = None
        return None if self._stopped.is_set() or report.is_sound else report.findings[0]


def _break_off(driver: Any) -> None:
    """SQLite's driver and the server's have different words for it."""
    if hasattr(driver, "interrupt"):
        driver.interrupt()
    else:
        driver.cancel_safe(timeout=5)
