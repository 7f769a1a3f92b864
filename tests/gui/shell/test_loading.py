"""What is done behind the sign-in; how smooth the window is meanwhile is measured by `make bench`."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.icons import icon_pixmap
from pulse_desktop.gui.shell.loading import Warming
from tests.builders import PASSWORD
from tests.gui.opening import Opened


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window in whose spare time it is done."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def windows() -> int:
    return len(QApplication.topLevelWidgets())


def test_the_parts_of_today_are_made_once_and_thrown_away(qtbot: QtBot, window: QWidget) -> None:
    icon_pixmap.cache_clear()
    before, warming = windows(), Warming(window)
    warming.begin()
    warming.go_on()
    qtbot.waitUntil(lambda: warming.is_done)
    qtbot.waitUntil(lambda: windows() == before)
    assert icon_pixmap.cache_info().currsize > 40
    assert not window.findChildren(QWidget)


def test_without_the_rest_loaded_only_classes_of_qt_are_made(qtbot: QtBot, window: QWidget) -> None:
    warming = Warming(window)
    warming.begin()
    qtbot.waitUntil(lambda: not warming._turn.isActive())
    assert not warming.is_done
    warming.go_on()
    qtbot.waitUntil(lambda: warming.is_done)


def test_it_goes_one_short_step_at_a_time(qtbot: QtBot, window: QWidget) -> None:
    warming = Warming(window)
    warming.begin()
    warming._step()
    was_done = warming.is_done
    warming.stop()
    assert (was_done, warming.is_done) == (False, True)
    before = icon_pixmap.cache_info().currsize
    qtbot.wait(20)
    assert icon_pixmap.cache_info().currsize == before


def test_it_is_not_begun_for_somebody_who_came_in_meanwhile(qtbot: QtBot, window: QWidget) -> None:
    before, warming = windows(), Warming(window)
    warming.stop()
    warming.begin()
    warming.go_on()
    qtbot.wait(10)
    assert windows() == before


def test_whoever_is_quicker_than_the_loading_comes_in_all_the_same(opened: Opened) -> None:
    opened.window.prepare()
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("At this seat: Lin Hua")
    opened.waits()
    assert opened.window.is_warm
