"""What people do with visits: book, move, change, confirm, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from pulse_desktop.basics.entries import clean_text, needed_line
from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice.queries import service_of
from pulse_desktop.clinic.practice.tables import ServiceRow
from pulse_desktop.clinic.practice.values import Service, Stretch
from pulse_desktop.clinic.schedule import rules
from pulse_desktop.clinic.schedule.occupancy import occupy, pattern_of_visit, take
from pulse_desktop.clinic.schedule.patterns import asked_length, fitted, hands_on, length
from pulse_desktop.clinic.schedule.placing import Placed, Spot, Surroundings, Wanted, placed
from pulse_desktop.clinic.schedule.spans import Place
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import (
    Booking,
    Cancelling,
    Confirming,
    DeskNote,
    Move,
    Progress,
    ServicesChange,
    State,
)
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import to_milliseconds

_PATIENTS, _SERVICES = table_of(PatientRow), table_of(ServiceRow)
_VISITS = table_of(VisitRow)
_ONE_VISIT = select(_VISITS).where(_VISITS.c.id == bindparam("id"))
_IS_ACTIVE = select(_PATIENTS.c.active).where(_PATIENTS.c.id == bindparam("id"))
_OFFERED = select(_SERVICES).where(_SERVICES.c.id.in_(bindparam("ids", expanding=True)), _SERVICES.c.active)


@command(needs=Permission.BOOK, audit="visit.book", about=lambda booking: booking.patient_id, undo="restore")
def book_visit(context: Context, booking: Booking) -> int:
    """Books one visit; returns its number.

    Raises what `placing.placed` raises, Refusal("no_service" | "service_gone" | "only_addons" | "ends_before_start" |
    "too_short" | "too_long" | "patient_inactive" | "entry_too_long").
    """
    rules.check_state(booking.state)
    with context.together() as asks:
        asks(_check_patient, context, booking.patient_id)
        wanted = asks(_services, context, booking.service_ids)
        around = Surroundings.asked(
            asks, context, Spot(booking.patient_id, booking.office_id, booking.staff_id, booking.room_id, booking.day)
        )
    services = wanted.answer
    pattern = _pattern(services)
    minutes = asked_length(booking.starts, booking.ends, length(pattern))
    place = placed(context, Wanted(
        booking.patient_id, booking.office_id, booking.staff_id, booking.room_id, booking.day, booking.starts, minutes,
        pattern, booking.second_time, booking.squeeze_in,
    ), around)  # fmt: skip
    visit_id = _add(context, booking, place, minutes)
    _add_services(context, visit_id, services)
    if not booking.squeeze_in:
        take(context, visit_id, _taken_by(booking, place, minutes, pattern))
    context.about(object_type="visit", object_id=visit_id)
    return visit_id


@command(needs=Permission.BOOK, audit="visit.move", undo="restore")
def move_visit(context: Context, move: Move) -> int:
    """Gives a visit another time, practitioner, room or office.

    Raises as `book_visit`, Refusal("visit_over" | "already_begun"), Outdated.
    """
    visit = seen_visit(context, move.visit_id, move.version)
    rules.check_movable(State(visit.state), Progress(visit.progress))
    minutes = asked_length(move.starts, move.ends, visit.minutes)
    office_id = move.office_id or visit.office_id
    kept_room = visit.room_id if office_id == visit.office_id else None
    place = placed(context, Wanted(
        visit.patient_id, office_id, move.staff_id or visit.staff_id, move.room_id or kept_room, move.day, move.starts, minutes,
        pattern_of_visit(context, visit.id), move.second_time, move.squeeze_in, visit.id,
    ))  # fmt: skip
    if move.day != visit.day:  # somebody who has come today has not come yet on the other day
        visit.progress, visit.arrived_at = Progress.EXPECTED, None
    visit.staff_id = move.staff_id or visit.staff_id
    visit.day, visit.minute, visit.minutes, visit.squeeze_in = move.day, move.starts, minutes, move.squeeze_in
    _stand_at(visit, place)
    context.session.flush()
    occupy(context, visit)
    return visit.id


@command(needs=Permission.BOOK, audit="visit.services", undo="restore")
def change_services(context: Context, change: ServicesChange) -> int:
    """Other services for a visit; its length follows. A room or practitioner that is not free so long refuses.

    Raises Refusal("visit_over" | "already_done" | "no_service" | "service_gone" | "only_addons" | "place_taken"), Outdated.
    """
    visit = seen_visit(context, change.visit_id, change.version)
    rules.check_changeable(State(visit.state), Progress(visit.progress))
    services = _services(context, change.service_ids)
    minutes = asked_length(visit.minute, None, length(_pattern(services)))
    for row in context.session.scalars(_lines_of(visit.id)).all():
        row.dropped = True
    _add_services(context, visit.id, services)
    visit.minutes, visit.ends = minutes, rules.ends_after(visit.starts, minutes)
    context.session.flush()
    occupy(context, visit)
    return visit.id


@command(needs=Permission.BOOK, audit="visit.confirm", undo="restore")
def confirm_visit(context: Context, confirming: Confirming) -> None:
    """The patient said they will come. Raises Refusal("visit_over"), Outdated."""
    visit = seen_visit(context, confirming.visit_id, confirming.version)
    rules.check_changeable(State(visit.state), Progress(visit.progress))
    visit.state = State.CONFIRMED


@command(needs=Permission.BOOK, audit="visit.desk_note", undo="restore")
def write_desk_note(context: Context, note: DeskNote) -> None:
    """What the desk writes to itself about a visit. Raises Refusal("entry_too_long"), Outdated."""
    visit = seen_visit(context, note.visit_id, note.version)
    visit.desk_note = clean_text(note.text, "text")


@command(needs=Permission.BOOK, audit="visit.cancel", undo="restore")
def cancel_visit(context: Context, cancelling: Cancelling) -> None:
    """Cancels a visit and lets its place go.

    Raises Refusal("visit_over" | "already_done" | "cancel_how" | "cancel_reason" | "no_show_early"), Outdated.
    """
    visit = seen_visit(context, cancelling.visit_id, cancelling.version)
    rules.check_cancelling(State(visit.state), Progress(visit.progress), cancelling.state, visit.starts, context.now())
    visit.cancel_reason = needed_line(cancelling.reason, "reason", "cancel_reason", 400)
    visit.state = cancelling.state
    context.session.flush()
    occupy(context, visit)


def visit_row(context: Context, visit_id: int) -> VisitRow:
    """The visit's row, for the subjects above; the audit event is about its patient. Raises Refusal("visit_not_there")."""
    visit = context.session.get(VisitRow, visit_id)
    if visit is None:
        raise Refusal("visit_not_there")
    context.about(visit.patient_id, "visit", visit_id)
    return visit


