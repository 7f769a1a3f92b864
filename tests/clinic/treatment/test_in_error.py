"""A note in the wrong chart (N5): marked with its reason, gone from what is said of that patient, written again elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import boards, treatment
from pulse_desktop.clinic.treatment.reentry import Reentry
from pulse_desktop.clinic.treatment.tables import Note
from pulse_desktop.clinic.treatment.values import Amendment, NoteView, SaveDraft, SignNote
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.tables import table_of
from tests.builders import NOW, TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import a_signed_note, an_open_note, complete, okafor_signs_in

NOTES, EVENTS = table_of(Note), table_of(AuditEvent)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def wrong(clinic: TestClinic) -> NoteView:
    """Signed in María's chart, and meant for another."""
    return a_signed_note(clinic, a_visit(clinic, a_patient(clinic)))


def mark(clinic: TestClinic, note: NoteView, reason: str = "Two tabs were open") -> None:
    clinic.door.do(treatment.amend, Amendment(note.id, "in_error", "", reason))


def test_what_is_said_of_the_patient_no_longer_holds_it(clinic: TestClinic, wrong: NoteView) -> None:
    """Each question in turn; before the mark every one of them held it."""
    def holds() -> dict[str, bool]:
        look, maria = clinic.door.look, wrong.patient_id
        file = look(boards.patient_file, maria)
        return {
            "last visit": look(treatment.last_signed, maria, TOMORROW) is not None,
            "fading marks": bool(look(treatment.fading_cups, maria, TOMORROW)),
            "facts for sheet and check-out": look(treatment.treatment_facts, wrong.visit_id).is_recorded and bool(look(treatment.treatment_facts, wrong.visit_id).cups),
            "pain over the course": bool(file.pain),
            "plan": bool(file.last_plan),
            "a signed note in the list": any(line.state == "signed" for line in file.notes),
        }  # fmt: skip

    assert all(holds().values()), holds()
    mark(clinic, wrong)
    assert not any(holds().values()), holds()


def test_it_is_kept_marked_and_as_it_was_signed(clinic: TestClinic, wrong: NoteView) -> None:
    mark(clinic, wrong)
    seen = clinic.door.look(treatment.note, wrong.id)
    assert (seen.state, seen.draft, seen.signature) == ("in_error", wrong.draft, wrong.signature)
    assert [(line.kind, line.reason, line.signature.is_valid) for line in seen.amendments] == [("in_error", "Two tabs were open", True)]
    assert clinic.door.look(treatment.check_signature, wrong.id)


@pytest.mark.parametrize("reason", ["", " ", "\t"])
def test_it_needs_a_reason(clinic: TestClinic, wrong: NoteView, reason: str) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        mark(clinic, wrong, reason)


def test_only_its_author_says_so_and_writes_it_again(clinic: TestClinic, wrong: NoteView) -> None:
    there = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)
    okafor = okafor_signs_in(clinic)
    with pytest.raises(Denied):
        okafor.do(treatment.amend, Amendment(wrong.id, "in_error", "", "x"))
    with pytest.raises(Denied):
        okafor.do(treatment.enter_again, Reentry(wrong.id, there.id))


def test_it_is_written_again_in_the_right_chart_and_both_are_audited(clinic: TestClinic, wrong: NoteView) -> None:
    abe = a_patient(clinic, "Jun", "Abe")
    there = a_visit(clinic, abe, starts=15 * 60)
    since = clinic.door.head().seq
    mark(clinic, wrong)
    number = clinic.door.do(treatment.enter_again, Reentry(wrong.id, there.id)).answer
    draft = clinic.door.look(treatment.note, number)
    assert (draft.state, draft.patient_id, draft.visit_id, draft.may_write) == ("draft", abe, there.id, True)
    assert draft.draft == replace(wrong.draft, copied=("complaint", "cups", "plan"), overrides=())
    assert treatment.missing_to_sign(draft.draft) == ("copied:complaint", "copied:cups", "copied:plan")
    told = [(event.action, event.patient_id, event.reason_code) for event in events(clinic, since) if event.outcome == "done"]
    assert told[:2] == [("note.amend", wrong.patient_id, "in_error"), ("note.reenter", abe, "in_error")]


def test_what_is_written_again_is_signed_anew(clinic: TestClinic, wrong: NoteView) -> None:
    there = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)
    mark(clinic, wrong)
    number = clinic.door.do(treatment.enter_again, Reentry(wrong.id, there.id)).answer
    note = clinic.door.look(treatment.note, number)
    clinic.door.do(treatment.sign_note, SignNote(number, note.version, complete(note.draft)))
    signed = clinic.door.look(treatment.note, number)
    assert signed.state == "signed"
    assert clinic.door.look(treatment.last_signed, there.patient_id, TOMORROW) is not None


def test_a_note_that_stands_right_is_not_written_twice(clinic: TestClinic, wrong: NoteView) -> None:
    there = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)
    with pytest.raises(Refusal, match="not_in_error") as refused:
        clinic.door.do(treatment.enter_again, Reentry(wrong.id, there.id))
    assert "first" in sentence(refused.value)


def test_what_stands_in_the_other_chart_is_never_written_over(clinic: TestClinic, wrong: NoteView) -> None:
    there = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60))
    clinic.door.do(treatment.save_draft, SaveDraft(there.id, there.version, replace(there.draft, complaint="Neck")))
    mark(clinic, wrong)
    with pytest.raises(Refusal, match="visit_has_note"):
        clinic.door.do(treatment.enter_again, Reentry(wrong.id, there.visit_id))
    assert clinic.door.look(treatment.note, there.id).draft.complaint == "Neck"


def test_a_note_begun_there_and_empty_takes_it_in(clinic: TestClinic, wrong: NoteView) -> None:
    there = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60))
    mark(clinic, wrong)
    assert clinic.door.do(treatment.enter_again, Reentry(wrong.id, there.visit_id)).answer == there.id
    assert clinic.door.look(treatment.note, there.id).draft.complaint == wrong.draft.complaint


def test_visits_it_may_belong_to_are_those_of_the_day_without_a_note(clinic: TestClinic, wrong: NoteView) -> None:
    abe = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)
    chen = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Lin", "Chen"), starts=13 * 60))
    clinic.door.do(treatment.save_draft, SaveDraft(chen.id, chen.version, replace(chen.draft, complaint="Neck")))
    clinic.clock.put(NOW + timedelta(days=1))
    a_visit(clinic, a_patient(clinic, "Ana", "Silva"), day=TOMORROW)
    assert [visit.id for visit in clinic.door.look(treatment.where_it_belongs, wrong.id)] == [abe.id]


def test_its_own_visit_is_not_where_it_belongs(clinic: TestClinic, wrong: NoteView) -> None:
    mark(clinic, wrong)
    with pytest.raises(Denied):
        clinic.door.do(treatment.enter_again, Reentry(wrong.id, wrong.visit_id))


def events(clinic: TestClinic, since: int) -> list:  # type: ignore[type-arg]
    with clinic.desk.clinic._engine.connect() as connection:
        return list(connection.execute(select(EVENTS).where(EVENTS.c.seq > since).order_by(EVENTS.c.seq)))
