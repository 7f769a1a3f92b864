"""Gua sha, tuina, moxa, currents and moving cups: kept as drawn, checked, guarded by place, and signed with the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.clinic import atlas, treatment
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, draft_to_json
from pulse_desktop.clinic.treatment.drawn_hands import hand_marks
from pulse_desktop.clinic.treatment.rules import MOST_PLACES, check_draft
from pulse_desktop.clinic.treatment.values import (
    Area,
    CupsOn,
    MoxaPlacement,
    NoteDraft,
    NoteView,
    SaveDraft,
    SignNote,
    StimulatedPair,
    Stroke,
)
from tests.builders import TestClinic, a_patient, a_visit
from tests.builders_treatment import a_condition, a_cup, an_open_note, complete

REGION = atlas.cup_sites()["lumbar_paraspinal_mid_l"].region
DOWN = ((462.0, 660.0), (462.0, 820.0))
STROKE = Stroke(1, "posterior", DOWN, "lumbar_paraspinal_mid_l", "left")
AREA = Area(1, "posterior", 462, 730, 40, 60, "na", "lumbar_paraspinal_mid_l", "left")
MOXA = MoxaPlacement(1, "", "posterior", 462, 730, "lumbar_paraspinal_mid_l", "left", "box", 10)
PAIR = StimulatedPair(1, "BL23", "left", "BL25", "left", 20, "continuous", 15)
EVERY: dict[str, Any] = {"strokes": (STROKE,), "areas": (AREA,), "moxa": (MOXA,), "pairs": (PAIR,)}


def a_note(clinic: TestClinic, *conditions: str, **more: object) -> NoteView:
    patient_id = a_patient(clinic)
    for key in conditions:
        a_condition(clinic, patient_id, key, **more)
    return an_open_note(clinic, a_visit(clinic, patient_id))


def signs(clinic: TestClinic, note: NoteView, consents: frozenset[str] = frozenset(), **drawn: Any) -> NoteView:
    draft = complete(NoteDraft(), **drawn)
    clinic.door.do(treatment.sign_note, SignNote(note.id, note.version, draft), consents=consents)
    return clinic.door.look(treatment.note, note.id)


def test_the_draft_comes_back_as_it_was_drawn() -> None:
    draft = NoteDraft(cups=(replace(a_cup(), path=DOWN),), **EVERY)
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft


def test_what_was_drawn_is_signed_with_the_rest(clinic: TestClinic) -> None:
    signed = signs(clinic, a_note(clinic), **EVERY)
    assert signed.signature is not None
    assert signed.signature.is_valid
    assert {name: getattr(signed.draft, name) for name in EVERY} == EVERY


@pytest.mark.parametrize(("name", "technique"), [("strokes", "gua_sha"), ("areas", "tuina"), ("moxa", "moxa"), ("pairs", "estim")])
def test_the_sheet_and_the_desk_hear_of_it(clinic: TestClinic, name: str, technique: str) -> None:
    note = a_note(clinic)
    draft = NoteDraft(**{name: EVERY[name]})
    clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, draft))
    facts = clinic.door.look(treatment.treatment_facts, note.visit_id)
    assert technique in facts.techniques
    assert facts.is_recorded


@pytest.mark.parametrize("name", ["strokes", "areas", "moxa"])
def test_a_barred_place_cannot_be_signed(clinic: TestClinic, name: str) -> None:
    note = a_note(clinic, "broken_skin", regions=(REGION,))
    with pytest.raises(Refusal) as refused:
        signs(clinic, note, **{name: EVERY[name]})
    assert refused.value.key == "barred"
    assert clinic.door.look(treatment.note, note.id).state == "draft"


def test_elsewhere_on_the_same_person_it_can(clinic: TestClinic) -> None:
    note = a_note(clinic, "broken_skin", regions=("calf_l",))
    assert signs(clinic, note, strokes=(STROKE,)).state == "signed"


def test_a_current_with_a_pacemaker_asks_for_a_reason_that_stays_on_the_note(clinic: TestClinic) -> None:
    note = a_note(clinic, "pacemaker_icd")
    with pytest.raises(NeedsConsent) as asked:
        signs(clinic, note, pairs=(PAIR,))
    assert asked.value.key == "absolute"
    signed = signs(clinic, note, frozenset({"absolute: cleared by her cardiologist today"}), pairs=(PAIR,))
    assert [(one.condition_key, one.technique) for one in signed.draft.overrides] == [("pacemaker_icd", "estim")]


def test_a_moving_cup_is_guarded_along_its_whole_way(clinic: TestClinic) -> None:
    """It begins and ends beside the barred region: only its way leads through."""
    note = a_note(clinic, "broken_skin", regions=(REGION,))
    site = atlas.cup_sites()["lumbar_paraspinal_mid_l"]
    ends = (site.x, site.y - 150), (site.x, site.y + 150)
    regions = [atlas.region_at("posterior", *place) for place in ends]
    assert all(region is not None and region.region != REGION for region in regions)
    cup = replace(a_cup(), site="", x=ends[0][0], y=ends[0][1])
    with pytest.raises(Refusal) as refused:
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, NoteDraft(cups=(replace(cup, path=ends),))))
    assert refused.value.key == "barred"
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, NoteDraft(cups=(cup,))))


@pytest.mark.parametrize(
    "wrong",
    [
        {"strokes": (replace(STROKE, path=DOWN[:1]),)},
        {"strokes": (replace(STROKE, path=((0.0, 0.0),) * (MOST_PLACES + 1)),)},
        {"strokes": (STROKE, STROKE)},
        {"areas": (replace(AREA, x=1001),)},
        {"moxa": (replace(MOXA, view="inside"),)},
        {"strokes": tuple(replace(STROKE, number=number) for number in range(61))},
    ],
)
def test_what_no_map_can_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        check_draft(NoteDraft(**wrong))
    check_draft(NoteDraft(**EVERY))


def test_every_kind_shows_on_the_map_and_a_point_on_both_sides() -> None:
    draft = NoteDraft(**EVERY | {"moxa": (MOXA, MoxaPlacement(2, "ST36", side="both"))})
    marks = hand_marks(draft, lambda field, number: (field, number) == ("moxa", 2))
    assert [mark.number for mark in marks if isinstance(mark, atlas.MoxaMark)] == [1, 2, 2]
    assert {type(mark) for mark in marks} == {atlas.StrokeMark, atlas.AreaMark, atlas.MoxaMark, atlas.CurrentMark}
    assert [mark.is_selected for mark in marks if isinstance(mark, atlas.MoxaMark)] == [False, True, True]
