"""From the chart as the clinic knows it to what its print says."""

from __future__ import annotations

from datetime import date
from typing import Final

from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import Rect
from pulse_desktop.clinic.atlas.course import progress_words
from pulse_desktop.clinic.atlas.progress_picture import progress_picture
from pulse_desktop.clinic.boards.chart import ChartSource, NoteInChart
from pulse_desktop.clinic.treatment.courses import on_paper, pictures_of, title_of
from pulse_desktop.clinic.treatment.values import Progress as Course
from pulse_desktop.documents.blocks import plain
from pulse_desktop.documents.chart_values import ChartFacts, ChartNote, ChartPatient, Progress
from pulse_desktop.documents.typesetting import text_width
from pulse_desktop.outside.paper_facts import letterhead_of

PICTURE: Final = Rect(0, 0, 700, 250)
"""The room of one picture of the course, in px as the screen counts them; the page scales it to its width."""
_LETTERS: Final = 12.0


def facts_of_chart(source: ChartSource, course: Course | None = None) -> ChartFacts:
    """What the print says; of `course` the pictures that go in front of several visits, as they stood when it was printed."""
    patient, wanted = source.patient, source.wanted
    return ChartFacts(
        letterhead=letterhead_of(source.place), patient=ChartPatient(patient.name, patient.number, patient.draft.born), kind=wanted.kind,
        notes=tuple(map(_note, source.notes)), printed_by=source.printed_by, printed_at=wall(source.now, source.place.office.zone),
        first=wanted.first, last=wanted.last, left_out=source.left_out,
        progress=pictures_on_paper(course, wall(source.now, source.place.office.zone).date()) if course else (),
    )  # fmt: skip


def pictures_on_paper(course: Course, today: date) -> tuple[Progress, ...]:
    """Pain at the visits and every measure with a score, each drawn as the screen draws it."""
    made = []
    for key, picture in pictures_of(course, today).items():
        shown = on_paper(picture)
        shapes = progress_picture(shown, PICTURE.width, PICTURE.height, letters=_LETTERS, width_of=_width_of)
        made.append(Progress(title_of(key), shapes, PICTURE, progress_words(shown)))
    return tuple(made)


def _width_of(words: str, size: float) -> float:
    return text_width(plain(words), size)


def _note(note: NoteInChart) -> ChartNote:
    view = note.view
    return ChartNote(note.day, note.office.name, note.office.zone, view.author, view.draft, view.signature, view.amendments)
