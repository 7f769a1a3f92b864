"""The pattern of the note with its diagnosis code: both propose what is known and take what is typed freely."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.forms.fields import LineEdit, RefusalLine
from pulse_desktop.gui.workplaces.note.code_edit import CodeEdit, not_billable, tidy_codes
from pulse_desktop.gui.workplaces.note.form_fields import NAME_PROPERTY, NoteField
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand


class NotePattern(NoteField):
    """The pattern as a line that proposes known ones, with the diagnosis code as a chip at its right end."""

    def __init__(self, label: str, shorthand: OwnShorthand) -> None:
        self.edit = _PatternLine(shorthand)
        super().__init__("pattern", label, self.edit)
        self.code = self.edit.code
        self.code.setProperty(NAME_PROPERTY, "icd10")
        self.edit.textChanged.connect(self._tell_pattern)
        self.code.textChanged.connect(self._tell_code)
        self.code.tidied.connect(self._look_at_codes)
        self._code_said = RefusalLine()
        if (column := self.layout()) is not None:
            column.addWidget(self._code_said)

    @property
    def caret(self) -> int:
        return self.edit.cursorPosition()

    def put_cursor(self, at: int) -> None:
        super().put_cursor(at)
        self.edit.setCursorPosition(at)

    def value(self) -> str:
        return self.edit.text()

    def set_value(self, value: Any) -> None:
        _put_line(self.edit, str(value))

    def set_code(self, code: str) -> None:
        """Show a diagnosis code."""
        _put_line(self.code, code)
        self.edit.place_code()
        self._look_at_codes()

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        self.edit.setReadOnly(not usable)
        self.code.setReadOnly(not usable)

    def _tell_pattern(self, text: str) -> None:
        self.told.emit("pattern", text)

    def _tell_code(self, text: str) -> None:
        self._code_said.say("")
        self.told.emit("icd10", tidy_codes(text))

    def _look_at_codes(self) -> None:
        """Say which code cannot be billed; the keyboard stays where it is, and the code where it was typed."""
        self._code_said.say(not_billable(self.code.text()))


def _put_line(line: QLineEdit, text: str) -> None:
    if text != line.text():
        line.blockSignals(True)
        line.setText(text)
        line.setCursorPosition(0)
        line.blockSignals(False)
        line.update()


class _PatternLine(LineEdit):
    """A line with the code's chip inside."""

    def __init__(self, shorthand: OwnShorthand) -> None:
        super().__init__(_("Pattern"))
        self.code = CodeEdit(shorthand, self)
        words = [term.word for term in atlas.vocabulary("tcm_pattern")]
        self.setCompleter(_proposing(QCompleter(words, self)))
        self.code.textChanged.connect(self.place_code)
        self.place_code()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_code()

    def place_code(self) -> None:
        """The chip is as wide as its code."""
        size = self.code.sizeHint()
        self.code.setGeometry(self.width() - size.width() - 8, (self.height() - size.height()) // 2, size.width(), size.height())
        self.setTextMargins(0, 0, size.width() + 8, 0)


def _proposing(completer: QCompleter) -> QCompleter:
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    return completer
