"""The chart as a paper: one note, a period or all of it, looked at before it is printed or saved."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import _, ngettext, sentence
from pulse_desktop.basics.times import full_day
from pulse_desktop.clinic import patients, treatment
from pulse_desktop.clinic.boards.chart import ChartWanted
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.documents.values import Document
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.forms.paper_panel import PaperPanel
from pulse_desktop.gui.forms.typed_fields import DayField
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import ChartRequest
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.outside import handing_out

_NOTE, _PERIOD, _WHOLE = range(3)


class ChartPanel(PaperPanel):
    """What of the chart, then printer and pages. The pages are drawn anew whenever something else is chosen."""

    def __init__(self, parts: DeskParts, request: ChartRequest, parent: QWidget | None = None) -> None:
        super().__init__(parts, _("Print the chart"), parent)
        self._patient_id, self._asked_note = request.patient_id, request.note_id
        self._wanted: ChartWanted | None = None
        self._notes_on_paper = 0
        self._patient = ""
        self._languages.hide()  # a chart is a record in English
        self._what = Segments([_("One note"), _("A period"), _("Whole chart")], _("What is printed"))
        self._note = ChoiceField(_("Note"))
        self._first, self._last = DayField(_("From")), DayField(_("To"))
        self._note.setObjectName("note")
        self._first.setObjectName("first")
        self._last.setObjectName("last")
        self._period = QWidget()
        self._put_in()
        self._what.chosen.connect(self._take_what)
        for field in (self._note, self._first, self._last):
            field.changed.connect(self._draw_again)
        parts.work.look(patients.patient, request.patient_id, then=self._take_patient)
        parts.work.look(treatment.notes_of, request.patient_id, then=self._take_notes)

    def _put_in(self) -> None:
        row = QHBoxLayout(self._period)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._first, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._last, 1, Qt.AlignmentFlag.AlignTop)
        for at, widget in enumerate((self._what, self._note, self._period), start=1):
            self.body.insertWidget(at, widget)
        self._period.hide()

    def _take_patient(self, record: PatientRecord) -> None:
        self._patient = record.name
        self.set_title(_("Print the chart"), f"{record.name}, {record.number}")
        self.name = _("Chart, {patient}").format(patient=record.name)

    def _take_notes(self, notes: tuple[NoteLine, ...]) -> None:
        own = [note for note in notes if note.state != "in_error"]
        self._note.show_choices([(note.id, _note_words(note)) for note in own])
        if self._asked_note is not None:
            self._note.set_value(self._asked_note)
        elif own:
            self._note.set_value(own[0].id)
        self._first.set_value(own[-1].day if own else None)
        self._last.set_value(self._parts.practice.today())
        first = _NOTE if self._asked_note is not None else _WHOLE
        if self._what.current == first:
            self._take_what(first)
        else:
            self._what.choose(first)

    def _take_what(self, at: int) -> None:
        self._note.setVisible(at == _NOTE)
        self._period.setVisible(at == _PERIOD)
        self._draw_again()

    def _draw_again(self) -> None:
        self._draw("en")

    def _draw(self, language: str) -> None:  # noqa: ARG002 - a chart is a record in English
        wanted = self._read()
        if wanted is None:
            self._nothing()
            return
        if wanted == self._wanted and self._document is not None:
            return
        self._wanted, self._document = wanted, None
        self.say_primary(_("Print"), enabled=False)
        self._parts.work.through(handing_out.chart, wanted, then=partial(self._take_chart, wanted), refused=partial(self._refused, wanted))

    def _read(self) -> ChartWanted | None:
        """What is chosen; None while a day can't be read or the period ends before it begins, which the field says."""
        at, office = self._what.current, self._parts.practice.office.id
        if at == _WHOLE:
            return ChartWanted(self._patient_id, office)
        if at == _NOTE:
            note = self._note.value()
            return None if note is None else ChartWanted(self._patient_id, office, note)
        period = self._read_period()
        return None if period is None else ChartWanted(self._patient_id, office, None, *period)

    def _read_period(self) -> tuple[date | None, date | None] | None:
        """From and to; one of them may be open."""
        self._first.accept()
        self._last.accept()
        days: list[date | None] = []
        for field in (self._first, self._last):
            try:
                days.append(field.value())
            except ValueError as wrong:
                field.refuse(str(wrong))
                return None
        first, last = days
        if first and last and last < first:
            self._last.refuse(_("The period ends before it begins. Change one of the two days."))
            return None
        return (first, last) if first or last else None

    def _nothing(self) -> None:
        """There are no pages for what stands in the fields: nothing can be printed or saved."""
        self._wanted = self._document = None
        self.say_primary(_("Print"), enabled=False)
        self._save.setEnabled(False)
        self._preview.hide()

    def _take_chart(self, wanted: ChartWanted, drawn: tuple[Document, int]) -> None:
        if wanted == self._wanted:
            document, self._notes_on_paper = drawn
            self._save.setEnabled(True)
            self._preview.show()
            self._show(document)

    def _is_choosing(self) -> bool:
        return any(widget.hasFocus() for widget in (self._what, self._note.control, self._first.control, self._last.control))

    def _refused(self, wanted: ChartWanted, problem: Problem) -> None:
        if wanted != self._wanted:
            return
        self._nothing()
        if isinstance(problem, Refusal):
            self._complain(sentence(problem))
        else:
            self._failed(problem)

    def _give(self, document: Document, deliver: handing_out.Deliver, how: str) -> None:
        if self._wanted is not None:
            give = partial(handing_out.give_chart, how=how)
            self._parts.work.through(
                give, document, self._wanted, self._notes_on_paper, deliver, then=self._was_given, refused=self._failed
            )

    def _was_given(self, _nothing: None) -> None:
        said = ngettext("{count} note of {patient} printed", "{count} notes of {patient} printed", self._notes_on_paper)
        if self._saved_as is not None:
            said = ngettext("{count} note of {patient}", "{count} notes of {patient}", self._notes_on_paper)
        self._given(said.format(count=self._notes_on_paper, patient=self._patient))


def _note_words(note: NoteLine) -> str:
    words = [full_day(note.day), note.author, _("draft, not signed") if note.state == "draft" else note.done_words]
    return ", ".join(word for word in words if word)
