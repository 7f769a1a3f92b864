"""The occupancy table: written for visits that stand, read before a place is given, guarded by the database itself."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.practice.queries import pattern_of
from pulse_desktop.clinic.practice.tables import RoomRow
from pulse_desktop.clinic.practice.values import Stretch
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on
from pulse_desktop.clinic.schedule.spans import PATIENT, PRACTITIONER, ROOM, Place, Taken
from pulse_desktop.clinic.schedule.tables import LONGEST_SPAN, OccupancyRow, VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.types import to_milliseconds
from pulse_desktop.storage.undo import after_restore

on_guard("taken:room", lambda: Refusal("place_taken", "room_id"))
on_guard("taken:practitioner", lambda: Refusal("place_taken", "staff_id"))
on_guard("taken:patient", lambda: Refusal("place_taken", "starts"))


def occupies(visit: VisitRow) -> bool:
    """Whether the visit takes its place: it stands, was not left without treatment, and is no squeeze-in."""
    return visit.state in STANDING and visit.progress != Progress.LEFT and not visit.squeeze_in


def occupy(context: Context, visit: VisitRow) -> None:
    """Writes anew what the visit takes, after its row or its services changed. The guard may refuse ("place_taken")."""
    with context.together() as asks:
        asks(context.remove_all, OccupancyRow, visit_id=visit.id)
        place = asks(place_of, context, visit)
    if not occupies(visit):
        return
    rows = [{"visit_id": visit.id, **span._asdict()} for span in place.answer.spans()]
    context.insert_all(OccupancyRow, rows)


def place_of(context: Context, visit: VisitRow) -> Place:
    """Where and when a visit is, with its hands-on minutes and its room's buffers."""
    with context.together() as asks:
        found = asks(context.session.get, RoomRow, visit.room_id or 0)
        pattern = asks(pattern_of_visit, context, visit.id)
    room = found.answer
    return Place(
        visit.patient_id, visit.staff_id, visit.office_id, visit.room_id, to_milliseconds(visit.starts), visit.minutes,
        hands_on(fitted(pattern.answer, visit.minutes)),
        room.setup_minutes if room else 0, room.cleanup_minutes if room else 0,
    )  # fmt: skip


def pattern_of_visit(context: Context, visit_id: int) -> tuple[Stretch, ...]:
    """The time pattern of the visit's services, one after the other, as booked."""
    patterns = context.session.scalars(
        select(VisitServiceRow.pattern)
        .where(VisitServiceRow.visit_id == visit_id, ~VisitServiceRow.dropped)
        .order_by(VisitServiceRow.position, VisitServiceRow.id)
    )
    return tuple(stretch for pattern in patterns for stretch in pattern_of(pattern))


def taken_near(context: Context, place: Place, room_ids: Iterable[int], but: int | None = None) -> Taken:
    """What is taken of a place's practitioner, patient and rooms, some hours to either side; `but` is the visit that moves."""
    mine = [(PRACTITIONER, [place.staff_id]), (PATIENT, [place.patient_id or 0]), (ROOM, list(room_ids))]
    wanted = or_(*(and_(OccupancyRow.kind == kind, OccupancyRow.key.in_(keys)) for kind, keys in mine))
    return taken_between(context, place.starts - LONGEST_SPAN, place.starts + LONGEST_SPAN, wanted, OccupancyRow.visit_id != (but or 0))


def taken_between(context: Context, begins: int, ends: int, *where: ColumnElement[bool]) -> Taken:
    """Everything taken between two instants (milliseconds), read once."""
    row = OccupancyRow
    found = context.session.execute(
        select(row.kind, row.key, row.starts, row.ends, VisitRow.office_id, row.visit_id)
        .join(VisitRow, VisitRow.id == row.visit_id)
        .where(row.starts < ends, row.starts > begins - LONGEST_SPAN, *where)
    )
    return Taken((kind, key, first, last, office, visit) for kind, key, first, last, office, visit in found)


def _occupy_restored(context: Context, visit_ids: tuple[int, ...]) -> None:
    """All restored visits let go first: two that changed places must not find each other in the way."""
    for visit_id in visit_ids:
        context.remove_all(OccupancyRow, visit_id=visit_id)
    for visit_id in visit_ids:
        occupy(context, context.session.get_one(VisitRow, visit_id))


def _occupy_services(context: Context, service_line_ids: tuple[int, ...]) -> None:
    visits = select(VisitServiceRow.visit_id).where(VisitServiceRow.id.in_(service_line_ids)).distinct()
    _occupy_restored(context, tuple(context.session.scalars(visits)))


after_restore(VisitRow, _occupy_restored)
after_restore(VisitServiceRow, _occupy_services)
