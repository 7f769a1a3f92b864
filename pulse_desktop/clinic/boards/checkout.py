"""Everything the check-out panel shows before anything is taken; checking out takes exactly this bill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from pulse_desktop.clinic import packages, patients
from pulse_desktop.clinic.boards.handing import next_visit_of
from pulse_desktop.clinic.boards.reading import note_states
from pulse_desktop.clinic.boards.values import CheckoutLine, CheckoutSheet
from pulse_desktop.clinic.money.bill import BillLine, Extra
from pulse_desktop.clinic.money.visit_bill import VisitBill, visit_bill
from pulse_desktop.clinic.packages.balances import held_for, package_lines
from pulse_desktop.clinic.packages.commands import visit_needs
from pulse_desktop.clinic.packages.rules import covers_visit, fitting
from pulse_desktop.clinic.packages.values import Offer
from pulse_desktop.clinic.schedule.openings import free_instead
from pulse_desktop.clinic.schedule.values import Booking, Opening, VisitLine
from pulse_desktop.clinic.treatment.facts import treatment_facts
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

WITHOUT_PACKAGE = 0
"""What `checkout` is asked with when the person wants to pay without a package."""


class ExtraAsked(Protocol):
    """A product or fee as the panel holds it (`flows.ExtraLine`)."""

    @property
    def words(self) -> str:
        """What it is."""

    @property
    def cents(self) -> int:
        """Price of one."""

    @property
    def quantity(self) -> int:
        """How many."""

    @property
    def tax_millionths(self) -> int:
        """Tax rate."""


@query(needs=Permission.SEE_MONEY)
def checkout(
    context: Context, visit_id: int, package_id: int | None = None, extras: Sequence[ExtraAsked] = (), sell_offer_id: int | None = None
) -> CheckoutSheet:
    """The panel's content. `package_id` None proposes the package that is held or ends first; WITHOUT_PACKAGE takes none.

    Raises what `visit_bill` raises.
    """
    chosen = _proposed(context, visit_id) if package_id is None else (package_id or None)
    asked = tuple(Extra(one.words, one.cents, one.quantity, one.tax_millionths) for one in extras)
    with context.together() as asks:
        billed, done = asks(visit_bill, context, visit_id, chosen, asked, sell_offer_id), asks(treatment_facts, context, visit_id)
        notes, on_sale = asks(note_states, context, (visit_id,)), asks(packages.offers, context)
    bill, visit = billed.answer, billed.answer.visit
    context.about(visit.patient_id, "visit", visit_id)
    with context.together() as asks:
        booked, patient = asks(next_visit_of, context, visit.patient_id, visit.starts), asks(patients.patient, context, visit.patient_id)
        openings = asks(_openings, context, visit)
    package = next((line for line in bill.packages if line.id == chosen), None)
    services = [line.service_id for line in visit.services]
    others = tuple(line for line in fitting(bill.packages, services, visit.day) if line.id != chosen)
    return CheckoutSheet(
        visit, _lines(bill), package, others, bill.due_before_cents, bill.total_cents,
        _worth_proposing(on_sale.answer, bill) if sell_offer_id is None else None,
        () if booked.answer else openings.answer, booked.answer, notes.answer.get(visit_id, ""),
        patient.answer.draft.language, done.answer.is_recorded,
    )  # fmt: skip


def _proposed(context: Context, visit_id: int) -> int | None:
    with context.together() as asks:
        held, needs = asks(held_for, context, visit_id), asks(visit_needs, context, visit_id)
        lines = asks(package_lines, context, of_visit=visit_id)
    if held.answer is not None:
        return held.answer
    found = fitting(lines.answer, needs.answer.service_ids, needs.answer.day)
    return found[0].id if found else None


def _lines(bill: VisitBill) -> tuple[CheckoutLine, ...]:
    lines: tuple[BillLine, ...] = (*bill.lines, bill.sale) if bill.sale else bill.lines
    return tuple(CheckoutLine(_name(line), "" if line.kind == "product" else line.words, line.cents, line.is_covered) for line in lines)


def _name(line: BillLine) -> str:
    """A product says how many at what price in its name: "Heat patch, 2 at $6.00"."""
    return f"{line.name}, {line.words}" if line.kind == "product" and line.words else line.name


def _worth_proposing(offers: Sequence[Offer], bill: VisitBill) -> Offer | None:
    """The same package again when this was its last session; the smallest fitting one for who pays singly."""
    services = [line.service_id for line in bill.visit.services]
    on_sale = [offer for offer in offers if covers_visit(offer.covers, services) and offer.saving_cents > 0]
    if bill.covering is None:
        return min(on_sale, key=lambda offer: (offer.sessions, offer.price_cents), default=None)
    if bill.covering.session < bill.covering.sessions or len(fitting(bill.packages, services, bill.visit.day)) > 1:
        return None
    bought = next((line.offer_id for line in bill.packages if line.id == bill.covering.package_id), None)
    return next((offer for offer in on_sale if offer.id == bought), None)


def _openings(context: Context, visit: VisitLine) -> tuple[Opening, ...]:
    """Places for the same services a week on, the same time with the same practitioner first where it is free."""
    wanted = Booking(
        visit.patient_id, visit.office_id, visit.staff_id, visit.day + timedelta(days=7), visit.minute,
        tuple(line.service_id for line in visit.services), visit.room_id,
    )  # fmt: skip
    return free_instead(context, wanted, 3)
