"""From the chart as the clinic knows it to what its print says."""

from __future__ import annotations

from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.boards.chart import ChartSource, NoteInChart
from pulse_desktop.documents.chart_values import ChartFacts, ChartNote, ChartPatient, Progress
from pulse_desktop.outside.paper_facts import letterhead_of


def facts_of_chart(source: ChartSource, progress: Progress | None = None) -> ChartFacts:
    """What the print says; `progress` is the picture that goes in front of several visits."""
    patient, wanted = source.patient, source.wanted
    return ChartFacts(
        letterhead=letterhead_of(source.place), patient=ChartPatient(patient.name, patient.number, patient.draft.born), kind=wanted.kind,
        notes=tuple(map(_note, source.notes)), printed_by=source.printed_by, printed_at=wall(source.now, source.place.office.zone),
        first=wanted.first, last=wanted.last, left_out=source.left_out, progress=progress,
    )  # fmt: skip


def _note(note: NoteInChart) -> ChartNote:
    view = note.view
    return ChartNote(note.day, note.office.name, note.office.zone, view.author, view.draft, view.signature, view.amendments)
