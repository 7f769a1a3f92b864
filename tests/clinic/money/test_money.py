"""Payments, charges and reversals through the door."""

from __future__ import annotations

import pytest

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.clinic import money
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TestClinic, a_patient, a_visit


def charge(clinic: TestClinic, patient_id: int, cents: int = 40_00) -> int:
    return clinic.door.do(money.charge, Charge(patient_id, clinic.office(), "fee", "Late fee", cents)).answer


def test_a_payment_gets_a_receipt_with_the_next_number(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    charge(clinic, patient_id)
    lines = (PaymentLine(Tender.CARD, 27_80, "004417"), PaymentLine(Tender.CASH, 20_00))
    receipts = [clinic.door.do(money.take_payment, Payment(patient_id, clinic.office(), lines)).answer for _ in range(2)]
    found = [clinic.door.look(money.receipt, receipt_id) for receipt_id in receipts]
    assert [receipt.number for receipt, _ in found] == ["R-1001", "R-1002"]
    assert [(entry.tender, entry.cents, entry.reference) for entry in found[0][1]] == [("card", -27_80, "004417"), ("cash", -20_00, "")]
    assert clinic.door.look(money.balance, patient_id) == 40_00 - 2 * 47_80
    assert [line.paid_cents for line in clinic.door.look(money.receipts_of, patient_id)] == [47_80, 47_80]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ((), "payment_empty"),
        ((PaymentLine(Tender.CASH, 0),), "payment_amount"),
        ((PaymentLine(Tender.CASH, -5),), "payment_amount"),
        ((PaymentLine(Tender.CREDIT, 5),), "credit_taken_off"),
        ((PaymentLine(Tender.CARD, 5, "4111 1111 1111 1111"),), "card_number"),
    ],
)
def test_a_payment_that_cannot_stand(clinic: TestClinic, lines: tuple[PaymentLine, ...], key: str) -> None:
    with pytest.raises(Refusal, match=key):
        clinic.door.do(money.take_payment, Payment(a_patient(clinic), clinic.office(), lines))


def test_a_reversal_takes_back_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    entry_id = charge(clinic, patient_id)
    back = clinic.door.do(money.reverse, Reversal((entry_id,), "waived")).answer
    assert clinic.door.look(money.balance, patient_id) == 0
    lines = {line.id: line for line in clinic.door.look(money.ledger, patient_id)}
    assert lines[entry_id].is_reversed
    assert (lines[back[0]].cents, lines[back[0]].reverses_id, lines[back[0]].reason) == (-40_00, entry_id, "waived")
    for ids, key in (((entry_id,), "already_reversed"), (back, "is_reversal")):
        with pytest.raises(Refusal, match=key):
            clinic.door.do(money.reverse, Reversal(ids, "again"))
    with pytest.raises(Refusal, match="reversal_reason"):
        clinic.door.do(money.reverse, Reversal((charge(clinic, patient_id),), " "))


def test_entries_of_two_patients_are_not_reversed_together(clinic: TestClinic) -> None:
    """Z2: an id of somebody else's chart is refused."""
    one, other = (charge(clinic, a_patient(clinic, name, "Abe")) for name in ("Jun", "Ken"))
    with pytest.raises(Denied):
        clinic.door.do(money.reverse, Reversal((one, other), "mixed"))


def test_money_names_no_visit_of_another_patient(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    other = a_patient(clinic, "Jun", "Abe")
    with pytest.raises(Denied):
        clinic.door.do(money.take_payment, Payment(other, clinic.office(), (PaymentLine(Tender.CASH, 5),), visit.id))


def test_a_payment_is_undone_by_entries(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    charge(clinic, patient_id)
    done = clinic.door.do(money.take_payment, Payment(patient_id, clinic.office(), (PaymentLine(Tender.CASH, 40_00),)))
    clinic.door.do(take_back, TakeBack(done.operation))
    assert clinic.door.look(money.balance, patient_id) == 40_00
    assert len(clinic.door.look(money.ledger, patient_id)) == 3
    with pytest.raises(Refusal, match="already_undone"):
        clinic.door.do(take_back, TakeBack(done.operation))


def test_l3_a_retry_pays_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    payment = Payment(patient_id, clinic.office(), (PaymentLine(Tender.CASH, 40_00),))
    answers = {clinic.door.do(money.take_payment, payment, operation="the-same-click").answer for _ in range(200)}
    assert len(answers) == 1
    assert clinic.door.look(money.balance, patient_id) == -40_00
