from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea

from pulse_desktop.gui.shell.keys_page import KeysPage
from tests.builders import TestClinic, a_patient, a_visit
from tests.gui.accessible import nameless
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visits(clinic: TestClinic) -> None:
    """María Alvarez is expected at 10; Luis Mori is known."""
    a_visit(clinic, a_patient(clinic, "María", "Alvarez"))
    a_patient(clinic, "Luis", "Mori")


@pytest.fixture
def desk(visits: None, at_work: Opened) -> Opened:
    return at_work


def test_only_one_window_is_on_the_screen(desk: Opened) -> None:
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [desk.window]


def test_everything_that_takes_keys_has_a_name(desk: Opened) -> None:
    assert nameless(desk.window) == []


def test_bare_letters_search_from_the_board_and_change_nothing(desk: Opened) -> None:
    desk.types("mori")
    desk.sees("Search people and actions")
    desk.waits()
    desk.presses(Qt.Key.Key_Escape)
    assert "María Alvarez" in desk.frame.navigation.screen.card.visit.patient  # type: ignore[union-attr]
    assert desk.frame.navigation.screen.card.visit.progress == "expected"  # type: ignore[union-attr]


def test_ctrl_k_lists_actions_and_enter_does_the_first(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_K, CTRL)
    desk.types("lock this")
    desk.waits()
    desk.presses(Qt.Key.Key_Return)
    assert desk.window.is_locked


def test_f1_says_the_keys_of_the_screen(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_F1)
    desk.sees("Timers: what comes off next")
    desk.sees("F4")
    desk.presses(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: "Timers: what comes off next" not in desk.everything())


def test_the_last_of_the_keys_is_reached_by_key(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_F1)
    page = desk.window.findChild(KeysPage)
    assert page is not None
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    desk.presses(Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    desk.presses(Qt.Key.Key_Up)
    assert bar.value() < bar.maximum()
    desk.presses(Qt.Key.Key_F1)


def test_the_other_office_has_another_board(desk: Opened) -> None:
    offices = desk.frame.practice.data.offices
    brooklyn = next(office for office in offices if office.name == "Brooklyn")
    desk.frame.practice.choose_office(brooklyn.id)
    desk.sees("Nobody is expected today")
    desk.waits()


def test_what_was_typed_into_a_panel_waits_as_a_chip_and_comes_back(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_B, CTRL)
    desk.waits()
    desk.types("a new cal")
    desk.waits()
    desk.presses(Qt.Key.Key_Escape)
    desk.sees("Alt+1")
    assert desk.frame.open_drafts
    desk.presses(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.waits()
    assert "a new cal" in [line.text() for line in desk.window.findChildren(QLineEdit) if line.isVisible()]
    assert not desk.frame._panels.parked


def test_an_untouched_panel_leaves_nothing_behind(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_B, CTRL)
    desk.waits()
    desk.presses(Qt.Key.Key_Escape)
    desk.waits()
    assert desk.frame.open_drafts == []
    desk.presses(Qt.Key.Key_B, CTRL)
    desk.waits()
    assert desk.frame._panels.current is not None
