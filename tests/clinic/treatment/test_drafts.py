"""A draft is kept as typed, by its author only, and audited once a sitting."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.clinic import schedule, treatment
from pulse_desktop.clinic.schedule.values import Cancelling, State
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, draft_to_json
from pulse_desktop.clinic.treatment.values import (
    CupPlacement,
    CupsOn,
    NeedlePlacement,
    NoteDraft,
    SafetyOverride,
    SaveDraft,
)
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.ledgers import AuditEvent
from tests.builders import MINA, PASSWORD, TestClinic, a_visit
from tests.builders_treatment import COMPLETE, a_cup, a_needle, an_open_note, okafor_signs_in, saved

instants = st.integers(0, 2_000_000_000_000).map(lambda milliseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds))
words = st.text(max_size=40).map(lambda text: text.encode("utf-8", "ignore").decode())
cups = st.builds(
    CupPlacement, number=st.integers(1, 60), view=st.just("posterior"), x=st.floats(0, 1000), y=st.floats(0, 2000), site=words,
    side=words, on_at=st.none() | instants, off_at=st.none() | instants, mark_grade=st.none() | st.integers(0, 5),
)  # fmt: skip
needles = st.builds(NeedlePlacement, code=words, side=words, technique=words, in_at=st.none() | instants, out_at=st.none() | instants)
overrides = st.builds(SafetyOverride, words, words, words, words, words, instants)
drafts = st.builds(
    NoteDraft, complaint=words, findings=words, pain_before=st.none() | st.integers(0, 10), pulse=st.tuples(words, words),
    cups=st.lists(cups, max_size=3).map(tuple), needles=st.lists(needles, max_size=3).map(tuple),
    overrides=st.lists(overrides, max_size=2).map(tuple), copied=st.lists(words, max_size=2).map(tuple), counted_out=st.booleans(),
)  # fmt: skip


@given(drafts)
def test_a_draft_comes_back_as_it_was(draft: NoteDraft) -> None:
    stored = draft_to_json(draft)
    assert canonical(stored) == canonical(draft_to_json(draft_from_json(stored)))
    assert draft_from_json(stored) == draft


def test_what_a_later_version_added_is_left_alone() -> None:
    stored = draft_to_json(COMPLETE) | {"from_tomorrow": 1}
    assert draft_from_json(stored) == COMPLETE
    assert draft_from_json({"complaint": "x"}) == NoteDraft(complaint="x")


def test_every_text_of_a_note_is_kept(clinic: TestClinic) -> None:
    hostile = "'); DROP TABLE note;-- <b>&amp; 陈琳 שלום é👩‍⚕️ \x00\x07" + "long " * 2000
    note = an_open_note(clinic)
    texts: dict[str, Any] = {item.name: hostile for item in fields(NoteDraft) if item.type == "str" and item.name != "count_note"}
    note = saved(clinic, note, replace(note.draft, **texts))
    assert all(getattr(note.draft, name) == hostile for name in texts)


def test_a_note_is_opened_once_a_visit(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    first = clinic.door.do(treatment.open_note, visit.id).answer
    assert clinic.door.do(treatment.open_note, visit.id).answer == first
    note = clinic.door.look(treatment.note_of_visit, visit.id)
    assert note is not None
    assert note.draft.techniques == ("acupuncture",)
    assert note.author == "Lin Hua, L.Ac."
    assert note.may_write


def test_a_cancelled_visit_gets_no_note(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.cancel_visit, Cancelling(visit.id, visit.version, State.CANCELLED, "ill"))
    with pytest.raises(Refusal, match="visit_not_standing"):
        clinic.door.do(treatment.open_note, visit.id)


def test_an_untouched_draft_goes_over_to_the_visits_own_practitioner(clinic: TestClinic) -> None:
    visit = a_visit(clinic, staff_id=clinic.staff("Okafor"))
    note = an_open_note(clinic, visit)
    assert note.author_id == clinic.staff()
    okafor = okafor_signs_in(clinic)
    assert okafor.do(treatment.open_note, visit.id).answer == note.id
    assert okafor.look(treatment.note, note.id).author == "Ruth Okafor, L.Ac."


def test_how_often_a_note_was_stored_can_be_asked_without_reading_it(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    assert clinic.door.look(treatment.note_version, note.id) == note.version
    note = saved(clinic, note, COMPLETE)
    assert clinic.door.look(treatment.note_version, note.id) == note.version
    assert clinic.door.look(treatment.note_version, note.id + 1) == 0


def test_only_the_author_writes(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    note = saved(clinic, note, COMPLETE)
    okafor = okafor_signs_in(clinic)
    seen = okafor.look(treatment.note, note.id)
    assert seen.draft.complaint == COMPLETE.complaint
    assert not seen.may_write
    with pytest.raises(Denied):
        okafor.do(treatment.save_draft, SaveDraft(note.id, note.version, replace(COMPLETE, complaint="mine")))
    assert okafor.look(treatment.note, note.id).draft == COMPLETE


def test_c1_two_seats_on_one_draft_never_overwrite(clinic: TestClinic) -> None:
    """C1, short form, 200 turns: a save on what the other seat has changed is refused, and both texts are still there."""
    second = clinic.desk.beside(clinic.desk.actor.vault_id, PASSWORD)
    doors, chance = (clinic.door, second.door), Random(1)
    note = an_open_note(clinic)
    seen = [note, note]
    for turn in range(200):
        at = chance.randrange(2)
        if chance.random() < 0.4:
            seen[at] = doors[at].look(treatment.note, note.id)
        before, mine = doors[1 - at].look(treatment.note, note.id), replace(seen[at].draft, findings=f"seat {at}, turn {turn}")
        if seen[at].version == before.version:
            doors[at].do(treatment.save_draft, SaveDraft(note.id, seen[at].version, mine))
            seen[at] = doors[at].look(treatment.note, note.id)
            assert seen[at].draft == mine
        else:
            with pytest.raises(Outdated):
                doors[at].do(treatment.save_draft, SaveDraft(note.id, seen[at].version, mine))
            assert doors[at].look(treatment.note, note.id).draft == before.draft, "the other seat's text stays in the file"
    second.close()


def test_saving_leaves_alone_what_the_clock_and_the_guard_wrote(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    draft = replace(note.draft, cups=(a_cup(),), needles=(a_needle(),))
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft))
    note = clinic.door.look(treatment.note, note.id)
    forged = replace(
        note.draft, cups=(replace(note.draft.cups[0], on_at=None, off_at=clinic.clock.now()),),
        needles=(replace(note.draft.needles[0], in_at=clinic.clock.now()),),
        overrides=(SafetyOverride("pregnancy", "dry_cupping", "", "forged", "me", clinic.clock.now()),),
    )  # fmt: skip
    note = saved(clinic, note, forged)
    assert note.draft.cups[0].on_at == clinic.clock.now()
    assert note.draft.cups[0].off_at is None
    assert note.draft.needles[0].in_at is None
    assert note.draft.overrides == ()
    note = saved(clinic, note, replace(note.draft, cups=()))
    assert len(note.draft.cups) == 1, "a cup on the skin stays on the note"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"pain_before": 11}, "pain_range"),
        ({"pain_after": -1}, "pain_range"),
        ({"complaint": "x" * 50_001}, "text_too_long"),
        ({"cups": (a_cup(1), a_cup(1))}, "cup_twice"),
        ({"cups": (a_cup(1, rim_mm=5),)}, "cup_size"),
        ({"cups": (a_cup(1, x=2000),)}, "cup_wrong"),
        ({"cups": (a_cup(1, view="inside"),)}, "cup_wrong"),
        ({"cups": tuple(a_cup(number) for number in range(1, 62))}, "too_many_cups"),
        ({"needles": (a_needle(), a_needle())}, "point_twice"),
    ],
)
def test_what_no_note_can_hold_is_refused(clinic: TestClinic, change: dict[str, object], key: str) -> None:
    note = an_open_note(clinic)
    with pytest.raises(Refusal, match=key):
        clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, replace(note.draft, **change)))  # type: ignore[arg-type]
    assert clinic.door.look(treatment.note, note.id) == note


def test_typing_is_audited_once_a_sitting(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    for turn in range(10):
        note = saved(clinic, note, replace(note.draft, findings=f"typed {turn}"))
    assert _events(clinic, "note.draft") == 1
    clinic.clock.advance(days=1)
    saved(clinic, note, replace(note.draft, findings="next day"))
    assert _events(clinic, "note.draft") == 2


def test_the_front_desk_opens_and_reads_no_note(clinic: TestClinic) -> None:
    clinic.lets_in(MINA)
    visit = a_visit(clinic)
    note = saved(clinic, an_open_note(clinic, visit), COMPLETE)
    mina = clinic.signs_in("Mina")
    with pytest.raises(Denied):
        mina.do(treatment.open_note, visit.id)
    for look in (treatment.note, treatment.check_signature):
        with pytest.raises(Denied):
            mina.look(look, note.id)
    with pytest.raises(Denied):
        mina.look(treatment.note_of_visit, visit.id)
    with pytest.raises(Denied):
        mina.do(treatment.save_draft, SaveDraft(note.id, note.version, COMPLETE))
    line = mina.look(treatment.notes_of, visit.patient_id)[0]
    assert (line.state, line.pain_before, line.pain_after, line.done_words) == ("draft", None, None, "")


def _events(clinic: TestClinic, action: str) -> int:
    events = AuditEvent.__table__
    with clinic.desk.clinic._engine.connect() as connection:
        return connection.execute(select(func.count()).where(events.c.action == action)).scalar_one()
