"""What waits for a signature: one's own with what is missing, the oldest first; for the owner how many everybody has."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic import practice, schedule, treatment
from pulse_desktop.clinic.practice.values import SettingValue
from pulse_desktop.clinic.schedule.values import Progress, Step
from pulse_desktop.clinic.treatment.values import Amendment
from tests.builders import MINA, NOW, TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import (
    a_signed_note,
    an_open_note,
    arrived,
    complete,
    okafor_signs_in,
    saved,
    with_cups,
)

MONDAY = TODAY - timedelta(days=1)


def test_the_oldest_comes_first_with_what_it_lacks(clinic: TestClinic) -> None:
    late = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60))
    saved(clinic, late, replace(late.draft, complaint="Neck"))
    clinic.clock.put(NOW - timedelta(days=1))
    early = with_cups(clinic, an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Lin", "Chen"), day=MONDAY)))
    saved(clinic, early, complete(early.draft))
    clinic.clock.put(NOW)
    lines = clinic.door.look(treatment.to_sign)
    assert [(line.day, line.patient, line.missing) for line in lines] == [
        (MONDAY, "Lin Chen", ()),
        (TODAY, "Jun Abe", ("pain_before", "pain_after", "response", "adverse")),
    ]


def test_what_is_missing_is_what_this_clinic_needs(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    saved(clinic, note, complete(note.draft, pattern=""))
    clinic.door.do(practice.save_setting, SettingValue("treatment.required_parts", "pattern"))
    assert [line.missing for line in clinic.door.look(treatment.to_sign)] == [("pattern",)]


def test_a_treated_visit_without_any_note_is_not_forgotten(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    assert clinic.door.look(treatment.to_sign) == ()
    arrived(clinic, visit)
    for progress in (Progress.IN_ROOM, Progress.CHECKING_OUT):
        clinic.door.do(schedule.take_step, Step(visit.id, clinic.door.look(schedule.visit, visit.id).version, progress))
    (line,) = clinic.door.look(treatment.to_sign)
    assert (line.visit_id, line.missing, line.is_begun) == (visit.id, ("note",), False)
    an_open_note(clinic, visit)
    (line,) = clinic.door.look(treatment.to_sign)
    assert line.is_begun


def test_signed_notes_and_those_of_others_do_not_wait_here(clinic: TestClinic) -> None:
    a_signed_note(clinic)
    an_open_note(clinic, a_visit(clinic, starts=13 * 60))
    okafor = okafor_signs_in(clinic)
    assert okafor.look(treatment.to_sign) == ()


def test_the_owner_sees_how_many_everybody_has_and_since_when(clinic: TestClinic) -> None:
    clinic.clock.put(NOW - timedelta(days=1))
    okafor = okafor_signs_in(clinic)
    visit = a_visit(clinic, a_patient(clinic, "Lin", "Chen"), day=MONDAY, staff_id=clinic.staff("Okafor"))
    okafor.do(treatment.open_note, visit.id)
    clinic.clock.put(NOW)
    clinic.signs_in("Lin Hua")
    an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe")))
    found = clinic.door.look(treatment.owing)
    assert [(line.name, line.notes, line.not_begun, line.oldest) for line in found] == [("Okafor", 1, 0, MONDAY), ("Lin Hua", 1, 0, TODAY)]


def test_a_note_in_error_leaves_its_visit_to_be_written(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    visit = clinic.door.look(schedule.visit, note.visit_id)
    clinic.door.do(schedule.take_step, Step(visit.id, visit.version, Progress.CHECKING_OUT))
    assert clinic.door.look(treatment.to_sign) == ()
    clinic.door.do(treatment.amend, Amendment(note.id, "in_error", "", "Wrong patient"))
    assert [line.missing for line in clinic.door.look(treatment.to_sign)] == [("note",)]


def test_the_front_desk_sees_neither(clinic: TestClinic) -> None:
    clinic.lets_in(MINA)
    mina = clinic.signs_in("Mina")
    for query in (treatment.to_sign, treatment.owing):
        with pytest.raises(Denied):
            mina.look(query)
