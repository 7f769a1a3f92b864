"""Choosing a patient: type a name, a phone or a birth date, take one of the found, or register somebody new.

    field = PatientField(parts, new=True)
    field.picked.connect(self._show_patient)      # a PatientLine
    field.new_asked.connect(self._register)       # the words that found nobody
    field.patient                                 # the chosen PatientLine or None

The found stand below the field, so that arrows, Enter and a screen reader reach them like any list.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import age_on, full_day
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.gui.forms.fields import Field, LineEdit
from pulse_desktop.gui.parts.buttons import IconButton
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme

_MOST: Final = 6
_ROW: Final = 40
_LINE = Qt.ItemDataRole.UserRole


class PatientField(Field):
    """A field for one patient."""

    picked = Signal(object)
    cleared = Signal()
    new_asked = Signal(str)

    def __init__(self, parts: DeskParts, label: str = "", *, new: bool = False) -> None:
        self._parts, self._new = parts, new
        self.patient: PatientLine | None = None
        self._is_searching = self._enter_waits = False
        self.edit = LineEdit(_("Name, phone or birth date"))
        whole = QWidget()
        super().__init__(label or _("Patient"), whole, required=True)
        self.edit.setAccessibleName(self.label)
        whole.setAccessibleName("")
        self.setFocusProxy(self.edit)
        self._found = _FoundList(self.label)
        self._chosen = _Chosen()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.edit, self._chosen, self._found):
            column.addWidget(widget)
        self._chosen.hide()
        self.edit.textEdited.connect(self._search)
        self.edit.installEventFilter(self)
        self._found.taken.connect(self._take)
        self._chosen.let_go.connect(self.clear)

    def value(self) -> int | None:
        """The chosen patient's id."""
        return None if self.patient is None else self.patient.id

    def set_value(self, value: PatientLine | None) -> None:
        """Show a chosen patient (or none) without telling anybody."""
        self.patient = value
        self._found.show_lines((), "")
        self.edit.setVisible(value is None)
        self._chosen.setVisible(value is not None)
        self.setFocusProxy(self.edit if value is None else self._chosen.cross)  # a hidden one would keep Tab from going on
        if value is not None:
            self._chosen.show_patient(value, self._parts)
            self.edit.clear()

    def is_empty(self) -> bool:
        return self.patient is None

    def clear(self) -> None:
        """Let the chosen patient go; the cursor is back in the field."""
        self.set_value(None)
        self.edit.setFocus()
        self.cleared.emit()
        self._tell()

    def search_for(self, words: str) -> None:
        """Begin with these words."""
        self.edit.setText(words)
        self._search(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._found.isVisible():
                self._found.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                return self._enter()
        return super().eventFilter(watched, event)

    def _enter(self) -> bool:
        """Takes the chosen line, but never one of an older search: a quick typist's Enter waits for the answer."""
        if self._is_searching:
            self._enter_waits = True
        elif self._found.isVisible():
            self._found.take_current()
        return self._is_searching or self._found.isVisible()

    def _search(self, words: str) -> None:
        self.accept()
        self._enter_waits = False
        self._is_searching = bool(words.strip())
        if self._is_searching:
            self._parts.work.look(patients.search, words, _MOST, then=self._show_found, latest="patient field")
        else:
            self._found.show_lines((), "")

    def _show_found(self, lines: tuple[PatientLine, ...]) -> None:
        waited, self._is_searching, self._enter_waits = self._enter_waits, False, False
        if self.patient is not None or not self.edit.text().strip():
            return
        self._found.show_lines(lines, self.edit.text().strip() if self._new else "")
        if waited and len(lines) == 1:  # of several one must have been seen before it is taken
            self._found.take_current()

    def _take(self, line: PatientLine | str) -> None:
        if isinstance(line, str):
            self.new_asked.emit(line)
            return
        self.set_value(line)
        self._tell()
        self.picked.emit(line)


class _FoundList(QListWidget):
    """The found patients, and "New: …" below them."""

    taken = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setAccessibleName(_("{field}: found").format(field=label))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.itemClicked.connect(self._take_item)
        self.hide()

    def show_lines(self, lines: tuple[PatientLine, ...], new_words: str) -> None:
        """Show `lines`; with `new_words` an offer to register somebody of that name stands last."""
        self.clear()
        for line in lines:
            self._add(f"{line.name}   {_facts(line)}", line)
        if new_words:
            self._add(_("New patient “{words}”").format(words=new_words), new_words)
        elif not lines:
            self._add(_("Nobody is found"), None)
        self.setVisible(bool(lines or new_words))
        self.setCurrentRow(0)
        self.setFixedHeight(self.count() * theme().tall(_ROW) + 2)

    def step(self, by: int) -> None:
        """Choose the next or the one before."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def take_current(self) -> None:
        """Enter."""
        if (item := self.currentItem()) is not None:
            self._take_item(item)

    def _add(self, words: str, line: PatientLine | str | None) -> None:
        item = QListWidgetItem(words)
        item.setData(_LINE, line)
        item.setSizeHint(QSize(0, theme().tall(_ROW)))
        self.addItem(item)

    def _take_item(self, item: QListWidgetItem) -> None:
        if (line := item.data(_LINE)) is not None:
            self.taken.emit(line)


class _Chosen(Card):
    """The chosen patient in the field's place: name, facts, and a cross to let them go."""

    let_go = Signal()

    def __init__(self) -> None:
        super().__init__(edge="line-strong")
        self._name = Label("", weight=500)
        self._facts = Label("", "secondary", "ink-soft")
        self.cross = IconButton("close", _("Choose another patient"))
        self.cross.clicked.connect(self.let_go)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addWidget(self.cross)
        self.body.addLayout(row)
        self.setFixedHeight(theme().tall(32))

    def show_patient(self, line: PatientLine, parts: DeskParts) -> None:
        """Name, birth date with the age, number."""
        self._name.set_words(line.name)
        age = f", {age_on(line.born, parts.practice.today())}" if line.born else ""
        self._facts.set_words(_facts(line, age))


def _facts(line: PatientLine, age: str = "") -> str:
    born = full_day(line.born) + age if line.born else ""
    return ", ".join(part for part in (born, line.phone if not age else "", line.number) if part)
