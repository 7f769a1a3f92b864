"""Writing into the ledger. These functions are parts of commands: they add entries and receipts and change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select

from pulse_desktop.basics.entries import clean_line
from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.money.allocation import paid_for_packages
from pulse_desktop.clinic.money.bill import BillLine
from pulse_desktop.clinic.money.tables import LedgerEntry, Receipt
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.clinic.packages import credits as sessions
from pulse_desktop.clinic.packages.balances import package_lines
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.guards import on_guard

FIRST_RECEIPT = 1001
LARGEST_CENTS = 10_000_000
_ENTRIES, _RECEIPTS = LedgerEntry.__table__, Receipt.__table__
_BALANCE = select(func.coalesce(func.sum(_ENTRIES.c.cents), 0)).where(_ENTRIES.c.patient_id == bindparam("patient"))

register_sentences(
    {
        "payment_amount": N_("An amount is more than $0.00 and at most $100,000.00."),
        "payment_empty": N_("Enter what is paid, and how."),
        "credit_taken_off": N_("The patient's credit is already taken off the sum. Take the rest by card, cash, check or transfer."),
        "card_number": N_("That looks like a card number. Write the terminal's reference instead; card numbers are never kept."),
        "already_reversed": N_("This entry has been taken back already. Nothing was changed."),
        "is_reversal": N_("This entry takes another one back; enter the right amount anew instead. Nothing was changed."),
        "reversal_reason": N_("Say why, in a few words."),
    }
)
on_guard("unique:receipt.number", lambda: Outdated("receipt", 0))
on_guard("unique:ledger_entry.reverses_id", lambda: Refusal("already_reversed"))
on_guard("unique:credit_entry.reverses_id", lambda: Refusal("already_reversed"))


def balance_of(context: Context, patient_id: int) -> int:
    """Cents the patient owes; below zero it is credit."""
    return int(context.read(_BALANCE, patient=patient_id).scalar_one())


def open_receipt(context: Context, patient_id: int, office_id: int, visit_id: int | None) -> int:
    """A receipt with the next number."""
    with context.together() as asks:
        asks(context.lock_numbers, Receipt)
        last = asks(context.session.scalar, select(func.max(_RECEIPTS.c.number)))
    return context.insert(
        Receipt, number=FIRST_RECEIPT if last.answer is None else last.answer + 1, patient_id=patient_id, office_id=office_id,
        visit_id=visit_id, at=context.now(), by_id=context.actor.staff_id,
    )  # fmt: skip


def post_bill(
    context: Context, lines: Iterable[BillLine], *, patient_id: int, office_id: int, visit_id: int | None,
    package_id: int | None, receipt_id: int | None,
) -> None:  # fmt: skip
    """The lines of a bill as entries; those a package covers or makes cheaper name it."""
    with context.together() as asks:
        for line in lines:
            asks(
                post, context, patient_id=patient_id, office_id=office_id, visit_id=visit_id, receipt_id=receipt_id, kind=line.kind,
                words=line.name, detail=line.words, cents=line.cents, quantity=line.quantity, unit_cents=line.unit_cents,
                service_id=line.service_id, package_id=package_id if line.has_package else None,
            )  # fmt: skip


def post_payments(
    context: Context, lines: Sequence[PaymentLine], *, patient_id: int, office_id: int, visit_id: int | None, receipt_id: int
) -> None:
    """Payments as entries below zero, and the share of the patient's packages they pay for."""
    with context.together() as asks:
        for line in lines:
            asks(
                post, context, patient_id=patient_id, office_id=office_id, visit_id=visit_id, receipt_id=receipt_id, kind="payment",
                words="", cents=-line.cents, tender=str(line.tender), reference=clean_line(line.reference, "payments"),
            )  # fmt: skip
        asks(settle_packages, context, patient_id)


def post(context: Context, **values: Any) -> int:
    """One entry; its number."""
    return context.insert(LedgerEntry, at=context.now(), by_id=context.actor.staff_id, operation=context.operation, **values)


def settle_packages(context: Context, patient_id: int) -> None:
    """Bring what packages know to be paid in line with the ledger."""
    entries = list(context.session.connection().execute(select(_ENTRIES).where(_ENTRIES.c.patient_id == patient_id)))
    paid = paid_for_packages(entries)
    if not paid:
        return
    for line in package_lines(context, package_ids=tuple(paid)):
        sessions.note_paid(context, line.id, paid[line.id] - line.paid_cents)


def check_payments(lines: Sequence[PaymentLine]) -> int:
    """The sum of a payment. Raises Refusal under "payments"."""
    for line in lines:
        if not 0 < line.cents <= LARGEST_CENTS:
            raise Refusal("payment_amount", "payments")
        if line.tender is Tender.CREDIT:
            raise Refusal("credit_taken_off", "payments")
        if sum(letter.isdigit() for letter in line.reference) >= 13:
            raise Refusal("card_number", "payments")
    return sum(line.cents for line in lines)


def reverse_entries(context: Context, entries: Sequence[Row[Any]], reason: str) -> tuple[int, ...]:
    """An entry that takes back each of these; nothing about the old ones changes."""
    numbers = tuple(
        post(
            context, patient_id=entry.patient_id, office_id=entry.office_id, visit_id=entry.visit_id, package_id=entry.package_id,
            service_id=entry.service_id, kind="reversal", words=entry.words, detail=entry.detail, cents=-entry.cents, quantity=entry.quantity,
            unit_cents=entry.unit_cents, tender=entry.tender, reason=reason, reverses_id=entry.id,
        )
        for entry in entries
    )  # fmt: skip
    for patient_id in {entry.patient_id for entry in entries}:
        settle_packages(context, patient_id)
    return numbers


def standing_entries(context: Context, wanted: ColumnElement[bool]) -> list[Row[Any]]:
    """Entries that neither take one back nor were taken back, the oldest first."""
    later = _ENTRIES.alias("later")
    taken_back = select(later.c.id).where(later.c.reverses_id == _ENTRIES.c.id).exists()
    found = select(_ENTRIES).where(wanted, ~taken_back, _ENTRIES.c.reverses_id.is_(None)).order_by(_ENTRIES.c.id)
    return list(context.session.connection().execute(found))


def reverse_operation(context: Context, operation: str) -> None:
    """Take back all an operation posted here."""
    reverse_entries(context, standing_entries(context, _ENTRIES.c.operation == operation), "undone")
