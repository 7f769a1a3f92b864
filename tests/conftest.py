"""Set up once for all tests: the always-on failures, Hypothesis without a stop-watch, no display."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests.postgres import let_server_go, programs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 60_000
"""Milliseconds after which waiting for the window gives up. Only a test that fails waits for so long, and a computer that
is busy with other things must not make one fail: pytest-qt's own five seconds did."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.always_on", "tests.compiled_once", "tests.practice_fixtures", "tests.both_databases", "pytester"]

# Two busy cores make a single example slow without anything being wrong, so no deadline; on CI the same examples every
# time, so that a change is judged and not luck.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without PostgreSQL's server on this computer its tests are left out, and the first lines of the run say so."""
    return True if collection_path.name.startswith("test_postgres") and programs() is None else None


def pytest_report_header() -> str:
    return f"PostgreSQL: {programs() or 'not installed here, so what needs a server is left out (Debian: postgresql)'}"


def pytest_unconfigure() -> None:
    """The server of this process, if a test needed one, ends with it."""
    let_server_go()


class PatientBot(QtBot):
    """Waits for what it is told to wait for, not for a number of seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with more patience."""
    return PatientBot(request)
