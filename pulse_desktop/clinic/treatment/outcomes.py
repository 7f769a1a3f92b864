"""Scores of outcome measures: entered, corrected, marked as in error, and looked at beside the course of the visits.

A score is computed from its answers where the measure is asked in our words; else it is taken as counted on the
measure's own form, and held against the measure's range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from pulse_desktop.basics.entries import clean_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.atlas.measures import Measure, measures, score_of, written
from pulse_desktop.clinic.patients.queries import today_for
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.treatment.note_lines import WHOLE_COURSE, note_lines
from pulse_desktop.clinic.treatment.tables import OutcomeScoreRow
from pulse_desktop.clinic.treatment.values import Answer, Progress, ScoreDraft, ScoreInError, ScoreLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command, query
from pulse_desktop.storage.tables import table_of

VALID, SCORE_IN_ERROR = "valid", "in_error"
REASONS: Final[Mapping[str, str]] = {
    "wrong_patient": N_("Another patient’s score"),
    "wrong_measure": N_("Another measure’s score"),
    "wrong_number": N_("Number or day mistaken"),
    "not_asked": N_("The patient was not asked"),
}
"""Why a score may be marked as in error: codes for the audit trail, with their words for people."""

_WHY: Final = "why"
_LONGEST_ACTIVITY: Final = 100
_SCORES, _PATIENTS, _STAFF = table_of(OutcomeScoreRow), table_of(PatientRow), table_of(StaffRow)
_BORN = select(_PATIENTS.c.id, _PATIENTS.c.born).where(_PATIENTS.c.id == bindparam("patient"))
_ONE = select(_SCORES).where(_SCORES.c.id == bindparam("score"))
_OF_PATIENT = (
    select(_SCORES, _STAFF.c.short_name)
    .join(_STAFF, _STAFF.c.id == _SCORES.c.entered_by_id)
    .where(_SCORES.c.patient_id == bindparam("patient"))
    .order_by(_SCORES.c.taken_on, _SCORES.c.id)
)


@command(needs=Permission.WRITE_NOTE, audit="outcome.record", about=lambda draft: draft.patient_id, undo="restore")
def record_score(context: Context, draft: ScoreDraft) -> int:
    """Keeps a score, or corrects the one with `draft.id`. Raises a Refusal under measure, taken_on, score or answers, Outdated."""
    born = context.read(_BORN, patient=draft.patient_id).one_or_none()
    if born is None:
        raise Refusal("patient_not_there")
    values = score_values(draft, born.born, today_for(context, draft.patient_id))
    if draft.id is None:
        return context.insert(
            OutcomeScoreRow, **values, patient_id=draft.patient_id, entered_by_id=context.actor.staff_id, state=VALID
        )
    _standing(context, draft.patient_id, draft.id)
    context.update(OutcomeScoreRow, draft.id, draft.version, **values, entered_by_id=context.actor.staff_id)
    return draft.id


@command(needs=Permission.WRITE_NOTE, audit="outcome.in_error", about=lambda wrong: wrong.patient_id, undo="restore")
def mark_score_in_error(context: Context, wrong: ScoreInError) -> int:
    """Says that a score does not belong here; it stays to be seen and counts no more. Raises Refusal, Outdated."""
    if wrong.reason not in REASONS:
        raise Refusal("score_reason_needed", "reason")
    row = _standing(context, wrong.patient_id, wrong.id)
    context.about(wrong.patient_id, "outcome_score", wrong.id, reason_code=wrong.reason)
    context.update(OutcomeScoreRow, wrong.id, wrong.version, state=SCORE_IN_ERROR, answers={**row.answers, _WHY: wrong.reason})
    return wrong.id


@query(needs=Permission.SEE_CLINICAL, about=lambda patient_id: patient_id)
def scores_of(context: Context, patient_id: int) -> tuple[ScoreLine, ...]:
    """The patient's scores, the oldest first, those in error too."""
    return tuple(_line(row) for row in context.read(_OF_PATIENT, patient=patient_id))


@query(needs=Permission.SEE_CLINICAL, audit="chart.view", about=lambda patient_id: patient_id)
def progress_of(context: Context, patient_id: int) -> Progress:
    """Every note and every score of the patient, the oldest first."""
    notes = note_lines(context, WHOLE_COURSE, patient=patient_id)
    return Progress(tuple(reversed(notes)), scores_of(context, patient_id))


def score_values(draft: ScoreDraft, born: date | None, today: date) -> dict[str, Any]:
    """A score's columns. Raises a Refusal under the field that is wrong."""
    measure = measures().get(draft.measure)
    if measure is None:
        raise Refusal("measure_unknown", "measure")
    if draft.taken_on > today:
        raise Refusal("score_in_future", "taken_on")
    if born is not None and draft.taken_on < born:
        raise Refusal("score_before_birth", "taken_on")
    answers = _answers(draft.answers)
    score = _counted(measure, draft.answers) if draft.answers else _entered(measure, draft.score_tenths)
    return {"measure": measure.key, "taken_on": draft.taken_on, "score_tenths": score, "answers": answers}


def _answers(answers: Sequence[Answer]) -> dict[str, Any]:
    """Answers by number of the question, an activity with its words."""
    return {
        str(number): {"score": one.score, "words": clean_line(one.words, "answers", _LONGEST_ACTIVITY)}
        for number, one in enumerate(answers, 1)
    }


def _counted(measure: Measure, answers: Sequence[Answer]) -> int:
    if measure.activities and any(not one.words.strip() for one in answers):
        raise Refusal("activity_unnamed", "answers")
    try:
        return score_of(measure, [one.score for one in answers])
    except ValueError:
        raise Refusal("answers_wrong", "answers") from None


def _entered(measure: Measure, tenths: int | None) -> int:
    if tenths is None:
        raise Refusal("score_needed", "score")
    if not measure.lowest <= tenths <= measure.highest:
        raise Refusal("score_out_of_range", "score", lowest=written(measure.lowest), highest=written(measure.highest))
    if not measure.holds(tenths):
        raise Refusal("score_not_whole", "score")
    return tenths


def _standing(context: Context, patient_id: int, score_id: int) -> Row[*tuple[Any, ...]]:
    row = context.read(_ONE, score=score_id).one_or_none()
    if row is None or row.patient_id != patient_id or row.state != VALID:
        raise Refusal("score_not_there")
    return row


def _line(row: Row[*tuple[Any, ...]]) -> ScoreLine:
    numbered = sorted((int(number), one) for number, one in row.answers.items() if number != _WHY)
    answers = tuple(Answer(one["score"], one["words"]) for _number, one in numbered)
    return ScoreLine(
        row.id, row.version, row.patient_id, row.measure, row.taken_on, row.score_tenths, answers, row.short_name, row.state,
        row.answers.get(_WHY, ""),
    )  # fmt: skip


register_sentences(
    {
        "measure_unknown": N_("Choose a measure from the list."),
        "score_in_future": N_("A score was taken today or earlier."),
        "score_before_birth": N_("That is before the patient was born. Please check the year."),
        "score_needed": N_("Enter the score as the measure’s own form counts it."),
        "score_out_of_range": N_("This measure counts from {lowest} to {highest}. Please check the number."),
        "score_not_whole": N_("This measure counts in whole numbers. Please check the number."),
        "answers_wrong": N_("Some answers are missing or too many. Please look at them again; nothing is lost."),
        "activity_unnamed": N_("Name the activity beside each answer, in the patient’s own words."),
        "score_reason_needed": N_("Say why this score does not belong here."),
        "score_not_there": N_("This score belongs to another patient or does not count any more. Nothing was changed."),
    }
)
