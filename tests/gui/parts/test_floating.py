"""Panels, toasts, the focus ring: what lies over the work."""

from __future__ import annotations

import weakref

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.focus_ring import _Ring
from pulse_desktop.gui.parts.side_panel import PanelPlace, ParkedChips, SidePanel
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.toast import SHOWN_MS, Toast
from pulse_desktop.gui.parts.toast_button import ToastButton
from tests.gui.accessible import nameless
from tests.gui.conftest import Show, Wear

LEFT = Qt.MouseButton.LeftButton


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.work = QWidget()
        self.work.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.work.setAccessibleName("Work")
        self.place = PanelPlace(self.work)
        self.parked = ParkedChips(self.place)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.parked)
        self.column.addWidget(self.work, 1)
        self.undone: list[str] = []

    def take_back(self) -> None:
        self.undone.append("arrived")


@pytest.fixture
def window(show: Show) -> Window:
    made = Window()
    show(made, 1000, 600)
    return made


def a_panel(name: str = "Booking, J. Ramírez", *, draft: bool = False) -> SidePanel:
    panel = SidePanel("Book a visit", primary="Book 2:15 PM")
    panel.name, panel.has_draft = name, draft
    panel.body.addWidget(TextField("Patient"))
    panel.body.addWidget(TextField("Note for the desk"))
    return panel


def focused(window: QWidget) -> QWidget:
    widget = window.focusWidget()
    assert widget is not None
    return widget


def test_a_panel_opens_at_the_right_edge_with_the_keyboard_in_its_first_field(window: Window) -> None:
    panel = a_panel()
    window.place.open(panel)
    assert panel.geometry().getRect() == (1000 - 384, window.work.geometry().top() * 0, 384, window.work.height())
    assert focused(window).accessibleName() == "Patient"
    assert nameless(panel) == []


