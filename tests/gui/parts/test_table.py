from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.key_rows import KeyRow, KeyRows
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.parts.theme import theme
from tests.gui.conftest import Show


@dataclass(frozen=True)
class Line:
    id: int
    when: str
    price: str


COLUMNS: tuple[Column[Line], ...] = (
    Column("When", lambda line: line.when, stretch=1),
    Column("Price", lambda line: line.price, align="right", detail=lambda line: f"no {line.id}"),
)
LINES = [Line(1, "Nov 17", "$900.00"), Line(2, "Nov 10", "$60.00"), Line(3, "Nov 3", "$75.00")]


@pytest.fixture
def table(qtbot: QtBot, show: Show) -> Table:
    made = Table(RowsModel(COLUMNS, key=lambda line: line.id), label="Past visits")
    made.rows.show_rows(LINES)
    made.rows.setParent(made)
    show(made, 500, 300)
    return made


def test_rows_are_chosen_by_keys_and_opened_by_enter(qtbot: QtBot, table: Table) -> None:
    opened: list[Line] = []
    table.opened.connect(opened.append)
    table.setFocus()
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [LINES[1]]


def test_letters_do_not_choose_a_row(qtbot: QtBot, table: Table) -> None:
    table.setFocus()
    table.choose(1)
    QTest.keyClicks(table, "Nov 3")
    assert table.current_line == LINES[0]


def test_a_click_chooses_and_the_chosen_row_has_its_ground(qtbot: QtBot, table: Table) -> None:
    place = table.visualRect(table.rows.index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.current_line == LINES[2]
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(QPoint(2, place.y())) == theme().color("selection")


def test_the_chosen_row_stays_chosen_when_lines_come_and_change(table: Table) -> None:
    table.choose(2)
    table.rows.show_rows([LINES[0], Line(2, "Nov 11", "$65.00"), LINES[2]])
    assert table.current_line == Line(2, "Nov 11", "$65.00")
    table.rows.show_rows([Line(4, "Nov 20", "$5.00"), Line(2, "Nov 11", "$65.00")])
    assert table.current_line == Line(2, "Nov 11", "$65.00")


def test_rows_have_the_height_of_the_design(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, key=lambda line: line.id)
    for height in (36, 40, 52):
        table = Table(model, label="Lines", row=height)
        qtbot.addWidget(table)
        assert table.verticalHeader().defaultSectionSize() == height
        assert table.horizontalHeader().height() == 32


def test_a_whole_table_is_as_tall_as_its_rows(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, key=lambda line: line.id)
    table = Table(model, label="Lines", whole=True)
    qtbot.addWidget(table)
    model.show_rows(LINES)
    assert table.sizeHint().height() == 32 + 3 * 36


def test_a_screen_reader_hears_all_the_words_of_a_cell(table: Table) -> None:
    whole = QAccessible.queryAccessibleInterface(table)
    said = [whole.child(number).text(QAccessible.Text.Name) for number in range(whole.childCount())]
    assert [name for name in said if name] == [
        "When", "Price", "Nov 17", "$900.00, no 1", "Nov 10", "$60.00, no 2", "Nov 3", "$75.00, no 3",
    ]  # fmt: skip


# --- rows with number keys

ROWS = (KeyRow("Today 2:15 PM", "Okafor, Room 4", "Clifton"), KeyRow("Today 3:15 PM", "Lin Hua, Room 2", "Clifton"))


def test_an_opening_is_chosen_by_its_number(qtbot: QtBot, show: Show) -> None:
    rows = KeyRows("First openings")
    qtbot.addWidget(rows)
    rows.show_rows(ROWS)
    show(rows, 380, 82)
    chosen: list[int] = []
    rows.chosen.connect(chosen.append)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_2)
    QTest.keyClick(rows, Qt.Key.Key_9)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert chosen == [1, 0]
    assert rows.sizeHint().height() == 82


def test_what_would_work_is_used_at_once(qtbot: QtBot, show: Show) -> None:
    rows = KeyRows("Free instead", verb="Use")
    qtbot.addWidget(rows)
    rows.show_rows(ROWS)
    show(rows, 380, 82)
    used: list[int] = []
    rows.used.connect(used.append)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_1)
    place = rows.visualItemRect(rows.item(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rows.width() - 20, place.y()))
    assert used == [0, 1]


def test_without_room_the_widest_column_gives_way_and_none_is_lost(show: Show) -> None:
    columns: tuple[Column[Line], ...] = (
        Column("When", lambda line: line.when * 9, stretch=1),
        Column("Of what", lambda line: line.price * 12),
        Column("Price", lambda line: line.price, align="right"),
    )
    made = Table(RowsModel(columns, key=lambda line: line.id), label="Past visits")
    made.rows.setParent(made)
    made.rows.show_rows(LINES)
    show(made, 400, 300)
    widths = [made.columnWidth(number) for number in range(3)]
    assert sum(widths) <= made.viewport().width()
    assert min(widths) > 60
