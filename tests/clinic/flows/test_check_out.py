"""Checking out and selling: one act, one receipt, taken back by entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulse_desktop.basics.problems import Denied, NeedsConsent, Outdated, Refusal
from pulse_desktop.clinic import boards, flows, money, packages, schedule, treatment
from pulse_desktop.clinic.flows.values import ExtraLine, PackageSale
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.clinic.packages.values import Cover
from pulse_desktop.clinic.schedule.values import Progress, State, Step
from pulse_desktop.clinic.treatment.values import CupsCounted, CupsOn
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import (
    a_check_out,
    a_cup,
    a_package,
    an_offer,
    an_open_note,
    card,
    checked_out,
    the_package,
    with_cups,
)

PATCH = (ExtraLine("Heat patch", 6_00, 2, 66_250),)


def booked(clinic: TestClinic, patient_id: int, *services: str, starts: int = 10 * 60) -> int:
    ids = tuple(clinic.service(name) for name in services or ("Acupuncture 60",))
    return clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, service_ids=ids, starts=starts)).answer


def test_the_mock_ups_check_out(clinic: TestClinic) -> None:
    """Last session of ten, cupping not covered, two patches with tax, card and cash, the next visit: $47.80."""
    patient_id = a_patient(clinic, "Robert", "Kaplan")
    offer_id = an_offer(clinic, sessions=1, price_cents=90_00, covers=(Cover(clinic.service()),))
    a_package(clinic, patient_id, offer_id)
    visit_id = booked(clinic, patient_id, "Acupuncture 60", "+ cupping 15")
    sheet = clinic.door.look(boards.checkout, visit_id, None, PATCH)
    assert [(line.name, line.cents) for line in sheet.lines] == [
        ("Acupuncture 60", 0), ("Cupping 15", 35_00), ("Heat patch, 2 at $6.00", 12_00), ("NJ sales tax, 6.625 % on $12.00", 80),
    ]  # fmt: skip
    assert sheet.total_cents == 47_80
    assert sheet.next_visits[0].day == TODAY + timedelta(days=7)
    assert (sheet.next_visits[0].starts, sheet.next_visits[0].staff_id) == (10 * 60, clinic.staff())
    split = (PaymentLine(Tender.CARD, 27_80, "004417"), PaymentLine(Tender.CASH, 20_00))
    next_visit = a_booking(clinic, patient_id, day=TODAY + timedelta(days=7))
    out = checked_out(clinic, visit_id, extras=PATCH, payments=split, next_visit=next_visit)
    assert the_package(clinic, patient_id).used == 1
    assert clinic.door.look(money.balance, patient_id) == 0
    line = clinic.door.look(schedule.visit, visit_id)
    assert (line.progress, line.done_at) == (Progress.DONE, clinic.clock.now())
    assert out.receipt_id is not None
    receipt, entries = clinic.door.look(money.receipt, out.receipt_id)
    assert (receipt.total_cents, receipt.paid_cents, receipt.visit_id) == (47_80, 47_80, visit_id)
    assert [(entry.tender, -entry.cents) for entry in entries if entry.kind == "payment"] == [("card", 27_80), ("cash", 20_00)]
    assert out.next_visit_id is not None
    assert clinic.door.look(schedule.visit, out.next_visit_id).day == TODAY + timedelta(days=7)


def test_the_last_session_proposes_the_same_package(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    offer_id = an_offer(clinic, sessions=2, price_cents=180_00)
    a_package(clinic, patient_id, offer_id)
    first = booked(clinic, patient_id)
    assert clinic.door.look(boards.checkout, first).offer is None
    checked_out(clinic, first)
    last = booked(clinic, patient_id, starts=15 * 60)
    sheet = clinic.door.look(boards.checkout, last)
    assert sheet.offer is not None
    assert sheet.offer.id == offer_id
    assert sheet.lines[0].words == "Ten visits: session 2 of 2, the last one"


def test_a_package_sold_at_check_out_pays_for_this_visit(clinic: TestClinic) -> None:
    patient_id, offer_id = a_patient(clinic), an_offer(clinic)
    visit_id = booked(clinic, patient_id)
    sheet = clinic.door.look(boards.checkout, visit_id, boards.WITHOUT_PACKAGE, (), offer_id)
    assert (sheet.lines[0].is_covered, sheet.total_cents, sheet.offer) == (True, 900_00, None)
    out = checked_out(clinic, visit_id, sell_offer_id=offer_id)
    line = the_package(clinic, patient_id)
    assert (out.package_id, line.used, line.left, line.paid_cents) == (line.id, 1, 9, 900_00)


def test_what_was_held_and_is_paid_singly_goes_back(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    visit_id = booked(clinic, patient_id)
    out = checked_out(clinic, visit_id, choose=boards.WITHOUT_PACKAGE)
    assert (the_package(clinic, patient_id).held, the_package(clinic, patient_id).left) == (0, 10)
    assert out.receipt_id is not None
    assert clinic.door.look(money.receipt, out.receipt_id)[0].paid_cents == 110_00


def test_less_than_the_sum_needs_a_yes_and_stays_open(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    asked = a_check_out(clinic, booked(clinic, patient_id), payments=card(60_00))
    with pytest.raises(NeedsConsent, match="on_account") as question:
        clinic.door.do(flows.check_out, asked)
    assert question.value.details["open"] == "$50.00"
    clinic.door.do(flows.check_out, asked, consents=question.value.agreed())
    assert clinic.door.look(money.balance, patient_id) == 50_00
    sheet = clinic.door.look(boards.checkout, booked(clinic, patient_id, starts=15 * 60))
    assert (sheet.due_before_cents, sheet.total_cents) == (50_00, 160_00)


def test_more_than_the_sum_is_refused(clinic: TestClinic) -> None:
    asked = a_check_out(clinic, booked(clinic, a_patient(clinic)), payments=card(110_01))
    with pytest.raises(Refusal, match="paid_too_much"):
        clinic.door.do(flows.check_out, asked)


def test_another_sum_than_the_person_saw_is_outdated(clinic: TestClinic) -> None:
    asked = a_check_out(clinic, booked(clinic, a_patient(clinic)), total_cents=100_00)
    with pytest.raises(Outdated):
        clinic.door.do(flows.check_out, asked)


def test_nobody_is_checked_out_with_cups_on(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    note = an_open_note(clinic, visit)
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(),))))
    with pytest.raises(Refusal, match="still_on"):
        checked_out(clinic, visit.id)


def test_nobody_is_checked_out_before_the_cups_are_counted(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    note = with_cups(clinic, an_open_note(clinic, visit))
    with pytest.raises(Refusal, match="not_counted"):
        checked_out(clinic, visit.id)
    assert clinic.door.look(schedule.visit, visit.id).progress is not Progress.DONE
    clinic.door.do(treatment.count_cups, CupsCounted(note.id, note.version, note.draft, 1))
    checked_out(clinic, visit.id)
    assert clinic.door.look(schedule.visit, visit.id).progress is Progress.DONE


def test_nobody_is_checked_out_who_has_not_come(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    visit_id = booked(clinic, patient_id)
    asked = a_check_out(clinic, visit_id)
    clinic.door.do(schedule.take_step, Step(visit_id, asked.version, Progress.EXPECTED))
    before = clinic.door.look(schedule.visit, visit_id)
    with pytest.raises(Refusal, match="not_here"):
        clinic.door.do(flows.check_out, replace(asked, version=before.version))
    assert clinic.door.look(schedule.visit, visit_id) == before
    assert (the_package(clinic, patient_id).used, the_package(clinic, patient_id).held) == (0, 1)


def test_nobody_is_checked_out_twice_or_before_the_day(clinic: TestClinic) -> None:
    visit_id = booked(clinic, a_patient(clinic))
    asked = a_check_out(clinic, visit_id)
    clinic.door.do(flows.check_out, asked)
    with pytest.raises(Outdated):
        clinic.door.do(flows.check_out, asked)
    with pytest.raises(Refusal, match="already_done"):
        clinic.door.do(flows.check_out, replace(asked, version=clinic.door.look(schedule.visit, visit_id).version))
    later = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), day=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="not_today"):
        checked_out(clinic, later.id)


def test_l3_the_same_click_checks_out_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    asked = a_check_out(clinic, booked(clinic, patient_id))
    answers = [clinic.door.do(flows.check_out, asked, operation="one-click").answer for _ in range(100)]
    assert len(set(answers)) == 1
    assert len(clinic.door.look(money.receipts_of, patient_id)) == 1
    assert clinic.door.look(money.balance, patient_id) == 0


def test_undo_takes_back_money_session_progress_and_next_visit(clinic: TestClinic) -> None:
    patient_id, offer_id = a_patient(clinic), an_offer(clinic)
    a_package(clinic, patient_id, offer_id)
    visit_id = booked(clinic, patient_id, "Acupuncture 60", "+ cupping 15")
    before = (the_package(clinic, patient_id), clinic.door.look(money.balance, patient_id))
    asked = a_check_out(clinic, visit_id, sell_offer_id=offer_id, next_visit=a_booking(clinic, patient_id, day=TODAY + timedelta(days=7)))
    done = clinic.door.do(flows.check_out, asked)
    assert len(clinic.door.look(packages.packages_of, patient_id)) == 2
    clinic.door.do(take_back, TakeBack(done.operation))
    assert (the_package(clinic, patient_id), clinic.door.look(money.balance, patient_id)) == before
    assert len(clinic.door.look(packages.packages_of, patient_id)) == 1
    assert clinic.door.look(schedule.visit, visit_id).progress is Progress.ARRIVED
    assert done.answer.next_visit_id is not None
    assert clinic.door.look(schedule.visit, done.answer.next_visit_id).state is State.CANCELLED
    checked_out(clinic, visit_id)
    assert the_package(clinic, patient_id).used == 1


def test_a_refused_next_visit_takes_nothing(clinic: TestClinic) -> None:
    """All or nothing: no money without the visit that was promised."""
    patient_id = a_patient(clinic)
    visit_id = booked(clinic, patient_id)
    a_visit(clinic, a_patient(clinic, "Jun", "Abe"), day=TODAY + timedelta(days=7))
    clash = a_booking(clinic, patient_id, day=TODAY + timedelta(days=7))
    with pytest.raises(Refusal, match="practitioner_taken"):
        checked_out(clinic, visit_id, next_visit=clash)
    assert clinic.door.look(money.ledger, patient_id) == ()
    assert clinic.door.look(schedule.visit, visit_id).progress is Progress.ARRIVED


def test_half_a_package_paid_is_half_its_sessions(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    sale = PackageSale(patient_id, clinic.office(), an_offer(clinic, sessions=2, price_cents=180_00), card(90_00))
    with pytest.raises(NeedsConsent, match="on_account"):
        clinic.door.do(flows.sell_package, sale)
    clinic.door.do(flows.sell_package, sale, consents=frozenset({"on_account"}))
    for starts in (10 * 60, 12 * 60):
        clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, starts=starts))
    line = the_package(clinic, patient_id)
    assert (line.held, line.left, packages.usable_now(line)) == (1, 1, 0)


def test_a_sale_keeps_its_first_session_for_a_visit(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    visit = a_visit(clinic, patient_id)
    a_package(clinic, patient_id, use_for_visit_id=visit.id)
    assert the_package(clinic, patient_id).held == 1
    assert clinic.door.look(boards.checkout, visit.id).total_cents == 0


def test_a_sale_is_undone_until_a_session_is_used(clinic: TestClinic) -> None:
    patient_id, offer_id = a_patient(clinic), an_offer(clinic)
    sale = PackageSale(patient_id, clinic.office(), offer_id, card(900_00))
    first = clinic.door.do(flows.sell_package, sale)
    clinic.door.do(take_back, TakeBack(first.operation))
    assert clinic.door.look(packages.packages_of, patient_id) == ()
    assert clinic.door.look(money.balance, patient_id) == 0
    second = clinic.door.do(flows.sell_package, sale)
    checked_out(clinic, booked(clinic, patient_id))
    with pytest.raises(Refusal, match="moved_on"):
        clinic.door.do(take_back, TakeBack(second.operation))
    assert the_package(clinic, patient_id).used == 1


def test_a_package_of_another_patient_pays_for_nothing(clinic: TestClinic) -> None:
    sold = a_package(clinic, a_patient(clinic, "Jun", "Abe"))
    visit_id = booked(clinic, a_patient(clinic))
    with pytest.raises(Refusal, match="package_does_not_fit"):
        clinic.door.look(boards.checkout, visit_id, sold.package_id)
    with pytest.raises((Refusal, Denied)):
        clinic.door.do(flows.check_out, replace(a_check_out(clinic, visit_id), package_id=sold.package_id))