def test_control_enter_confirms(qtbot: QtBot, window: Window) -> None:
    panel = a_panel()
    window.place.open(panel)
    with qtbot.waitSignal(panel.confirmed):
        QTest.keyClick(focused(window), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_escape_closes_a_panel_in_which_nothing_was_typed(qtbot: QtBot, window: Window) -> None:
    panel = a_panel()
    window.place.open(panel)
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert window.place.current is None
    assert window.place.parked == ()
    qtbot.waitUntil(lambda: not shiboken6.isValid(panel))


def test_escape_keeps_what_was_typed_as_a_chip_that_brings_it_back(qtbot: QtBot, window: Window) -> None:
    panel = a_panel(draft=True)
    window.place.open(panel)
    QTest.keyClicks(focused(window), "jose")
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert [kept.name for kept in window.place.parked] == ["Booking, J. Ramírez"]
    chips = list(window.parked.findChildren(Button))
    assert [chip.words for chip in chips] == ["Booking, J. Ramírez"]
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.place.current is panel
    line = focused(window)
    assert isinstance(line, QLineEdit)
    assert line.text() == "jose"


def test_a_second_panel_parks_the_first_if_something_was_typed_in_it(qtbot: QtBot, window: Window) -> None:
    payment = a_panel("Payment, M. Alvarez", draft=True)
    booking, empty = a_panel(), a_panel("Empty")
    window.place.open(empty)
    window.place.open(payment)
    window.place.open(booking)
    assert window.place.parked == (payment,)
    qtbot.waitUntil(lambda: not shiboken6.isValid(empty))
    chip = window.parked.findChild(Button)
    assert isinstance(chip, Button)
    QTest.mouseClick(chip, LEFT)
    assert window.place.current is payment


def test_the_close_button_closes_even_a_draft_and_the_panel_dies(qtbot: QtBot, window: Window) -> None:
    panel = a_panel(draft=True)
    window.place.open(panel)
    watcher = weakref.ref(panel)
    close = next(button for button in panel.findChildren(Button) if button.accessibleName() == "Close this panel")
    del panel
    QTest.mouseClick(close, LEFT)
    del close
    assert window.place.current is None
    assert window.place.parked == ()
    qtbot.waitUntil(lambda: watcher() is None or not shiboken6.isValid(watcher()))


def test_the_panel_follows_the_edge_and_takes_all_the_work_with_large_text(window: Window, wear: Wear) -> None:
    panel = a_panel()
    window.place.open(panel)
    window.resize(900, 500)
    assert panel.geometry().right() == window.work.width() - 1
    wear("light", 2.0)
    window.resize(901, 500)
    assert panel.width() == window.work.width()


# --- toasts


def test_a_toast_says_what_happened_and_takes_it_back_once(qtbot: QtBot, window: Window) -> None:
    toast = Toast(window.work)
    toast.say("Denise Walker arrived, 10:40", undo="Undo: arrived D. Walker", run=window.take_back)
    assert toast.words == "Denise Walker arrived, 10:40"
    assert toast.height() == 44 + 2 * 16
    button = toast.findChild(ToastButton)
    assert isinstance(button, ToastButton)
    QTest.mouseClick(button, LEFT)
    assert window.undone == ["arrived"]
    assert toast.words == ""
    toast.undo()
    assert window.undone == ["arrived"]


def test_control_z_takes_back_while_the_toast_is_shown(qtbot: QtBot, window: Window) -> None:
    toast = Toast(window.work)
    window.work.setFocus()
    toast.say("Denise Walker arrived, 10:40", undo="Undo: arrived D. Walker", run=window.take_back)
    QTest.keyClick(window.work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.undone == ["arrived"]


def test_a_text_field_keeps_its_own_control_z(qtbot: QtBot, window: Window) -> None:
    line = QLineEdit(window.work)
    line.show()
    toast = Toast(window.work)
    toast.say("Denise Walker arrived, 10:40", undo="Undo: arrived D. Walker", run=window.take_back)
    line.setFocus()
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""
    assert window.undone == []
    toast.dismiss()


def test_a_toast_goes_by_itself_but_not_under_the_pointer_or_the_focus(qtbot: QtBot, window: Window) -> None:
    toast = Toast(window.work)
    toast.say("Sheet printed", undo="Undo: sheet", run=window.take_back)
    assert toast._clock.interval() == SHOWN_MS == 8000
    assert toast._clock.isActive()
    toast._button.setFocus()
    assert not toast._clock.isActive()
    window.work.setFocus()
    assert toast._clock.isActive()
    toast._clock.setInterval(1)
    toast._clock.start()
    qtbot.waitUntil(lambda: toast.words == "")


def test_a_toast_does_not_keep_its_asker_alive(qtbot: QtBot, window: Window) -> None:
    class Asker(QWidget):
        def take_back(self) -> None:
            raise AssertionError

    toast, asker = Toast(window.work), Asker()
    toast.say("Arrived", undo="Undo: arrived", run=asker.take_back)
    asker.deleteLater()
    del asker
    qtbot.wait(5)
    toast.undo()


# --- the focus ring


def rings(window: QWidget) -> list[_Ring]:
    return [ring for ring in window.findChildren(_Ring) if ring.isVisible()]


def test_whatever_takes_the_keyboard_has_a_ring_of_three_px_around_it(qtbot: QtBot, window: Window) -> None:
    one, other = Button("Book visit"), Button("Walk-in")
    window.column.addWidget(one)
    window.column.addWidget(other)
    one.setFocus()
    qtbot.waitUntil(lambda: one.hasFocus() and len(rings(window)) == 1)
    ring = rings(window)[0]
    assert ring.geometry().adjusted(3, 3, -3, -3).topLeft() == one.mapTo(window, QPoint(0, 0))
    assert ring.size().width() == one.width() + 6
    QTest.keyClick(one, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: len(rings(window)) == 1 and rings(window)[0] is not ring)
    picture = window.grab().toImage()
    edge = other.mapTo(window, QPoint(other.width() // 2, -2))
    assert picture.pixelColor(edge) == theme().color("focus")


def test_the_ring_moves_with_its_widget_and_leaves_with_it(qtbot: QtBot, window: Window) -> None:
    button = Button("Book visit")
    window.column.insertWidget(0, button)
    button.setFocus()
    qtbot.waitUntil(lambda: button.hasFocus() and len(rings(window)) == 1)
    before = rings(window)[0].geometry()
    window.column.insertSpacing(0, 40)
    qtbot.waitUntil(lambda: rings(window)[0].geometry().top() == before.top() + 40)
    button.setParent(None)
    button.deleteLater()
    qtbot.waitUntil(lambda: all(ring.size() != before.size() for ring in rings(window)))


def test_in_a_scroll_area_the_ring_scrolls_along(qtbot: QtBot, show: Show) -> None:
    area, content = QScrollArea(), QWidget()
    column = QVBoxLayout(content)
    buttons = [Button(f"Row {number}") for number in range(20)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    show(area, 300, 200)
    buttons[0].setFocus()
    qtbot.waitUntil(lambda: bool(rings(area)))
    assert rings(area)[0].parentWidget() is content
