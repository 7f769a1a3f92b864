from __future__ import annotations

from collections.abc import Hashable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.grid_canvas import free_part
from pulse_desktop.gui.parts.grid_layout import GridLayout
from pulse_desktop.gui.parts.grid_painting import fitting
from pulse_desktop.gui.parts.grid_values import GridVisit, Opening
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.time_grid import TimeGrid
from tests.gui.accessible import nameless
from tests.gui.conftest import Show
from tests.gui.parts.samples import a_day

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(show: Show) -> TimeGrid:
    made = TimeGrid()
    show(made, 644, 764)
    columns, visits = a_day()
    made.show_day(columns, visits, first=540, last=1140)
    return made


def drag(grid: TimeGrid, start: QPoint, end: QPoint) -> None:
    view = grid.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, pos=end)


def test_five_minutes_are_six_px_and_an_hour_is_72(grid: TimeGrid) -> None:
    assert grid.place_of(3).height() == 30 * 72 // 60 - 2
    assert grid.place_of(4).top() == 73


def test_visits_at_the_same_time_share_their_column(grid: TimeGrid) -> None:
    one, other, alone = grid.place_of(1), grid.place_of(2), grid.place_of(3)
    assert one.right() < other.left()
    assert one.width() < alone.width() / 2
    assert one.left() == alone.left()


def test_lanes_are_made_for_a_group_only() -> None:
    columns, _visits = a_day()
    layout = GridLayout(column_width=200)
    layout.set_columns(columns)
    spans = ((540, 60), (560, 20), (585, 30), (700, 30))
    visits = [GridVisit(n, "lin", start, minutes, "", "") for n, (start, minutes) in enumerate(spans)]
    placed = layout.place(visits)
    assert [place.is_half for place in placed] == [True, True, True, False]
    assert placed[1].block.left() == placed[2].block.left()


def test_a_visit_takes_the_free_lanes_at_its_right() -> None:
    columns, _visits = a_day()
    layout = GridLayout(column_width=300)
    layout.set_columns(columns)
    spans = ((540, 120), (550, 30), (560, 30), (600, 40))
    placed = layout.place([GridVisit(n, "lin", start, minutes, "", "") for n, (start, minutes) in enumerate(spans)])
    assert placed[3].block.left() == placed[1].block.left()
    assert placed[3].block.right() == placed[2].block.right()
    assert not any(one.block.intersects(other.block) for one in placed for other in placed if one is not other)


def test_words_of_a_closed_time_keep_clear_of_what_reaches_into_it() -> None:
    lunch, visit = QRectF(0, 100, 200, 72), QRectF(4, 60, 190, 52)
    assert free_part(lunch, ()) == lunch
    assert free_part(lunch, (visit,)) == QRectF(0, 112, 200, 60)
    assert free_part(lunch, (QRectF(4, 60, 190, 200),)).height() == 0


def test_a_narrow_lane_names_the_family(grid: TimeGrid) -> None:
    assert fitting("S. Kuznetsov", 400) == "S. Kuznetsov"
    assert fitting("S. Kuznetsov", 60) == "Kuznetsov"
    assert fitting("Chen W.-L.", 30) == "Chen"


def test_arrow_keys_go_through_a_column_and_across(qtbot: QtBot, grid: TimeGrid) -> None:
    passed: list[Hashable | None] = []
    grid.chosen.connect(passed.append)
    grid.setFocus()
    grid.choose(1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(grid, key)
    assert passed == [1, 2, 3, 4, 5, 4, 1]


def test_enter_and_double_click_open(qtbot: QtBot, grid: TimeGrid) -> None:
    opened: list[Hashable] = []
    grid.opened.connect(opened.append)
    grid.setFocus()
    grid.choose(3)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.mouseDClick(grid.viewport(), LEFT, pos=grid.place_of(4).center())
    assert opened == [3, 4]


def test_typed_letters_change_nothing(grid: TimeGrid) -> None:
    grid.setFocus()
    grid.choose(1)
    QTest.keyClicks(grid, "mei")
    assert grid.current == 1


def test_a_click_on_an_empty_place_asks_for_a_quarter_of_an_hour(qtbot: QtBot, grid: TimeGrid) -> None:
    asked: list[tuple[Hashable, int]] = []
    grid.asked.connect(lambda column, minute: asked.append((column, minute)))
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.point_of("petrov", 860))
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.place_of(4).center())
    assert asked == [("petrov", 855)]
    assert grid.current == 4


def test_a_visit_is_dragged_to_another_time_and_column(qtbot: QtBot, grid: TimeGrid) -> None:
    moved: list[tuple[Hashable, Hashable, int]] = []
    grid.moved.connect(lambda *to: moved.append(to))
    start = grid.place_of(3).center()
    target = QPoint(grid.point_of("okafor", 720).x(), start.y() + 36)
    drag(grid, start, target)
    assert moved == [(3, "okafor", 750)]


