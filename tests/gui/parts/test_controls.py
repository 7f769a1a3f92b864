"""Buttons, segments, tabs, pickers, the pain scale: by key and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.bars import Strip, Tabs
from pulse_desktop.gui.parts.buttons import Button, IconButton, Link
from pulse_desktop.gui.parts.chips import ChipView, ToggleChip, few_chips
from pulse_desktop.gui.parts.choice import Choice
from pulse_desktop.gui.parts.pain_scale import PainScale
from pulse_desktop.gui.parts.pickers import Picker
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.ticks import Tick
from tests.gui.accessible import name_of
from tests.gui.conftest import Show, Wear

LEFT = Qt.MouseButton.LeftButton


KEYS = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("kind", ["button", "link"])
def test_a_button_is_pressed_by_key(qtbot: QtBot, show: Show, kind: str, key: Qt.Key) -> None:
    button: QPushButton = Button("Book visit", "primary", keys="Ctrl+B") if kind == "button" else Link("15 more")
    show(button, 200, 32)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_button_says_its_words_and_its_key(qtbot: QtBot) -> None:
    button = Button("Salt & Pepper", keys="Ctrl+B")
    qtbot.addWidget(button)
    assert name_of(button) == "Salt & Pepper"
    assert button.accessibleDescription() == "Ctrl+B"


def test_an_icon_button_is_named_by_its_label(qtbot: QtBot) -> None:
    button = IconButton("lock", "Lock this seat")
    qtbot.addWidget(button)
    assert name_of(button) == button.toolTip() == "Lock this seat"


@pytest.mark.parametrize(("scale", "height"), [(1.0, 32), (2.0, 52)])
def test_controls_have_the_height_of_the_design(qtbot: QtBot, wear: Wear, scale: float, height: int) -> None:
    wear("light", scale)
    controls: list[QWidget] = [
        Button("Book visit", "primary"),
        IconButton("lock", "Lock"),
        Segments(("Day", "Week"), "View"),
        PainScale("Pain"),
        Choice("Service"),
    ]
    for control in controls:
        qtbot.addWidget(control)
        assert control.sizeHint().height() == height, type(control).__name__


def test_segments_are_chosen_by_arrow_keys_and_clicks(qtbot: QtBot, show: Show) -> None:
    view = Segments(("Day", "Week", "Month"), "View")
    show(view, view.sizeHint().width(), 32)
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.mouseClick(view, LEFT, pos=QPoint(view.width() - 10, 16))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert chosen == [1, 2]
    assert name_of(view) == "View: Month"


def test_tabs_are_chosen_by_arrow_keys_and_clicks(qtbot: QtBot, show: Show) -> None:
    tabs = Tabs(("Summary", "Visits", "Notes"), "File")
    show(tabs, 400, 37)
    chosen: list[int] = []
    tabs.chosen.connect(chosen.append)
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    QTest.mouseClick(tabs, LEFT, pos=QPoint(30, 16))
    assert chosen == [1, 0]


def test_a_strip_asks_for_its_one_action(qtbot: QtBot, show: Show) -> None:
    strip = Strip("amber", "history", "From yesterday:", "2 unsigned notes", "Settle these")
    show(strip, 600, 36)
    button = strip.findChild(Button)
    assert isinstance(button, Button)
    with qtbot.waitSignal(strip.asked):
        QTest.mouseClick(button, LEFT)


@pytest.mark.parametrize(
    ("typed", "value"), [("4", 4), ("0", 0), ("-", 10), ("47", 7)], ids=["digit", "zero", "dash is ten", "last digit"]
)
def test_pain_is_said_by_digits(qtbot: QtBot, show: Show, typed: str, value: int) -> None:
    pain = PainScale("Pain before")
    show(pain, 330, 32)
    pain.setFocus()
    QTest.keyClicks(pain, typed)
    assert pain.value == value
    assert name_of(pain) == f"Pain before: {value} of 10"


def test_pain_is_empty_until_it_is_said_and_can_be_emptied(qtbot: QtBot, show: Show) -> None:
    pain = PainScale("Pain before")
    show(pain, 330, 32)
    assert pain.value is None
    heard: list[object] = []
    pain.changed.connect(heard.append)
    QTest.mouseClick(pain, LEFT, pos=QPoint(pain.width() - 5, 16))
    pain.setFocus()
    QTest.keyClick(pain, Qt.Key.Key_Left)
    QTest.keyClick(pain, Qt.Key.Key_Delete)
    assert heard == [10, 9, None]


def test_words_are_picked_by_keys_and_mouse(qtbot: QtBot, show: Show) -> None:
    picker = Picker(("pale", "pink", "red"), "Tongue body", more=("purple", "blue"))
    show(picker, 300, 60)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Right)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    QTest.mouseClick(picker, LEFT, pos=QPoint(12, 12))
    assert picker.value == ("pink", "pale")
    assert name_of(picker) == "Tongue body: pink, pale"
    assert picker.hidden_count == 2
    picker.show_more()
    assert picker.hidden_count == 0


def test_a_single_picker_holds_one_word(qtbot: QtBot, show: Show) -> None:
    picker = Picker(("none", "bruise"), "Adverse events", single=True)
    show(picker, 300, 60)
    picker.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(picker, key)
    assert picker.value == ("bruise",)


def test_a_kept_word_from_behind_more_comes_forward(qtbot: QtBot) -> None:
    picker = Picker(("pale",), "Tongue body", more=("purple", "blue"))
    qtbot.addWidget(picker)
    picker.set_value(("blue",))
    assert picker.value == ("blue",)
    assert picker.hidden_count == 1


def test_ticks_and_toggle_chips_switch(qtbot: QtBot, show: Show) -> None:
    tick, chip = Tick("Receipt"), ToggleChip("Cupping 15", "add")
    show(tick, 200, 24)
    show(chip, 200, 28)
    QTest.mouseClick(tick, LEFT, pos=QPoint(60, 12))
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert tick.isChecked()
    assert chip.isChecked()


def test_a_drop_down_keeps_its_value_when_its_entries_change(qtbot: QtBot, show: Show) -> None:
    box = Choice("Practitioner")
    show(box, 200, 32)
    box.show_choices([(1, "Okafor"), (2, "Petrov")])
    box.choose(2)
    box.show_choices([(2, "Petrov"), (3, "Reyes")])
    assert box.value == 2
    heard: list[object] = []
    box.picked.connect(heard.append)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_R)
    assert box.value == 3
    assert heard == [3]


def test_only_three_chips_are_shown_and_the_rest_is_named() -> None:
    chips = [ChipView(word) for word in ("New", "Late", "Unsigned", "Due", "Pregnant")]
    shown = few_chips(chips)
    assert [chip.text for chip in shown] == ["New", "Late", "Unsigned", "+2"]
    assert shown[-1].tip == "Due, Pregnant"
