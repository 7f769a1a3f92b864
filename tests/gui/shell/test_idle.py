from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.shell.idle import IdleWatch

REST = 700
"""Milliseconds; each act comes after half of it."""


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def _press_a_key(field: QLineEdit) -> None:
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)


def _move_the_mouse(field: QLineEdit) -> None:
    QTest.mouseMove(field.windowHandle(), QPoint(3, 3))
    QTest.mouseMove(field.windowHandle(), QPoint(9, 9))


def _click(field: QLineEdit) -> None:
    QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_a_sign_of_life_puts_it_off(field: QLineEdit, qtbot: QtBot) -> None:
    watch = IdleWatch(REST, field)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch.begin()
    for act in (_press_a_key, _move_the_mouse, _click):
        qtbot.wait(REST // 2)
        assert watch.minutes_left() * 60_000 < REST * 0.75
        act(field)
        assert watch.minutes_left() * 60_000 > REST * 0.75, act
    assert not told
    qtbot.waitUntil(lambda: bool(told), timeout=10 * REST)


def test_what_the_program_does_by_itself_is_no_sign_of_life(field: QLineEdit, qtbot: QtBot) -> None:
    watch = IdleWatch(REST, field)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch.begin()
    for number in range(6):
        field.setText(str(number))
        field.repaint()
        qtbot.wait(REST // 4)
    assert told


def test_nothing_is_told_while_nothing_is_to_be_locked(field: QLineEdit, qtbot: QtBot) -> None:
    watch = IdleWatch(REST, field)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch.begin()
    watch.stop()
    _press_a_key(field)
    qtbot.wait(2 * REST)
    assert not told
    assert watch.minutes_left() == 0
