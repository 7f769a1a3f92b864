"""A line to type in with its key drawn inside at the right, while it is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.gui.forms.fields import LineEdit, RefusalLine
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.labels import Label


class KeyedLine(LineEdit):
    """`entered` with what was typed on Enter; Esc empties it."""

    entered = Signal(str)

    def __init__(self, hint: str, keys: str) -> None:
        super().__init__(hint)
        self._keys = keys
        self.setTextMargins(0, 0, int(drawing.key_hint_width(keys)) + 6, 0)
        self.setAccessibleDescription(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.text().strip():
                self.entered.emit(self.text().strip())
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and self.isEnabled():
            painter = QPainter(self)
            drawing.key_hint(painter, self.width() - 8, self.height() / 2, self._keys)


class Entry(QWidget):
    """A KeyedLine, with a label above if there is one, and the refusal below it. What was refused stays to be mended."""

    entered = Signal(str)

    def __init__(self, label: str, hint: str, keys: str, *, labelled: bool = True) -> None:
        super().__init__()
        self.edit = KeyedLine(hint, keys)
        self.edit.setAccessibleName(label)
        self._refusal = RefusalLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if labelled:
            column.addWidget(Label(label, "secondary", "ink-soft", weight=500))
        column.addWidget(self.edit)
        column.addWidget(self._refusal)
        self.setFocusProxy(self.edit)
        self.edit.entered.connect(self.entered)
        self.edit.textEdited.connect(self.accept)

    def begin(self) -> None:
        """The keyboard comes here; what was refused before is written over by the next letter."""
        self.edit.setFocus()
        self.edit.selectAll()

    def take(self) -> None:
        """What was typed is done: make room for the next."""
        self.edit.clear()
        self.accept()

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be."""
        self._refusal.say(sentence)
        self.edit.setProperty("refused", "true")
        self._restyle()
        self.edit.setAccessibleDescription(sentence)

    def accept(self) -> None:
        """Nothing is refused any more."""
        if self.edit.property("refused") == "true":
            self.edit.setProperty("refused", "false")
            self._restyle()
        self._refusal.say("")
        self.edit.setAccessibleDescription("")

    def _restyle(self) -> None:
        style = self.edit.style()
        style.unpolish(self.edit)
        style.polish(self.edit)
