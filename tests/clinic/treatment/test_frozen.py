"""N1 and N4: what was signed stays byte for byte, whoever tries, and what is added only adds; C1: no save writes over another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Executable, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.tables import Note, NoteAmendment, PlacedCup, PlacedNeedle
from pulse_desktop.clinic.treatment.values import Amendment, NoteDraft, NoteView, SaveDraft
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.tables import table_of
from tests.builders import NOW, PASSWORD, TestClinic, a_patient, a_visit, with_pen_in_hand
from tests.builders_treatment import a_signed_note, an_open_note, behind_the_back, okafor_signs_in

NOTES, AMENDMENTS, CUPS, NEEDLES = table_of(Note), table_of(NoteAmendment), table_of(PlacedCup), table_of(PlacedNeedle)
WAYS: dict[str, Executable] = {
    "a column nobody looks at": update(NOTES).values(sitting="x", version=NOTES.c.version + 1),
    "the running mark": update(NOTES).values(running=True, version=NOTES.c.version + 1),
    "its number": text("UPDATE note SET id = id + 100, version = version + 1"),
    "the sealed bytes alone": text("UPDATE note SET sealed = signature, version = version + 1"),
    "many at once": text("UPDATE note SET visit_id = visit_id, version = version + 1 WHERE id > 0"),
    "from another table": text("UPDATE note SET draft = (SELECT draft FROM note LIMIT 1), version = version + 1"),
    "upsert over the visit": text("INSERT INTO note SELECT * FROM note WHERE true ON CONFLICT (visit_id, turn) DO UPDATE SET author_id = 2"),
    "the same number once more": text("INSERT INTO note SELECT * FROM note"),
    "deleting the visit": text("DELETE FROM visit"),
    "deleting the patient": text("DELETE FROM patient"),
    "an amendment's text": update(AMENDMENTS).values(text="other"),
    "an amendment's author": update(AMENDMENTS).values(author_id=2),
    "an amendment's note": update(AMENDMENTS).values(note_id=2),
    "deleting amendments": text("DELETE FROM amendment"),
    "upsert over an amendment": text("INSERT INTO amendment SELECT * FROM amendment WHERE true ON CONFLICT (id) DO UPDATE SET text = ''"),
    "an amendment once more": text("INSERT INTO amendment SELECT * FROM amendment"),
    "emptying the table": text("DELETE FROM note WHERE 1 = 1"),
}


def rows(clinic: TestClinic) -> list[tuple[object, ...]]:
    with clinic.desk.clinic._engine.connect() as connection:
        return [tuple(row) for table in (NOTES, AMENDMENTS, CUPS, NEEDLES) for row in connection.execute(select(table).order_by(table.c.id))]


@pytest.fixture
def amended(clinic: TestClinic) -> NoteView:
    """A signed note with a correction."""
    note = a_signed_note(clinic)
    clinic.door.do(treatment.amend, Amendment(note.id, "correction", "It was the left", "Typed in haste"))
    return clinic.door.look(treatment.note, note.id)


@pytest.mark.parametrize("way", WAYS)
def test_n1_further_ways_to_change_what_was_signed(clinic: TestClinic, amended: NoteView, way: str) -> None:
    before = rows(clinic)
    with pytest.raises(DBAPIError), clinic.past_every_right() as connection:
        connection.execute(WAYS[way])
    assert rows(clinic) == before
    assert clinic.door.look(treatment.check_signature, amended.id)


LIFTED: dict[str, Executable] = {
    "the note": update(NOTES).values(draft={}, version=NOTES.c.version + 1),
    "an amendment's text": WAYS["an amendment's text"],
    "an amendment's author": WAYS["an amendment's author"],
}


@pytest.mark.parametrize("what", LIFTED)
def test_n1_control_with_the_guards_lifted_it_changes_and_is_told(clinic: TestClinic, amended: NoteView, what: str) -> None:
    before = rows(clinic)
    behind_the_back(clinic, LIFTED[what])
    assert rows(clinic) != before
    assert not clinic.door.look(treatment.check_signature, amended.id)
    assert clinic.door.look(treatment.signatures).broken == (amended.id,)


def test_n1_the_mapper_neither_changes_merges_nor_deletes(clinic: TestClinic, amended: NoteView) -> None:
    before = rows(clinic)
    engine = writing(clinic.desk.clinic._engine)
    with Session(engine) as session:
        session.merge(Note(id=amended.id, version=amended.version + 1, draft={}, sealed=None, signature=None))
        with pytest.raises(DBAPIError):
            session.flush()
    for table_class in (Note, NoteAmendment):
        with Session(engine) as session:
            row = session.scalars(select(table_class)).first()
            assert row is not None
            session.delete(row)
            with pytest.raises(DBAPIError):
                session.flush()
    with Session(engine) as session, pytest.raises(DBAPIError):
        session.bulk_update_mappings(Note, [{"id": amended.id, "draft": {}, "version": amended.version + 1}])
    assert rows(clinic) == before


# --- N4 -----------------------------------------------------------------------------------------------------------------


def sequences(clinic: TestClinic, times: int) -> dict[str, int]:
    """So many notes, to each of which several people add at random; what was tried and done, by kind."""
    okafor_signs_in(clinic)
    clinic.signs_in("Lin Hua")
    vault_id = next(member.vault_id for member in clinic.practice.staff if member.short_name == "Okafor")
    beside = with_pen_in_hand(clinic.desk.beside(vault_id, PASSWORD))
    chance, done = Random(4), dict.fromkeys(("addendum", "correction", "late_entry", "in_error", "refused"), 0)
    maria = a_patient(clinic)
    for _turn in range(times):
        clinic.clock.put(NOW)  # a signed note takes eight minutes, and a visit is not booked days after its time
        note = a_signed_note(clinic, a_visit(clinic, maria, squeeze_in=True))
        _sequence(clinic, note, {"author": clinic.door, "colleague": beside.door}, chance, done)
    beside.close()
    return done


def _sequence(clinic: TestClinic, note: NoteView, doors: dict[str, Door], chance: Random, done: dict[str, int]) -> None:
    said: list[tuple[str, str, str]] = []
    kept = [_note_row(clinic, note.id)]
    marked = False
    for step in range(chance.randrange(1, 7)):
        kind = chance.choices(("addendum", "correction", "late_entry", "in_error"), (3, 3, 3, 2))[0]
        who, reason, words = chance.choice(("author", "colleague")), chance.choice(("Forgot it", "Follow-up", "")), f"{kind} {step}"
        value = Amendment(note.id, kind, words, reason)
        may = bool(reason) and not marked and (who == "author" or kind in {"addendum", "late_entry"})
        if not may:
            with pytest.raises((Refusal, Denied)):
                doors[who].do(treatment.amend, value)
            done["refused"] += 1
        else:
            doors[who].do(treatment.amend, value)
            said.append((kind, words, reason))
            done[kind] += 1
            marked = kind == "in_error"
        now = [_note_row(clinic, note.id), *_amendment_rows(clinic, note.id)]
        assert now[: len(kept)] == kept, "every earlier version is byte for byte what it was"
        kept = now
        seen = doors[chance.choice(("author", "colleague"))].look(treatment.note, note.id)
        assert [(line.kind, line.text, line.reason) for line in seen.amendments] == said, "and each of them is shown"
        assert all(line.signature.is_valid for line in seen.amendments)
        assert (seen.draft, seen.signature) == (note.draft, note.signature)
        assert seen.state == ("in_error" if marked else "signed")


def _note_row(clinic: TestClinic, note_id: int) -> tuple[object, ...]:
    with clinic.desk.clinic._engine.connect() as connection:
        return tuple(connection.execute(select(NOTES).where(NOTES.c.id == note_id)).one())


def _amendment_rows(clinic: TestClinic, note_id: int) -> list[tuple[object, ...]]:
    with clinic.desk.clinic._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(AMENDMENTS).where(AMENDMENTS.c.note_id == note_id).order_by(AMENDMENTS.c.id))]


def test_n4_what_is_added_never_replaces(clinic: TestClinic) -> None:
    done = sequences(clinic, 20)
    assert min(done.values()) > 0, f"every kind came up, and refusals too: {done}"


@pytest.mark.long
def test_n4_a_thousand_sequences(clinic: TestClinic) -> None:
    done = sequences(clinic, 1000)
    assert min(done.values()) > 50, done


# --- C1 -----------------------------------------------------------------------------------------------------------------


def interleavings(clinic: TestClinic, times: int, *, heedless: bool = False) -> tuple[int, int]:
    """Two seats write over the same version of one draft, in turn or at once; how often one was told, and how often a
    text was lost. `heedless`: as a program that looks at no version.
    """
    second = clinic.desk.beside(clinic.desk.actor.vault_id, PASSWORD)
    doors, chance, told, lost = (clinic.door, second.door), Random(1), 0, 0
    note = an_open_note(clinic)
    version = note.version
    with ThreadPoolExecutor(2) as pool:
        for turn in range(times):
            texts = [replace(note.draft, findings=f"turn {turn} of seat {seat}") for seat in range(2)]
            order = chance.sample(range(2), 2)
            if chance.random() < 0.5 and not heedless:
                answers = list(pool.map(lambda seat: _saved(doors[seat], note.id, version, texts[seat]), order))  # noqa: B023 - done within the turn
            else:
                answers = [_saved(doors[seat], note.id, None if heedless else version, texts[seat]) for seat in order]
            kept = doors[0].look(treatment.note, note.id).draft.findings
            lost += answers == [True, True]
            if answers.count(True) == 1:
                told += 1
                assert kept == texts[order[answers.index(True)]].findings, "the first text stands; the other is in its seat's hands"
            version = doors[0].look(treatment.note, note.id).version
    second.close()
    return told, lost


def _saved(door: Door, note_id: int, version: int | None, draft: NoteDraft) -> bool:
    if version is None:
        version = door.look(treatment.note_version, note_id)
    try:
        door.do(treatment.save_draft, SaveDraft(note_id, version, draft))
    except Outdated:
        return False
    return True


def test_c1_of_two_seats_on_one_note_the_second_is_told(clinic: TestClinic) -> None:
    assert interleavings(clinic, 60) == (60, 0)


@pytest.mark.long
def test_c1_a_thousand_interleavings_on_one_note(clinic: TestClinic) -> None:
    assert interleavings(clinic, 1000) == (1000, 0)


def test_c1_control_without_versions_texts_are_lost(clinic: TestClinic) -> None:
    assert interleavings(clinic, 10, heedless=True) == (0, 10)
