"""Where a visit would fit: the first openings for a wish, and what is free instead of a place that is taken.

Set-up is read once, what is taken once a week of days; everything else is counted in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import Problem
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.practice.queries import practice_data, service_of
from pulse_desktop.clinic.practice.tables import ServiceRow
from pulse_desktop.clinic.practice.values import Office, PracticeData, Room, StaffMember, Stretch
from pulse_desktop.clinic.schedule.occupancy import taken_between
from pulse_desktop.clinic.schedule.patterns import LONGEST, SHORTEST, asked_length, fitted, hands_on, length
from pulse_desktop.clinic.schedule.spans import Place, Taken
from pulse_desktop.clinic.schedule.values import Booking, Opening, Wish
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.types import to_milliseconds

_A_WEEK = timedelta(days=7)
_MOST_DAYS = 190
_DAYS_AROUND = 7
_OTHER_PRACTITIONER = 30
_OTHER_ROOM = 4
_OTHER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class _Search:
    """What does not change while days are looked through."""

    practice: PracticeData
    minutes: int
    hands_on: tuple[tuple[int, int], ...]
    patient_id: int | None
    travel: int
    grid: int
    now: datetime


@dataclass(frozen=True, slots=True)
class _Column:
    """A practitioner's hours at an office on a day."""

    member: StaffMember
    office: Office
    rooms: Sequence[Room]
    day: date
    spans: Sequence[tuple[int, int]]


