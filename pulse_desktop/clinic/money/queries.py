"""What people look at of money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.money.posting import balance_of
from pulse_desktop.clinic.money.tables import LedgerEntry, Receipt
from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_ENTRIES, _RECEIPTS, _STAFF = table_of(LedgerEntry), table_of(Receipt), table_of(StaffRow)
_LATER = _ENTRIES.alias("later")
_MOST = 1000


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def balance(context: Context, patient_id: int) -> int:
    """Cents the patient owes; below zero it is credit."""
    return balance_of(context, patient_id)


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def ledger(context: Context, patient_id: int) -> tuple[LedgerLine, ...]:
    """The patient's entries, the newest first."""
    return _lines(context.read(_OF_PATIENT, patient=patient_id).all())


@query(needs=Permission.SEE_MONEY)
def receipt(context: Context, receipt_id: int) -> tuple[ReceiptLine, tuple[LedgerLine, ...]]:
    """A receipt and its entries in order. Denied when there is none of that number."""
    found = context.read(_ONE_RECEIPT, receipt=receipt_id).one_or_none()
    if found is None:
        raise Denied
    context.about(found.patient_id, "receipt", receipt_id)
    lines = _lines(context.read(_OF_RECEIPT, receipt=receipt_id).all())
    return _receipt(found, *_sides(line.cents for line in lines)), lines


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def receipts_of(context: Context, patient_id: int) -> tuple[ReceiptLine, ...]:
    """The patient's receipts, the newest first."""
    with context.together() as asks:
        rows = asks(context.read, _RECEIPTS_OF, patient=patient_id)
        sums = asks(context.read, _SIDES_OF, patient=patient_id)
    sides = {receipt_id: (int(charged), int(paid)) for receipt_id, charged, paid in sums.answer.all()}
    return tuple(_receipt(row, *sides.get(row[0], (0, 0))) for row in rows.answer.all())


def balances_of(context: Context, patient_ids: Sequence[int]) -> dict[int, int]:
    """Patient to cents owed, for many at once; who has no entry is not in it."""
    return {patient_id: int(cents) for patient_id, cents in context.read(_BALANCES, patients=patient_ids)}


def _lines(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[LedgerLine, ...]:
    return tuple([LedgerLine(*row) for row in rows])


def _receipt(row: Row[*tuple[Any, ...]], charged: int, paid: int) -> ReceiptLine:
    row_id, number, patient_id, office_id, visit_id, at, by = row
    return ReceiptLine(row_id, f"R-{number}", patient_id, office_id, visit_id, at, by, charged, paid)


def _sides(cents: Iterable[int]) -> tuple[int, int]:
    """What was charged and what was paid."""
    known = tuple(cents)
    return sum(one for one in known if one > 0), -sum(one for one in known if one < 0)


# The columns stand in the order of a line's fields: a file shows a thousand of them.
_LINES = select(
    _ENTRIES.c.id, _ENTRIES.c.patient_id, _ENTRIES.c.office_id, _ENTRIES.c.visit_id, _ENTRIES.c.package_id, _ENTRIES.c.kind,
    _ENTRIES.c.words, _ENTRIES.c.cents, _ENTRIES.c.tender, _ENTRIES.c.reference, _ENTRIES.c.at, _STAFF.c.short_name,
    _ENTRIES.c.receipt_id, _ENTRIES.c.reverses_id, select(_LATER.c.id).where(_LATER.c.reverses_id == _ENTRIES.c.id).exists(),
    _ENTRIES.c.quantity, _ENTRIES.c.unit_cents, _ENTRIES.c.detail, _ENTRIES.c.reason,
).join(_STAFF, _STAFF.c.id == _ENTRIES.c.by_id)  # fmt: skip
_OF_PATIENT = _LINES.where(_ENTRIES.c.patient_id == bindparam("patient")).order_by(_ENTRIES.c.id.desc()).limit(_MOST)
_OF_RECEIPT = _LINES.where(_ENTRIES.c.receipt_id == bindparam("receipt")).order_by(_ENTRIES.c.id)
_RECEIPT_LINES = select(
    _RECEIPTS.c.id, _RECEIPTS.c.number, _RECEIPTS.c.patient_id, _RECEIPTS.c.office_id, _RECEIPTS.c.visit_id, _RECEIPTS.c.at,
    _STAFF.c.short_name,
).join(_STAFF, _STAFF.c.id == _RECEIPTS.c.by_id)  # fmt: skip
_ONE_RECEIPT = _RECEIPT_LINES.where(_RECEIPTS.c.id == bindparam("receipt"))
_RECEIPTS_OF = _RECEIPT_LINES.where(_RECEIPTS.c.patient_id == bindparam("patient")).order_by(_RECEIPTS.c.id.desc()).limit(_MOST)
_SIDES_OF = (
    select(
        _ENTRIES.c.receipt_id,
        func.sum(case((_ENTRIES.c.cents > 0, _ENTRIES.c.cents), else_=0)),
        func.sum(case((_ENTRIES.c.cents < 0, -_ENTRIES.c.cents), else_=0)),
    )
    .where(_ENTRIES.c.patient_id == bindparam("patient"), _ENTRIES.c.receipt_id.is_not(None))
    .group_by(_ENTRIES.c.receipt_id)
)
_BALANCES = (
    select(_ENTRIES.c.patient_id, func.sum(_ENTRIES.c.cents))
    .where(_ENTRIES.c.patient_id.in_(bindparam("patients", expanding=True)))
    .group_by(_ENTRIES.c.patient_id)
)
