"""Qt calls must leave the reference counts of None and True alone.

PySide6 6.12.0 gives back one reference too many to None at most calls; on Python 3.11 the process aborts after some
five thousand of them ("none_dealloc"), long after any short test is over. From Python 3.12 on these objects are
immortal, and the counts do not move whatever happens.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

CALLS = 200
NOISE = 20
"""References that Python itself makes and drops meanwhile; a fault moves the count by at least CALLS."""


def drift(call: Callable[[], object], value: object) -> int:
    """How many references to `value` CALLS calls have made (or, below zero, lost)."""
    call()
    before = sys.getrefcount(value)
    for _ in range(CALLS):
        call()
    return sys.getrefcount(value) - before


def paint(pixmap: QPixmap) -> None:
    painter = QPainter(pixmap)
    path = QPainterPath()
    path.addRect(QRect(0, 0, 4, 4))
    painter.save()
    painter.fillPath(path, Qt.GlobalColor.red)
    painter.restore()
    painter.end()


@pytest.mark.parametrize("value", [None, True], ids=str)
def test_qt_calls_leave_references_alone(qtbot: QtBot, value: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel(window)
    pixmap = QPixmap(QSize(8, 8))
    calls: dict[str, Callable[[], object]] = {
        "setText": lambda: label.setText("cup"),
        "resize": lambda: window.resize(20, 20),
        "setVisible": lambda: label.setVisible(True),
        "isEnabled": label.isEnabled,
        "parent of a window": window.parentWidget,
        "update": window.update,
        "paint": lambda: paint(pixmap),
    }
    moved = {name: drift(call, value) for name, call in calls.items()}
    assert {name: count for name, count in moved.items() if abs(count) > NOISE} == {}


def test_the_count_notices_a_lost_reference() -> None:
    kept = object()
    references = [kept] * (CALLS * 2)  # so that losing some does not end it
    assert drift(lambda: ctypes.pythonapi.Py_DecRef(ctypes.py_object(kept)), kept) == -CALLS
    for _ in range(CALLS + 1):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
    assert references[0] is kept
