"""Fields: a label above, the control, and below it the refusal in the rule's own words.

A field knows how to read itself (`value()` raises ValueError with a sentence), how to be filled (`set_value`), and how
to keep half-typed text as a draft (`draft`, `restore`). Use them through `Form`, or alone:

    field = TextField("Note for the desk", hint="Only the desk sees this")
    field.changed.connect(self._keep)
    field.refuse("Room 2 is taken until 11:20.")
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.choice import Choice
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.theme import theme

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 10_000


class RefusalLine(QWidget):
    """The stop icon and a sentence in cinnabar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._words = Paragraph("", "secondary", "cinnabar", weight=500)
        row.addWidget(Icon("stop", "cinnabar", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Show `sentence`; an empty one hides the line."""
        self._words.set_words(sentence)
        self.setVisible(bool(sentence))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """All lines are seen: cards and narrow columns ask how tall the words are before they know how wide."""
        if (row := self.layout()) is not None:
            row.activate()
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(self._words.width())))  # -1 as long as there are no words


class Field(QWidget):
    """Label, control and refusal. Subclasses give `control`, `value` and `set_value`."""

    changed = Signal()

    def __init__(self, label: str, control: QWidget, *, aside: QWidget | None = None, required: bool = False) -> None:
        super().__init__()
        self.label, self.control, self.required = label, control, required
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._label = Label(label, "secondary", "ink-soft", weight=500)
        if not label:  # never setVisible(True) before there is a parent: that opens a window of its own
            self._label.hide()
        self._refusal = RefusalLine()
        self._is_refused = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._top = QHBoxLayout()
        self._top.setSpacing(6)
        self._top.addWidget(self._label)
        self._top.addStretch(1)
        if aside is not None:
            self._top.addWidget(aside)
        column.addLayout(self._top)
        column.addWidget(control)
        column.addWidget(self._refusal)
        if not control.accessibleName():
            control.setAccessibleName(label)
        self._label.setBuddy(control)
        self.setFocusProxy(control)

    @property
    def refusal(self) -> str:
        """The sentence below the field; empty when nothing is refused."""
        return self._refusal.words if self._is_refused else ""

    def share_refusal(self, line: RefusalLine) -> None:
        """Say refusals in `line` instead of below the field: fields that stand side by side share one."""
        self._refusal.hide()
        self._refusal = line

    def value(self) -> Any:
        """What was entered. Raises ValueError with a sentence when it cannot be read. A bare field holds nothing."""
        return None

    def set_value(self, value: Any) -> None:
        """Show `value` without telling anybody; a bare field has no place for one."""

    def is_empty(self) -> bool:
        return self.value() in {None, ""}

    def draft(self) -> str:
        """What stands in the field as it was typed."""
        return ""

    def restore(self, text: str) -> None:
        """Put a draft back."""

    def add_aside(self, widget: QWidget) -> None:
        """Put a small widget at the right end of the label's line."""
        self._top.addWidget(widget)

    def refuse(self, sentence: str) -> None:
        """Show why this cannot stand; the cursor goes into the field."""
        self._is_refused = True
        self._mark(refused=True)
        self._refusal.say(sentence)
        self.control.setAccessibleDescription(sentence)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take the refusal away."""
        if not self._is_refused:
            return
        self._is_refused = False
        self._mark(refused=False)
        self._refusal.say("")
        self.control.setAccessibleDescription("")

    def _mark(self, *, refused: bool) -> None:
        if isinstance(self.control, Choice):
            self.control.refuse(refused=refused)
            return
        self.control.setProperty("refused", "true" if refused else "false")
        style = self.control.style()
        style.unpolish(self.control)
        style.polish(self.control)

    def _tell(self) -> None:
        self.accept()
        self.changed.emit()


class LineEdit(QLineEdit):
    """One line to type in, 32 px high (40 beside the table)."""

    def __init__(self, hint: str = "", *, large: bool = False, longest: int = LONGEST_LINE) -> None:
        super().__init__()
        self._large = large
        self.setPlaceholderText(hint)
        self.setMaxLength(longest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        height = theme().tall(40 if self._large else 32)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)


class TextField(Field):
    """One line of words. `secret` hides what is typed."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        required: bool = False,
        secret: bool = False,
        large: bool = False,
        aside: QWidget | None = None,
        longest: int = LONGEST_LINE,
    ) -> None:
        self.edit = LineEdit(hint, large=large, longest=longest)
        super().__init__(label, self.edit, aside=aside, required=required)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textEdited.connect(self._tell)

    def value(self) -> str:
        """The words without blanks around them."""
        return self.edit.text().strip()

    def set_value(self, value: Any) -> None:
        self.edit.setText("" if value is None else str(value))
        self.edit.setCursorPosition(0)

    def draft(self) -> str:
        return self.edit.text()

    def restore(self, text: str) -> None:
        self.edit.setText(text)


class TextArea(QPlainTextEdit):
    """Several lines in the note's size; it grows with what is typed. Tab leaves it."""

    def __init__(self, hint: str = "", *, lines: int = 3, most: int = 8, size: str = "note") -> None:
        super().__init__()
        self._lines, self._most, self._size = lines, most, size
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        font = theme().font(self._size)
        if self.font() != font:
            self.setFont(font)
        self._grow()

    def _grow(self) -> None:
        shown = round(self.document().size().height()) if self.isVisible() else self.document().blockCount()
        # letters taller than the font's own, such as Hanzi, would show a bar beside a single line
        needed, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(needed if shown > self._most else off)
        lines = min(max(shown, self._lines), self._most)
        height = round(lines * self.fontMetrics().lineSpacing()) + 14
        if self.minimumHeight() != height:
            self.setFixedHeight(height)


class LongTextField(Field):
    """Several lines of words; refuses what is longer than 10,000 characters."""

    def __init__(
        self, label: str, *, hint: str = "", required: bool = False, lines: int = 3, aside: QWidget | None = None
    ) -> None:
        self.edit = TextArea(hint, lines=lines)
        super().__init__(label, self.edit, aside=aside, required=required)
        self.edit.textChanged.connect(self._tell)

    def value(self) -> str:
        text = self.edit.toPlainText().strip()
        if len(text) > LONGEST_TEXT:
            raise ValueError(
                _("This is {count} characters long; 10,000 fit. Nothing was cut: please shorten it.").format(
                    count=f"{len(text):,}"
                )
            )
        return text

    def set_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self.edit.toPlainText():
            self.edit.blockSignals(True)
            self.edit.setPlainText(text)
            self.edit.blockSignals(False)

    def draft(self) -> str:
        return self.edit.toPlainText()

    def restore(self, text: str) -> None:
        self.set_value(text)


class ChoiceField(Field):
    """One of a list of (value, words)."""

    def __init__(
        self, label: str, choices: list[tuple[Any, str]] | None = None, *, hint: str = "", required: bool = False
    ) -> None:
        self.choice = Choice(label, hint=hint)
        super().__init__(label, self.choice, required=required)
        self.choice.show_choices(choices or [])
        self.choice.picked.connect(self._tell)

    def value(self) -> Any:
        return self.choice.value

    def set_value(self, value: Any) -> None:
        self.choice.choose(value)

    def show_choices(self, choices: list[tuple[Any, str]]) -> None:
        """Replace what can be chosen."""
        self.choice.show_choices(choices)

    def draft(self) -> str:
        return self.choice.currentText()

    def restore(self, text: str) -> None:
        index = self.choice.findText(text)
        if index >= 0:
            self.choice.setCurrentIndex(index)
