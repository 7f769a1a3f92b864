"""The table below the picture of a course, which says the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.course import KINDS, ProgressPicture, change_words
from pulse_desktop.clinic.atlas.measures import Measure, written
from pulse_desktop.clinic.treatment.courses import PAIN_AT_VISITS, note_counts
from pulse_desktop.clinic.treatment.outcomes import REASONS
from pulse_desktop.clinic.treatment.values import NoteLine, Progress, ScoreLine


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A line of the table: a visit's pain (`visit_id`), or a score (`score_id`)."""

    day: date
    score: str
    change: str
    ink: str
    matters: str
    done: str
    by: str
    counts: bool
    state: str = ""
    visit_id: int | None = None
    score_id: int | None = None


def rows_of(course: Progress, key: str, picture: ProgressPicture) -> list[ProgressRow]:
    """The newest first: all that the picture is made of, and what does not count with the reason."""
    if key == PAIN_AT_VISITS:
        return [_visit_row(note, picture) for note in reversed(course.notes) if note.pain_before is not None]
    done = _done_by_day(course.notes)
    return [_score_row(line, picture, done.get(line.taken_on, "")) for line in reversed(course.scores) if line.measure == key]


def kinds_words(kinds: Sequence[str]) -> str:
    """Says "Cups, needles"."""
    return ", ".join(_(KINDS[kind]) for kind in kinds).capitalize()


def _visit_row(note: NoteLine, picture: ProgressPicture) -> ProgressRow:
    before, after = note.pain_before or 0, note.pain_after
    score = f"{before}" if after is None else f"{before} → {after}"
    state = "" if note_counts(note) else _("In error") if note.state == "in_error" else _("Seal broken")
    change, ink, matters = _held(picture, note.day, before * 10) if note_counts(note) else ("", "ink-soft", "")
    return ProgressRow(note.day, score, change, ink, matters, kinds_words(note.kinds), note.author, note_counts(note), state, visit_id=note.visit_id)


def _score_row(line: ScoreLine, picture: ProgressPicture, done: str) -> ProgressRow:
    band = picture.measure.band(line.score_tenths)
    score = f"{written(line.score_tenths)}, {band}" if band else written(line.score_tenths)
    state = "" if line.is_valid else _("In error: {reason}").format(reason=_(REASONS.get(line.reason, "")) or _("taken back"))
    change, ink, matters = _held(picture, line.taken_on, line.score_tenths) if line.is_valid else ("", "ink-soft", "")
    return ProgressRow(line.taken_on, score, change, ink, matters, done, line.entered_by, line.is_valid, state, score_id=line.id)


def _held(picture: ProgressPicture, day: date, tenths: int) -> tuple[str, str, str]:
    """Change from the first score, and whether it is one that matters."""
    measure, first = picture.measure, picture.first
    if day < first.day:
        return _("before the first"), "ink-soft", ""
    if day == first.day and tenths == first.value:
        return _("counted from here"), "ink-soft", ""
    words, ink = change_words(measure, first.value, tenths)
    return words, ink, _matters(measure, first.value, tenths)


def _matters(measure: Measure, first: int, tenths: int) -> str:
    reached = measure.is_reached(first, tenths)
    if reached is None:
        return ""
    if measure.is_worse_by_as_much(first, tenths):
        return _("worse by as much")
    return _("yes") if reached else _("not yet")


def _done_by_day(notes: Sequence[NoteLine]) -> dict[date, str]:
    return {note.day: kinds_words(note.kinds) for note in notes if note_counts(note)}