@query(needs=Permission.SEE_SCHEDULE)
def openings(context: Context, wish: Wish, limit: int = 5) -> tuple[Opening, ...]:
    """The first places that grant a wish, earliest first; each alternative ("or thursday") gets its share."""
    wishes = (replace(wish, alternatives=()), *wish.alternatives)
    found: list[Opening] = []
    for at, one in enumerate(wishes):
        share = -(-(limit - len(found)) // (len(wishes) - at))
        found += [opening for opening in _first(context, one, limit) if opening not in found][:share]
    return tuple(sorted(found, key=lambda opening: (opening.day, opening.starts)))


@query(needs=Permission.SEE_SCHEDULE)
def free_instead(context: Context, booking: Booking, limit: int = 3) -> tuple[Opening, ...]:
    """Free places near one that is taken, nearest first: same time in another room, near times, other practitioners."""
    with context.together() as asks:
        found, on_day = asks(_search, context, booking.service_ids, booking.patient_id), asks(_taken, context, booking.day, booking.day)
    search = found.answer
    if search is None:
        return ()
    if booking.ends is not None:
        search = _lasting(context, search, booking)
    near: list[Opening] = []
    for day in _days_around(booking.day):
        taken = on_day.answer if day == booking.day else _taken(context, day, day)
        columns = [column for column in _columns(search, day) if column.office.id == booking.office_id]
        near += [opening for column in columns for opening in _everywhere(search, column, taken, booking)]
        if len(near) >= limit:
            break
    return tuple(sorted(near, key=lambda opening: _distance(opening, booking))[:limit])


def _days_around(day: date) -> Iterator[date]:
    yield from (day + timedelta(days=step) for step in range(_DAYS_AROUND))


def _distance(opening: Opening, booking: Booking) -> tuple[int, int, int]:
    """In minutes, as the desk feels it: another practitioner counts like half an hour."""
    apart = abs(opening.starts - booking.starts) + (opening.day - booking.day).days * _OTHER_DAY
    other = _OTHER_PRACTITIONER * (opening.staff_id != booking.staff_id) + _OTHER_ROOM * (opening.room_id != booking.room_id)
    return (apart + other, opening.starts, opening.staff_id)


def _everywhere(search: _Search, column: _Column, taken: Taken, booking: Booking) -> Iterator[Opening]:
    rooms = sorted(column.rooms, key=lambda room: (room.id != booking.room_id, room.id))
    preferring = replace(column, rooms=rooms)
    for starts in sorted({*_starts(search, column), booking.starts}):
        if any(begins <= starts and starts + search.minutes <= ends for begins, ends in column.spans):
            yield from _opening(search, preferring, taken, starts)


def _first(context: Context, wish: Wish, limit: int) -> list[Opening]:
    """The first openings of one wish without alternatives."""
    search = _search(context, wish.service_ids, wish.patient_id)
    found: list[Opening] = []
    if search is None:
        return found
    day, last = wish.from_day, min(wish.to_day, wish.from_day + timedelta(days=_MOST_DAYS))
    while day <= last and len(found) < limit:
        end = min(last, day + _A_WEEK - timedelta(days=1))
        taken = _taken(context, day, end)
        while day <= end and len(found) < limit:
            found += _on_day(search, wish, day, taken)
            day += timedelta(days=1)
        day = end + timedelta(days=1) if len(found) < limit else day
    return found[:limit]


def _search(context: Context, service_ids: Sequence[int], patient_id: int | None) -> _Search | None:
    """None for a wish without a service that could be booked."""
    with context.together() as asks:
        wanted, practice = asks(_pattern, context, service_ids), asks(practice_data, context)
        travel = asks(settings.value_of, context, settings.TRAVEL_MINUTES)
        grid = asks(settings.value_of, context, settings.GRID_MINUTES)
    pattern = wanted.answer
    minutes = length(pattern)
    if not SHORTEST <= minutes <= LONGEST:
        return None
    return _Search(practice.answer, minutes, hands_on(pattern), patient_id, travel.answer, grid.answer, context.now())


def _lasting(context: Context, search: _Search, booking: Booking) -> _Search:
    """The same for a visit that was given an end of its own."""
    minutes = asked_length(booking.starts, booking.ends, search.minutes)
    return replace(search, minutes=minutes, hands_on=hands_on(fitted(_pattern(context, booking.service_ids), minutes)))


def _pattern(context: Context, service_ids: Sequence[int]) -> list[Stretch]:
    """The services' time patterns as a visit has them, one after the other."""
    rows = {row.id: service_of(row) for row in context.session.scalars(select(ServiceRow).where(ServiceRow.id.in_(service_ids)))}
    asked = [rows[service_id] for service_id in dict.fromkeys(service_ids) if service_id in rows]
    return [stretch for service in sorted(asked, key=lambda service: service.is_addon) for stretch in service.pattern]


def _taken(context: Context, first: date, last: date) -> Taken:
    """What is taken on these days anywhere on earth: a day to either side covers every zone."""
    begins, ends = (datetime.combine(day, datetime.min.time(), UTC) for day in (first, last))
    margin = timedelta(days=1)
    return taken_between(context, to_milliseconds(begins - margin), to_milliseconds(ends + 2 * margin))


def _on_day(search: _Search, wish: Wish, day: date, taken: Taken) -> list[Opening]:
    if wish.weekdays and day.weekday() not in wish.weekdays:
        return []
    found: list[Opening] = []
    for column in _columns(search, day):
        if _is_wanted(column, wish):
            found += _proposed(search, _with_room(column, wish), wish, taken)
    return sorted(found, key=lambda opening: (opening.starts, opening.staff_id))


def _is_wanted(column: _Column, wish: Wish) -> bool:
    return wish.office_id in {None, column.office.id} and wish.staff_id in {None, column.member.id}


def _with_room(column: _Column, wish: Wish) -> _Column:
    if wish.room_id is None:
        return column
    return replace(column, rooms=[room for room in column.rooms if room.id == wish.room_id])


def _columns(search: _Search, day: date) -> Iterator[_Column]:
    """Who works where on a day: offices that are open, practitioners with hours and a licence there."""
    practice = search.practice
    spans: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for hours in practice.hours:
        if hours.weekday == day.weekday() and hours.valid_from <= day and (hours.valid_to is None or day <= hours.valid_to):
            spans[hours.staff_id, hours.office_id].append((hours.starts, hours.ends))
    closed = {closure.office_id for closure in practice.closures if closure.day == day}
    for (staff_id, office_id), found in spans.items():
        member, office = practice.member(staff_id), practice.office(office_id)
        if office.active and office_id not in closed and _may_treat(member, office, day):
            rooms = [room for room in practice.rooms if room.office_id == office_id and room.active]
            yield _Column(member, office, rooms, day, sorted(found))


def _may_treat(member: StaffMember, office: Office, day: date) -> bool:
    licensed = any(licence.state == office.state and licence.is_current(day) for licence in member.licences)
    return member.active and Role.PRACTITIONER in member.roles and licensed


def _proposed(search: _Search, column: _Column, wish: Wish, taken: Taken) -> list[Opening]:
    """A practitioner's openings of a day, none overlapping the one before: five times a quarter of an hour apart help nobody."""
    found: list[Opening] = []
    for starts in _wished_starts(search, column, wish):
        if found and starts < found[-1].starts + search.minutes:
            continue
        found += _opening(search, column, taken, starts)
    return found


def _wished_starts(search: _Search, column: _Column, wish: Wish) -> list[int]:
    if wish.at is not None:
        fits = any(begins <= wish.at and wish.at + search.minutes <= ends for begins, ends in column.spans)
        return [wish.at] if fits else []
    after, before = wish.after or 0, wish.before if wish.before is not None else 24 * 60
    return [starts for starts in _starts(search, column) if after <= starts < before]


def _starts(search: _Search, column: _Column) -> Iterator[int]:
    """Starts on the grid at which the whole visit lies within one span of the hours."""
    for begins, ends in column.spans:
        first = -(-begins // search.grid) * search.grid
        yield from range(first, ends - search.minutes + 1, search.grid)


def _opening(search: _Search, column: _Column, taken: Taken, starts: int) -> Iterator[Opening]:
    """The opening at this minute in the first room that is free, if there is one."""
    try:
        instant = times.instant_at(column.day, starts, column.office.zone)
    except Problem:  # the hour that does not exist, or the one that needs a question
        return
    if instant < search.now:
        return
    for room in column.rooms:
        place = Place(
            search.patient_id, column.member.id, column.office.id, room.id, to_milliseconds(instant), search.minutes,
            search.hands_on, room.setup_minutes, room.cleanup_minutes,
        )  # fmt: skip
        if taken.fits(place, search.travel):
            yield Opening(column.office.id, column.member.id, room.id, column.day, starts, search.minutes, room.cleanup_minutes)
            return

