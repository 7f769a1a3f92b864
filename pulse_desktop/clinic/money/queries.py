"""What people look at of money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.money.posting import balance_of
from pulse_desktop.clinic.money.tables import LedgerEntry, Receipt
from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_ENTRIES, _RECEIPTS, _STAFF = LedgerEntry.__table__, Receipt.__table__, StaffRow.__table__
_LATER = _ENTRIES.alias("later")
_MOST = 1000


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def balance(context: Context, patient_id: int) -> int:
    """Cents the patient owes; below zero it is credit."""
    return balance_of(context, patient_id)


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def ledger(context: Context, patient_id: int) -> tuple[LedgerLine, ...]:
    """The patient's entries, the newest first."""
    return tuple(_line(row) for row in context.read(_OF_PATIENT, patient=patient_id).all())


@query(needs=Permission.SEE_MONEY)
def receipt(context: Context, receipt_id: int) -> tuple[ReceiptLine, tuple[LedgerLine, ...]]:
    """A receipt and its entries in order. Denied when there is none of that number."""
    found = context.read(_receipts().where(_RECEIPTS.c.id == receipt_id)).one_or_none()
    if found is None:
        raise Denied
    context.about(found.patient_id, "receipt", receipt_id)
    entries = context.session.execute(_entries().where(_ENTRIES.c.receipt_id == receipt_id).order_by(_ENTRIES.c.id))
    return _receipt(found), tuple(_line(row) for row in entries)


@query(needs=Permission.SEE_MONEY, about=lambda patient_id: patient_id)
def receipts_of(context: Context, patient_id: int) -> tuple[ReceiptLine, ...]:
    """The patient's receipts, the newest first."""
    return tuple(_receipt(row) for row in context.read(_RECEIPTS_OF, patient=patient_id).all())


def balances_of(context: Context, patient_ids: Sequence[int]) -> dict[int, int]:
    """Patient to cents owed, for many at once; who has no entry is not in it."""
    return {patient_id: int(cents) for patient_id, cents in context.read(_BALANCES, patients=patient_ids)}


def _entries() -> Select[Any]:
    reversed_by = select(_LATER.c.id).where(_LATER.c.reverses_id == _ENTRIES.c.id).exists()
    return select(_ENTRIES, _STAFF.c.short_name, reversed_by.label("is_reversed")).join(_STAFF, _STAFF.c.id == _ENTRIES.c.by_id)


def _line(row: Row[Any]) -> LedgerLine:
    return LedgerLine(
        row.id, row.patient_id, row.office_id, row.visit_id, row.package_id, row.kind, row.words, row.cents, row.tender,
        row.reference, row.at, row.short_name, row.receipt_id, row.reverses_id, bool(row.is_reversed),
        row.quantity, row.unit_cents, row.detail, row.reason,
    )  # fmt: skip


def _receipts() -> Select[Any]:
    charged = func.sum(case((_ENTRIES.c.cents > 0, _ENTRIES.c.cents), else_=0))
    paid = func.sum(case((_ENTRIES.c.cents < 0, -_ENTRIES.c.cents), else_=0))
    return (
        select(_RECEIPTS, _STAFF.c.short_name, charged.label("charged"), paid.label("paid"))
        .join(_STAFF, _STAFF.c.id == _RECEIPTS.c.by_id)
        .outerjoin(_ENTRIES, _ENTRIES.c.receipt_id == _RECEIPTS.c.id)
        .group_by(_RECEIPTS.c.id, _STAFF.c.short_name)
    )


def _receipt(row: Row[Any]) -> ReceiptLine:
    return ReceiptLine(
        row.id, f"R-{row.number}", row.patient_id, row.office_id, row.visit_id, row.at, row.short_name,
        int(row.charged or 0), int(row.paid or 0),
    )  # fmt: skip


_OF_PATIENT = _entries().where(_ENTRIES.c.patient_id == bindparam("patient")).order_by(_ENTRIES.c.id.desc()).limit(_MOST)
_RECEIPTS_OF = _receipts().where(_RECEIPTS.c.patient_id == bindparam("patient")).order_by(_RECEIPTS.c.id.desc()).limit(_MOST)
_BALANCES = (
    select(_ENTRIES.c.patient_id, func.sum(_ENTRIES.c.cents))
    .where(_ENTRIES.c.patient_id.in_(bindparam("patients", expanding=True)))
    .group_by(_ENTRIES.c.patient_id)
)
