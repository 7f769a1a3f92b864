"""The fields of the note. Each tells `told(name, value)` when a person changes it and shows what it is given silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.forms.fields import Field, LineEdit, TextArea
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.pain_scale import PainScale
from pulse_desktop.gui.parts.pickers import Picker
from pulse_desktop.gui.parts.theme import theme

_NAME_ROLE: Final = "note_field"


class NoteField(Field):
    """A field of the note under its name in the draft."""

    told = Signal(str, object)
    confirmed = Signal(str)
    """The person says that what was copied holds today."""

    def __init__(self, name: str, label: str, control: QWidget, *, aside: QWidget | None = None) -> None:
        super().__init__(label, control, aside=aside)
        self.name = name
        control.setProperty(_NAME_ROLE, name)
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


class NotePick(NoteField):
    """Words to pick from; the draft holds their keys. `alone` is a key that excludes all others ("none")."""

    def __init__(
        self, name: str, label: str, terms: Sequence[tuple[str, str]], *, most: int = 5, alone: str = ""
    ) -> None:
        self._words = dict(terms)
        self._keys = {word: key for key, word in terms}
        self._alone, self._is_usable = alone, True
        first, rest = [word for _key, word in terms[:most]], [word for _key, word in terms[most:]]
        self.picker = Picker(first, label, more=rest)
        self._more = Link("")
        super().__init__(name, label, self.picker, aside=self._more)
        self.picker.picked.connect(self._tell_pick)
        self.picker.more_changed.connect(self._say_more)
        self._more.clicked.connect(self.picker.show_more)
        self._say_more(len(rest))

    def value(self) -> tuple[str, ...]:
        return tuple(self._keys.get(word, word) for word in self.picker.value)

    def set_value(self, value: Any) -> None:
        words = [self._word(key) for key in value]
        if words != list(self.picker.value):
            self.picker.set_value(words)

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Words that were not chosen are no longer offered."""
        super().set_usable(usable)
        self._is_usable = usable
        self._say_more(self.picker.hidden_count)

    def _word(self, key: str) -> str:
        """A key this version's list does not have is shown as it is."""
        word = self._words.get(key, key.replace("_", " "))
        self._keys.setdefault(word, key)
        return word

    def _tell_pick(self, words: tuple[str, ...]) -> None:
        keys = [self._keys.get(word, word) for word in words]
        if self._alone and self._alone in keys:
            keys = [self._alone] if keys[-1] == self._alone else [key for key in keys if key != self._alone]
            self.picker.set_value([self._word(key) for key in keys])
        self.told.emit(self.name, tuple(keys))

    def _say_more(self, count: int) -> None:
        self._more.set_words(_("{count} more").format(count=count))
        self._more.setAccessibleName(_("{field}: {count} more").format(field=self.label, count=count))
        self._more.setVisible(count > 0 and self._is_usable)


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


class NotePattern(NoteField):
    """The pattern as a line that proposes known ones, with the diagnosis code as a chip at its right end."""

    def __init__(self, label: str) -> None:
        self.edit = _PatternLine()
        super().__init__("pattern", label, self.edit)
        self.code = self.edit.code
        self.code.setProperty(_NAME_ROLE, "icd10")
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


def name_of(widget: QWidget | None) -> str:
    """The note's field a widget belongs to; "" for none."""
    name = widget.property(_NAME_ROLE) if widget is not None else None
    return name if isinstance(name, str) else ""


def terms_of(*vocabularies: str, first: Iterable[str] = (), leave: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The terms of vocabularies as (key, words): those named `first` at the front, words that occur twice told apart."""
    known: dict[str, str] = {}
    for name in vocabularies:
        for term in atlas.vocabulary(name):
            if term.key not in leave:
                known.setdefault(term.key, term.word)
    ordered = [key for key in first if key in known] + [key for key in known if key not in set(first)]
    return [(key, known[key]) for key in ordered]
