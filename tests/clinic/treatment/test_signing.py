"""What is signed stays as it was: in the database, in the bytes, and in what lists and views say of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, ColumnElement, Executable, Text, func, select, text, type_coerce, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pulse_desktop.basics.entries import clean_text
from pulse_desktop.basics.problems import Denied, NeedsConsent, Outdated, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import boards, practice, treatment
from pulse_desktop.clinic.practice.values import SettingValue, StaffDraft
from pulse_desktop.clinic.treatment.draft_json import draft_to_json
from pulse_desktop.clinic.treatment.tables import Note, NoteAmendment, PlacedCup
from pulse_desktop.clinic.treatment.values import Amendment, CupsOn, NoteDraft, NoteView, SaveDraft, SignNote
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.keys import PersonalKeys
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.tables import table_of
from tests.builders import LIN, MINA, TestClinic, a_patient, a_visit, licences, own_keys
from tests.builders_treatment import (
    COMPLETE,
    a_cup,
    a_signed_note,
    an_open_note,
    behind_the_back,
    complete,
    okafor_signs_in,
    with_cups,
    with_needles,
)


def sign(clinic: TestClinic, note: NoteView, draft: NoteDraft, consents: frozenset[str] = frozenset()) -> NoteView:
    clinic.door.do(treatment.sign_note, SignNote(note.id, note.version, draft), consents=consents)
    return clinic.door.look(treatment.note, note.id)


def test_a_signed_note_says_who_when_and_as_what(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    assert note.state == "signed"
    assert not note.may_write
    block = note.signature
    assert block is not None
    assert (block.signer, block.credential, block.licence_state, block.licence_number) == ("Lin Hua, L.Ac.", "L.Ac.", "NJ", "25MZ00041")
    assert (block.meaning, block.signed_at, block.is_valid) == ("author", clinic.clock.now(), True)
    assert clinic.door.look(treatment.check_signature, note.id)


def test_the_bytes_name_patient_visit_office_atlas_and_wall_time(clinic: TestClinic) -> None:
    note = a_signed_note(clinic, a_visit(clinic, a_patient(clinic, "Lin", "Chen", native_name="陈琳")))
    content = json.loads(sealed_of(clinic, note.id))
    assert content["patient"] == {"id": note.patient_id, "number": "P-1001", "name": "Chen Lin 陈琳", "born": None}
    assert content["visit"]["services"] == ["Acupuncture 60"]
    assert content["office"]["state"] == "NJ"
    assert content["atlas_version"] == 1
    assert content["signed"]["wall"].endswith("-05:00")
    assert content["draft"] == draft_to_json(note.draft)
    assert canonical(content) == sealed_of(clinic, note.id), "canonical: written again they are the same bytes"


def sealed_of(clinic: TestClinic, note_id: int) -> bytes:
    with clinic.desk.clinic._engine.connect() as connection:
        return bytes(connection.execute(select(NOTES.c.sealed).where(NOTES.c.id == note_id)).scalar_one())


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"complaint": " "}, "complaint"),
        ({"pain_before": None}, "pain_before"),
        ({"pain_after": None}, "pain_after"),
        ({"response": ""}, "response"),
        ({"adverse": ()}, "adverse"),
        ({"copied": ("plan",)}, "copied:plan"),
        ({"counted_out": False}, "count_out"),
    ],
)
def test_an_unfinished_note_is_not_signed(clinic: TestClinic, change: dict[str, object], missing: str) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    draft = complete(note.draft, **change)
    assert missing in treatment.missing_to_sign(draft)
    with pytest.raises(Refusal, match="not_ready") as refused:
        sign(clinic, note, draft)
    assert missing in refused.value.details["keys"]  # type: ignore[operator]
    assert treatment.missing_words((missing,)) in sentence(refused.value)


def test_the_owner_decides_what_a_note_needs(clinic: TestClinic) -> None:
    note = an_open_note(clinic)  # nothing was on and nobody came into a room, so no minutes are measured
    clinic.door.do(practice.save_setting, SettingValue("treatment.required_parts", "pain_before,pattern,plan,face_to_face_minutes"))
    assert clinic.door.look(treatment.required_parts) == ("pain_before", "pattern", "plan", "face_to_face_minutes")
    bare = complete(note.draft, complaint="", response="", plan="", face_to_face_minutes=None)
    with pytest.raises(Refusal, match="not_ready") as refused:
        sign(clinic, note, bare)
    assert refused.value.details["keys"] == ("pattern", "plan", "face_to_face_minutes")
    assert sentence(refused.value) == "Not signed yet: pattern, plan, face-to-face minutes."
    signed = sign(clinic, note, replace(bare, pattern="Qi stagnation", plan="Weekly", face_to_face_minutes=20))
    assert (signed.state, signed.draft.complaint) == ("signed", "")


def test_the_count_is_needed_whatever_the_owner_decides(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    clinic.door.do(practice.save_setting, SettingValue("treatment.required_parts", ""))
    with pytest.raises(Refusal) as refused:
        sign(clinic, note, complete(note.draft, counted_out=False, copied=("plan",)))
    assert refused.value.details["keys"] == ("copied:plan", "count_out")


def test_a_note_needs_no_part_that_it_has_not(clinic: TestClinic) -> None:
    with pytest.raises(Refusal, match="setting_wrong"):
        clinic.door.do(practice.save_setting, SettingValue("treatment.required_parts", "complaint,horoscope"))


def test_pain_of_nothing_is_an_answer() -> None:
    assert treatment.missing_to_sign(replace(COMPLETE, pain_before=0, pain_after=0)) == ()


def test_a_note_is_not_signed_with_cups_on(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    version = clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(),)))).answer
    note = clinic.door.look(treatment.note, note.id)
    with pytest.raises(Refusal) as refused:
        clinic.door.do(treatment.sign_note, SignNote(note.id, version, complete(note.draft)))
    assert refused.value.details["keys"] == ("cups_off",)


def test_cups_placed_and_never_on_are_asked_about() -> None:
    assert treatment.missing_to_sign(replace(COMPLETE, cups=(a_cup(),))) == ("cups_on",)


def test_over_twenty_minutes_need_a_reason_to_sign(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic), minutes=21)
    with pytest.raises(NeedsConsent, match="over_twenty"):
        sign(clinic, note, complete(note.draft))
    signed = sign(clinic, note, complete(note.draft), frozenset({"over_twenty: fire alarm next door"}))
    assert signed.draft.overrides[0].reason == "fire alarm next door"


def test_without_a_current_licence_in_the_offices_state_nothing_is_signed(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    lin = next(member for member in clinic.practice.staff if member.short_name == "Lin Hua")
    expired = tuple(replace(licence, expires=clinic.clock.now().date() - timedelta(days=1)) for licence in licences("NJ"))
    only_ny = replace(LIN, id=lin.id, version=lin.version, licences=(*expired, *licences("NY")))
    clinic.door.do(practice.save_member, only_ny)
    with pytest.raises(Refusal, match="no_licence_to_sign"):
        sign(clinic, note, complete(note.draft))
    assert clinic.door.look(treatment.note, note.id).state == "draft"


def test_an_owner_without_the_practitioners_role_signs_nothing(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    clinic.lets_in(StaffDraft("Olga", "Stern", "", frozenset({"owner"}), short_name="Olga"))  # type: ignore[arg-type]
    olga = clinic.signs_in("Olga")
    assert olga.look(treatment.note, note.id).draft.cups
    with pytest.raises(Denied):
        olga.do(treatment.sign_note, SignNote(note.id, note.version, complete(note.draft)))


def test_a_colleague_cannot_sign_for_the_author(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    okafor = okafor_signs_in(clinic)
    with pytest.raises(Denied):
        okafor.do(treatment.sign_note, SignNote(note.id, note.version, complete(note.draft)))


def test_an_older_version_is_not_signed(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, note.draft))
    with pytest.raises(Outdated):
        sign(clinic, note, complete(note.draft))


# --- N1: twelve ways to change a signed note ----------------------------------------------------------------------------

NOTES, CUPS = table_of(Note), table_of(PlacedCup)
WAYS: dict[str, Executable] = {
    "core update": update(NOTES).values(draft={}, version=NOTES.c.version + 1),
    "core update of the author": update(NOTES).values(author_id=2, version=NOTES.c.version + 1),
    "core update of the patient": update(NOTES).values(patient_id=2, version=NOTES.c.version + 1),
    "unsealing": update(NOTES).values(sealed=None, signature=None, signed_at=None, version=NOTES.c.version + 1),
    "raw update": text("UPDATE note SET draft = '{}', version = version + 1"),
    "raw update without a version": text("UPDATE note SET signed_at = 0"),
    "raw delete": text("DELETE FROM note"),
    "replace": text("REPLACE INTO note SELECT * FROM note"),
    "insert or replace": text("INSERT OR REPLACE INTO note SELECT * FROM note"),
    "upsert": text("INSERT INTO note SELECT * FROM note WHERE true ON CONFLICT (id) DO UPDATE SET draft = '{}'"),
    "deleting its placements": text("DELETE FROM cup_placement"),
    "changing its placements": update(CUPS).values(x=1),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_signed_note_cannot_be_changed(clinic: TestClinic, way: str) -> None:
    note = a_signed_note(clinic)
    before = _rows(clinic)
    with pytest.raises(DBAPIError), writing(clinic.desk.clinic._engine).begin() as connection:
        connection.execute(WAYS[way])
    assert _rows(clinic) == before
    assert clinic.door.look(treatment.check_signature, note.id)


def test_a_signed_note_cannot_be_changed_through_the_mapper_or_the_door(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    with Session(writing(clinic.desk.clinic._engine)) as session:
        row = session.get_one(Note, note.id)
        row.draft, row.version = {}, row.version + 1
        with pytest.raises(DBAPIError):
            session.commit()
    with pytest.raises(Refusal, match="note_signed"):
        clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, COMPLETE))
    with pytest.raises(Refusal, match="note_signed"):
        sign(clinic, note, COMPLETE)
    assert clinic.door.look(treatment.note, note.id) == note


def _rows(clinic: TestClinic) -> list[tuple[object, ...]]:
    with clinic.desk.clinic._engine.connect() as connection:
        return [tuple(row) for table in (NOTES, CUPS) for row in connection.execute(select(table))]


# --- N2: changed behind the program's back ------------------------------------------------------------------------------



def in_draft(before: str, after: str) -> ColumnElement[str]:
    return func.replace(type_coerce(NOTES.c.draft, Text), before, after, type_=Text)


TAMPERING: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "text": lambda _sealed: {"draft": in_draft("Low back", "Neck")},
    "pain": lambda _sealed: {"draft": in_draft('"pain_before":6', '"pain_before":2')},
    "patient": lambda _sealed: {"patient_id": 2},
    "author": lambda _sealed: {"author_id": 2},
    "visit": lambda _sealed: {"visit_id": 2},
    "time": lambda _sealed: {"signed_at": type_coerce(NOTES.c.signed_at, BigInteger) + 60_000},
    "bytes": lambda sealed: {"sealed": sealed.replace(b"Low back", b"Neck")},
    "signature": lambda _sealed: {"signature": bytes(64)},
    "key": lambda _sealed: {"signer_key": bytes(32)},
    "version": lambda _sealed: {"version": NOTES.c.version + 1},
}


@pytest.mark.parametrize("what", TAMPERING)
def test_a_note_altered_behind_the_programs_back_is_shown_as_such(clinic: TestClinic, what: str) -> None:
    note = a_signed_note(clinic)
    other = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)
    assert other.patient_id == 2
    assert clinic.door.look(treatment.check_signature, note.id)  # that it was intact a moment ago excuses nothing
    behind_the_back(clinic, update(NOTES).values(TAMPERING[what](sealed_of(clinic, note.id))))
    patient_id = 2 if what == "patient" else note.patient_id
    assert not clinic.door.look(treatment.check_signature, note.id)
    assert [line.is_intact for line in clinic.door.look(treatment.notes_of, patient_id)] == [False]
    seen = clinic.door.look(treatment.note, note.id)
    assert seen.signature is not None
    assert not seen.signature.is_valid
    assert not clinic.door.look(boards.patient_file, patient_id).notes[0].is_intact


def test_an_addition_altered_behind_the_programs_back_is_told_in_lists_too(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    clinic.door.do(treatment.amend, Amendment(note.id, "addendum", "No pain since", "Call"))
    assert clinic.door.look(treatment.notes_of, note.patient_id)[0].is_intact
    behind_the_back(clinic, update(table_of(NoteAmendment)).values(text="Much worse"))
    assert not clinic.door.look(treatment.notes_of, note.patient_id)[0].is_intact
    assert not clinic.door.look(boards.patient_file, note.patient_id).notes[0].is_intact
    seen = clinic.door.look(treatment.note, note.id)
    assert seen.signature is not None
    assert (seen.signature.is_valid, [line.signature.is_valid for line in seen.amendments]) == (True, [False])


def test_a_colleague_who_puts_their_key_among_the_authors_is_told_by_the_header(clinic: TestClinic) -> None:
    """Whoever rules the rows may also write a key of their own into the clinic's list of people under Lin's name. The note
    then looks like hers; that the list is not what the header certifies is found by checking and at the next opening.
    """
    note, people = a_signed_note(clinic), table_of(VaultPerson)
    forger = PersonalKeys.new()
    content = json.loads(sealed_of(clinic, note.id))
    content["draft"]["pain_before"] = 1
    content["signer"]["public_key"] = forger.public_key.hex()
    forged, draft = canonical(content), in_draft('"pain_before":6', '"pain_before":1')
    assert clinic.desk.clinic.check().findings == ()
    behind_the_back(
        clinic,
        update(people).where(people.c.staff_id == clinic.staff()).values(signing_key=forger.public_key.hex()),
        update(NOTES).values(sealed=forged, signature=forger.sign(forged), signer_key=forger.public_key, draft=draft),
    )
    assert "people" in {finding.part for finding in clinic.desk.clinic.check().findings}


def test_a_colleague_with_the_database_key_cannot_forge(clinic: TestClinic) -> None:
    """Okafor's own, valid signature under Lin's name does not make it Lin's note."""
    note = a_signed_note(clinic)
    sealed = sealed_of(clinic, note.id)
    okafor = okafor_signs_in(clinic)
    keys = own_keys(clinic.desk)
    content = json.loads(sealed)
    content["draft"]["pain_before"] = 1
    content["signer"]["public_key"] = keys.public_key.hex()
    forged = canonical(content)
    draft = in_draft('"pain_before":6', '"pain_before":1')
    behind_the_back(clinic, update(NOTES).values(sealed=forged, signature=keys.sign(forged), signer_key=keys.public_key, draft=draft))
    assert okafor.look(treatment.note, note.id).draft.pain_before == 1
    assert not okafor.look(treatment.check_signature, note.id)


