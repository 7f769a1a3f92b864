"""Upcoming and past visits as tables inside cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time_full, month_day
from pulse_desktop.clinic.boards.values import PatientFile
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import STANDING, VisitLine
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.gui.forms.visit_words import state_chip, state_words
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph, Rule
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.workplaces.patient_file.file_words import pain_words, upcoming_when

_NOTE_STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "signed": N_("Signed"),
    "amended": N_("Amended"),
    "in_error": N_("In error"),
}


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A past visit with its note, as far as the person may see it."""

    visit: VisitLine
    note: NoteLine | None

    @property
    def stood(self) -> bool:
        """The visit was not cancelled or missed."""
        return self.visit.state in STANDING


class UpcomingVisits(Card):
    """What is booked, the soonest first."""

    opened = Signal(object)
    book_asked = Signal()

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        book = Button(_("Book visit"), "text")
        if not parts.may("book"):
            book.hide()
        super().__init__(_("Upcoming visits"), action=book, parent=parent)
        book.clicked.connect(self.book_asked)
        self._parts = parts
        columns: tuple[Column[VisitLine], ...] = (
            Column(_("When"), self._when, weight=600),
            Column(_("Service"), lambda visit: visit.services_words, stretch=1),
            Column(_("With"), lambda visit: visit.staff),
            Column(_("Place"), self._place),
            Column(_("State"), lambda _visit: "", chip=state_chip, align="right"),
        )
        self._model: RowsModel[VisitLine] = RowsModel(columns, key=lambda visit: visit.id, parent=self)
        self._table = Table(self._model, label=_("Upcoming visits"), padding=6, whole=True)
        self._none = Card()
        self._none.set_colours("raised", "raised")
        self._none.add_padded(Paragraph(_("Nothing is booked."), "body", "ink-soft"))
        self.body.addWidget(self._table)
        self.body.addWidget(self._none)
        self.body.addSpacing(4)  # the rows end above the rounded corners
        self._table.opened.connect(self.opened)
        self._table.clicked.connect(self._open)

    def show_visits(self, visits: tuple[VisitLine, ...]) -> None:
        """Show these."""
        self._model.show_rows(visits)
        self._table.setVisible(bool(visits))
        self._none.setVisible(not visits)

    def _when(self, visit: VisitLine) -> str:
        return upcoming_when(visit, self._parts.practice.today(), clock_time_full(visit.minute))

    def _place(self, visit: VisitLine) -> str:
        office = self._parts.practice.data.office(visit.office_id).name
        return f"{office}, {visit.room}" if visit.room else office

    def _open(self) -> None:
        if (visit := self._table.current_line) is not None:
            self.opened.emit(visit)


class PastVisits(Card):
    """What was, the newest first; below it the last plan for those who may read it."""

    opened = Signal(object)

    def __init__(self, parts: DeskParts, *, shown: int | None = None, parent: QWidget | None = None) -> None:
        """`shown` limits the rows; None shows all."""
        super().__init__(_("Past visits"), parent=parent)
        self._parts, self._shown = parts, shown
        self._model: RowsModel[PastVisit] = RowsModel(self._columns(), key=lambda past: past.visit.id, parent=self)
        self._table = Table(self._model, label=_("Past visits"), padding=6, whole=True)
        self._none = Card()
        self._none.set_colours("raised", "raised")
        self._none.add_padded(Paragraph(_("The first visit is still to come."), "body", "ink-soft"))
        self._plan_head = Label("", "secondary", "ink-soft", weight=500)
        self._plan = Paragraph("")
        self._plan_box = QWidget()
        column = QVBoxLayout(self._plan_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        words = QVBoxLayout()
        words.setContentsMargins(16, 12, 16, 12)
        words.setSpacing(0)
        words.addWidget(self._plan_head)
        words.addWidget(self._plan)
        column.addLayout(words)
        for widget in (self._table, self._none, self._plan_box):
            self.body.addWidget(widget)
        self.body.addSpacing(4)  # as above
        self._table.opened.connect(self._tell)
        self._table.clicked.connect(self._open)

    def show_file(self, file: PatientFile, today: date) -> None:
        """Show the past of `file`."""
        lines = past_visits(file)
        self._model.show_rows(lines[: self._shown])
        self._table.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self.set_title(_("Past visits"), _since_words(lines, today))
        has_plan = bool(file.last_plan)
        self._plan_box.setVisible(has_plan)
        if has_plan and file.last_plan_on is not None:
            self._plan_head.set_words(_("Last plan, {day}").format(day=month_day(file.last_plan_on, today)))
            self._plan.set_words(file.last_plan)

    def _columns(self) -> tuple[Column[PastVisit], ...]:
        seen = self._parts.may("see_clinical")
        today = self._parts.practice.today
        clinical: tuple[Column[PastVisit], ...] = (
            Column(_("Pain"), lambda past: pain_words(past.note.pain_before, past.note.pain_after) if past.note else ""),
            Column(_("Done"), lambda past: past.note.done_words if past.note else "", ink="ink-soft"),
        )
        return (
            Column(_("Visit"), lambda past: month_day(past.visit.day, today()), weight=600, ink=_ink),
            Column(_("Service"), lambda past: past.visit.services_words, stretch=1, ink=_ink),
            Column(_("With"), lambda past: past.visit.staff, ink=_ink),
            *(clinical if seen else ()),
            Column(_("Note"), _note_words, align="right", ink=_note_ink),
        )

    def _open(self) -> None:
        if (past := self._table.current_line) is not None:
            self._tell(past)

    def _tell(self, past: PastVisit) -> None:
        self.opened.emit(past.visit)


def past_visits(file: PatientFile) -> tuple[PastVisit, ...]:
    """The past of a file, each visit with its note."""
    notes = {note.visit_id: note for note in file.notes}
    return tuple(PastVisit(visit, notes.get(visit.id)) for visit in file.past)


def place_words(visit: VisitLine, practice: PracticeData) -> str:
    """"Clifton, Room 2"."""
    office = practice.office(visit.office_id).name
    return f"{office}, {visit.room}" if visit.room else office


def _since_words(lines: tuple[PastVisit, ...], today: date) -> str:
    stood = [line for line in lines if line.stood]
    if not stood:
        return ""
    return _("{count} since {day}").format(count=len(stood), day=month_day(stood[-1].visit.day, today))


def _note_words(past: PastVisit) -> str:
    """The note's state; for a visit that did not take place, what became of it."""
    if not past.stood:
        return state_words(past.visit)
    if past.note is None:
        return _("No note")
    words = _(_NOTE_STATES.get(past.note.state, past.note.state))
    return words if past.note.is_intact else _("Seal broken")


def _note_ink(past: PastVisit) -> str:
    if past.note is not None and not past.note.is_intact:
        return "cinnabar"
    is_open = past.stood and (past.note is None or past.note.state == "draft")
    return "amber" if is_open else "ink-soft"


def _ink(past: PastVisit) -> str:
    return "ink" if past.stood else "ink-faint"
