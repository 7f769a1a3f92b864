"""Somebody at a patient's file: keys and clicks, and what the clinic holds afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.values import ConditionLine, PatientDraft, PatientRecord
from pulse_desktop.gui.forms.fields import Field
from pulse_desktop.gui.parts.places import PatientPlace, PatientsPlace
from pulse_desktop.gui.parts.side_panel import SidePanel
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
Panel = TypeVar("Panel", bound=SidePanel)


@dataclass
class FileDesk:
    """The window, and a patient."""

    at: Opened
    maria: int

    def goes_to_the_list(self) -> None:
        self.at.frame.parts.go_to(PatientsPlace())
        self.at.waits()

    def opens_the_file(self, tab: str = "") -> None:
        self.at.frame.parts.go_to(PatientPlace(self.maria, tab))
        self.at.waits()

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.at.presses(key, modifier)
        self.at.waits()

    def saves(self) -> None:
        """Ctrl+Enter."""
        self.presses(Qt.Key.Key_Return, CTRL)

    def types(self, text: str) -> None:
        """Letters of any script, to whatever has the keyboard."""
        if not text:
            self.presses(Qt.Key.Key_Backspace)
        for letter in text:
            target = QApplication.focusWidget() or self.at.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, ord(letter.upper()) if letter.isascii() else 0, NONE, letter))
        self.at.waits()

    def sees(self, words: str) -> None:
        self.at.sees(words)

    def panel(self, kind: type[Panel]) -> Panel:
        """The open panel."""
        found = [one for one in self.at.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def field(self, name: str) -> Field:
        """A field of the open panel, by its name."""
        shown = [one for one in self.at.window.findChildren(Field, name) if one.isVisible()]
        return shown[0]

    def enters(self, name: str, text: str) -> None:
        """Goes to a field and writes."""
        field = self.field(name)
        (field.focusProxy() or field.control).setFocus()
        self.presses(Qt.Key.Key_A, CTRL)
        self.types(text)

    def record(self) -> PatientRecord:
        return self.at.asks(patients.patient, self.maria)

    def details(self, patient_id: int) -> PatientDraft:
        return self.at.asks(patients.patient, patient_id).draft

    def conditions(self) -> tuple[ConditionLine, ...]:
        return self.at.asks(patients.conditions, self.maria)

    def nothing_open(self) -> bool:
        """No panel is open."""
        return not [one for one in self.at.window.findChildren(QWidget) if isinstance(one, SidePanel) and one.isVisible()]
