"""A visit's bill as it stands now, read once: the check-out panel shows it, and checking out takes exactly it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.basics.times import full_day
from pulse_desktop.clinic.money.bill import BillLine, Covering, Extra, extra_lines, to_pay, visit_lines
from pulse_desktop.clinic.money.tables import LedgerEntry
from pulse_desktop.clinic.packages.balances import covers_from, held_for, package_lines
from pulse_desktop.clinic.packages.rules import covers_visit, fitting, last_day
from pulse_desktop.clinic.packages.tables import PackageOffer
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.clinic.practice.tables import OfficeRow
from pulse_desktop.clinic.schedule.lines import visit_lines as schedule_lines
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.storage.context import Context

_OFFERS, _OFFICES, _VISITS, _ENTRIES = PackageOffer.__table__, OfficeRow.__table__, VisitRow.__table__, LedgerEntry.__table__

register_sentences({"offer_gone": N_("This package is not offered any more. Choose another.")})


@dataclass(frozen=True, slots=True)
class VisitBill:
    """What a visit costs. `packages` are all the patient's; `covering` the one this visit uses; `sale` the line of a
    package sold with it."""

    visit: VisitLine
    lines: tuple[BillLine, ...]
    sale: BillLine | None
    offer: Row[Any] | None
    covering: Covering | None
    packages: tuple[PackageLine, ...]
    due_before_cents: int
    total_cents: int


def visit_bill(
    context: Context, visit_id: int, package_id: int | None, extras: Sequence[Extra], sell_offer_id: int | None
) -> VisitBill:
    """The bill, with a session of `package_id` or, without one, of the package sold with it where that fits.

    Raises Refusal("visit_not_there" | "package_does_not_fit" | "offer_gone") and what extras refuse.
    """
    patient, where = (select(column).where(_VISITS.c.id == visit_id).scalar_subquery() for column in (_VISITS.c.patient_id, _VISITS.c.office_id))
    owed = select(func.coalesce(func.sum(_ENTRIES.c.cents), 0)).where(_ENTRIES.c.patient_id == patient)
    with context.together() as asks:
        found = asks(schedule_lines, context, VisitRow.id == visit_id)
        known = asks(package_lines, context, of_visit=visit_id)
        held_in, asked = asks(held_for, context, visit_id), asks(_offer, context, sell_offer_id)
        in_state = asks(context.session.scalar, select(_OFFICES.c.state).where(_OFFICES.c.id == where))
        balance = asks(context.session.scalar, owed)
    if not found.answer:
        raise Refusal("visit_not_there")
    visit, packages, offer, due = found.answer[0], known.answer, asked.answer, int(balance.answer or 0)
    covering = _covering(visit, packages, package_id, held_in.answer) if package_id is not None else _covering_sold(visit, offer)
    lines = (*visit_lines(visit.services, covering), *extra_lines(extras, in_state.answer or ""))
    sale = sale_line(context, offer, visit.office_id) if offer is not None else None
    total = to_pay([*lines, sale] if sale else lines, due)
    return VisitBill(visit, lines, sale, offer, covering, packages, due, total)


def sale_line(context: Context, offer: Row[Any], office_id: int) -> BillLine:
    """The line of a package sold today."""
    ends = last_day(today_at(context, office_id), offer.good_months)
    words = _("{count} visits").format(count=offer.sessions)
    if ends is not None:
        words = _("{count} visits, good through {day}").format(count=offer.sessions, day=full_day(ends))
    return BillLine("package", offer.name, words, offer.price_cents, offer.price_cents, has_package=True)


def offer_row(context: Context, offer_id: int) -> Row[Any]:
    """An offer on sale. Raises Refusal("offer_gone")."""
    row = context.session.execute(select(_OFFERS).where(_OFFERS.c.id == offer_id, _OFFERS.c.active)).one_or_none()
    if row is None:
        raise Refusal("offer_gone", "sell_offer_id")
    return row


def _offer(context: Context, offer_id: int | None) -> Row[Any] | None:
    return None if offer_id is None else offer_row(context, offer_id)


def _covering(visit: VisitLine, packages: Sequence[PackageLine], package_id: int, held_in: int | None) -> Covering:
    services = [line.service_id for line in visit.services]
    package = next((line for line in packages if line.id == package_id), None)
    is_held = package is not None and held_in == package_id
    if package is None or not (is_held or fitting([package], services, visit.day)):
        raise Refusal("package_does_not_fit", "package_id")
    if not covers_visit(package.covers, services):
        raise Refusal("package_does_not_fit", "package_id")
    return Covering(package.id, package.name, package.covers, package.used + package.forfeited + 1, package.sessions)


def _covering_sold(visit: VisitLine, offer: Row[Any] | None) -> Covering | None:
    if offer is None:
        return None
    covers = covers_from(offer.covers)
    if not covers_visit(covers, [line.service_id for line in visit.services]):
        return None
    return Covering(None, offer.name, covers, 1, offer.sessions)
