"""A new caller: a name and a phone, and whoever in the clinic may be the same person."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.names import digits
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.values import PatientDraft, PatientLine
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.buttons import IconButton
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.workplaces.calendar.keyed_rows import KeyedRow, KeyedRows

_PAUSE_MS = 200
_PHONE_DIGITS = 5
"""From so many digits on typed words are a phone, not a name."""


class CallerFields(QWidget):
    """First name, last name, phone. `known` tells that the caller is a patient already."""

    changed = Signal()
    known = Signal(object)
    given_up = Signal()

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._form = Form()
        with self._form.row():
            self._form.text("first_name", _("First name"), required=True)
            self._form.text("last_name", _("Last name"))
        self._form.text("phone", _("Phone"), required=True, hint=_("(973) 555-0142"))
        self._form.changed.connect(self._take_change)
        self.setFocusProxy(self._form.fields["first_name"])
        self._alike_head = Label(_("Is it one of these?"), "secondary", "ink-soft", weight=500)
        self._alike = KeyedRows(_("Is it one of these?"), verb=_("Use"))
        self._alike.taken.connect(self.known)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_alike)
        self._lay_out()
        self._show_alike(())

    def begin(self, words: str) -> None:
        """Start with what was searched for: a phone, or first and last name. The cursor goes to what is missing."""
        first, last, phone = split_caller(words)
        self._form.fill({"first_name": first, "last_name": last, "phone": phone})
        missing = "first_name" if not first else "phone"
        self._form.fields[missing].setFocus()
        self._look_for_alike()

    def read(self) -> PatientDraft | None:
        """The caller; None when something is missing, which is then said below it."""
        values = self._form.read()
        if values is None:
            return None
        office_id = self._parts.practice.office.id
        return PatientDraft(values["first_name"], values["last_name"], values["phone"], office_id=office_id)

    def refuse(self, problem: Problem) -> bool:
        """Show a refusal below its field; False when it is about something else."""
        return self._form.refuse(problem)

    @property
    def name(self) -> str:
        """What was typed of the name."""
        return " ".join(part for part in (self._form.fields[name].draft().strip() for name in ("first_name", "last_name")) if part)

    def _lay_out(self) -> None:
        back = IconButton("close", _("Search for a patient instead"))
        back.clicked.connect(self.given_up)
        head = QHBoxLayout()
        head.addWidget(Label(_("New patient"), weight=600), 1)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._form)
        column.addWidget(self._alike_head)
        column.addWidget(self._alike)

    def _take_change(self) -> None:
        self._pause.start()
        self.changed.emit()

    def _look_for_alike(self) -> None:
        typed = {name: self._form.fields[name].draft() for name in ("first_name", "last_name", "phone")}
        look = self._parts.work.look
        look(patients.like, typed["first_name"], typed["last_name"], None, typed["phone"], then=self._show_alike, latest="alike")

    def _show_alike(self, lines: tuple[PatientLine, ...]) -> None:
        self._alike.show_rows([_row(line) for line in lines])
        for widget in (self._alike_head, self._alike):
            widget.setVisible(bool(lines))


def split_caller(words: str) -> tuple[str, str, str]:
    """First name, last name, phone from what was typed into the search.

    >>> split_caller("ana maria lópez")
    ('Ana Maria', 'López', '')
    """
    if len(digits(words)) >= _PHONE_DIGITS:
        return "", "", words.strip()
    parts = [part[:1].upper() + part[1:] for part in words.split()]
    return (" ".join(parts[:-1]), parts[-1], "") if len(parts) > 1 else (" ".join(parts), "", "")


def _row(line: PatientLine) -> KeyedRow:
    facts = ", ".join(part for part in (full_day(line.born) if line.born else "", line.phone, line.number) if part)
    return KeyedRow(line.name, facts, value=line)
