"""What people do with packages by themselves. Selling and using one also moves money: see `flows`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pulse_desktop.basics.entries import clean_line
from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic.packages import credits as sessions
from pulse_desktop.clinic.packages.balances import covers_to_json, package_lines
from pulse_desktop.clinic.packages.rules import check_offer, covers_visit, fitting, last_day
from pulse_desktop.clinic.packages.tables import Package, PackageOffer
from pulse_desktop.clinic.packages.values import HoldSession, OfferDraft, PackageLine
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import RESTORE, command

_VISIT = VisitRow.__table__
_SERVICES = VisitServiceRow.__table__


@command(needs=Permission.SET_UP, audit="package_offer.save", undo=RESTORE)
def save_offer(context: Context, draft: OfferDraft) -> int:
    """Put an offer on the price list or change it; what was sold keeps its terms. Refusals stand under the draft's fields."""
    check_offer(draft)
    values = {
        "name": clean_line(draft.name, "name"), "sessions": draft.sessions, "price_cents": draft.price_cents,
        "covers": covers_to_json(draft.covers), "good_months": draft.good_months, "active": draft.active,
    }  # fmt: skip
    if draft.id is None:
        offer_id = context.insert(PackageOffer, **values)
    else:
        offer_id = draft.id
        context.update(PackageOffer, offer_id, draft.version, **values)
    context.about(None, "package_offer", offer_id)
    return offer_id


@command(needs=Permission.BOOK, audit="package.hold", undo=sessions.reverse_operation)
def hold_session(context: Context, wish: HoldSession) -> int:
    """Keep one session of a package for a booked visit; the package's id."""
    visit = visit_needs(context, wish.visit_id)
    package = sessions.one_package(context, wish.package_id)
    if package.patient_id != visit.patient_id:
        raise Refusal("package_other_patient")
    if not covers_visit(package.covers, visit.service_ids):
        raise Refusal("package_does_not_fit")
    sessions.hold(context, wish.package_id, wish.visit_id, visit.day)
    context.about(visit.patient_id, "package", wish.package_id)
    return wish.package_id


@command(needs=Permission.BOOK, audit="package.release", undo=sessions.reverse_operation)
def release_session(context: Context, visit_id: int) -> bool:
    """Give the session held for a visit back to its package; False when none was held."""
    context.about(visit_needs(context, visit_id).patient_id, "visit", visit_id)
    return sessions.release(context, visit_id)


# --- for the flows: parts of larger acts --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisitNeeds:
    """What packages must know of a visit."""

    patient_id: int
    office_id: int
    day: date
    service_ids: tuple[int, ...]


def visit_needs(context: Context, visit_id: int) -> VisitNeeds:
    """The visit's patient, day and services; Outdated when there is no such visit."""
    wanted = select(_SERVICES.c.service_id).where(_SERVICES.c.visit_id == visit_id, ~_SERVICES.c.dropped).order_by(_SERVICES.c.position)
    with context.together() as asks:
        found = asks(context.session.execute, select(_VISIT.c.patient_id, _VISIT.c.office_id, _VISIT.c.day).where(_VISIT.c.id == visit_id))
        services = asks(context.session.scalars, wanted)
    row = found.answer.one_or_none()
    if row is None:
        raise Outdated("visit", visit_id)
    return VisitNeeds(row.patient_id, row.office_id, row.day, tuple(services.answer))


def hold_if_fitting(context: Context, visit_id: int) -> int | None:
    """Keep a session of the package that ends first and fits; None when the patient has none."""
    with context.together() as asks:
        needs = asks(visit_needs, context, visit_id)
        lines = asks(package_lines, context, of_visit=visit_id)
    return _hold_first(context, visit_id, needs.answer, lines.answer)


def hold_for(context: Context, visit_id: int, visit: VisitNeeds) -> int | None:
    """The same for a visit whose needs are known."""
    return _hold_first(context, visit_id, visit, package_lines(context, patient_ids=(visit.patient_id,)))


def _hold_first(context: Context, visit_id: int, visit: VisitNeeds, lines: Sequence[PackageLine]) -> int | None:
    packages = fitting(lines, visit.service_ids, visit.day)
    if not packages:
        return None
    sessions.hold(context, packages[0].id, visit_id, visit.day)
    return packages[0].id


def open_package(context: Context, offer: PackageOffer, patient_id: int, office_id: int, sold_on: date) -> int:
    """A package on the terms of `offer`, with its sessions; not yet paid for."""
    package_id = context.insert(
        Package, patient_id=patient_id, offer_id=offer.id, office_id=office_id, name=offer.name, sessions=offer.sessions,
        price_cents=offer.price_cents, covers=offer.covers, sold_on=sold_on, good_through=last_day(sold_on, offer.good_months),
    )  # fmt: skip
    sessions.buy(context, package_id, offer.sessions)
    return package_id