def seen_visit(context: Context, visit_id: int, version: int) -> VisitRow:
    """As `visit_row`; raises Outdated when somebody changed it after `version` was seen."""
    visit = visit_row(context, visit_id)
    if visit.version != version:
        raise Outdated("visit", visit_id)
    return visit


def seen_columns(context: Context, visit_id: int, version: int) -> Row[*tuple[Any, ...]]:
    """As `seen_visit`, the plain columns: for an act that writes through its context and needs no mapped row."""
    visit = context.read(_ONE_VISIT, id=visit_id).one_or_none()
    if visit is None:
        raise Refusal("visit_not_there")
    context.about(visit.patient_id, "visit", visit_id)
    if visit.version != version:
        raise Outdated("visit", visit_id)
    return visit


def _check_patient(context: Context, patient_id: int) -> None:
    active = context.read(_IS_ACTIVE, id=patient_id).scalar()
    if active is None:
        raise Refusal("patient_not_there", "patient_id")
    if not active:
        raise Refusal("patient_inactive", "patient_id")


def _services(context: Context, service_ids: Sequence[int]) -> list[Service]:
    """In the order asked for, main services before add-ons."""
    rows = context.read(_OFFERED, ids=service_ids)
    services = sorted(map(service_of, rows), key=lambda service: (service.is_addon, service_ids.index(service.id)))
    rules.check_services(services, service_ids)
    return services


def _pattern(services: Sequence[Service]) -> tuple[Stretch, ...]:
    return tuple(stretch for service in services for stretch in service.pattern)


def _lines_of(visit_id: int) -> Select[VisitServiceRow]:
    return select(VisitServiceRow).where(VisitServiceRow.visit_id == visit_id, ~VisitServiceRow.dropped)


def _add(context: Context, booking: Booking, place: Placed, minutes: int) -> int:
    return context.insert(
        VisitRow, patient_id=booking.patient_id, staff_id=booking.staff_id, day=booking.day, minute=booking.starts, minutes=minutes,
        state=booking.state.value, progress=Progress.EXPECTED.value, desk_note=clean_text(booking.desk_note, "desk_note"),
        squeeze_in=booking.squeeze_in, booked_by=context.actor.staff_id, booked_at=context.now(), **_standing_at(place),
    )  # fmt: skip


def _standing_at(place: Placed) -> dict[str, Any]:
    return {
        "office_id": place.office.id, "room_id": place.room.id if place.room else None, "zone": place.office.zone,
        "starts": place.starts, "ends": place.ends, "second_time": place.second_time,
    }  # fmt: skip


def _stand_at(visit: VisitRow, place: Placed) -> None:
    for name, value in _standing_at(place).items():
        setattr(visit, name, value)


def _taken_by(booking: Booking, placed: Placed, minutes: int, pattern: Sequence[Stretch]) -> Place:
    """What a new visit takes; that it stands was checked (`rules.check_state`)."""
    room = placed.room
    return Place(
        booking.patient_id, booking.staff_id, booking.office_id, room.id if room else None, to_milliseconds(placed.starts), minutes,
        hands_on(fitted(pattern, minutes)), room.setup_minutes if room else 0, room.cleanup_minutes if room else 0,
    )  # fmt: skip


def _add_services(context: Context, visit_id: int, services: Sequence[Service]) -> None:
    for position, service in enumerate(services):
        context.insert(
            VisitServiceRow, visit_id=visit_id, service_id=service.id, position=position, name=service.name,
            techniques=list(service.techniques), minutes=service.minutes, price_cents=service.price_cents,
            pattern=[[stretch.minutes, int(stretch.hands_on)] for stretch in service.pattern], is_addon=service.is_addon,
        )  # fmt: skip
