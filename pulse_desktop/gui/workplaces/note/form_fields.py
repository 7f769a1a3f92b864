"""The fields of the note. Each tells `told(name, value)` when a person changes it and shows what it is given silently."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QTextCursor
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.forms.fields import Field, LineEdit, TextArea
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.pain_scale import PainScale

NAME_PROPERTY: Final = "note_field"


class NoteField(Field):
    """A field of the note under its name in the draft."""

    told = Signal(str, object)
    confirmed = Signal(str)
    """The person says that what was copied holds today."""

    def __init__(self, name: str, label: str, control: QWidget, *, aside: QWidget | None = None) -> None:
        super().__init__(label, control, aside=aside)
        self.name = name
        control.setProperty(NAME_PROPERTY, name)
        self._copied = Link(_("copied, confirm with Alt+C"), ink="amber")
        self._copied.setAccessibleName(_("{field}: copied, confirm").format(field=label))
        self._copied.hide()
        self._copied.clicked.connect(self._confirm)
        self.add_aside(self._copied)

    @property
    def caret(self) -> int:
        """Where the cursor stands in the text; 0 where there is none."""
        return 0

    def put_cursor(self, at: int) -> None:  # noqa: ARG002 - fields without a text have no place in it
        """Put the keyboard here, and the cursor where it stood."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_copied(self, *, copied: bool) -> None:
        """Whether what stands here was brought forward and nobody has looked at it yet."""
        self._copied.setVisible(copied)
        if (self.control.property("copied") == "true") != copied:
            self.control.setProperty("copied", "true" if copied else "false")
            style = self.control.style()
            style.unpolish(self.control)
            style.polish(self.control)

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether one may write here. What is only read keeps its full contrast; it just takes no keys and no clicks."""
        self.control.setFocusPolicy(Qt.FocusPolicy.StrongFocus if usable else Qt.FocusPolicy.NoFocus)
        self.control.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not usable)

    def _confirm(self) -> None:
        self.confirmed.emit(self.name)


class NoteText(NoteField):
    """Words, one line high and growing, or as many lines as told."""

    def __init__(self, name: str, label: str, *, hint: str = "", lines: int = 1) -> None:
        self._hint = hint
        self.edit = TextArea(hint, lines=lines, most=10)
        super().__init__(name, label, self.edit)
        self.edit.textChanged.connect(self._tell_text)

    @property
    def caret(self) -> int:
        return self.edit.textCursor().position()

    def put_cursor(self, at: int) -> None:
        super().put_cursor(at)
        cursor = self.edit.textCursor()
        cursor.setPosition(min(at, len(self.edit.toPlainText())))
        self.edit.setTextCursor(cursor)

    def value(self) -> str:
        return self.edit.toPlainText()

    def set_value(self, value: Any) -> None:
        if value == self.edit.toPlainText():
            return
        self.edit.blockSignals(True)
        self.edit.setPlainText(str(value))
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.blockSignals(False)

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """A text that may not be changed can still be read and copied."""
        self.edit.setReadOnly(not usable)
        self.edit.setPlaceholderText(self._hint if usable else "")

    def _tell_text(self) -> None:
        self.accept()
        self.told.emit(self.name, self.edit.toPlainText())


class NotePain(NoteField):
    """Pain from 0 to 10."""

    def __init__(self, name: str, label: str, *, aside: QWidget | None = None) -> None:
        self.scale = PainScale(label)
        super().__init__(name, label, self.scale, aside=aside)
        self.scale.changed.connect(self._tell_pain)

    def value(self) -> int | None:
        return self.scale.value

    def set_value(self, value: Any) -> None:
        self.scale.set_value(value)

    def _tell_pain(self, value: int | None) -> None:
        self.told.emit(self.name, value)


class NoteMinutes(NoteField):
    """Whole minutes, or nothing."""

    def __init__(self, name: str, label: str) -> None:
        self.edit = LineEdit(_("min"))
        self.edit.setValidator(QIntValidator(0, 600, self.edit))
        super().__init__(name, label, self.edit)
        self.edit.textEdited.connect(self._tell_minutes)

    def value(self) -> int | None:
        text = self.edit.text().strip()
        return int(text) if text.isdigit() else None

    def set_value(self, value: Any) -> None:
        if value != self.value():
            self.edit.setText("" if value is None else str(value))

    def _tell_minutes(self) -> None:
        self.told.emit(self.name, self.value())


def name_of(widget: QWidget | None) -> str:
    """The note's field a widget belongs to; "" for none."""
    name = widget.property(NAME_PROPERTY) if widget is not None else None
    return name if isinstance(name, str) else ""
