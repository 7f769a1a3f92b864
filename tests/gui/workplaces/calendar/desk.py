"""Somebody at the calendar: keys and clicks, and what the clinic holds afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.gui.parts.places import CalendarPlace
from pulse_desktop.gui.workplaces.calendar.day_grid import DayGrid
from pulse_desktop.gui.workplaces.calendar.pinboard import Pinboard, PinCard
from pulse_desktop.gui.workplaces.calendar.screen import CalendarScreen
from tests.builders import TODAY
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class CalendarDesk:
    """The window, and two patients. `keys` counts every key but typed letters."""

    at: Opened
    maria: int
    hannah: int
    keys: int = field(default=0)

    @property
    def screen(self) -> CalendarScreen:
        screen = self.at.frame.navigation.screen
        assert isinstance(screen, CalendarScreen)
        return screen

    @property
    def grid(self) -> DayGrid:
        found = self.screen.findChild(DayGrid)
        assert isinstance(found, DayGrid)
        return found

    @property
    def pinboard(self) -> Pinboard:
        found = self.screen.findChild(Pinboard)
        assert isinstance(found, Pinboard)
        return found

    @property
    def cards(self) -> list[PinCard]:
        """What is parked."""
        return [card for card in self.pinboard.findChildren(PinCard) if card.isVisible()]

    def goes_to_the_calendar(self, day: date = TODAY) -> None:
        self.at.frame.parts.go_to(CalendarPlace(day))
        self.at.waits()

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.keys += 1
        self.at.presses(key, modifier)
        self.at.waits()

    def types(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                self.at.types(letter)
            else:
                types_letter(QApplication.focusWidget() or self.at.window, letter)
        self.at.waits()

    def sees(self, words: str) -> None:
        self.at.sees(words)

    def opens_booking(self) -> None:
        """Ctrl+B."""
        self.presses(Qt.Key.Key_B, CTRL)

    def books(self) -> None:
        """Ctrl+Enter."""
        self.presses(Qt.Key.Key_Return, CTRL)

    def clicks_place(self, column: int, minute: int) -> None:
        """An empty place of the grid."""
        QTest.mouseClick(self.grid.viewport(), LEFT, NONE, self.grid.point_of(column, minute))
        self.at.waits()

    def drags(self, visit_id: int, to: QPoint) -> None:
        """A visit by its middle to a point of the grid's viewport."""
        start = self.grid.place_of(visit_id).center()
        view = self.grid.viewport()
        QTest.mousePress(view, LEFT, NONE, start)
        for part in range(1, 5):
            QTest.mouseMove(view, start + (to - start) * part / 4)
            QApplication.processEvents()
        self.carried = self.grid.accessibleDescription()
        QTest.mouseRelease(view, LEFT, NONE, to)
        self.at.waits()

    def point(self, visit_id: int, column: int, minute: int) -> QPoint:
        """Where the middle of a visit must go for it to begin in this column at this minute."""
        place = self.grid.place_of(visit_id)
        top = self.grid.point_of(column, minute)
        return QPoint(top.x(), top.y() - 5 + place.height() // 2)

    def visits_of(self, patient_id: int) -> tuple[VisitLine, ...]:
        return self.at.asks(schedule.visits_of, patient_id)

    carried: str = ""


def types_letter(target: QWidget, letter: str) -> None:
    """One letter outside ASCII, as a keyboard of that language sends it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, 0, NONE, letter))
