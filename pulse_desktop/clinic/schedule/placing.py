"""Finding out whether a visit can stand where it is wanted: reads what counts, asks the rules, names who is in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Date, bindparam, or_, select

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import Refusal, reason_in
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.practice.queries import member_of, office_of, room_of
from pulse_desktop.clinic.practice.tables import ClosureRow, HoursRow, LicenceRow, OfficeRow, RoomRow, StaffRow
from pulse_desktop.clinic.practice.values import Office, Room, StaffMember, Stretch
from pulse_desktop.clinic.schedule import rules
from pulse_desktop.clinic.schedule.occupancy import one_room, taken_near
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on
from pulse_desktop.clinic.schedule.spans import PATIENT, PRACTITIONER, ROOM, Occupied, Place, Taken
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.together import Question, Together
from pulse_desktop.storage.types import from_milliseconds, to_milliseconds

_TAKEN = {ROOM: ("room_taken", "room_id"), PRACTITIONER: ("practitioner_taken", "staff_id"), PATIENT: ("patient_taken", "starts")}


_OFFICES, _STAFF, _LICENCES, _ROOMS = table_of(OfficeRow), table_of(StaffRow), table_of(LicenceRow), table_of(RoomRow)
_HOURS, _CLOSURES = table_of(HoursRow), table_of(ClosureRow)
_ONE_OFFICE = select(_OFFICES).where(_OFFICES.c.id == bindparam("id"))
_ONE_MEMBER = select(_STAFF).where(_STAFF.c.id == bindparam("id"))
_LICENCES_OF = select(_LICENCES).where(_LICENCES.c.staff_id == bindparam("staff"), _LICENCES.c.active)
_ROOMS_OF = select(_ROOMS).where(_ROOMS.c.office_id == bindparam("office"), _ROOMS.c.active).order_by(_ROOMS.c.id)
_CLOSED_FOR = select(_CLOSURES.c.reason).where(
    _CLOSURES.c.office_id == bindparam("office"), _CLOSURES.c.day == bindparam("day", type_=Date), ~_CLOSURES.c.lifted
)
_HOURS_OF = (
    select(_HOURS.c.starts, _HOURS.c.ends)
    .where(
        _HOURS.c.staff_id == bindparam("staff"),
        _HOURS.c.office_id == bindparam("office"),
        _HOURS.c.weekday == bindparam("weekday"),
        _HOURS.c.valid_from <= bindparam("day", type_=Date),
        or_(_HOURS.c.valid_to.is_(None), _HOURS.c.valid_to >= bindparam("day", type_=Date)),
    )
    .order_by(_HOURS.c.starts)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place asked for, whether by a new booking or a move (`visit_id` is the visit that moves)."""

    patient_id: int
    office_id: int
    staff_id: int
    room_id: int | None
    day: date
    minute: int
    minutes: int
    pattern: tuple[Stretch, ...]
    second_time: bool | None
    squeeze_in: bool
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a visit will stand."""

    office: Office
    room: Room | None
    starts: datetime
    ends: datetime
    second_time: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a visit is wanted, before it is known how long it takes."""

    patient_id: int
    office_id: int
    staff_id: int
    room_id: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What counts at a spot, asked for together with whatever else the caller wants to know."""

    office: Question[Office]
    member: Question[StaffMember]
    closed: Question[str | None]
    rooms: Question[list[Room]]
    hours: Question[list[tuple[int, int]]]
    travel: Question[int]

    @classmethod
    def asked(cls, asks: Together, context: Context, spot: Spot) -> Surroundings:
        """Nobody else books here meanwhile: asked first, so that what is read beside it is read once the others are done."""
        _keep_still(asks, context, spot)
        return cls(
            asks(_office, context, spot.office_id), asks(_member, context, spot.staff_id), asks(_closed_for, context, spot),
            asks(_rooms, context, spot), asks(hours_on, context, spot.staff_id, spot.office_id, spot.day),
            asks(settings.value_of, context, settings.TRAVEL_MINUTES),
        )  # fmt: skip


def placed(context: Context, wanted: Wanted, around: Surroundings | None = None) -> Placed:
    """The place for a visit; `around` what was already asked for. Refusals come before questions, so that nobody agrees to what cannot be.

    Raises Refusal("start_wrong" | "time_skipped" | "too_far" | "office_closed" | "no_practitioner" | "no_licence" | "room_elsewhere" |
    "no_room" | "room_taken" | "practitioner_taken" | "patient_taken" | "practitioner_travels"),
    NeedsConsent("time_repeated" | "in_the_past" | "after_hours").
    """
    rules.check_start(wanted.minute)
    if around is None:
        with context.together() as asks:
            spot = Spot(wanted.patient_id, wanted.office_id, wanted.staff_id, wanted.room_id, wanted.day)
            around = Surroundings.asked(asks, context, spot)
    office, member = around.office.answer, around.member.answer
    starts, second_time = _instant(context, wanted, office)
    rules.check_ahead(wanted.day, times.wall(context.now(), office.zone).date())
    rules.check_open(around.closed.answer, office, wanted.day)
    rules.check_practitioner(member, office, wanted.day)
    room = _room(context, wanted, around, starts)
    rules.check_past(starts, context.now(), context.consents)
    rules.check_hours(wanted.minute, wanted.minutes, around.hours.answer, member, office, context.consents)
    return Placed(office, room, starts, starts + timedelta(minutes=wanted.minutes), second_time)


def _keep_still(asks: Together, context: Context, spot: Spot) -> None:
    """Who and what is wanted is booked by one seat at a time: the way between offices is no span that a guard could keep apart."""
    asks(context.lock, StaffRow, spot.staff_id)
    asks(context.lock, PatientRow, spot.patient_id)
    if spot.room_id is not None:
        asks(context.lock, RoomRow, spot.room_id)


def hours_on(context: Context, staff_id: int, office_id: int, day: date) -> list[tuple[int, int]]:
    """A practitioner's hours at an office on a day, minutes of the day, in order."""
    rows = context.read(_HOURS_OF, staff=staff_id, office=office_id, weekday=day.weekday(), day=day)
    return [(starts, ends) for starts, ends in rows]


