"""Scores of outcome measures: kept as counted, refused in words, corrected, marked as in error, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.clinic import patients, treatment
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.treatment.draft_json import draft_to_json, outline_from_json
from pulse_desktop.clinic.treatment.values import (
    Answer,
    Area,
    MoxaPlacement,
    NoteDraft,
    ScoreDraft,
    ScoreInError,
    StimulatedPair,
    Stroke,
)
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import a_cup, a_needle, a_signed_note
from tests.house.watching import becomes

LIFTING = (Answer(3, "Lifting my son"), Answer(4, "Tying shoes"), Answer(4, "Driving an hour"))


def refused(clinic: TestClinic, draft: ScoreDraft) -> tuple[str, str]:
    with pytest.raises(Refusal) as found:
        clinic.door.do(treatment.record_score, draft)
    return found.value.key, found.value.field


def test_a_score_is_kept_as_the_form_counts_it(clinic: TestClinic) -> None:
    maria = a_patient(clinic)
    clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 180))
    clinic.door.do(treatment.record_score, ScoreDraft(maria, "odi", TODAY - timedelta(days=7), 222))
    lines = clinic.door.look(treatment.scores_of, maria)
    assert [(line.measure, line.taken_on, line.score_tenths, line.state) for line in lines] == [
        ("odi", TODAY - timedelta(days=7), 222, "valid"), ("ndi", TODAY, 180, "valid"),
    ]  # fmt: skip
    assert {line.entered_by for line in lines} == {"Lin Hua"}


def test_answers_make_the_score_and_stay(clinic: TestClinic) -> None:
    maria = a_patient(clinic)
    clinic.door.do(treatment.record_score, ScoreDraft(maria, "psfs", TODAY, 999, LIFTING))
    (line,) = clinic.door.look(treatment.scores_of, maria)
    assert line.score_tenths == 37, "what is counted goes before what was said"
    assert line.answers == LIFTING


def test_what_cannot_be_is_refused_under_its_field(clinic: TestClinic) -> None:
    born = date(1980, 4, 2)
    maria = clinic.door.do(patients.register, PatientDraft("Maria", "Alvarez", "9735550101", born)).answer
    good = ScoreDraft(maria, "ndi", TODAY, 180)
    unnamed = (*LIFTING[:2], Answer(2, "  "))
    assert refused(clinic, replace(good, measure="spirit level")) == ("measure_unknown", "measure")
    assert refused(clinic, replace(good, taken_on=TODAY + timedelta(days=1))) == ("score_in_future", "taken_on")
    assert refused(clinic, replace(good, taken_on=born - timedelta(days=1))) == ("score_before_birth", "taken_on")
    assert refused(clinic, replace(good, score_tenths=None)) == ("score_needed", "score")
    assert refused(clinic, replace(good, score_tenths=510)) == ("score_out_of_range", "score")
    assert refused(clinic, replace(good, score_tenths=-10)) == ("score_out_of_range", "score")
    assert refused(clinic, replace(good, score_tenths=185)) == ("score_not_whole", "score")
    assert refused(clinic, replace(good, answers=(Answer(3),))) == ("answers_wrong", "answers")
    assert refused(clinic, replace(good, measure="psfs", answers=LIFTING[:2])) == ("answers_wrong", "answers")
    assert refused(clinic, replace(good, measure="psfs", answers=unnamed)) == ("activity_unnamed", "answers")
    assert refused(clinic, replace(good, patient_id=99)) == ("patient_not_there", "")
    assert clinic.door.look(treatment.scores_of, maria) == ()
    clinic.door.do(treatment.record_score, replace(good, taken_on=born, score_tenths=500))
    assert len(clinic.door.look(treatment.scores_of, maria)) == 1, "control: both ends are let in"


def test_a_score_is_corrected_by_who_saw_it_last(clinic: TestClinic) -> None:
    maria = a_patient(clinic)
    draft = ScoreDraft(maria, "ndi", TODAY, 180)
    number = clinic.door.do(treatment.record_score, draft).answer
    corrected = replace(draft, id=number, version=1, score_tenths=170)
    assert clinic.door.do(treatment.record_score, corrected).answer == number
    with pytest.raises(Outdated):
        clinic.door.do(treatment.record_score, replace(corrected, score_tenths=160))
    assert [line.score_tenths for line in clinic.door.look(treatment.scores_of, maria)] == [170]


def test_a_score_in_error_stays_to_be_seen_with_its_reason(clinic: TestClinic) -> None:
    maria, luis = a_patient(clinic), a_patient(clinic, "Luis", "Mori")
    number = clinic.door.do(treatment.record_score, ScoreDraft(maria, "psfs", TODAY, answers=LIFTING)).answer
    wrong = ScoreInError(maria, number, 1, "wrong_number")
    for bad in (replace(wrong, reason=""), replace(wrong, patient_id=luis), replace(wrong, id=99)):
        with pytest.raises(Refusal):
            clinic.door.do(treatment.mark_score_in_error, bad)
    clinic.door.do(treatment.mark_score_in_error, wrong)
    (line,) = clinic.door.look(treatment.scores_of, maria)
    assert (line.state, line.reason, line.answers, line.is_valid) == ("in_error", "wrong_number", LIFTING, False)
    with pytest.raises(Refusal) as found:
        clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 10, id=number, version=2))
    assert found.value.key == "score_not_there"


def test_entering_correcting_and_marking_are_taken_back(clinic: TestClinic) -> None:
    maria = a_patient(clinic)
    draft = ScoreDraft(maria, "ndi", TODAY, 180)
    entered = clinic.door.do(treatment.record_score, draft)
    corrected = clinic.door.do(treatment.record_score, replace(draft, id=entered.answer, version=1, score_tenths=170))
    clinic.door.do(take_back, TakeBack(corrected.operation))
    assert [line.score_tenths for line in clinic.door.look(treatment.scores_of, maria)] == [180]
    marked = clinic.door.do(treatment.mark_score_in_error, ScoreInError(maria, entered.answer, 3, "not_asked"))
    clinic.door.do(take_back, TakeBack(marked.operation))
    assert [(line.state, line.reason) for line in clinic.door.look(treatment.scores_of, maria)] == [("valid", "")]
    another = clinic.door.do(treatment.record_score, draft)
    clinic.door.do(take_back, TakeBack(another.operation))
    assert [line.state for line in clinic.door.look(treatment.scores_of, maria)] == ["valid", "in_error"]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.OWNER])
def test_only_those_who_treat_enter_scores(clinic: TestClinic, role: Role) -> None:
    maria = a_patient(clinic)
    becomes(clinic, role)
    with pytest.raises(Denied):
        clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 180))
    if role is Role.FRONT_DESK:
        with pytest.raises(Denied):
            clinic.door.look(treatment.progress_of, maria)
    else:
        assert clinic.door.look(treatment.progress_of, maria).scores == ()


# ---- the course


def test_the_course_has_pain_and_what_was_done_the_oldest_first(clinic: TestClinic) -> None:
    maria = a_patient(clinic)
    a_signed_note(clinic, a_visit(clinic, maria))
    a_signed_note(clinic, a_visit(clinic, maria, starts=14 * 60))
    clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 180))
    course = clinic.door.look(treatment.progress_of, maria)
    assert [note.visit_id for note in course.notes] == sorted(note.visit_id for note in course.notes)
    assert all(note.pain_before is not None and note.is_intact for note in course.notes)
    assert [line.measure for line in course.scores] == ["ndi"]
    assert clinic.door.look(treatment.notes_of, maria)[0].kinds == course.notes[-1].kinds


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        (NoteDraft(), ()),
        (NoteDraft(techniques=("acupuncture", "dry_cupping")), ()),  # booked, and nothing was placed
        (NoteDraft(techniques=("tuina", "moxa")), ("moxa", "tuina")),  # leaves nothing on the map
        (NoteDraft(cups=(a_cup(),), needles=(a_needle(),)), ("cups", "needles")),
        (NoteDraft(strokes=(Stroke(1, "posterior", ((1, 2), (3, 4))),), tuina_minutes=10), ("gua_sha", "tuina")),
        (NoteDraft(areas=(Area(1, "posterior", 1, 2, 3, 4),), moxa=(MoxaPlacement(1, "ST36"),)), ("moxa", "tuina")),
        (NoteDraft(needles=(a_needle(),), pairs=(StimulatedPair(1, "ST36", "left", "ST37", "left"),)), ("needles", "estim")),
    ],
)
def test_what_was_done_is_read_from_the_draft(draft: NoteDraft, kinds: tuple[str, ...]) -> None:
    assert outline_from_json(draft_to_json(draft)).kinds == kinds


def test_a_draft_of_an_older_version_has_an_outline() -> None:
    assert outline_from_json({"pain_before": 4}).kinds == ()
