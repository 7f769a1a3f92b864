"""The pattern of the note with its diagnosis code: both propose what is known and take what is typed freely."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.forms.fields import LineEdit
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.form_fields import NAME_PROPERTY, NoteField


class NotePattern(NoteField):
    """The pattern as a line that proposes known ones, with the diagnosis code as a chip at its right end."""

    def __init__(self, label: str) -> None:
        self.edit = _PatternLine()
        super().__init__("pattern", label, self.edit)
        self.code = self.edit.code
        self.code.setProperty(NAME_PROPERTY, "icd10")
        self.edit.textChanged.connect(self._tell_pattern)
        self.code.textChanged.connect(self._tell_code)

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

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        self.edit.setReadOnly(not usable)
        self.code.setReadOnly(not usable)

    def _tell_pattern(self, text: str) -> None:
        self.told.emit("pattern", text)

    def _tell_code(self, text: str) -> None:
        self.told.emit("icd10", tidy_code(text))


def _put_line(line: QLineEdit, text: str) -> None:
    if text != line.text():
        line.blockSignals(True)
        line.setText(text)
        line.setCursorPosition(0)
        line.blockSignals(False)
        line.update()


class _PatternLine(LineEdit):
    """A line with the code's chip inside."""

    def __init__(self) -> None:
        super().__init__(_("Pattern"))
        self.code = CodeEdit(self)
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


class CodeEdit(QLineEdit):
    """An ICD-10-CM code in a chip; typing a code or words proposes common ones, any other code may be typed freely."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", "true")
        self.setPlaceholderText(_("code"))
        self.setAccessibleName(_("Diagnosis code, ICD-10-CM"))
        self.setMaxLength(60)
        self._model = QStringListModel(self)
        completer = _proposing(QCompleter(self._model, self))
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView(self)
        completer.setPopup(popup)
        completer.activated.connect(self._take)
        self._completer, self._popup = completer, popup
        self.setTextMargins(3, 0, 0, 0)
        self.textEdited.connect(self._propose)
        self._dress()

    def sizeHint(self) -> QSize:
        look = theme()
        width = drawing.text_width(self.text() or self.placeholderText(), look.font("secondary", 500)) + 14
        return QSize(min(max(round(width), look.sized(44)), look.sized(140)), look.tall(20, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.box(painter, self.rect().toRectF(), 4, theme().color("chip"))
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self._propose(self.text() or "m")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A code is shown from its beginning, in capitals."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._tidy(self.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _propose(self, text: str) -> None:
        found = atlas.find_diagnoses(text)
        self._model.setStringList([f"{one.code}  {one.title}" for one in found])
        if found:
            self.setCompleter(self._completer)
            wide = max(round(drawing.text_width(line, self.font())) for line in self._model.stringList())
            self._popup.setMinimumWidth(wide + 40)
            self._completer.complete()

    def _take(self, line: str) -> None:
        self._tidy(line.split(maxsplit=1)[0])

    def _tidy(self, text: str) -> None:
        if (tidy := tidy_code(text)) != self.text():
            self.setText(tidy)
        self.setCursorPosition(0)

    def _dress(self) -> None:
        font = theme().font("secondary", 500)
        if self.font() != font:
            self.setFont(font)


def tidy_code(text: str) -> str:
    """The code alone, in capitals: "m54.50  Low back pain" is M54.50; words that hold no code stay."""
    first = text.strip().partition(" ")[0]
    return first.upper() if any(letter.isdigit() for letter in first) else text.strip()


def _proposing(completer: QCompleter) -> QCompleter:
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    return completer
