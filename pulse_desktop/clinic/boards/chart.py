"""Everything a print of the chart is made of, read in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pulse_desktop.clinic import patients
from pulse_desktop.clinic.boards.handing import Place
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.practice.queries import office_of
from pulse_desktop.clinic.practice.tables import OfficeRow
from pulse_desktop.clinic.practice.values import Office
from pulse_desktop.clinic.treatment.chart_notes import notes_between, one_note
from pulse_desktop.clinic.treatment.values import NoteView
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


@dataclass(frozen=True, slots=True)
class ChartWanted:
    """What of a chart is printed: one note, a period (a missing end is open), or all of it."""

    patient_id: int
    office_id: int
    """The office whose letterhead stands on the first page: where it is printed."""
    note_id: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def kind(self) -> str:
        """note, period or whole."""
        if self.note_id is not None:
            return "note"
        return "whole" if self.first is None and self.last is None else "period"


@dataclass(frozen=True, slots=True)
class NoteInChart:
    """A note, and where it was written."""

    view: NoteView
    day: date
    office: Office


@dataclass(frozen=True, slots=True)
class ChartSource:
    """What a print is made of; `left_out` notes were entered in error and belong to somebody else."""

    wanted: ChartWanted
    place: Place
    patient: PatientRecord
    notes: tuple[NoteInChart, ...]
    left_out: int
    printed_by: str
    now: datetime


@query(needs=Permission.SEE_CLINICAL, audit="chart.view", about=lambda wanted: wanted.patient_id)
def chart_source(context: Context, wanted: ChartWanted) -> ChartSource:
    """The notes to be printed, the oldest first. Raises Refusal("note_not_to_print" | "chart_too_long")."""
    patient = patients.patient(context, wanted.patient_id)
    offices = {row.id: office_of(row) for row in context.session.scalars(select(OfficeRow))}
    if wanted.note_id is not None:
        notes, left_out = one_note(context, wanted.patient_id, wanted.note_id), 0
    else:
        notes, left_out = notes_between(context, wanted.patient_id, wanted.first, wanted.last)
    place = Place(settings.value_of(context, settings.PRACTICE_NAME), offices[wanted.office_id])
    inside = tuple(NoteInChart(note.view, note.day, offices[note.office_id]) for note in notes)
    return ChartSource(wanted, place, patient, inside, left_out, context.actor.name, context.now())
