"""A practitioner at the note of a visit: what they click and type, and what stands in the file afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pulse_desktop.clinic import atlas, treatment
from pulse_desktop.clinic.treatment.values import NoteDraft, NoteView
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.workplaces.note.screen import NoteScreen
from tests.builders import PASSWORD
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
LUMBAR_LEFT = tuple(f"lumbar_paraspinal_{height}_l" for height in ("upper", "mid", "lower"))


@dataclass
class Hands:
    """Somebody signed in, with the note of `visit_id` before them."""

    desk: Opened
    visit_id: int

    @property
    def screen(self) -> NoteScreen:
        screen = self.desk.frame.navigation.screen
        assert isinstance(screen, NoteScreen)
        return screen

    @property
    def draft(self) -> NoteDraft:
        """What is on the screen."""
        return self.screen.writing.draft

    def goes_to_the_note(self) -> None:
        self.desk.frame.parts.go_to(NotePlace(self.visit_id))
        self.desk.waits()
        self.desk.waits()

    def is_in(self, field: str) -> None:
        """Puts the keyboard into a field by its mouse."""
        control = self.screen.page.form.fields[field].control
        self.screen.page.form.ensureWidgetVisible(control)
        QTest.mouseClick(control.viewport() if hasattr(control, "viewport") else control, LEFT, pos=QPoint(8, 8))

    def writes(self, field: str, text: str) -> None:
        self.is_in(field)
        self.desk.types(text)

    def clicks_site(self, key: str) -> None:
        """A named site on the map."""
        site = atlas.cup_sites()[key]
        self.clicks_map(site.x, site.y)

    def clicks_map(self, x: float, y: float, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        canvas = self.screen.page.body.canvas
        QTest.mouseClick(canvas, LEFT, held, pos=canvas.point_of(x, y).toPoint())

    def drags_map(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        canvas = self.screen.page.body.canvas
        first, last = canvas.point_of(*start), canvas.point_of(*end)
        QTest.mousePress(canvas, LEFT, pos=first.toPoint())
        for part in range(1, 5):
            QTest.mouseMove(canvas, (first + (last - first) * part / 4).toPoint())
        QTest.mouseRelease(canvas, LEFT, pos=last.toPoint())

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, modifier)

    def is_stored(self) -> NoteView:
        """Waits until nothing is on its way, then reads the file."""
        self.screen.keeper.save()
        self.desk.qtbot.waitUntil(lambda: not self.screen.keeper.is_behind)
        return self.in_the_file()

    def in_the_file(self) -> NoteView:
        view = self.desk.asks(treatment.note_of_visit, self.visit_id)
        assert isinstance(view, NoteView)
        return view

    def fills_in(self) -> None:
        """Everything that signing waits for besides cups and needles."""
        self.writes("complaint", "Low back")
        self.is_in("pain_before")
        self.presses(Qt.Key.Key_6)
        self.is_in("pain_after")
        self.presses(Qt.Key.Key_3)
        self.writes("response", "Better")
        self.is_in("adverse")
        if not self.draft.adverse:
            self.presses(Qt.Key.Key_Space)

    def signs(self, password: str = PASSWORD) -> None:
        self.presses(Qt.Key.Key_Enter, CTRL)
        self.desk.sees("Sign this note")
        self.desk.types(password)
        self.presses(Qt.Key.Key_Return)
