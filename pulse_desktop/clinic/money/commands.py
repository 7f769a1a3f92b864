"""What people do with money by itself. Checking out and selling also count sessions: see `flows`."""

from __future__ import annotations

from sqlalchemy import select

from pulse_desktop.basics.entries import needed_line
from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.clinic.money import posting
from pulse_desktop.clinic.money.tables import LedgerEntry
from pulse_desktop.clinic.money.values import Charge, Payment, Reversal
from pulse_desktop.clinic.money.whose import check_whose
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

_ENTRIES = LedgerEntry.__table__
KINDS = frozenset({"service", "package", "product", "tax", "fee"})


@command(needs=Permission.TAKE_MONEY, audit="payment.take", about=lambda payment: payment.patient_id, undo=posting.reverse_operation)
def take_payment(context: Context, payment: Payment) -> int:
    """Take money on account; the receipt's id. What is paid beyond the balance stays as credit.

    Raises Refusal under "payments".
    """
    check_whose(context, payment.patient_id, payment.office_id, visit_id=payment.visit_id)
    if posting.check_payments(payment.lines) == 0:
        raise Refusal("payment_empty", "payments")
    receipt_id = posting.open_receipt(context, payment.patient_id, payment.office_id, payment.visit_id)
    posting.post_payments(
        context, payment.lines, patient_id=payment.patient_id, office_id=payment.office_id, visit_id=payment.visit_id,
        receipt_id=receipt_id,
    )  # fmt: skip
    context.about(payment.patient_id, "receipt", receipt_id)
    return receipt_id


@command(needs=Permission.TAKE_MONEY, audit="charge.add", about=lambda value: value.patient_id, undo=posting.reverse_operation)
def charge(context: Context, value: Charge) -> int:
    """Charge a patient for something; the entry's id. Raises Refusal("extra_unnamed" | "extra_price" | "extra_quantity")."""
    check_whose(context, value.patient_id, value.office_id, visit_id=value.visit_id, package_id=value.package_id)
    words = needed_line(value.words, "words", "extra_unnamed")
    if value.kind not in KINDS:
        raise Refusal("extra_unnamed", "words")
    if not 0 <= value.cents <= posting.LARGEST_CENTS:
        raise Refusal("extra_price", "cents")
    if not 1 <= value.quantity <= 999:
        raise Refusal("extra_quantity", "quantity")
    entry_id = posting.post(
        context, patient_id=value.patient_id, office_id=value.office_id, visit_id=value.visit_id, service_id=value.service_id,
        package_id=value.package_id, kind=value.kind, words=words, cents=value.cents, quantity=value.quantity,
        unit_cents=value.cents // value.quantity,
    )  # fmt: skip
    posting.settle_packages(context, value.patient_id)
    context.about(value.patient_id, "ledger_entry", entry_id)
    return entry_id


@command(needs=Permission.TAKE_MONEY, audit="ledger.reverse")
def reverse(context: Context, value: Reversal) -> tuple[int, ...]:
    """Take back entries of one patient; the ids of the reversing entries.

    Raises Refusal("reversal_reason" | "already_reversed" | "is_reversal"); Denied for entries of several patients.
    """
    reason = needed_line(value.reason, "reason", "reversal_reason", 400)
    wanted = frozenset(value.entry_ids)
    found = list(context.session.execute(select(_ENTRIES).where(_ENTRIES.c.id.in_(wanted))))
    if len(found) != len(wanted) or len({entry.patient_id for entry in found}) != 1:
        raise Denied
    if any(entry.reverses_id is not None for entry in found):
        raise Refusal("is_reversal")
    standing = posting.standing_entries(context, _ENTRIES.c.id.in_(wanted))
    if len(standing) != len(wanted):
        raise Refusal("already_reversed")
    context.about(standing[0].patient_id, "ledger_entry", standing[0].id)
    return posting.reverse_entries(context, standing, reason)
