"""All patients as a list one searches: name, birth date, phone, number, and when they were last here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import age_on, full_day
from pulse_desktop.clinic import boards
from pulse_desktop.clinic.boards.values import Found
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.gui.forms.fields import LineEdit
from pulse_desktop.gui.forms.language_words import language_name
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.bars import ToolRow
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.places import PatientPlace, PatientRequest
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.parts.theme import theme

_SHOWN: Final = 50
_PAUSE_MS: Final = 120
_SEARCH_WIDTH: Final = 400


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """A line of the list; `where` is "last visit Sep 8" or where the patient is now."""

    line: PatientLine
    where: str = ""


class PatientsList(QWidget):
    """The search field and what it found; without words those who were registered last."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._edit = LineEdit(_("Name, phone, birth date or number"))
        self._edit.setAccessibleName(_("Search patients"))
        self._model: RowsModel[ListedPatient] = RowsModel(self._columns(), key=lambda listed: listed.line.id, parent=self)
        self._table = Table(self._model, row=40, label=_("Patients"))
        self._card = Card()
        self._heading = Label("", "secondary", "ink-soft")
        self._nobody = EmptyPlace("", "", "")
        self._empty = self._made_empty()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.reload)
        self._lay_out()
        self._connect()
        Follows(self, parts.live, {"patient", "visit"}, self.reload)

    def search_for(self, words: str) -> None:
        """Search for these words (none: show who was registered last)."""
        self._edit.setText(words)
        self.reload()

    def take_focus(self) -> None:
        """The cursor goes into the search field."""
        self._edit.setFocus()
        self._edit.selectAll()

    def reload(self) -> None:
        """Ask the clinic anew."""
        words = self._edit.text().strip()
        if words:
            self._parts.work.look(boards.find, words, _SHOWN, then=self._show_found, latest="list")
        else:
            self._parts.work.look(boards.newest, _SHOWN, then=self._show_found, latest="list")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter go from the field to the list."""
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self._model.lines:
                self._table.setFocus()
                self._table.choose(self._model.lines[0].line.id)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._model.lines:
                self._open(self._model.lines[0])
                return True
        return super().eventFilter(watched, event)

    def _columns(self) -> tuple[Column[ListedPatient], ...]:
        return (
            Column(_("Name"), lambda listed: listed.line.name, weight=600, stretch=2),
            Column(_("Birth date"), self._born_words),
            Column(_("Phone"), lambda listed: listed.line.phone),
            Column(_("Number"), lambda listed: listed.line.number),
            Column(_("Language"), lambda listed: language_name(listed.line.language), ink="ink-soft"),
            Column(_("Last seen"), lambda listed: listed.where, ink="ink-soft", stretch=1),
        )

    def _born_words(self, listed: ListedPatient) -> str:
        born = listed.line.born
        return f"{full_day(born)}, {age_on(born, self._parts.practice.today())}" if born else ""

    def _made_empty(self) -> EmptyPlace:
        may_add = self._parts.may("edit_patients")
        empty = EmptyPlace(
            _("No patient is registered yet"),
            _("A name and a phone number are enough to begin; the rest is added when the patient comes."),
            _("Add a patient") if may_add else "",
            icon="person-add",
        )
        empty.asked.connect(self._add)
        return empty

    def _lay_out(self) -> None:
        tools = ToolRow(_("Patients"))
        if self._parts.may("edit_patients"):
            add = Button(_("Add patient"), "primary", icon="person-add")
            add.clicked.connect(self._add)
            tools.add(add)
        self._edit.setFixedWidth(theme().sized(_SEARCH_WIDTH))
        icon = QAction(theme().icon("search", size=18), "", self)
        self._edit.addAction(icon, LineEdit.ActionPosition.LeadingPosition)
        self._card.body.addWidget(self._table)
        policy = self._card.sizePolicy()
        self._card.setSizePolicy(policy.horizontalPolicy(), policy.Policy.Expanding)
        head = QHBoxLayout()
        head.addWidget(self._edit)
        head.addWidget(self._heading, 1)
        head.setSpacing(12)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(12)
        inner.addLayout(head)
        for widget in (self._card, self._nobody, self._empty):
            inner.addWidget(widget, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(tools)
        whole.addLayout(inner, 1)
        for empty in (self._nobody, self._empty):
            empty.hide()

    def _connect(self) -> None:
        self._edit.textEdited.connect(self._pause.start)
        self._edit.installEventFilter(self)
        self._table.opened.connect(self._open)
        self._table.clicked.connect(self._open_clicked)

    def _show_found(self, found: Found) -> None:
        self._show([ListedPatient(line, where) for line, where in zip(found.people, found.where_now, strict=True)])

    def _show(self, listed: list[ListedPatient]) -> None:
        words = self._edit.text().strip()
        self._model.show_rows(listed)
        self._card.setVisible(bool(listed))
        self._nobody.setVisible(not listed and bool(words))
        self._empty.setVisible(not listed and not words)
        self._nobody.show_words(
            _("Nobody is found for “{words}”").format(words=words),
            _("Parts of the name in any order, a phone number, a birth date or a patient number find people, also with a slip."),
        )
        self._heading.set_words("" if words or not listed else _("Registered last"))

    def _open_clicked(self) -> None:
        if (listed := self._table.current_line) is not None:
            self._open(listed)

    def _open(self, listed: ListedPatient) -> None:
        self._parts.go_to(PatientPlace(listed.line.id))

    def _add(self) -> None:
        self._parts.open_panel(PatientRequest(words=self._edit.text().strip()))