# --- N4: amendments -----------------------------------------------------------------------------------------------------


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("addendum", "correction", "late_entry")), st.text(min_size=1, max_size=20)), max_size=4))
def test_amendments_add_and_never_replace(clinic: TestClinic, added: list[tuple[str, str]]) -> None:
    note = a_signed_note(clinic, a_visit(clinic, a_patient(clinic), squeeze_in=True))
    before = _row(clinic, note.id)
    texts = [(kind, words) for kind, words in added if clean_text(words, "text")]
    for kind, words in texts:
        clinic.door.do(treatment.amend, Amendment(note.id, kind, words, "forgot"))
    seen = clinic.door.look(treatment.note, note.id)
    assert _row(clinic, note.id) == before
    assert [(line.kind, line.text) for line in seen.amendments] == [(kind, clean_text(words, "text")) for kind, words in texts]
    assert all(line.signature.is_valid and line.signature.meaning == "amend" for line in seen.amendments)
    assert clinic.door.look(treatment.check_signature, note.id)


def _row(clinic: TestClinic, note_id: int) -> tuple[object, ...]:
    with clinic.desk.clinic._engine.connect() as connection:
        return tuple(connection.execute(select(NOTES).where(NOTES.c.id == note_id)).one())


@pytest.mark.parametrize(
    ("kind", "words", "reason", "key"),
    [
        ("addendum", " ", "forgot", "amendment_empty"),
        ("addendum", "more", " ", "reason_missing"),
        ("rewrite", "more", "forgot", "amendment_kind"),
    ],
)
def test_an_amendment_says_what_and_why(clinic: TestClinic, kind: str, words: str, reason: str, key: str) -> None:
    note = a_signed_note(clinic)
    with pytest.raises(Refusal, match=key):
        clinic.door.do(treatment.amend, Amendment(note.id, kind, words, reason))


