"""Palette and size of text: reached by everybody, worn at once, kept for this seat."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.entrance import SEAT_FILE, FolderEntrance
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell import application
from pulse_desktop.gui.shell.appearance_panel import AppearancePanel, PaletteTile
from pulse_desktop.gui.shell.doorstep import Appearance
from tests.builders import TestClinic
from tests.gui.opening import Opened, a_window

CTRL = Qt.KeyboardModifier.ControlModifier


def _open_by_keys(desk: Opened) -> AppearancePanel:
    desk.presses(Qt.Key.Key_K, CTRL)
    desk.types("appearance")
    desk.waits()
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Size of text")
    panel = desk.frame._panels.current
    assert isinstance(panel, AppearancePanel)
    return panel


def _click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def _seat(clinic: TestClinic) -> Appearance:
    return FolderEntrance(clinic.folder, clinic.clock).appearance()


def test_by_keys_alone_it_is_dark_and_large_at_once_and_kept(clinic: TestClinic, at_work: Opened) -> None:
    _open_by_keys(at_work)
    at_work.presses(Qt.Key.Key_Right)
    assert theme().palette == "dark"
    at_work.presses(Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), Segments)
    for _step in range(4):
        at_work.presses(Qt.Key.Key_Right)
    assert (theme().palette, theme().scale) == ("dark", 2.0)
    at_work.waits()
    panel = at_work.frame._panels.current
    assert panel is not None
    assert panel.width() == at_work.frame._area.width()
    at_work.qtbot.waitUntil(lambda: (_seat(clinic).palette, _seat(clinic).percent) == ("dark", 200))
    at_work.presses(Qt.Key.Key_Escape)
    assert at_work.frame.open_drafts == []


def test_a_click_on_the_name_opens_a_menu_that_leads_there(at_work: Opened) -> None:
    at_work.clicks("At this seat")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == ["Appearance", "Lock this seat\tCtrl+L", "Sign out"]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())  # type: ignore[attr-defined]
    at_work.sees("Size of text")
    tile = next(tile for tile in at_work.window.findChildren(PaletteTile) if tile.palette_name == "high-contrast")
    _click(tile)
    assert theme().palette == "high-contrast"


def test_sign_out_asks_who_is_here_now(at_work: Opened) -> None:
    at_work.clicks("At this seat")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[-1]).center())  # type: ignore[attr-defined]
    at_work.qtbot.waitUntil(lambda: "Who is at this seat?" in at_work.everything())
    assert at_work.window.frame is None


def test_the_next_start_looks_and_stands_as_the_seat_was_left(clinic: TestClinic, at_work: Opened) -> None:
    panel = _open_by_keys(at_work)
    at_work.presses(Qt.Key.Key_Right)
    assert panel.isVisible()
    at_work.window.resize(800, 640)
    at_work.window.close()
    again = application.build(FolderEntrance(clinic.folder, clinic.clock, allow_weak=True), clock=clinic.clock, calm=True)
    at_work.qtbot.addWidget(again)
    assert (theme().palette, theme().scale) == ("dark", 1.0)
    again.show()
    assert (again.width(), again.height()) == (800, 640)
    at_work.qtbot.waitUntil(again.isVisible)
    again.close()


def test_what_a_seat_remembers_of_people_and_of_looks_stand_side_by_side(clinic: TestClinic, at_work: Opened) -> None:
    _open_by_keys(at_work)
    at_work.presses(Qt.Key.Key_Right)
    at_work.qtbot.waitUntil(lambda: _seat(clinic).palette == "dark")
    known = json.loads((clinic.folder / SEAT_FILE).read_text(encoding="utf-8"))
    assert known["plate"]["office"] == "Clifton"
    assert known["last"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"appearance": 7}', '{"appearance": {"palette": "pink", "percent": "x", "place": 3}}'])
def test_a_damaged_seat_file_is_the_light_look(clinic: TestClinic, opened: Opened, damage: str) -> None:
    (clinic.folder / SEAT_FILE).write_text(damage, encoding="utf-8")
    opened.window.close()
    again = application.build(FolderEntrance(clinic.folder, clinic.clock, allow_weak=True), clock=clinic.clock, calm=True)
    opened.qtbot.addWidget(again)
    assert (theme().palette, theme().scale) == ("light", 1.0)
    again.close()


def test_a_window_nobody_came_in_by_leaves_the_folder_as_it_was(clinic: TestClinic, opened: Opened) -> None:
    opened.window.close()
    assert not (clinic.folder / SEAT_FILE).exists()


def test_the_sign_in_is_dressed_too(clinic: TestClinic, opened: Opened) -> None:
    opened.window.close()
    FolderEntrance(clinic.folder, clinic.clock).remember_appearance(Appearance("dark", 150))
    application.build(FolderEntrance(clinic.folder, clinic.clock, allow_weak=True), clock=clinic.clock, calm=True).close()
    assert (theme().palette, theme().scale) == ("dark", 1.5)
    desk = a_window(clinic.folder, clinic.clock, opened.qtbot)
    assert desk.window.grab().toImage().pixelColor(1400, 20) == theme().color("paper")
    desk.window.close()


def test_a_quiet_seat_stays_quiet_and_its_locked_page_says_so(clinic: TestClinic, at_work: Opened) -> None:
    at_work.frame.show_appearance()
    chime = next(one for one in at_work.window.findChildren(Segments) if "Timers at this seat" in one.accessibleName())
    chime.setFocus()
    at_work.presses(Qt.Key.Key_Right)
    at_work.waits()
    assert not at_work.frame.foot.chime.is_on
    at_work.window.lock()
    at_work.sees("Chime off. Names stay hidden while locked.")
    at_work.qtbot.waitUntil(lambda: not FolderEntrance(clinic.folder, clinic.clock).appearance().chime)
