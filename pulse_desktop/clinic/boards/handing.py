"""Everything a paper is made of, read in one look: who, where, what was done, what was paid, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pulse_desktop.clinic import money, patients, treatment
from pulse_desktop.clinic.money.tables import LedgerEntry
from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine
from pulse_desktop.clinic.packages.balances import held_or_used_for, package_lines
from pulse_desktop.clinic.packages.rules import soonest_first
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.practice.queries import member_of, office_of, today_at
from pulse_desktop.clinic.practice.tables import LicenceRow, OfficeRow, StaffRow
from pulse_desktop.clinic.practice.values import Office, StaffMember
from pulse_desktop.clinic.schedule import visit as visit_line
from pulse_desktop.clinic.schedule.lines import visit_lines
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress, VisitLine
from pulse_desktop.clinic.treatment.values import TreatmentFacts
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_ENTRIES, _VISITS = LedgerEntry.__table__, VisitRow.__table__


@dataclass(frozen=True, slots=True)
class Place:
    """Whose paper it is: the practice and the office."""

    practice: str
    office: Office


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What an aftercare sheet is made of. `package` is the one the visit's session comes from; `now` the moment of asking."""

    place: Place
    patient: PatientRecord
    visit: VisitLine
    practitioner: StaffMember
    done: TreatmentFacts
    next_visit: VisitLine | None
    next_office: Office | None
    package: PackageLine | None
    now: datetime


@dataclass(frozen=True, slots=True)
class ReceiptSource:
    """What a receipt is made of; `balance_cents` is what was owed when it was written."""

    place: Place
    patient: PatientRecord
    receipt: ReceiptLine
    entries: tuple[LedgerLine, ...]
    balance_cents: int
    packages: tuple[PackageLine, ...]
    practitioner: StaffMember | None
    next_visit: VisitLine | None
    next_office: Office | None


@query(needs=Permission.HAND_OUT)
def sheet_source(context: Context, visit_id: int) -> SheetSource:
    """All an aftercare sheet says about a visit, before words and layout. Raises Refusal("visit_not_there")."""
    with context.together() as asks:
        found, done = asks(visit_line, context, visit_id), asks(treatment.treatment_facts, context, visit_id)
        offices = asks(_offices, context)
    visit = found.answer
    with context.together() as asks:
        practice, patient = asks(settings.value_of, context, settings.PRACTICE_NAME), asks(patients.patient, context, visit.patient_id)
        member, package = asks(_member, context, visit.staff_id), asks(_package, context, visit)
        follows = asks(next_visit_of, context, visit.patient_id, visit.starts)
    next_visit = follows.answer
    return SheetSource(
        Place(practice.answer, offices.answer[visit.office_id]), patient.answer, visit, member.answer, done.answer, next_visit,
        offices.answer[next_visit.office_id] if next_visit is not None else None, package.answer, context.now(),
    )  # fmt: skip


@query(needs=Permission.SEE_MONEY)
def receipt_source(context: Context, receipt_id: int) -> ReceiptSource:
    """All a receipt says. Denied when there is none of that number."""
    receipt, entries = money.receipt(context, receipt_id)
    visit = visit_line(context, receipt.visit_id) if receipt.visit_id is not None else None
    next_visit = next_visit_of(context, receipt.patient_id, visit.starts if visit else receipt.at)
    named = {entry.package_id for entry in entries if entry.package_id is not None}
    context.about(receipt.patient_id, "receipt", receipt_id)
    return ReceiptSource(
        _place(context, receipt.office_id), patients.patient(context, receipt.patient_id), receipt, entries,
        _balance_after(context, receipt.patient_id, entries), package_lines(context, package_ids=tuple(named)),
        _member(context, visit.staff_id) if visit else None, next_visit, _office_of(context, next_visit),
    )  # fmt: skip


def next_visit_of(context: Context, patient_id: int, after: datetime) -> VisitLine | None:
    """The patient's next visit that stands and has not begun."""
    wanted = (
        select(_VISITS.c.id)
        .where(
            _VISITS.c.patient_id == patient_id, _VISITS.c.starts > after, _VISITS.c.state.in_(STANDING),
            _VISITS.c.progress == Progress.EXPECTED,
        )
        .order_by(_VISITS.c.starts)
        .limit(1)
    )  # fmt: skip
    return next(iter(visit_lines(context, VisitRow.id.in_(wanted))), None)


def _offices(context: Context) -> Mapping[int, Office]:
    return {row.id: office_of(row) for row in context.session.scalars(select(OfficeRow))}


def _place(context: Context, office_id: int) -> Place:
    with context.together() as asks:
        office = asks(context.session.get_one, OfficeRow, office_id)
        practice = asks(settings.value_of, context, settings.PRACTICE_NAME)
    return Place(practice.answer, office_of(office.answer))


def _office_of(context: Context, visit: VisitLine | None) -> Office | None:
    return office_of(context.session.get_one(OfficeRow, visit.office_id)) if visit is not None else None


def _member(context: Context, staff_id: int) -> StaffMember:
    with context.together() as asks:
        person = asks(context.session.get_one, StaffRow, staff_id)
        held = asks(context.session.scalars, select(LicenceRow).where(LicenceRow.staff_id == staff_id, LicenceRow.active))
    return member_of(person.answer, held.answer)


def _package(context: Context, visit: VisitLine) -> PackageLine | None:
    """The package of the visit's session; without one the open package that ends first."""
    with context.together() as asks:
        known = asks(package_lines, context, patient_ids=(visit.patient_id,))
        used, today = asks(held_or_used_for, context, (visit.id,)), asks(today_at, context, visit.office_id)
    lines, taken = known.answer, used.answer.get(visit.id)
    if taken is not None:
        return next((line for line in lines if line.id == taken), None)
    return next((line for line in soonest_first(lines) if line.is_open(today.answer)), None)


def _balance_after(context: Context, patient_id: int, entries: tuple[LedgerLine, ...]) -> int:
    last = max((entry.id for entry in entries), default=0)
    wanted = select(func.coalesce(func.sum(_ENTRIES.c.cents), 0)).where(_ENTRIES.c.patient_id == patient_id, _ENTRIES.c.id <= last)
    return int(context.session.scalar(wanted) or 0)
