"""Patients are registered, changed and kept; what is wrong is refused under its field."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.entries import clean_line
from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients import rules
from pulse_desktop.clinic.patients.values import (
    ConditionDraft,
    PatientDraft,
    PatientState,
    Screening,
    display_name,
    short_display_name,
)
from pulse_desktop.clinic.practice.contact import email_address, phone_number, state_code, zip_code
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_patient, a_patient_draft

HOSTILE = ["'; DROP TABLE patient; --", '" OR 1=1 --', "<img src=x>", "%s %d {0} {name}", "\\", "😀", "שלום", "a\u0301\u0323", "=cmd()", "NULL"]


def refusal(clinic: TestClinic, command: Any, value: Any) -> Refusal:
    with pytest.raises(Refusal) as told:
        clinic.door.do(command, value)
    assert "…" not in sentence(told.value)
    return told.value


def test_a_name_and_a_phone_are_enough_and_numbers_count_up(clinic: TestClinic) -> None:
    first, second = a_patient(clinic), a_patient(clinic, "Jo", "")
    assert clinic.door.look(patients.patient, first).number == "P-1001"
    record = clinic.door.look(patients.patient, second)
    assert (record.number, record.name, record.registered_on) == ("P-1002", "Jo", TODAY)


def test_everything_entered_comes_back(clinic: TestClinic) -> None:
    draft = a_patient_draft(
        "María", "Alvarez", born=date(1984, 3, 12), preferred_name="Mari", pronouns="she/her", sex="female", language="es",
        office_id=clinic.office(), phone="973.555.0142", phone_note="work, after 5", voicemail_ok=True, text_ok=True,
        email="maria@example.com", street="12 Main St", city="Clifton", state="nj", zip_code="070131234",
        emergency_name="José", emergency_relation="husband", emergency_phone="+7 495 123-45-67",
        allergies="latex\nnickel", medications="none", desk_note="prefers Room 2",
    )  # fmt: skip
    record = clinic.door.look(patients.patient, clinic.door.do(patients.register, draft).answer)
    wanted = replace(
        draft, id=record.id, version=1, phone="(973) 555-0142", state="NJ", zip_code="07013-1234", emergency_phone="+7 495 123-45-67"
    )
    assert record.draft == wanted


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"first_name": "", "last_name": " \u200b"}, "patient_unnamed", "first_name"),
        ({"phone": ""}, "phone_needed", "phone"),
        ({"phone": "call me"}, "phone_wrong", "phone"),
        ({"phone": "555-0142"}, "phone_short", "phone"),
        ({"emergency_phone": "911911911911911911911"}, "phone_wrong", "emergency_phone"),
        ({"born": date(2026, 11, 25)}, "born_in_future", "born"),
        ({"born": date(1889, 12, 31)}, "born_too_early", "born"),
        ({"email": "maria@home"}, "email_wrong", "email"),
        ({"state": "Jersey"}, "state_wrong", "state"),
        ({"zip_code": "7013"}, "zip_wrong", "zip_code"),
        ({"language": "xx"}, "language_unknown", "language"),
        ({"office_id": 99}, "not_there", "office_id"),
        ({"first_name": "x" * 101}, "entry_too_long", "first_name"),
        ({"medications": "x" * 10_001}, "entry_too_long", "medications"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field_and_nothing_is_written(
    clinic: TestClinic, change: dict[str, Any], key: str, field: str
) -> None:
    told = refusal(clinic, patients.register, replace(a_patient_draft(), **change))
    assert (told.key, told.field) == (key, field)
    assert clinic.door.look(patients.recent) == ()


def test_ten_thousand_characters_of_any_script_are_kept(clinic: TestClinic) -> None:
    long = ("😀 שלום мир 你好 " * 800)[:10_000].strip()
    record = clinic.door.look(patients.patient, a_patient(clinic, allergies=long))
    assert record.draft.allergies == long


@pytest.mark.parametrize("payload", HOSTILE)
def test_payloads_are_text_in_every_field(clinic: TestClinic, payload: str) -> None:
    texts = ("native_name", "preferred_name", "pronouns", "sex", "phone_note", "street", "city", "emergency_name", "allergies", "desk_note")
    draft = a_patient_draft(payload, payload, **dict.fromkeys(texts, payload))
    record = clinic.door.look(patients.patient, clinic.door.do(patients.register, draft).answer)
    kept = clean_line(payload, "first_name")
    assert {getattr(record.draft, name) for name in ("first_name", "last_name", *texts)} == {kept}
    assert len(clinic.door.look(patients.search, payload)) <= 1
    assert len(clinic.door.look(patients.recent)) == 1


def test_an_edit_is_only_for_who_saw_the_newest_version_and_can_be_taken_back(clinic: TestClinic) -> None:
    record = clinic.door.look(patients.patient, a_patient(clinic, "Maria", "Alvarez"))
    done = clinic.door.do(patients.edit, replace(record.draft, last_name="Ruiz"))
    assert [line.name for line in clinic.door.look(patients.search, "ruiz")] == ["Maria Ruiz"]
    with pytest.raises(Outdated):
        clinic.door.do(patients.edit, replace(record.draft, last_name="Diaz"))
    clinic.door.do(take_back, TakeBack(done.operation))
    assert clinic.door.look(patients.search, "ruiz") == ()
    assert [line.name for line in clinic.door.look(patients.search, "alvarez")] == ["Maria Alvarez"]


def test_a_registration_taken_back_leaves_an_inactive_patient(clinic: TestClinic) -> None:
    done = clinic.door.do(patients.register, a_patient_draft())
    clinic.door.do(take_back, TakeBack(done.operation))
    assert not clinic.door.look(patients.patient, done.answer).active
    assert a_patient(clinic) != done.answer


def test_inactive_patients_come_last_and_back(clinic: TestClinic) -> None:
    gone, here = a_patient(clinic, "Ana", "Silva"), a_patient(clinic, "Bea", "Silva")
    clinic.door.do(patients.set_state, PatientState(gone, 1, active=False))
    assert [line.id for line in clinic.door.look(patients.search, "silva")] == [here, gone]
    clinic.door.do(patients.set_state, PatientState(gone, 2, active=True))
    assert [line.id for line in clinic.door.look(patients.search, "silva")] == [gone, here]


def test_a_stranger_is_refused(clinic: TestClinic) -> None:
    with pytest.raises(Refusal) as told:
        clinic.door.look(patients.patient, 4711)
    assert told.value.key == "patient_not_there"
    assert refusal(clinic, patients.edit, replace(a_patient_draft(), id=4711)).key == "patient_not_there"
    assert clinic.door.look(patients.name_of, 4711) == ""


# ---- conditions and screening


def test_a_condition_has_an_onset_and_an_end_that_still_counts(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    condition_id = clinic.door.do(patients.record_condition, ConditionDraft(patient_id, "pregnancy", date(2026, 9, 1))).answer
    (line,) = clinic.door.look(patients.conditions, patient_id)
    assert (line.label, line.recorded_by, line.is_active(TODAY)) == ("Pregnancy", "Lin Hua", True)
    ended = ConditionDraft(patient_id, "pregnancy", date(2026, 9, 1), TODAY, id=condition_id, version=line.version)
    clinic.door.do(patients.record_condition, ended)
    (line,) = clinic.door.look(patients.conditions, patient_id)
    assert line.is_active(TODAY)
    assert not line.is_active(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"key": "made_up"}, "condition_unknown"),
        ({"onset": date(2026, 11, 25)}, "onset_in_future"),
        ({"ends": date(2026, 8, 31)}, "condition_order"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(clinic: TestClinic, change: dict[str, Any], key: str) -> None:
    draft = replace(ConditionDraft(a_patient(clinic), "pregnancy", date(2026, 9, 1)), **change)
    assert refusal(clinic, patients.record_condition, draft).key == key


def test_a_condition_of_somebody_else_is_not_changed(clinic: TestClinic) -> None:
    mine, other = a_patient(clinic), a_patient(clinic, "Jo")
    condition_id = clinic.door.do(patients.record_condition, ConditionDraft(mine, "diabetes", TODAY)).answer
    stolen = ConditionDraft(other, "diabetes", TODAY, detail="x", id=condition_id, version=1)
    assert refusal(clinic, patients.record_condition, stolen).key == "condition_not_there"
    assert refusal(clinic, patients.record_screening, Screening(other, (ConditionDraft(mine, "diabetes", TODAY),))).key == "condition_not_there"


def test_a_screening_keeps_its_day_and_each_yes_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    yes = (ConditionDraft(patient_id, "pregnancy", TODAY), ConditionDraft(patient_id, "diabetes", date(2010, 1, 1), detail="type 2"))
    clinic.door.do(patients.record_screening, Screening(patient_id, yes))
    clinic.clock.advance(days=40)
    clinic.door.do(patients.record_screening, Screening(patient_id, yes[:1]))
    assert sorted(line.key for line in clinic.door.look(patients.conditions, patient_id)) == ["diabetes", "pregnancy"]
    assert clinic.door.look(patients.patient, patient_id).screened_on == date(2027, 1, 3)


def test_a_condition_taken_back_is_gone(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    done = clinic.door.do(patients.record_condition, ConditionDraft(patient_id, "pregnancy", TODAY))
    clinic.door.do(take_back, TakeBack(done.operation))
    assert clinic.door.look(patients.conditions, patient_id) == ()


# ---- words and numbers


def test_names_are_written_as_their_bearers_do() -> None:
    assert display_name("María", "Alvarez") == "María Alvarez"
    assert display_name("Lin", "Chen", "陈琳") == "Chen Lin 陈琳"
    assert display_name("", "", "陈琳") == "陈琳"
    assert display_name("Olga", "Petrenko", "Ольга Петренко") == "Olga Petrenko Ольга Петренко"
    assert [short_display_name(*name) for name in (("María", "Alvarez", ""), ("Lin", "Chen", "陈琳"), ("Wei-Ling", "Chen", "陈蔚玲"), ("", "", "陈"))] == [
        "M. Alvarez", "Chen Lin", "Chen W.-L.", "陈",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9735550142", "(973) 555-0142"), ("1-973-555-0142", "(973) 555-0142"), ("+1 973 555 0142", "(973) 555-0142"),
        ("973 555 0142 x12", "(973) 555-0142 ext. 12"), ("+86 138 0013 8000", "+86 138 0013 8000"), ("  ", ""),
    ],
)  # fmt: skip
def test_phones_are_made_uniform(typed: str, kept: str) -> None:
    assert phone_number(typed) == kept
    assert phone_number(kept) == kept


@given(st.text(max_size=40))
def test_whatever_is_typed_is_kept_uniform_or_refused(text: str) -> None:
    for read in (phone_number, email_address, state_code, zip_code):
        try:
            kept = read(text, "field")
        except Refusal:
            continue
        assert read(kept, "field") == kept


def test_a_draft_holds_what_a_row_holds() -> None:
    values = rules.patient_values(PatientDraft("Jo", "Doe"), TODAY)
    assert set(values) == set(PatientDraft.__dataclass_fields__) - {"id", "version"}
