"""A patient's notes and scores as pictures of their course: what the Progress page and the chart print show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.course import CoursePoint, CourseVisit, ProgressPicture
from pulse_desktop.clinic.atlas.measures import PAIN, measures
from pulse_desktop.clinic.treatment.values import NoteLine, Progress

PAIN_AT_VISITS: Final = "pain"
"""The key of the picture made of the notes; those of scores are keys of measures."""


def pictures_of(course: Progress, today: date) -> Mapping[str, ProgressPicture]:
    """What there is to show, by key: pain at the visits, and each measure with a score that counts."""
    counted = [note for note in course.notes if note_counts(note)]
    visits = tuple(CourseVisit(note.day, note.kinds) for note in counted)
    found: dict[str, ProgressPicture] = {}
    pain = tuple(CoursePoint(note.day, note.pain_before * 10, _tenths(note.pain_after)) for note in counted if note.pain_before is not None)
    if pain:
        found[PAIN_AT_VISITS] = ProgressPicture(measures()[PAIN], _("Pain before treatment"), pain, visits, today, of_visits=True)
    for key, measure in measures().items():
        points = tuple(CoursePoint(line.taken_on, line.score_tenths) for line in course.scores if line.measure == key and line.is_valid)
        if points:
            found[key] = ProgressPicture(measure, measure.short, points, visits, today)
    return found


def on_paper(picture: ProgressPicture) -> ProgressPicture:
    """The same with every day as a date: paper is read on another day."""
    return replace(picture, is_dated=True)


def title_of(key: str) -> str:
    """What a picture is called where one is chosen, or above it."""
    measure = measures()[PAIN if key == PAIN_AT_VISITS else key]
    name = _("Pain at visits") if key == PAIN_AT_VISITS else measure.short
    return f"{name}, {measure.range_words}"


def note_counts(note: NoteLine) -> bool:
    """Not entered in error, and still what was signed."""
    return note.state != "in_error" and note.is_intact


def _tenths(value: int | None) -> int | None:
    return None if value is None else value * 10
