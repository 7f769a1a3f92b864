"""Booking with the session that goes with it: held when booked, kept or let go when the visit moves or is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from pulse_desktop.clinic import patients, schedule
from pulse_desktop.clinic.flows.values import NewCaller, VisitCancelled
from pulse_desktop.clinic.packages import credits as sessions
from pulse_desktop.clinic.packages.balances import held_for
from pulse_desktop.clinic.packages.commands import VisitNeeds, hold_for, hold_if_fitting, visit_needs
from pulse_desktop.clinic.packages.rules import covers_visit
from pulse_desktop.clinic.packages.tables import CreditEntry, Package
from pulse_desktop.clinic.schedule.values import Booking, Cancelling, Move, ServicesChange, State
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.undo import restore_rows

FORGIVEN_AGAIN_AFTER = timedelta(days=365)
"""One late cancellation a year costs no session (product.md 2.9: one forgiveness per so many days)."""

_ENTRIES, _PACKAGES = CreditEntry.__table__, Package.__table__
_LOSES_SESSION = frozenset({State.LATE_CANCELLED, State.NO_SHOW})


def undo_with_sessions(context: Context, operation: str) -> None:
    """Takes back what an operation did to visits and to sessions."""
    sessions.reverse_operation(context, operation)
    restore_rows(context, operation)


@command(needs=Permission.BOOK, audit="visit.book", about=lambda booking: booking.patient_id, undo=undo_with_sessions)
def book_visit(context: Context, booking: Booking) -> int:
    """Books a visit and keeps a session of the patient's package that ends first and fits; the visit's id.

    Raises what `schedule.book_visit` raises.
    """
    visit_id = schedule.book_visit(context, booking)
    hold_for(context, visit_id, VisitNeeds(booking.patient_id, booking.office_id, booking.day, booking.service_ids))
    return visit_id


@command(needs=Permission.BOOK, audit="visit.move", undo=undo_with_sessions)
def move_visit(context: Context, move: Move) -> int:
    """Moves a visit; a session held for it goes along, or is held in another package where the first ends too early."""
    schedule.move_visit(context, move)
    _keep_held(context, move.visit_id)
    return move.visit_id


@command(needs=Permission.BOOK, audit="visit.services", undo=undo_with_sessions)
def change_services(context: Context, change: ServicesChange) -> int:
    """Other services for a visit ("acupuncture only"); a session that no longer fits is let go, one that fits is held."""
    schedule.change_services(context, change)
    _keep_held(context, change.visit_id)
    return change.visit_id


@command(needs=Permission.BOOK, audit="visit.cancel", undo=undo_with_sessions)
def cancel_visit(context: Context, cancelling: Cancelling) -> VisitCancelled:
    """Cancels a visit. Its session goes back to the package; late or without a word it is forfeited, once a year forgiven."""
    schedule.cancel_visit(context, cancelling)
    package_id = held_for(context, cancelling.visit_id)
    if package_id is None:
        return VisitCancelled(cancelling.visit_id, "")
    if cancelling.state not in _LOSES_SESSION:
        sessions.release(context, cancelling.visit_id)
        return VisitCancelled(cancelling.visit_id, "released")
    if _was_forgiven(context, package_id):
        sessions.forfeit(context, cancelling.visit_id)
        return VisitCancelled(cancelling.visit_id, "forfeited")
    sessions.release(context, cancelling.visit_id, "forgiven")
    return VisitCancelled(cancelling.visit_id, "forgiven")


@command(needs=Permission.EDIT_PATIENTS, audit="patient.register_and_book", undo=undo_with_sessions)
def register_and_book(context: Context, caller: NewCaller) -> int:
    """Registers a new caller and books the visit in one act; the visit's id. Raises what the two acts raise."""
    patient_id = patients.register(context, caller.patient)
    visit_id = schedule.book_visit(context, replace(caller.booking, patient_id=patient_id))
    context.about(patient_id, "visit", visit_id)
    return visit_id


def _keep_held(context: Context, visit_id: int) -> None:
    held_in = held_for(context, visit_id)
    if held_in is None:
        return
    visit, package = visit_needs(context, visit_id), sessions.one_package(context, held_in)
    in_time = package.good_through is None or visit.day <= package.good_through
    if not (in_time and covers_visit(package.covers, visit.service_ids)):
        sessions.release(context, visit_id)
        hold_if_fitting(context, visit_id)


def _was_forgiven(context: Context, package_id: int) -> bool:
    """Whether the patient was forgiven within the year, in whatever package."""
    later = _ENTRIES.alias("later")
    taken_back = select(later.c.id).where(later.c.reverses_id == _ENTRIES.c.id).exists()
    patient = select(_PACKAGES.c.patient_id).where(_PACKAGES.c.id == package_id).scalar_subquery()
    forgiven = (
        select(_ENTRIES.c.id)
        .join(_PACKAGES, _PACKAGES.c.id == _ENTRIES.c.package_id)
        .where(
            _PACKAGES.c.patient_id == patient, _ENTRIES.c.kind == "forgiven",
            _ENTRIES.c.at > context.now() - FORGIVEN_AGAIN_AFTER, ~taken_back,
        )
        .limit(1)
    )  # fmt: skip
    return context.session.scalar(forgiven) is not None
