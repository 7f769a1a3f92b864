"""A paper is drawn once, filed, noted as given and delivered; what did not reach the patient is no longer "given"."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.clinic import boards, flows, schedule, treatment
from pulse_desktop.clinic.flows.values import ExtraLine, ReceiptGiven, SheetGiven, SheetTakenBack
from pulse_desktop.clinic.treatment.values import CupsCounted, CupsOn
from pulse_desktop.documents.values import Document
from pulse_desktop.outside import handing_out
from tests.builders import MINA, TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import a_cup, a_package, an_open_note, checked_out, with_cups, with_needles


def a_treated_visit(clinic: TestClinic, **more: Any) -> int:
    patient_id = a_patient(clinic, **more)
    a_package(clinic, patient_id)
    services = (clinic.service(), clinic.service("+ cupping 15"))
    visit_id = clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, service_ids=services)).answer
    clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, day=TODAY + timedelta(days=7)))
    clinic.clock.advance(minutes=95)
    note = with_cups(clinic, an_open_note(clinic, clinic.door.look(schedule.visit, visit_id)), a_cup(1), a_cup(2, "rhomboid_r"))
    note = with_needles(clinic, note)
    clinic.door.do(treatment.count_cups, CupsCounted(note.id, note.version, note.draft, 2))
    return visit_id


def states(clinic: TestClinic, visit_id: int) -> list[str]:
    return [sheet.state for sheet in clinic.door.look(treatment.sheets_of_visit, visit_id)]


def words_of(document: Document) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(document.pdf)).pages)


def no_paper(document: Document) -> None:
    assert document.pdf
    raise Trouble("print_out_of_paper")


def test_the_facts_of_a_sheet(clinic: TestClinic) -> None:
    facts = handing_out.aftercare_facts(clinic.door, a_treated_visit(clinic), "es")
    assert facts.techniques == ("dry_cupping", "acupuncture")
    assert facts.ended_at.strftime("%H:%M %z") == "10:33 -0500", "counted from the last needle, as wall time of the office"
    assert [(cup.number, cup.region, cup.minutes) for cup in facts.cups] == [(1, "shoulder", 8.0), (2, facts.cups[1].region, 8.0)]
    assert (facts.needles_in, facts.needles_out, facts.needle_minutes) == (2, 2, 20)
    assert (facts.practitioner.name, facts.practitioner.licence_state, facts.practitioner.licence_number) == ("Lin Hua", "NJ", "25MZ00041")
    assert facts.sessions is not None
    assert (facts.sessions.used, facts.sessions.booked, facts.sessions.left) == (0, 2, 8)
    assert facts.next_visit is not None
    assert facts.next_visit.starts.strftime("%b %d %H:%M") == "Dec 01 10:00"
    assert facts.letterhead.city == "Clifton, NJ 07013"


def test_the_sheet_is_there_while_the_note_is_unsigned_and_in_four_languages(clinic: TestClinic) -> None:
    visit_id = a_treated_visit(clinic)
    for language in ("en", "es", "ru", "zh"):
        document = handing_out.aftercare(clinic.door, visit_id, language)
        assert (document.language, document.pages) == (language, 1)
        assert "P-1001" in words_of(document)


def test_the_front_desk_hands_out_too(clinic: TestClinic) -> None:
    clinic.lets_in(MINA)
    visit_id = a_treated_visit(clinic)
    mina = clinic.signs_in("Mina")
    document = handing_out.aftercare(mina, visit_id, "en")
    assert handing_out.give(mina, document, visit_id, lambda _document: None)


def test_no_sheet_while_cups_are_on_or_for_nothing(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    note = an_open_note(clinic, visit)
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(),))))
    with pytest.raises(Refusal, match="still_on_sheet"):
        handing_out.aftercare(clinic.door, visit.id, "en")
    with pytest.raises(Refusal, match="no_such_language"):
        handing_out.aftercare(clinic.door, visit.id, "fr")


def test_what_is_given_is_filed_noted_and_saved_whole(clinic: TestClinic, tmp_path: Path) -> None:
    visit_id = a_treated_visit(clinic)
    document = handing_out.aftercare(clinic.door, visit_id, "ru")
    given_id = handing_out.give(clinic.door, document, visit_id, handing_out.to_file(tmp_path / "sheet.pdf"), how=handing_out.FILE)
    assert (tmp_path / "sheet.pdf").read_bytes() == document.pdf
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".pulse")] == []
    sheet = clinic.door.look(treatment.sheets_of_visit, visit_id)[0]
    assert (sheet.id, sheet.language, sheet.how, sheet.given_by, sheet.state) == (given_id, "ru", "file", "Lin Hua", "given")
    card = clinic.door.look(boards.today, clinic.office(), TODAY).cards[0]
    assert card.sheet_given


def test_a_reprint_is_the_very_same_document(clinic: TestClinic) -> None:
    visit_id = a_treated_visit(clinic)
    document = handing_out.aftercare(clinic.door, visit_id, "en")
    given_id = handing_out.give(clinic.door, document, visit_id, lambda _document: None)
    clinic.clock.advance(days=30)
    again = handing_out.given_sheet(clinic.door, given_id)
    assert again == document
    assert hashlib.sha256(again.pdf).hexdigest() == again.checksum


@pytest.mark.parametrize("problem", [Trouble("print_out_of_paper"), RuntimeError("the driver broke"), KeyboardInterrupt()])
def test_a_printer_that_fails_leaves_no_false_given(clinic: TestClinic, problem: BaseException) -> None:
    def fails(_document: Document) -> None:
        raise problem

    visit_id = a_treated_visit(clinic)
    document = handing_out.aftercare(clinic.door, visit_id, "en")
    with pytest.raises(type(problem)):
        handing_out.give(clinic.door, document, visit_id, fails)
    assert states(clinic, visit_id) == ["taken_back"]
    assert not clinic.door.look(boards.today, clinic.office(), TODAY).cards[0].sheet_given
    handing_out.give(clinic.door, document, visit_id, lambda _document: None)
    assert states(clinic, visit_id) == ["given", "taken_back"]


def test_a_folder_that_is_not_there_is_said_and_nothing_is_given(clinic: TestClinic, tmp_path: Path) -> None:
    visit_id = a_treated_visit(clinic)
    document = handing_out.aftercare(clinic.door, visit_id, "en")
    with pytest.raises(Trouble, match="not_saved"):
        handing_out.give(clinic.door, document, visit_id, handing_out.to_file(tmp_path / "nowhere" / "sheet.pdf"))
    assert states(clinic, visit_id) == ["taken_back"]


def test_titles_and_file_names_hold_no_patient_data(clinic: TestClinic) -> None:
    visit_id = a_treated_visit(clinic, first="Zebulon", last="Quartermain")
    out = checked_out(clinic, visit_id)
    assert out.receipt_id is not None
    for document in (handing_out.aftercare(clinic.door, visit_id, "en"), handing_out.receipt_document(clinic.door, out.receipt_id, "en")):
        told = f"{document.title} {document.file_name} {PdfReader(BytesIO(document.pdf)).metadata}"
        assert "Zebulon" not in told
        assert "Quartermain" not in told
        assert "Quartermain" in words_of(document)


def test_the_receipt_tells_the_bill(clinic: TestClinic) -> None:
    visit_id = a_treated_visit(clinic)
    out = checked_out(clinic, visit_id, extras=(ExtraLine("Heat patch", 6_00, 2, 66_250),))
    assert out.receipt_id is not None
    told = words_of(handing_out.receipt_document(clinic.door, out.receipt_id, "en"))
    for words in ("R-1002", "Acupuncture 60", "Covered by Ten visits", "$25.00", "$12.00", "$0.80", "$37.80", "Paid in full"):
        assert words in told, words


def test_a_receipt_once_given_stays_that_document(clinic: TestClinic) -> None:
    out = checked_out(clinic, a_treated_visit(clinic))
    assert out.receipt_id is not None
    document = handing_out.receipt_document(clinic.door, out.receipt_id, "es")
    with pytest.raises(Trouble):
        handing_out.give_receipt(clinic.door, document, out.receipt_id, no_paper)
    handing_out.give_receipt(clinic.door, document, out.receipt_id, lambda _document: None)
    clinic.door.do(flows.book_visit, a_booking(clinic, clinic.door.look(schedule.visit, out.visit_id).patient_id, day=TODAY + timedelta(days=9)))
    assert handing_out.receipt_document(clinic.door, out.receipt_id, "es") == document
    assert handing_out.receipt_document(clinic.door, out.receipt_id, "en") != document


def test_what_papers_are_made_of_and_kept_as(clinic: TestClinic) -> None:
    visit_id = a_treated_visit(clinic)
    out = checked_out(clinic, visit_id)
    assert out.receipt_id is not None
    source = clinic.door.look(boards.sheet_source, visit_id)
    assert (source.place.practice, source.place.office.name, source.patient.name) == ("Pulse Acupuncture", "Clifton", "María Alvarez")
    paid = clinic.door.look(boards.receipt_source, out.receipt_id)
    assert (paid.balance_cents, [package.name for package in paid.packages]) == (0, ["Ten visits"])
    sheet = SheetGiven(visit_id, "en", "1.1", "paper", "sheet.pdf", b"%PDF-sheet", "After your treatment")
    given_id = clinic.door.do(flows.give_sheet, sheet).answer
    assert clinic.door.look(boards.filed_sheet, given_id).pdf == b"%PDF-sheet"
    for _ in range(2):
        clinic.door.do(flows.take_back_sheet, SheetTakenBack(given_id, "did not print"))
    assert states(clinic, visit_id) == ["taken_back"]
    with pytest.raises(Refusal, match="sheet_how"):
        clinic.door.do(flows.give_sheet, replace(sheet, how="by pigeon"))


def test_the_first_receipt_handed_out_is_the_receipt(clinic: TestClinic) -> None:
    out = checked_out(clinic, a_treated_visit(clinic))
    assert out.receipt_id is not None
    assert clinic.door.look(boards.filed_receipt, out.receipt_id, "en") is None
    copies = [ReceiptGiven(out.receipt_id, "en", "Receipt", "receipt.pdf", "1", 1, pdf) for pdf in (b"%PDF-first", b"%PDF-second")]
    first, second = (clinic.door.do(flows.give_receipt, copy).answer for copy in copies)
    assert first == second
    filed = clinic.door.look(boards.filed_receipt, out.receipt_id, "en")
    assert filed is not None
    assert filed.pdf == b"%PDF-first"