def test_a_drop_that_would_be_refused_says_why_and_changes_nothing(qtbot: QtBot, grid: TimeGrid) -> None:
    moved: list[Hashable] = []
    grid.moved.connect(lambda *to: moved.append(to))
    grid.check_move = lambda visit, column, minute: "Room 2: taken" if column == "petrov" else ""
    start = grid.place_of(3).center()
    view = grid.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, QPoint(grid.point_of("petrov", 720).x(), start.y()))
    assert grid.is_moving
    assert grid.accessibleDescription() == "12:00 Room 2: taken, Dana Petrov, L.Ac."
    QTest.mouseRelease(view, LEFT, pos=QPoint(grid.point_of("petrov", 720).x(), start.y()))
    assert moved == []
    assert not grid.is_moving


def test_what_must_not_move_does_not(qtbot: QtBot, grid: TimeGrid) -> None:
    moved: list[Hashable] = []
    grid.moved.connect(lambda *to: moved.append(to))
    start = grid.place_of(5).center()
    drag(grid, start, start + QPoint(0, 72))
    grid.choose(5)
    assert not grid.begin_move()
    assert moved == []


def test_a_visit_is_moved_with_keys_alone(qtbot: QtBot, grid: TimeGrid) -> None:
    moved: list[tuple[Hashable, Hashable, int]] = []
    grid.moved.connect(lambda *to: moved.append(to))
    grid.setFocus()
    grid.choose(3)
    assert grid.begin_move()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert moved == [(3, "petrov", 740)]


def test_escape_puts_a_visit_back(qtbot: QtBot, grid: TimeGrid) -> None:
    moved: list[Hashable] = []
    grid.moved.connect(lambda *to: moved.append(to))
    grid.setFocus()
    grid.choose(3)
    grid.begin_move()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert moved == []
    assert not grid.is_moving


def test_a_screen_reader_finds_each_visit_with_its_place(grid: TimeGrid) -> None:
    whole = QAccessible.queryAccessibleInterface(grid)
    assert whole.role() == QAccessible.Role.List
    said = [whole.child(number).text(QAccessible.Text.Name) for number in range(whole.childCount())]
    assert said == [
        "9:00 Wu Qiang, Room 1", "9:30 Zhao Ming, Room 2", "12:00 Mei Tan", "10:00 Torres", "2:00 Lindqvist",
    ]  # fmt: skip
    place = whole.child(3).rect()
    assert place.topLeft() == grid.viewport().mapToGlobal(grid.place_of(4).topLeft())
    assert nameless(grid) == []


def test_the_now_line_runs_under_the_blocks(grid: TimeGrid) -> None:
    grid.set_now(630)
    picture = grid.viewport().grab().toImage()
    y = round((630 - 540) * 72 / 60)
    now = theme().color("calendar.now")
    assert picture.pixelColor(grid.point_of("okafor", 600).x(), y) == now
    assert picture.pixelColor(grid.place_of(4).right() - 4, y) != now


def test_offered_places_are_drawn_where_they_are(grid: TimeGrid) -> None:
    grid.show_openings((Opening("okafor", 900, 55, "1  3:00 Room 4", is_chosen=True),), {5})
    picture = grid.viewport().grab().toImage()
    place = grid.point_of("okafor", 940)
    assert picture.pixelColor(place) == theme().color("jade-tint")


def test_the_chosen_visit_stays_chosen_and_is_scrolled_to(show: Show) -> None:
    grid = TimeGrid()
    show(grid, 644, 300)
    columns, visits = a_day()
    grid.show_day(columns, visits, first=540, last=1140)
    grid.choose(5)
    assert grid.viewport().rect().contains(grid.place_of(5))
    grid.show_day(columns, visits[1:], first=540, last=1140)
    assert grid.current == 5


def test_many_columns_scroll_sideways(show: Show) -> None:
    grid = TimeGrid()
    show(grid, 400, 400)
    columns, visits = a_day()
    grid.show_day(columns, visits, first=540, last=1140)
    assert grid.horizontalScrollBar().maximum() > 0
    grid.choose(5)
    assert grid.place_of(5).right() <= grid.viewport().width()


def test_what_scrolling_left_on_the_screen_is_what_painting_anew_gives(grid: TimeGrid, qtbot: QtBot) -> None:
    """Scrolling moves what is painted and paints the rest: no seam, no ghost, with a visit chosen and a time offered."""
    grid.resize(644, 320)
    grid.choose(3)
    grid.show_openings([Opening("lin", 700, 30, "11:40")])
    grid.set_now(650)
    for step in (7, 15, 60, -33, 101, -4):
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + step)
        qtbot.wait(20)
    assert _seen(grid) == _painted_anew(grid)
    grid.viewport().scroll(0, 3)  # the control: what lies three px from its place is noticed
    qtbot.wait(20)
    assert _seen(grid) != _painted_anew(grid)


def _seen(grid: TimeGrid) -> QImage:
    """What stands on the screen."""
    return grid.screen().grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _painted_anew(grid: TimeGrid) -> QImage:
    return grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
