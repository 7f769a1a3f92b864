from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.actions import Action, Actions
from tests.gui.conftest import Show


class Day(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Day")

    def book(self) -> None:
        self.done.append("book")

    def cancel(self) -> None:
        self.done.append("cancel")


ACTIONS = (
    Action("visit.book", "Book a visit", Day.book, icon="calendar-add", keys="Ctrl+B", needs="book", everywhere=True),
    Action("visit.cancel", "Cancel the visit", Day.cancel, keys="Ctrl+Backspace", needs="cancel"),
)


def test_keys_run_the_action_on_its_screen(qtbot: QtBot, show: Show) -> None:
    day = Day()
    Actions().install(ACTIONS, day)
    show(day)
    day.setFocus()
    QTest.keyClick(day, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert day.done == ["book"]


def test_what_a_person_may_not_do_is_not_there(qtbot: QtBot, show: Show) -> None:
    day = Day()
    actions = Actions(may=lambda needed: needed == "book")
    made = actions.install(ACTIONS, day)
    show(day)
    assert list(made) == ["visit.book"]
    assert [known.action.id for known in actions.offered()] == ["visit.book"]


def test_the_palette_finds_actions_by_the_beginnings_of_their_words(qtbot: QtBot, show: Show) -> None:
    day = Day()
    actions = Actions()
    actions.install(ACTIONS, day)
    show(day)
    assert [known.action.id for known in actions.offered("vis boo")] == ["visit.book"]
    assert actions.offered("xyz") == []


def test_actions_of_a_hidden_screen_are_out_of_reach_and_those_of_a_dead_one_gone(qtbot: QtBot, show: Show) -> None:
    day = Day()
    actions = Actions()
    actions.install(ACTIONS, day)
    show(day)
    day.hide()
    assert [known.action.id for known in actions.offered()] == ["visit.book"]
    day.deleteLater()
    qtbot.waitUntil(lambda: actions.offered() == [])


def test_the_help_page_lists_the_keys_of_a_screen(qtbot: QtBot) -> None:
    day, other = Day(), Day()
    qtbot.addWidget(day)
    qtbot.addWidget(other)
    actions = Actions()
    actions.install(ACTIONS, day)
    actions.install(ACTIONS[1:], other)
    assert [action.id for action in actions.keys_of(other)] == ["visit.cancel", "visit.book"]
