from __future__ import annotations

from collections.abc import Hashable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.board import Board
from pulse_desktop.gui.parts.board_card import card_height, step_rect
from pulse_desktop.gui.parts.board_column import CardList, ColumnWidget
from pulse_desktop.gui.parts.buttons import Button, Link
from tests.gui.accessible import nameless
from tests.gui.conftest import Show, Wear
from tests.gui.parts.samples import a_board, a_card


@pytest.fixture
def board(show: Show) -> Board:
    made = Board()
    show(made, 1344, 640)
    made.show_columns(a_board())
    return made


def cards_of(board: Board, column: str) -> CardList:
    for widget in board.findChildren(ColumnWidget):
        if widget.view.key == column:
            return widget.list
    raise KeyError(column)


def focused(board: Board) -> QWidget:
    widget = board.window().focusWidget()
    assert widget is not None
    return widget


def test_arrow_keys_go_from_card_to_card_and_from_column_to_column(qtbot: QtBot, board: Board) -> None:
    passed: list[Hashable | None] = []
    board.chosen.connect(passed.append)
    board.take_focus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(focused(board), key)
    assert passed == [1, 2, 3, 4, 3, 1]


def test_enter_does_the_next_step_of_the_chosen_card(qtbot: QtBot, board: Board) -> None:
    board.choose(3, focus=True)
    with qtbot.waitSignal(board.stepped) as heard:
        QTest.keyClick(focused(board), Qt.Key.Key_Return)
    assert heard.args == [3]


def test_a_click_chooses_and_only_a_second_one_on_the_foot_steps(qtbot: QtBot, board: Board) -> None:
    stepped: list[Hashable] = []
    board.stepped.connect(stepped.append)
    cards = cards_of(board, "arrived")
    index = cards.model().index(0, 0)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=cards.visualRect(index).center())
    assert board.current == 3
    assert stepped == []
    foot = step_rect(cards.cards[0], cards.card_rect(QRectF(cards.visualRect(index)))).center().toPoint()
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=foot)
    assert stepped == [3]


def test_typed_letters_change_nothing_and_reach_the_window(qtbot: QtBot, show: Show) -> None:
    class Window(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.typed = ""
            QVBoxLayout(self)

        def keyPressEvent(self, event: object) -> None:
            self.typed += event.text()  # type: ignore[attr-defined]

    window, board = Window(), Board()
    layout = window.layout()
    assert layout is not None
    layout.addWidget(board)
    show(window, 1344, 640)
    board.show_columns(a_board())
    board.choose(1, focus=True)
    QTest.keyClicks(focused(board), "maria")
    assert window.typed == "maria"
    assert board.current == 1


def test_the_chosen_card_stays_chosen_where_it_goes(board: Board) -> None:
    board.choose(1)
    columns = list(a_board())
    moved = columns[0].cards[0]
    expected = type(columns[0])(
        "expected", "Expected", "clock", "progress.expected.solid", columns[0].cards[1:], folds=2
    )
    arrived = type(columns[1])(
        "arrived", "Arrived", "people-ring", "progress.arrived.solid", (*columns[1].cards, moved)
    )
    board.show_columns((expected, arrived, *columns[2:]))
    chosen = cards_of(board, "arrived").chosen_card
    assert board.current == 1
    assert chosen is not None
    assert chosen.key == 1
    assert cards_of(board, "expected").chosen_card is None


def test_a_card_that_left_the_board_is_no_longer_chosen(board: Board) -> None:
    board.choose(3)
    columns = list(a_board())
    board.show_columns((columns[0], *columns[2:]))
    assert board.current is None


def test_only_the_chosen_card_carries_its_step() -> None:
    card = a_card(1, "Thomas Becker", step="Arrive")
    assert card_height(card, 200, selected=True) == card_height(card, 200, selected=False) + 31


def test_a_screen_reader_finds_each_card_as_a_list_item(board: Board) -> None:
    cards = QAccessible.queryAccessibleInterface(cards_of(board, "expected"))
    assert cards.role() == QAccessible.Role.List
    assert cards.childCount() == 2
    said = cards.child(0).text(QAccessible.Text.Name)
    assert said == "10:30 Thomas Becker, Acupuncture 60, Okafor, Privacy notice due, Enter: Arrive"


def test_the_board_slides_so_that_a_panel_does_not_cover_the_chosen_card(board: Board) -> None:
    board.choose(10)
    board.cover(440)
    cards = cards_of(board, "done")
    assert cards.mapTo(board, QPoint(cards.width(), 0)).x() <= board.width() - 440
    board.cover(0)
    assert cards.mapTo(board, QPoint(cards.width(), 0)).x() > board.width() - 440


@pytest.mark.parametrize(("width", "scale", "shown"), [(1344, 1.0, 6), (1184, 1.0, 5), (1360, 2.0, 3)])
def test_columns_without_room_fold_into_counted_buttons(
    qtbot: QtBot, show: Show, wear: Wear, width: int, scale: float, shown: int
) -> None:
    wear("light", scale)
    board = Board()
    show(board, width, 700)
    board.show_columns(a_board())
    columns = [widget for widget in board.findChildren(ColumnWidget) if widget.isVisible()]
    folded = [widget for widget in board.findChildren(Button) if widget.isVisible()]
    assert len(columns) == shown
    assert len(folded) == 6 - shown
    if folded:
        QTest.mouseClick(folded[-1], Qt.MouseButton.LeftButton)
        assert cards_of(board, "done").isVisible()
        assert board.current == 10


def test_what_does_not_fit_is_counted_below(show: Show) -> None:
    board = Board()
    show(board, 1344, 260)
    columns = list(a_board())
    many = type(columns[0])(
        "expected", "Expected", "clock", "progress.expected.solid", tuple(a_card(100 + n, f"P {n}") for n in range(8)),
        ends="5:35 PM",
    )  # fmt: skip
    board.show_columns((many, *columns[1:]))
    words = [link.text() for link in board.findChildren(Link) if link.isVisible()]
    assert words == ["6 more, to 5:35 PM"]


def test_everything_has_a_name(board: Board) -> None:
    assert nameless(board) == []
