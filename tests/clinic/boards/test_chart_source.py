"""What a print of the chart is made of, who may ask for it, and what is written down when it leaves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from pulse_desktop.basics.problems import Denied, Refusal, Trouble
from pulse_desktop.clinic import boards, flows, treatment
from pulse_desktop.clinic.boards.chart import ChartSource, ChartWanted
from pulse_desktop.clinic.flows.values import ChartPrinted
from pulse_desktop.clinic.treatment.tables import Note, NoteAmendment
from pulse_desktop.clinic.treatment.values import Amendment
from pulse_desktop.documents.values import Document
from pulse_desktop.outside import handing_out
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.tables import table_of
from tests.builders import MINA, TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import a_signed_note, an_open_note, behind_the_back


def a_course(clinic: TestClinic) -> tuple[int, tuple[int, ...]]:
    """A patient with a signed note, one entered in error and a draft; the numbers of the notes."""
    patient = a_patient(clinic)
    signed = a_signed_note(clinic, a_visit(clinic, patient, starts=9 * 60))
    wrong = a_signed_note(clinic, a_visit(clinic, patient, starts=11 * 60))
    draft = an_open_note(clinic, a_visit(clinic, patient, starts=13 * 60))
    clinic.door.do(treatment.amend, Amendment(signed.id, "addendum", "Marks were tender.", "Told by phone"))
    clinic.door.do(treatment.amend, Amendment(wrong.id, "in_error", "", "Another patient"))
    return patient, (signed.id, wrong.id, draft.id)


def source(clinic: TestClinic, patient: int, **more: object) -> ChartSource:
    return clinic.door.look(boards.chart_source, ChartWanted(patient, clinic.office(), **more))  # type: ignore[arg-type]


def last_event(clinic: TestClinic) -> AuditEvent:
    events = table_of(AuditEvent)
    with clinic.past_every_right() as connection:
        return connection.execute(select(events).order_by(events.c.seq.desc()).limit(1)).one()  # type: ignore[return-value]


def test_n5_a_note_entered_in_error_is_counted_and_not_printed(clinic: TestClinic) -> None:
    patient, (signed, wrong, draft) = a_course(clinic)
    found = source(clinic, patient)
    assert [note.view.id for note in found.notes] == [signed, draft]
    assert found.left_out == 1
    assert [len(note.view.amendments) for note in found.notes] == [1, 0]
    with pytest.raises(Refusal) as refused:
        source(clinic, patient, note_id=wrong)
    assert refused.value.key == "note_not_to_print"


def test_one_note_and_a_period(clinic: TestClinic) -> None:
    patient, (signed, _wrong, draft) = a_course(clinic)
    assert [note.view.id for note in source(clinic, patient, note_id=draft).notes] == [draft]
    assert [note.view.id for note in source(clinic, patient, first=TODAY, last=TODAY).notes] == [signed, draft]
    later = source(clinic, patient, first=TODAY + timedelta(days=1))
    assert (later.notes, later.left_out) == ((), 0)
    with pytest.raises(Refusal):
        source(clinic, a_patient(clinic, "Luis", "Ortega"), note_id=signed)


def test_what_was_altered_is_known_to_be(clinic: TestClinic) -> None:
    patient, _notes = a_course(clinic)
    first = source(clinic, patient).notes[0].view
    assert first.signature is not None
    assert first.signature.is_valid
    assert first.amendments[0].signature.is_valid
    changed = update(table_of(Note)).where(table_of(Note).c.id == first.id).values(draft={"complaint": "nothing"})
    behind_the_back(clinic, changed, update(table_of(NoteAmendment)).values(text="x"))
    again = source(clinic, patient).notes[0].view
    assert again.signature is not None
    assert not again.signature.is_valid
    assert not again.amendments[0].signature.is_valid


def test_that_it_left_is_written_down_with_what_it_was(clinic: TestClinic, tmp_path: Path) -> None:
    patient, _notes = a_course(clinic)
    wanted = ChartWanted(patient, clinic.office())
    document, notes = handing_out.chart(clinic.door, wanted)
    handing_out.give_chart(clinic.door, document, wanted, notes, handing_out.to_file(tmp_path / "chart.pdf"), how=handing_out.FILE)
    assert (tmp_path / "chart.pdf").read_bytes() == document.pdf
    event = last_event(clinic)
    assert (event.action, event.patient_id) == ("chart.print", patient)
    assert event.reason_code == f"whole:file:2:{document.checksum[:16]}"


def test_a_printer_that_jams_leaves_a_line_and_no_paper(clinic: TestClinic) -> None:
    patient, _notes = a_course(clinic)
    wanted = ChartWanted(patient, clinic.office())
    document, notes = handing_out.chart(clinic.door, wanted)

    def jams(_document: Document) -> None:
        raise Trouble("print_out_of_paper")

    with pytest.raises(Trouble):
        handing_out.give_chart(clinic.door, document, wanted, notes, jams)
    assert last_event(clinic).action == "chart.print"


def test_the_front_desk_prints_no_chart(clinic: TestClinic) -> None:
    patient, _notes = a_course(clinic)
    clinic.lets_in(MINA)
    desk = clinic.signs_in("Mina")
    with pytest.raises(Denied):
        desk.look(boards.chart_source, ChartWanted(patient, clinic.office()))
    with pytest.raises(Denied):
        desk.do(flows.print_chart, ChartPrinted(patient, "whole", "paper", 1, "00"))
