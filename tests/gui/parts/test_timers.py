from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import TimerChip, TimerRing, TimerRow
from tests.gui.accessible import nameless
from tests.gui.conftest import Show
from tests.gui.parts.samples import timers


def shown(row: TimerRow) -> list[TimerChip]:
    chips = [chip for chip in row.findChildren(TimerChip) if chip.isVisible()]
    return sorted(chips, key=lambda chip: chip.x())


def test_overdue_timers_come_first_then_the_soonest_due(show: Show) -> None:
    row = TimerRow()
    show(row, 1600, 28)
    row.show_timers(timers())
    assert [chip.view.key for chip in shown(row)] == [3, 2, 1, 4]


def test_without_room_all_but_the_most_urgent_get_short_and_then_the_rest_is_counted(show: Show) -> None:
    row = TimerRow()
    show(row, 800, 28)
    row.show_timers(timers())
    widths = [chip.width() for chip in shown(row)]
    assert [chip.view.key for chip in shown(row)] == [3, 2, 1, 4]
    assert all(width < widths[0] / 2 for width in widths[1:])
    row.resize(560, 28)
    assert [chip.view.key for chip in shown(row)] == [3, 2]
    assert row._more.text() == "2 more"
    assert row._more.isVisible()
    row.resize(1600, 28)
    assert len({chip.width() > 300 for chip in shown(row)}) == 1
    assert not row._more.isVisible()


def test_a_click_or_enter_on_a_chip_tells_which_one(qtbot: QtBot, show: Show) -> None:
    row = TimerRow()
    show(row, 1600, 28)
    row.show_timers(timers())
    opened: list[Hashable] = []
    row.opened.connect(opened.append)
    QTest.mouseClick(shown(row)[0], Qt.MouseButton.LeftButton)
    shown(row)[1].setFocus()
    QTest.keyClick(shown(row)[1], Qt.Key.Key_Space)
    assert opened == [3, 2]


def test_a_chip_says_itself_and_changes_its_ground_when_due(qtbot: QtBot, show: Show) -> None:
    running, due = timers()[:2]
    chip = TimerChip(running)
    show(chip, chip.sizeHint().width(), chip.sizeHint().height())
    assert chip.accessibleName() == "Room 2, M. Alvarez: 06:12 of 08:00"
    assert chip.sizeHint().height() == 28
    assert chip.grab().toImage().pixelColor(4, 14) == theme().color("raised")
    chip.show_timer(due)
    assert chip.accessibleName() == "Room 5, A. L. Torres: 09:05 of 08:00, take off now"
    assert chip.grab().toImage().pixelColor(4, 14) == theme().color("amber-tint")


def test_the_ring_of_the_locked_screen_names_nobody(qtbot: QtBot, show: Show) -> None:
    ring = TimerRing(timers()[1])
    show(ring, ring.sizeHint().width(), ring.sizeHint().height())
    assert ring.accessibleName() == "Room 5: 09:05 of 08:00"
    assert nameless(ring) == []
