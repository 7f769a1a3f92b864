"""Whatever is typed is text: kept and shown as it was, or refused in words under its field; never more (F5, Z4 short).

Forty payloads in every text field of the forms, in reasons, notes and searches, and on the papers that leave the house.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.basics.texts import registered_sentences
from pulse_desktop.clinic import boards, flows, patients, treatment
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.schedule import read_wish
from pulse_desktop.clinic.treatment.values import Amendment, CupsOn, NoteDraft, SaveDraft
from pulse_desktop.outside import handing_out
from tests.builders import TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import a_check_out, a_condition, a_cup, a_signed_note, an_open_note
from tests.documents.reading import reader, text_of
from tests.documents.reading import squeezed as without_blanks
from tests.house.hostile import PAYLOADS, as_typed, may_be_left, squeezed
from tests.house.watching import state_of
from tests.house.writing_places import PLACES, SET_UP, Try, places_of

CHECKED_FORM = frozenset({"phone", "emergency_phone", "email", "state", "zip_code", "zone", "language"})
"""Fields of a form of their own: text that has not the form is refused, so a payload never gets in."""


HAS_A_DEFAULT = frozenset({"member short_name"})
"""Left empty, something else stands there."""


def texts_of(kind: type[Any]) -> list[str]:
    """The text fields of a value."""
    return [one.name for one in fields(kind) if one.type == "str"]


def kept_or_refused(attempt: Try, payload: str, field: str) -> None:
    """The promise: what comes back is the text, or a refusal with a sentence under this field."""
    try:
        kept = attempt(payload)
    except Refusal as refusal:
        if refusal.key not in registered_sentences() or not refusal.field:
            pytest.fail(f"{refusal.key} stands under {refusal.field!r}")
        return
    if may_be_left(payload) or field not in HAS_A_DEFAULT:
        assert squeezed(kept) == may_be_left(payload), f"{field}: {payload[:40]!r}"


ONE_OF_EACH_KIND = tuple(PAYLOADS[at] for at in (0, 10, 16, 19, 20, 29, 30, 31, 33, 34, 36, 37, 38, 39))


def test_there_are_forty() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 40


def test_every_text_field_of_a_patient(clinic: TestClinic) -> None:
    for payload in PAYLOADS:
        patient_id, refused = registered(clinic, payload)
        found = clinic.door.look(patients.patient, patient_id).draft
        for name in set(texts_of(PatientDraft)) - refused - CHECKED_FORM:
            assert squeezed(getattr(found, name)) == may_be_left(payload), f"{name}: {payload[:40]!r}"
        if may_be_left(payload) and len(payload) < 40:
            assert refused <= CHECKED_FORM, f"{payload!r} refused for {refused}"
    assert len(clinic.door.look(patients.recent, 100)) == 40


def registered(clinic: TestClinic, payload: str) -> tuple[int, set[str]]:
    """A patient with the payload in all texts at once; a field that refuses is named, filled rightly, and the rest goes on."""
    names, refused = texts_of(PatientDraft), set[str]()
    everywhere: Any = dict.fromkeys(names, payload)
    draft = replace(PatientDraft("A", "B"), **everywhere)
    while True:
        try:
            return clinic.door.do(patients.register, draft).answer, refused
        except Refusal as refusal:
            field = refusal.field
        if field not in names or field in refused:
            pytest.fail(f"refused under {field!r}")
        refused.add(field)
        right: Any = {field: RIGHT.get(field, "")}
        draft = replace(draft, **right)


RIGHT = {"phone": "9735550142", "language": "en", "first_name": "A"}


def test_searching_finds_no_more_than_it_should(clinic: TestClinic) -> None:
    a_patient(clinic, "Maria", "Alvarez")
    a_patient(clinic, "Luis", "Mori")
    before = state_of(clinic)
    for payload in PAYLOADS:
        assert clinic.door.look(patients.search, payload) == (), payload[:40]
        assert clinic.door.look(boards.find, payload).people == (), payload[:40]
        assert clinic.door.look(patients.like, payload, payload, None, payload) == (), payload[:40]
        read_wish(payload, clinic.practice, TODAY)
    assert state_of(clinic) == before


def test_a_payload_that_is_a_name_is_found_by_it(clinic: TestClinic) -> None:
    for payload in ("Robert'); DROP TABLE patient;--", "陈琳 Ёлкина", "<img src=/etc/passwd>", "{name} {patient}"):
        patient_id = a_patient(clinic, payload, "Quill")
        assert [line.id for line in clinic.door.look(patients.search, payload)] == [patient_id]


@pytest.mark.parametrize("place", PLACES)
def test_every_other_field(clinic: TestClinic, place: str) -> None:
    attempt = places_of(clinic)[place]
    for payload in ONE_OF_EACH_KIND if place in SET_UP else PAYLOADS:
        kept_or_refused(attempt, payload, place)


def test_every_text_of_the_note_is_kept_as_it_was_typed(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    # the cursor's place is no text, and what was said of a count belongs to the count, not to the pen
    names = [name for name in texts_of(NoteDraft) if name not in {"cursor_field", "count_note"}]
    assert len(names) >= 7
    version = note.version
    for payload in PAYLOADS:
        everywhere: Any = dict.fromkeys(names, payload)
        draft = replace(note.draft, **everywhere)
        version = clinic.door.do(treatment.save_draft, SaveDraft(note.id, version, draft)).answer
        kept = clinic.door.look(treatment.note, note.id).draft
        assert {squeezed(getattr(kept, name)) for name in names} == {as_typed(payload)}


def test_an_amendment_holds_what_was_written(clinic: TestClinic) -> None:
    note = a_signed_note(clinic, a_visit(clinic, a_patient(clinic)))
    for payload in PAYLOADS:
        kept_or_refused(lambda text: amended(clinic, note.id, text), payload, "text")
        assert (may_be_left(payload) == "") or amended(clinic, note.id, payload)
    assert all(one.signature.is_valid for one in clinic.door.look(treatment.note, note.id).amendments)


def amended(clinic: TestClinic, note_id: int, text: str) -> str:
    clinic.door.do(treatment.amend, Amendment(note_id, "addendum", text, "Forgotten"))
    return clinic.door.look(treatment.note, note_id).amendments[-1].text


@pytest.mark.parametrize("payload", [PAYLOADS[at] for at in (0, 13, 19, 29, 32, 34)], ids=range(6))
def test_a_signed_note_holds_what_was_typed(clinic: TestClinic, payload: str) -> None:
    note = a_signed_note(clinic, a_visit(clinic, a_patient(clinic)), findings=payload)
    assert squeezed(note.draft.findings) == as_typed(payload)
    assert clinic.door.look(treatment.check_signature, note.id)


def test_a_reason_against_a_stop_stays_on_the_note(clinic: TestClinic) -> None:
    """The reason travels as a consent, `key: reason`; nothing in it can pass for another key."""
    patient_id = a_patient(clinic)
    a_condition(clinic, patient_id, "pregnancy")
    note = an_open_note(clinic, a_visit(clinic, patient_id))
    draft = replace(note.draft, cups=(a_cup(),))
    with pytest.raises(NeedsConsent, match="absolute"):
        clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft), consents=frozenset({"relative: absolute: fine"}))
    done = clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft), consents=frozenset({"absolute: relative: ' OR 1=1 {0} <b>"}))
    assert done.answer == note.version + 1
    assert clinic.door.look(treatment.note, note.id).draft.overrides[0].reason == "relative: ' OR 1=1 {0} <b>"


ON_PAPER = tuple(PAYLOADS[at] for at in (0, 11, 13, 19, 29, 31, 34, 36))
"""A paper takes its time to draw and to read back; tests/documents draws more of them."""


@pytest.mark.parametrize("payload", ON_PAPER, ids=range(len(ON_PAPER)))
def test_f5_papers_with_such_a_name_say_it_and_nothing_else(clinic: TestClinic, payload: str) -> None:
    patient_id = a_patient(clinic, payload, "Alvarez")
    visit = a_visit(clinic, patient_id)
    a_signed_note(clinic, visit)
    receipt_id = clinic.door.do(flows.check_out, a_check_out(clinic, visit.id)).answer.receipt_id
    assert receipt_id is not None
    papers = (handing_out.aftercare(clinic.door, visit.id, "en"), handing_out.receipt_document(clinic.door, receipt_id, "en"))
    for paper in papers:
        assert "Alvarez" in text_of(paper.pdf)
        if payload.isascii() and payload.isprintable():
            assert without_blanks(payload) in without_blanks(text_of(paper.pdf))
        for page in reader(paper.pdf).pages:
            assert len(page.images) == 0
            assert "/Annots" not in page
