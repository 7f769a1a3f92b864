"""Selling a package: the package and its sessions, the charge, the payment and the receipt in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import NeedsConsent, Outdated, Refusal, reason_in
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.flows.values import PackageSale, PackageSold
from pulse_desktop.clinic.money import posting
from pulse_desktop.clinic.money.values import PaymentLine
from pulse_desktop.clinic.money.visit_bill import offer_row, sale_line
from pulse_desktop.clinic.money.whose import check_whose
from pulse_desktop.clinic.packages import credits as sessions
from pulse_desktop.clinic.packages.commands import hold_session, open_package
from pulse_desktop.clinic.packages.tables import PackageOffer
from pulse_desktop.clinic.packages.values import HoldSession
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

register_sentences(
    {
        "on_account": N_("{open} stays open. Leave it on the patient's account?"),
        "paid_too_much": N_("That is {over} more than the sum. Enter what is kept; change is not entered."),
    }
)


def undo_sale(context: Context, operation: str) -> None:
    """Takes a sale back: sessions first, so that one already used stops it, then the money."""
    sessions.reverse_operation(context, operation)
    posting.reverse_operation(context, operation)


@command(needs=Permission.SELL, audit="package.sell", about=lambda sale: sale.patient_id, undo=undo_sale)
def sell_package(context: Context, sale: PackageSale) -> PackageSold:
    """Sell a package by itself. `use_for_visit_id` keeps its first session for that visit.

    Raises Refusal("offer_gone" | "paid_too_much" …), NeedsConsent("on_account") when less than the price is paid.
    """
    check_whose(context, sale.patient_id, sale.office_id)
    offer = offer_row(context, sale.offer_id)
    line = sale_line(context, offer, sale.office_id)
    check_sum(context, sale.payments, line.cents)
    receipt_id = posting.open_receipt(context, sale.patient_id, sale.office_id, None)
    package_id = opened(context, offer, sale.patient_id, sale.office_id)
    posting.post_bill(
        context, (line,), patient_id=sale.patient_id, office_id=sale.office_id, visit_id=None, package_id=package_id, receipt_id=receipt_id
    )
    posting.post_payments(
        context, sale.payments, patient_id=sale.patient_id, office_id=sale.office_id, visit_id=None, receipt_id=receipt_id
    )
    if sale.use_for_visit_id is not None:
        hold_session(context, HoldSession(package_id, sale.use_for_visit_id))
    context.about(sale.patient_id, "package", package_id)
    return PackageSold(package_id, receipt_id)


def opened(context: Context, offer: Row[Any], patient_id: int, office_id: int) -> int:
    """The package with its sessions, sold today; its id. Its charge is posted by the caller."""
    terms = context.session.get(PackageOffer, offer.id)
    if terms is None:
        raise Outdated("package_offer", offer.id)
    return open_package(context, terms, patient_id, office_id, today_at(context, office_id))


def check_sum(context: Context, payments: Sequence[PaymentLine], total: int) -> None:
    """The payments are the sum. Raises Refusal("paid_too_much"), NeedsConsent("on_account")."""
    paid = posting.check_payments(payments)
    if paid > total:
        raise Refusal("paid_too_much", "payments", over=dollars(paid - total))
    if paid < total and reason_in(context.consents, "on_account") is None:
        raise NeedsConsent("on_account", "payments", open=dollars(total - paid))
