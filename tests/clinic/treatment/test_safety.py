"""Putting cups on is stopped or asks for a reason by conditions, technique and site together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import atlas, practice, schedule, treatment
from pulse_desktop.clinic.practice.values import SettingValue
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.clinic.treatment.safety import techniques_of
from pulse_desktop.clinic.treatment.values import CupsOff, CupsOn, NeedlesIn, NeedlesOut, NoteView
from pulse_desktop.storage.ledgers import AuditEvent
from tests.builders import TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import LOW_BACK, UPPER_BACK, a_condition, a_cup, a_needle, an_open_note, with_cups

REASON = "spoke with her midwife, light suction"


def note_for(clinic: TestClinic, *conditions: str, **more: object) -> NoteView:
    patient_id = a_patient(clinic)
    for key in conditions:
        a_condition(clinic, patient_id, key, **more)
    return an_open_note(clinic, a_visit(clinic, patient_id))


def put_on(clinic: TestClinic, note: NoteView, site: str = UPPER_BACK, technique: str = "dry_stationary", **consents: str) -> NoteView:
    draft = replace(note.draft, cups=(a_cup(site=site, technique=technique),))
    agreed = frozenset(f"{key}: {reason}" for key, reason in consents.items())
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft), consents=agreed)
    return clinic.door.look(treatment.note, note.id)


# Every grade of the list for cupping, and what the guard makes of it on the upper back.
WHOLE_BODY = [
    (key, technique, "absolute" if policy or grade == "absolute" else grade)
    for key, condition in atlas.conditions().items()
    for technique in ("dry_stationary", "fire", "wet")
    for column in techniques_of(a_cup(technique=technique))
    for grade, policy in [(condition.grade(column), column in condition.avoids)]
]


@pytest.mark.parametrize(
    ("key", "technique", "expected"),
    [row for row in WHOLE_BODY if row[0] in {"pregnancy", "skin_infection", "hemophilia", "low_platelets", "anticoagulant", "dvt",
                                             "oxygen_flammable", "valve_disease", "keloid", "psoriasis", "asthma_smoke"}],
)  # fmt: skip
def test_the_grade_decides(clinic: TestClinic, key: str, technique: str, expected: str) -> None:
    note = note_for(clinic, key)
    if expected == "none":
        assert put_on(clinic, note, technique=technique).draft.cups_are_on
        return
    with pytest.raises(NeedsConsent) as asked:
        put_on(clinic, note, technique=technique)
    assert asked.value.key == expected
    assert asked.value.reason_needed
    assert asked.value.details["condition"] == key
    assert clinic.door.look(treatment.note, note.id) == note, "nothing was started"
    on = put_on(clinic, note, technique=technique, **{expected: REASON})
    assert on.draft.cups_are_on
    assert [(one.condition_key, one.reason) for one in on.draft.overrides] == [(key, REASON)]


def test_the_reason_stands_on_the_note_and_as_a_code_in_the_trail(clinic: TestClinic) -> None:
    note = put_on(clinic, note_for(clinic, "pregnancy"), absolute=REASON)
    override = note.draft.overrides[0]
    assert (override.technique, override.by, override.at) == ("dry_cupping", "Lin Hua, L.Ac.", clinic.clock.now())
    events = AuditEvent.__table__
    with clinic.desk.clinic._engine.connect() as connection:
        codes = connection.execute(select(events.c.reason_code).where(events.c.action == "cups.on")).scalars().all()
    assert codes == ["absolute:pregnancy"]


def test_a_reason_is_asked_for_once(clinic: TestClinic) -> None:
    note = put_on(clinic, note_for(clinic, "pregnancy"), absolute=REASON)
    draft = replace(note.draft, cups=(*note.draft.cups, a_cup(2, "infraspinatus_r")))
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft))
    with_fire = clinic.door.look(treatment.note, note.id)
    draft = replace(with_fire.draft, cups=(*with_fire.draft.cups, a_cup(3, "rhomboid_l", technique="fire")))
    with pytest.raises(NeedsConsent):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, with_fire.version, draft))


def test_a_reason_of_no_words_is_no_reason(clinic: TestClinic) -> None:
    note = note_for(clinic, "pregnancy")
    with pytest.raises(NeedsConsent):
        put_on(clinic, note, absolute="  ")


def test_a_pregnant_low_back_is_barred_whatever_the_reason(clinic: TestClinic) -> None:
    note = note_for(clinic, "pregnancy")
    with pytest.raises(Refusal, match="barred") as refused:
        put_on(clinic, note, LOW_BACK, absolute=REASON, relative=REASON)
    assert refused.value.details["number"] == 1
    assert "this part of the body" in sentence(refused.value)


def test_a_local_condition_bars_its_region_and_no_other(clinic: TestClinic) -> None:
    note = note_for(clinic, "surgery_recent", regions=("lumbar_paraspinal_l",), detail="stitches", ends=date(2026, 12, 1))
    with pytest.raises(Refusal, match="barred"):
        put_on(clinic, note, LOW_BACK)
    assert put_on(clinic, note, UPPER_BACK).draft.cups_are_on


def test_a_cup_that_was_moved_counts_where_it_is_drawn(clinic: TestClinic) -> None:
    note = note_for(clinic, "surgery_recent", regions=("lumbar_paraspinal_l",))
    low = atlas.cup_sites()[LOW_BACK]
    moved = replace(a_cup(site=UPPER_BACK), x=low.x, y=low.y)
    with pytest.raises(Refusal, match="barred"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(moved,))))


def test_no_cup_belongs_on_the_front_of_the_neck_of_anybody(clinic: TestClinic) -> None:
    note = note_for(clinic)
    region = atlas.figure("anterior").regions["neck_anterior"]
    x, y = region.box.x + region.box.width / 2, region.box.y + region.box.height / 2
    cup = replace(a_cup(), view="anterior", x=x, y=y, site="", side="")
    with pytest.raises(Refusal, match="barred"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(cup,))))


def test_a_cup_beside_the_body_is_refused(clinic: TestClinic) -> None:
    note = note_for(clinic)
    cup = replace(a_cup(), x=5.0, y=5.0, site="")
    with pytest.raises(Refusal, match="cup_wrong"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(cup,))))


def test_what_is_over_asks_nothing(clinic: TestClinic) -> None:
    note = note_for(clinic, "pregnancy", ends=date(2026, 11, 23))
    assert put_on(clinic, note).draft.cups_are_on


def test_what_ends_today_still_counts(clinic: TestClinic) -> None:
    with pytest.raises(NeedsConsent):
        put_on(clinic, note_for(clinic, "pregnancy", ends=TODAY))


def test_the_owner_may_forbid_passing_an_absolute_stop(clinic: TestClinic) -> None:
    clinic.door.do(practice.save_setting, SettingValue("treatment.absolute_with_reason", False))
    with pytest.raises(Refusal, match="barred"):
        put_on(clinic, note_for(clinic, "hemophilia"), absolute=REASON)


def test_the_worst_of_several_is_what_is_asked(clinic: TestClinic) -> None:
    note = note_for(clinic, "psoriasis", "hemophilia")
    with pytest.raises(NeedsConsent) as asked:
        put_on(clinic, note, relative=REASON)
    assert asked.value.key == "absolute"
    assert set(asked.value.details["conditions"]) == {"psoriasis", "hemophilia"}  # type: ignore[call-overload]
    assert len(put_on(clinic, note, absolute=REASON).draft.overrides) == 2


def test_problems_hold_no_patient_data(clinic: TestClinic) -> None:
    note = note_for(clinic, "anticoagulant", detail="warfarin since her divorce")
    with pytest.raises(NeedsConsent) as asked:
        put_on(clinic, note)
    assert "divorce" not in repr(dict(asked.value.details))


def test_cups_move_the_visit_along_and_back(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    note = an_open_note(clinic, visit)
    on = put_on(clinic, note)
    line = clinic.door.look(schedule.visit, visit.id)
    assert line.progress is Progress.CUPS_ON
    assert line.arrived_at == line.roomed_at == clinic.clock.now()
    timer = clinic.door.look(treatment.running_timers, visit.office_id)[0]
    assert (timer.kind, timer.count, timer.since, timer.planned_minutes, timer.cap_minutes) == ("cups", 1, clinic.clock.now(), 8, 10)
    clinic.clock.advance(minutes=8, seconds=12)
    clinic.door.do(treatment.take_cups_off, CupsOff(on.id, on.version, on.draft))
    off = clinic.door.look(treatment.note, on.id)
    assert off.draft.cups[0].off_at == clinic.clock.now()
    assert clinic.door.look(schedule.visit, visit.id).progress is Progress.IN_ROOM
    assert clinic.door.look(treatment.running_timers, visit.office_id) == ()


def test_cups_come_off_one_by_one_and_at_the_moment_they_did(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    draft = replace(note.draft, cups=(a_cup(1), a_cup(2, "infraspinatus_r")))
    version = clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft)).answer
    began = clinic.clock.now()
    clinic.clock.advance(minutes=10)
    draft = clinic.door.look(treatment.note, note.id).draft
    version = clinic.door.do(treatment.take_cups_off, CupsOff(note.id, version, draft, (1,))).answer
    clinic.clock.advance(minutes=10)
    draft = clinic.door.look(treatment.note, note.id).draft
    assert draft.cups_are_on
    with pytest.raises(Refusal, match="not_then"):
        clinic.door.do(treatment.take_cups_off, CupsOff(note.id, version, draft, at=began.replace(hour=1)))
    earlier = clinic.clock.now().replace(second=0, microsecond=0)
    clinic.door.do(treatment.take_cups_off, CupsOff(note.id, version, draft, at=earlier))
    cups = clinic.door.look(treatment.note, note.id).draft.cups
    assert cups[1].off_at == earlier
    assert cups[0].off_at is not None
    assert cups[0].off_at < earlier
    with pytest.raises(Refusal, match="none_on"):
        clinic.door.do(treatment.take_cups_off, CupsOff(note.id, version + 1, draft))


def test_planning_over_twenty_minutes_needs_a_reason(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    draft = replace(note.draft, cups=(a_cup(planned_minutes=25),))
    with pytest.raises(NeedsConsent, match="over_twenty"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft))
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft), consents=frozenset({"over_twenty: old scar"}))
    assert clinic.door.look(treatment.note, note.id).draft.overrides[0].reason == "old scar"


def test_nothing_to_put_on_is_said(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    with pytest.raises(Refusal, match="no_cups"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, note.draft))
    with pytest.raises(Refusal, match="no_needles"):
        clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, note.draft))


def test_points_of_pregnancy_ask(clinic: TestClinic) -> None:
    note = note_for(clinic, "pregnancy")
    draft = replace(note.draft, needles=(a_needle("LI4"),))
    with pytest.raises(NeedsConsent) as asked:
        clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft))
    assert {"pregnancy", "pregnancy_points"}.issuperset(asked.value.details["conditions"])  # type: ignore[arg-type]
    agreed = asked.value.agreed(REASON)
    clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft), consents=agreed)
    assert clinic.door.look(treatment.note, note.id).draft.overrides


def test_needles_are_counted_out(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    draft = replace(note.draft, needles=(a_needle("ST36"), a_needle("GV20", "midline")))
    version = clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft)).answer
    clinic.clock.advance(minutes=20)
    draft = clinic.door.look(treatment.note, note.id).draft
    with pytest.raises(NeedsConsent) as asked:
        clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, 2))
    assert (asked.value.key, asked.value.details["placed"], asked.value.details["counted"]) == ("count_differs", 3, 2)
    version = clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, 3)).answer
    note = clinic.door.look(treatment.note, note.id)
    assert note.draft.counted_out
    assert note.draft.overrides == ()
    facts = clinic.door.look(treatment.treatment_facts, note.visit_id)
    assert (facts.needle_minutes, facts.ended_at, facts.still_on) == (20, clinic.clock.now(), False)


def test_marks_of_earlier_visits_still_show(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    with_cups(clinic, an_open_note(clinic, a_visit(clinic, patient_id)), a_cup(mark_grade=4))
    assert clinic.door.look(treatment.fading_cups, patient_id, TODAY) == ()
    for days, shows in ((1, 1), (7, 1), (10, 1), (11, 0)):
        later = date.fromordinal(TODAY.toordinal() + days)
        marks = clinic.door.look(treatment.fading_cups, patient_id, later)
        assert len(marks) == shows, days
        assert all((mark.days, mark.grade) == (days, 4) for mark in marks)
