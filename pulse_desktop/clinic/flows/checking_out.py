"""Checking out: charges, session, payment, receipt, the end of the visit and the next one, all or nothing."""

from __future__ import annotations

from sqlalchemy import select

from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import long_day, wall
from pulse_desktop.clinic.flows.booking import book_visit
from pulse_desktop.clinic.flows.selling import check_sum, opened
from pulse_desktop.clinic.flows.values import CheckedOut, CheckOut
from pulse_desktop.clinic.money import posting
from pulse_desktop.clinic.money.bill import Extra
from pulse_desktop.clinic.money.visit_bill import VisitBill, visit_bill
from pulse_desktop.clinic.packages import credits as sessions
from pulse_desktop.clinic.schedule.commands import seen_visit
from pulse_desktop.clinic.schedule.steps import go_along
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.rules import is_uncounted
from pulse_desktop.clinic.treatment.tables import Note
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.undo import restore_rows

_NOTES = Note.__table__

register_sentences(
    {
        "not_here": N_("This patient is not marked as arrived. Do that first; nothing was charged."),
        "not_counted": N_(
            "Cups or needles are off but not counted. Whoever treats counts them in the note before the patient leaves; nothing was charged."
        ),
        "still_on": N_("Cups or needles are still on. Take them off in the note first; nothing was charged."),
    }
)


def undo_check_out(context: Context, operation: str) -> None:
    """Takes a check-out back: reversing entries for sessions and money, the visit where it was, the next one cancelled."""
    sessions.reverse_operation(context, operation)
    posting.reverse_operation(context, operation)
    restore_rows(context, operation)


@command(needs=Permission.TAKE_MONEY, audit="visit.check_out", undo=undo_check_out)
def check_out(context: Context, value: CheckOut) -> CheckedOut:
    """The visit is paid and done.

    Raises Refusal("visit_over" | "already_done" | "not_today" | "not_here" | "still_on" | "not_counted" | "package_does_not_fit" |
    "package_unpaid" | "paid_too_much" …), NeedsConsent("on_account"), what booking the next visit raises, and Outdated when visit or sum
    are no longer what the person saw.
    """
    extras = tuple(Extra(one.words, one.cents, one.quantity, one.tax_millionths) for one in value.extras)
    with context.together() as asks:
        seen = asks(_open_visit, context, value)
        billed = asks(visit_bill, context, value.visit_id, value.package_id, extras, value.sell_offer_id)
    visit, bill = seen.answer, billed.answer
    if bill.total_cents != value.total_cents:
        raise Outdated("visit", visit.id, total=bill.total_cents)
    check_sum(context, value.payments, bill.total_cents)
    receipt_id, package_id = _post(context, bill, value)
    _settle_session(context, bill, value.package_id or package_id)
    go_along(context, visit, Progress.DONE)
    next_id = book_visit(context, value.next_visit) if value.next_visit is not None else None
    context.about(bill.visit.patient_id, "visit", value.visit_id)
    return CheckedOut(value.visit_id, receipt_id, next_id, package_id)


def _open_visit(context: Context, value: CheckOut) -> VisitRow:
    """The visit as the person saw it. Raises Outdated, and Refusal where it cannot be checked out."""
    drafts = select(_NOTES.c.running, _NOTES.c.draft).where(_NOTES.c.visit_id == value.visit_id, _NOTES.c.signed_at.is_(None))
    with context.together() as asks:
        seen, notes = asks(seen_visit, context, value.visit_id, value.version), asks(context.session.execute, drafts)
    visit = seen.answer
    if State(visit.state) not in STANDING:
        raise Refusal("visit_over")
    if visit.progress in {Progress.DONE, Progress.LEFT}:
        raise Refusal("already_done")
    if visit.day > wall(context.now(), visit.zone).date():
        raise Refusal("not_today", "", day=long_day(visit.day))
    if visit.progress == Progress.EXPECTED:
        raise Refusal("not_here")
    open_notes = notes.answer.all()
    if any(note.running for note in open_notes):
        raise Refusal("still_on")
    if any(is_uncounted(draft_from_json(note.draft)) for note in open_notes):
        raise Refusal("not_counted")
    return visit


def _post(context: Context, bill: VisitBill, value: CheckOut) -> tuple[int, int | None]:
    """Charges, the package sold and the payments on one receipt; (receipt, package sold)."""
    patient_id, office_id, visit_id = bill.visit.patient_id, bill.visit.office_id, bill.visit.id
    receipt_id = posting.open_receipt(context, patient_id, office_id, visit_id)
    sold_id = opened(context, bill.offer, patient_id, office_id) if bill.offer is not None else None
    covering_id = (bill.covering.package_id or sold_id) if bill.covering else None
    about = {"patient_id": patient_id, "office_id": office_id, "visit_id": visit_id, "receipt_id": receipt_id}
    with context.together() as asks:
        for lines, package_id in ((bill.lines, covering_id), ((bill.sale,) if bill.sale else (), sold_id)):
            asks(posting.post_bill, context, lines, package_id=package_id, **about)
        asks(posting.post_payments, context, value.payments, **about)
    return receipt_id, sold_id


def _settle_session(context: Context, bill: VisitBill, package_id: int | None) -> None:
    """Uses the session of the package that covers the visit; one held for it in vain goes back."""
    if bill.covering is not None and package_id is not None:
        sessions.use(context, package_id, bill.visit.id, bill.visit.day)
    else:
        sessions.release(context, bill.visit.id)
