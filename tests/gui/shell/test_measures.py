"""The frame's measures, as design.md section 3 gives them for 1440 x 900."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from pulse_desktop.gui.parts.board import Board
from pulse_desktop.gui.parts.nav_rail import NavRail
from pulse_desktop.gui.shell.foot_bar import FootBar
from pulse_desktop.gui.shell.top_bar import SearchField, TopBar
from pulse_desktop.gui.workplaces.today.head import TodayHead
from tests.builders import TestClinic, a_patient, a_visit
from tests.gui.accessible import nameless
from tests.gui.conftest import Wear
from tests.gui.opening import Opened


@pytest.fixture
def visits(clinic: TestClinic) -> None:
    a_visit(clinic, a_patient(clinic, "María", "Alvarez"))


@pytest.fixture
def desk(visits: None, at_work: Opened) -> Opened:
    at_work.window.resize(1440, 900)
    at_work.waits()
    return at_work


def _place(desk: Opened, kind: type[QWidget]) -> tuple[int, int, int, int]:
    widget = cast("QWidget", desk.window.findChild(kind))
    corner = widget.mapTo(desk.window, QPoint(0, 0))
    return QRect(corner, widget.size()).getRect()  # type: ignore[return-value]


def test_the_frame_stands_where_the_design_puts_it(desk: Opened) -> None:
    assert _place(desk, NavRail) == (0, 0, 72, 900)
    assert _place(desk, TopBar) == (72, 0, 1368, 48)
    assert _place(desk, SearchField) == (84, 7, 400, 32)
    assert _place(desk, FootBar) == (72, 860, 1368, 40)


def test_the_board_begins_under_a_head_of_40(desk: Opened) -> None:
    assert _place(desk, TodayHead)[1:4:2] == (56, 40)
    assert _place(desk, Board) == (84, 104, 1344, 748)


@pytest.mark.parametrize(("palette", "scale"), [("dark", 1.0), ("high-contrast", 1.0), ("light", 2.0)])
def test_other_looks_have_all_names_and_cut_nothing_off(desk: Opened, wear: Wear, palette: str, scale: float) -> None:
    wear(palette, scale)
    desk.waits()
    assert nameless(desk.window) == []
    for widget in desk.window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is desk.window and not isinstance(widget.parent(), Board):
            corner = widget.mapTo(desk.window, QPoint(0, 0))
            assert corner.x() < desk.window.width()