def test_a_draft_is_changed_not_amended(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    with pytest.raises(Refusal, match="not_signed_yet"):
        clinic.door.do(treatment.amend, Amendment(note.id, "addendum", "more", "forgot"))


def test_a_colleague_adds_but_does_not_correct(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    okafor = okafor_signs_in(clinic)
    okafor.do(treatment.amend, Amendment(note.id, "addendum", "Called her, no pain", "follow-up"))
    assert okafor.look(treatment.note, note.id).amendments[0].signature.signer == "Ruth Okafor, L.Ac."
    with pytest.raises(Denied):
        okafor.do(treatment.amend, Amendment(note.id, "correction", "it was the left", "typo"))


@pytest.mark.parametrize("statement", ["UPDATE amendment SET text = 'x'", "DELETE FROM amendment", "REPLACE INTO amendment SELECT * FROM amendment"])
def test_amendments_are_frozen_too(clinic: TestClinic, statement: str) -> None:
    note = a_signed_note(clinic)
    clinic.door.do(treatment.amend, Amendment(note.id, "addendum", "more", "forgot"))
    with pytest.raises(DBAPIError), writing(clinic.desk.clinic._engine).begin() as connection:
        connection.exec_driver_sql(statement)
    behind_the_back(clinic, update(table_of(NoteAmendment)).values(text="x"))
    assert not clinic.door.look(treatment.note, note.id).amendments[0].signature.is_valid
    assert not clinic.door.look(treatment.check_signature, note.id)
    assert NoteAmendment.__tablename__ == "amendment"


def test_a_note_in_the_wrong_chart_is_marked_and_written_again(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    clinic.door.do(treatment.amend, Amendment(note.id, "in_error", "", "written into the wrong chart"))
    assert clinic.door.look(treatment.note, note.id).state == "in_error"
    assert clinic.door.look(treatment.last_signed, note.patient_id, clinic.clock.now().date() + timedelta(days=9)) is None
    with pytest.raises(Refusal, match="note_in_error"):
        clinic.door.do(treatment.amend, Amendment(note.id, "addendum", "more", "forgot"))
    anew = clinic.door.do(treatment.open_note, note.visit_id).answer
    assert anew != note.id
    assert clinic.door.look(treatment.note, anew).state == "draft"
    assert {line.state for line in clinic.door.look(treatment.notes_of, note.patient_id)} == {"in_error", "draft"}


def test_the_last_signed_note_and_the_worklist(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    first = a_signed_note(clinic, a_visit(clinic, patient_id))
    tomorrow = clinic.clock.now().date() + timedelta(days=1)
    assert clinic.door.look(treatment.last_signed, patient_id, clinic.clock.now().date()) is None
    found = clinic.door.look(treatment.last_signed, patient_id, tomorrow)
    assert found is not None
    assert found.id == first.id
    draft = with_needles(clinic, an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60)))
    lines = clinic.door.look(treatment.unsigned, clinic.staff())
    assert [(line.id, line.done_words) for line in lines] == [(draft.id, "2 needles")]


def test_the_front_desk_adds_no_amendment(clinic: TestClinic) -> None:
    note = a_signed_note(clinic)
    clinic.lets_in(MINA)
    with pytest.raises(Denied):
        clinic.signs_in("Mina").do(treatment.amend, Amendment(note.id, "addendum", "more", "forgot"))


def test_the_minutes_that_were_measured_stand_in_the_signed_note(clinic: TestClinic) -> None:
    """They count as there where the clinic needs them; nobody has to write what the clock knows."""
    clinic.door.do(practice.save_setting, SettingValue("treatment.required_parts", "complaint,face_to_face_minutes"))
    empty = complete(NoteDraft(), face_to_face_minutes=None)
    note = an_open_note(clinic)
    with pytest.raises(Refusal, match="not_ready"):
        clinic.door.do(treatment.sign_note, SignNote(note.id, note.version, empty))
    note = with_needles(clinic, note, minutes=20)
    signed = sign(clinic, note, replace(complete(note.draft), face_to_face_minutes=None))
    assert signed.draft.face_to_face_minutes == 0  # from the first needle to the last, nobody's hands were needed
    assert signed.signature is not None
    assert signed.signature.is_valid


def test_minutes_that_were_corrected_are_signed_as_they_were_written(clinic: TestClinic) -> None:
    note = with_needles(clinic, an_open_note(clinic), minutes=20)
    signed = sign(clinic, note, complete(note.draft, face_to_face_minutes=31, face_to_face_reason="Stayed in the room"))
    assert signed.draft.face_to_face_minutes == 31