def room_free(context: Context, visit: VisitRow, place: Place) -> None:
    """Raises Refusal("room_taken") when somebody else is in the room; for a visit that enters another room."""
    rooms = [] if place.room_id is None else [place.room_id]
    taken = taken_near(context, place, rooms, visit.id)
    _refuse_clash(context, taken, replace(place, patient_id=None, hands_on=()))


def _office(context: Context, office_id: int) -> Office:
    row = context.read(_ONE_OFFICE, id=office_id).one_or_none()
    if row is None or not row.active:
        raise Refusal("not_there", "office_id")
    return office_of(row)


def _member(context: Context, staff_id: int) -> StaffMember:
    with context.together() as asks:
        found, licences = asks(context.read, _ONE_MEMBER, id=staff_id), asks(context.read, _LICENCES_OF, staff=staff_id)
    row = found.answer.one_or_none()
    if row is None:
        raise Refusal("not_there", "staff_id")
    return member_of(row, licences.answer)


def _instant(context: Context, wanted: Wanted, office: Office) -> tuple[datetime, bool]:
    """The start, and whether it is the second one of its wall time; the consent may answer "second"."""
    meant = wanted.second_time
    if meant is None and (said := reason_in(context.consents, "time_repeated")) is not None:
        meant = said == "second"
    return times.instant_at(wanted.day, wanted.minute, office.zone, second_time=meant), bool(meant)


def _closed_for(context: Context, wanted: Spot) -> str | None:
    reason: str | None = context.read(_CLOSED_FOR, office=wanted.office_id, day=wanted.day).scalar()
    return reason


def _room(context: Context, wanted: Wanted, around: Surroundings, starts: datetime) -> Room | None:
    """The room the visit gets, everything else being free too."""
    office, rooms = around.office.answer, around.rooms.answer
    if wanted.room_id is not None:
        if not rooms:
            raise Refusal("not_there", "room_id")
        rules.check_room(rooms[0], office)
    if wanted.squeeze_in:
        return rooms[0] if wanted.room_id is not None else None
    bare = _place(wanted, None, starts)
    taken = taken_near(context, bare, [room.id for room in rooms], wanted.visit_id)
    _refuse_clash(context, taken, bare)
    _refuse_travel(context, bare, taken, around)
    places = [_place(wanted, room, starts) for room in rooms]
    if wanted.room_id is not None:
        _refuse_clash(context, taken, places[0])
    free = (room for room, place in zip(rooms, places, strict=True) if taken.clash(place) is None)
    found = next(free, None)
    if found is None:
        raise Refusal("no_room", "room_id", office=office.name)
    return found


def _rooms(context: Context, wanted: Spot) -> list[Room]:
    """The room asked for, none when there is no such room; or all of the office."""
    if wanted.room_id is None:
        return list(map(room_of, context.read(_ROOMS_OF, office=wanted.office_id)))
    chosen = one_room(context, wanted.room_id)
    return [] if chosen is None else [chosen]


def _place(wanted: Wanted, room: Room | None, starts: datetime) -> Place:
    return Place(
        wanted.patient_id, wanted.staff_id, wanted.office_id, room.id if room else None, to_milliseconds(starts),
        wanted.minutes, hands_on(fitted(wanted.pattern, wanted.minutes)),
        room.setup_minutes if room else 0, room.cleanup_minutes if room else 0,
    )  # fmt: skip


def _refuse_clash(context: Context, taken: Taken, place: Place) -> None:
    found = taken.clash(place)
    if found is not None:
        span, held = found
        key, field = _TAKEN[span.kind]
        raise Refusal(key, field, **_who(context, held))


def _who(context: Context, held: Occupied) -> dict[str, object]:
    """Who has the place. The patient stands as a number only: the screen fills in the name."""
    visit = context.session.get_one(VisitRow, held.visit_id)
    booker = context.session.get_one(StaffRow, visit.booked_by)
    room = None if visit.room_id is None else context.session.get(RoomRow, visit.room_id)
    begins, ends = (times.wall(from_milliseconds(moment), visit.zone) for moment in (held.starts, held.ends))
    return {
        "visit_id": held.visit_id,
        "patient_id": visit.patient_id,
        "room": room.name if room else "",
        "staff": context.session.get_one(StaffRow, visit.staff_id).short_name,
        "office": context.session.get_one(OfficeRow, visit.office_id).name,
        "from": times.clock_time(begins),
        "to": times.clock_time(ends),
        "booked_by": booker.short_name,
        "booked_at": visit.booked_at,
        "booked_when": rules.booked_when(visit.booked_at, context.now(), visit.zone),
    }


def _refuse_travel(context: Context, place: Place, taken: Taken, around: Surroundings) -> None:
    office, travel = around.office.answer, around.travel.answer
    away = taken.away(place, travel)
    if away is None:
        return
    elsewhere = context.session.get_one(OfficeRow, away.office_id)
    begins, ends = (times.wall(from_milliseconds(moment), elsewhere.zone) for moment in (away.starts, away.ends))
    staff = context.session.get_one(StaffRow, place.staff_id).short_name
    between = {"from": times.clock_time(begins), "to": times.clock_time(ends)}
    raise Refusal("practitioner_travels", "staff_id", staff=staff, office=elsewhere.name, travel=travel, here=office.name, **between)

