"""What people look at of packages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.packages.balances import covers_from, package_lines
from pulse_desktop.clinic.packages.rules import session_worth, single_price
from pulse_desktop.clinic.packages.tables import PackageOffer
from pulse_desktop.clinic.packages.values import Offer, PackageLine, PackageTotals
from pulse_desktop.clinic.practice.tables import OfficeRow, ServiceRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_OFFERS = PackageOffer.__table__
_SERVICES = ServiceRow.__table__
_OFFICES = OfficeRow.__table__


@query(needs=Permission.SEE_PACKAGES)
def offers(context: Context, include_retired: bool = False) -> tuple[Offer, ...]:  # noqa: FBT001, FBT002 - the contract's words
    """The price list, each offer with the saving against single visits at today's prices."""
    wanted = select(_OFFERS).order_by(_OFFERS.c.id)
    if not include_retired:
        wanted = wanted.where(_OFFERS.c.active)
    with context.together() as asks:
        prices, lines, rows = asks(service_prices, context), asks(_open, context), asks(context.session.execute, wanted)
    open_now = Counter(line.offer_id for line in lines.answer)
    return tuple(offer_from(row, prices.answer, open_now) for row in rows.answer)


@query(needs=Permission.SEE_PACKAGES, about=lambda patient_id: patient_id)
def packages_of(context: Context, patient_id: int) -> tuple[PackageLine, ...]:
    """Everything the patient ever bought, the oldest first."""
    return package_lines(context, patient_ids=(patient_id,))


@query(needs=Permission.SEE_PACKAGES)
def open_packages(context: Context) -> tuple[PackageLine, ...]:
    """All packages with sessions left that have not ended, the one that ends first at the front."""
    return tuple(sorted(_open(context), key=lambda line: (line.good_through or date.max, line.id)))


@query(needs=Permission.SEE_PACKAGES)
def totals(context: Context) -> PackageTotals:
    """How many packages are open, the sessions owed on them, and what these are worth at the price paid for them."""
    lines = _open(context)
    owed = [line.left + line.held for line in lines]
    worth = sum(session_worth(line, line.used + line.forfeited, count) for line, count in zip(lines, owed, strict=True))
    return PackageTotals(len(lines), sum(owed), worth)


def offer_from(row: Any, prices: Mapping[int, int], open_now: Mapping[int, int]) -> Offer:
    """An offer's row as people see it."""
    covers = covers_from(row.covers)
    return Offer(
        row.id, row.version, row.name, row.sessions, row.price_cents, covers, row.good_months,
        single_price(row.sessions, covers, prices), open_now.get(row.id, 0), row.active,
    )  # fmt: skip


def service_prices(context: Context) -> dict[int, int]:
    """Service id to its price today."""
    return {row.id: row.price_cents for row in context.session.execute(select(_SERVICES.c.id, _SERVICES.c.price_cents))}


def _open(context: Context) -> list[PackageLine]:
    today = _today(context)
    return [line for line in package_lines(context, open_on=today) if line.is_open(today)]


def _today(context: Context) -> date:
    """Today at the first office; all offices of a clinic lie near enough for whole days."""
    zone = context.session.scalar(select(_OFFICES.c.zone).order_by(_OFFICES.c.id).limit(1))
    return wall(context.now(), zone or "UTC").date()
