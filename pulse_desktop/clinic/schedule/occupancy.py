"""The occupancy table: written for visits that stand, read before a place is given, guarded by the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.practice.queries import pattern_of, room_of
from pulse_desktop.clinic.practice.tables import RoomRow
from pulse_desktop.clinic.practice.values import Room, Stretch
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on
from pulse_desktop.clinic.schedule.spans import PATIENT, PRACTITIONER, ROOM, Place, Taken
from pulse_desktop.clinic.schedule.tables import LONGEST_SPAN, OccupancyRow, VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import to_milliseconds
from pulse_desktop.storage.undo import after_restore

on_guard("taken:room", lambda: Refusal("place_taken", "room_id"))
on_guard("taken:practitioner", lambda: Refusal("place_taken", "staff_id"))
on_guard("taken:patient", lambda: Refusal("place_taken", "starts"))


_SPANS, _VISITS, _SERVICES, _ROOMS = table_of(OccupancyRow), table_of(VisitRow), table_of(VisitServiceRow), table_of(RoomRow)
_ONE_ROOM = select(_ROOMS).where(_ROOMS.c.id == bindparam("id"))
_PATTERNS = (
    select(_SERVICES.c.pattern)
    .where(_SERVICES.c.visit_id == bindparam("visit"), ~_SERVICES.c.dropped)
    .order_by(_SERVICES.c.position, _SERVICES.c.id)
)
_TAKEN = select(_SPANS.c.kind, _SPANS.c.key, _SPANS.c.starts, _SPANS.c.ends, _VISITS.c.office_id, _SPANS.c.visit_id).join(
    _VISITS, _VISITS.c.id == _SPANS.c.visit_id
)


@cache
def _near(rooms: int) -> Select[Any]:
    """The statement for so many rooms: made once for each count, since a list is spread anew each time."""
    return _TAKEN.where(
        _SPANS.c.starts < bindparam("ends"),
        _SPANS.c.starts > bindparam("begins"),
        or_(
            and_(_SPANS.c.kind == PRACTITIONER, _SPANS.c.key == bindparam("staff")),
            and_(_SPANS.c.kind == PATIENT, _SPANS.c.key == bindparam("patient")),
            and_(_SPANS.c.kind == ROOM, _SPANS.c.key.in_([bindparam(f"room{at}") for at in range(rooms)])),
        ),
        _SPANS.c.visit_id != bindparam("but"),
    )


def occupies(visit: VisitRow) -> bool:
    """Whether the visit takes its place: it stands, was not left without treatment, and is no squeeze-in."""
    return visit.state in STANDING and visit.progress != Progress.LEFT and not visit.squeeze_in


def occupy(context: Context, visit: VisitRow) -> None:
    """Writes anew what the visit takes, after its row or its services changed. The guard may refuse ("place_taken")."""
    with context.together() as asks:
        asks(context.remove_all, OccupancyRow, visit_id=visit.id)
        place = asks(place_of, context, visit)
    if occupies(visit):
        take(context, visit.id, place.answer)


def take(context: Context, visit_id: int, place: Place) -> None:
    """Writes what a visit takes that took nothing yet. The guard may refuse ("place_taken")."""
    context.insert_all(OccupancyRow, [{"visit_id": visit_id, **span._asdict()} for span in place.spans()])


def place_of(context: Context, visit: VisitRow) -> Place:
    """Where and when a visit is, with its hands-on minutes and its room's buffers."""
    with context.together() as asks:
        found, pattern = asks(one_room, context, visit.room_id or 0), asks(pattern_of_visit, context, visit.id)
    room = found.answer
    return Place(
        visit.patient_id, visit.staff_id, visit.office_id, visit.room_id, to_milliseconds(visit.starts), visit.minutes,
        hands_on(fitted(pattern.answer, visit.minutes)),
        room.setup_minutes if room else 0, room.cleanup_minutes if room else 0,
    )  # fmt: skip


def one_room(context: Context, room_id: int) -> Room | None:
    """The room of this number."""
    row = context.read(_ONE_ROOM, id=room_id).one_or_none()
    return None if row is None else room_of(row)


def pattern_of_visit(context: Context, visit_id: int) -> tuple[Stretch, ...]:
    """The time pattern of the visit's services, one after the other, as booked."""
    patterns = context.read(_PATTERNS, visit=visit_id).scalars()
    return tuple(stretch for pattern in patterns for stretch in pattern_of(pattern))


def taken_near(context: Context, place: Place, room_ids: Iterable[int], but: int | None = None) -> Taken:
    """What is taken of a place's practitioner, patient and rooms, some hours to either side; `but` is the visit that moves."""
    rooms = {f"room{at}": room_id for at, room_id in enumerate(room_ids)}
    return Taken(map(tuple, context.read(
        _near(len(rooms)), begins=place.starts - 2 * LONGEST_SPAN, ends=place.starts + LONGEST_SPAN, staff=place.staff_id,
        patient=place.patient_id or 0, but=but or 0, **rooms,
    )))  # fmt: skip


def taken_between(context: Context, begins: int, ends: int, *where: ColumnElement[bool]) -> Taken:
    """Everything taken between two instants (milliseconds), read once."""
    found = context.read(_TAKEN.where(_SPANS.c.starts < ends, _SPANS.c.starts > begins - LONGEST_SPAN, *where))
    return Taken(map(tuple, found))


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
