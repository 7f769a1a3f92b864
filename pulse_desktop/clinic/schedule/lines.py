"""Visits as they travel to lists and the calendar: two reads for any number of them.

A week has hundreds of visits, so rows are read as plain columns, and what repeats from visit to visit (its services, the
minutes in which hands are needed) is made once for each wording and shared. So is a whole line: days are asked for anew
after every change, and all visits but one are what they were.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Select, Text, bindparam, or_, select, type_coerce

from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import display_name, short_display_name
from pulse_desktop.clinic.practice.queries import pattern_of
from pulse_desktop.clinic.practice.tables import RoomRow, StaffRow
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State, VisitLine, VisitServiceLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import from_milliseconds

VISITS: Final = table_of(VisitRow)
_SERVICES, _PATIENTS = table_of(VisitServiceRow), table_of(PatientRow)
_ROOMS, _STAFF = table_of(RoomRow), table_of(StaffRow)
_MOST_VISITS = 500
_WORDINGS = 2000  # different services and lengths that are kept ready
_READY = 1500  # lines: two weeks of a large clinic

STANDS: Final = or_(*(VISITS.c.state == state.value for state in sorted(STANDING)))
"""The visit takes its place in the schedule."""


class Wanted(NamedTuple):
    """A question for visits: the statement for their rows and the one for their services. Made once, asked often."""

    lines: Select[Any]
    services: Select[Any]


def wanted(*where: ColumnElement[bool], limit: int = _MOST_VISITS) -> Wanted:
    """The newest visits that satisfy `where`."""
    newest = (VISITS.c.starts.desc(), VISITS.c.id.desc())
    chosen = select(VISITS.c.id).where(*where).order_by(*newest).limit(limit)
    return Wanted(
        _LINES.where(*where).order_by(*newest).limit(limit),
        _SERVICE_LINES.where(_SERVICES.c.visit_id.in_(chosen.scalar_subquery())),
    )


def these_offices(count: int) -> list[BindParameter[int]]:
    """Places for so many offices in a statement: made once for each count, it costs half of one whose list is spread anew."""
    return [bindparam(f"office{at}") for at in range(count)]


def offices_named(office_ids: Sequence[int]) -> dict[str, object]:
    """What stands in the places of `these_offices`."""
    return {f"office{at}": office_id for at, office_id in enumerate(office_ids)}


def visits_wanted(context: Context, question: Wanted, **values: object) -> tuple[VisitLine, ...]:
    """The visits in order of their start."""
    with context.together() as asks:
        rows, services = asks(context.read, question.lines, **values), asks(_services_of, context, question, values)
    booked = services.answer
    return tuple([_line(tuple(row), tuple(booked.get(row[0], ()))) for row in reversed(rows.answer.all())])


def visit_lines(context: Context, *where: ColumnElement[bool], limit: int = _MOST_VISITS) -> tuple[VisitLine, ...]:
    """The visits that satisfy `where`, in order of their start, the newest `limit` of them; two reads."""
    return visits_wanted(context, wanted(*where, limit=limit))


def _stored(*instants: ColumnElement[Any]) -> list[ColumnElement[int]]:
    return [type_coerce(instant, BigInteger) for instant in instants]


_LINES = (
    select(
        VISITS.c.id, VISITS.c.version, VISITS.c.patient_id, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name,
        VISITS.c.office_id, VISITS.c.room_id, _ROOMS.c.name, VISITS.c.staff_id, _STAFF.c.short_name,
        VISITS.c.day, VISITS.c.minute, VISITS.c.minutes, *_stored(VISITS.c.starts, VISITS.c.ends), VISITS.c.state, VISITS.c.progress,
        *_stored(VISITS.c.arrived_at, VISITS.c.roomed_at, VISITS.c.out_at, VISITS.c.done_at), VISITS.c.desk_note,
        VISITS.c.squeeze_in, VISITS.c.cancel_reason,
    )
    .join(_PATIENTS, _PATIENTS.c.id == VISITS.c.patient_id)
    .join(_STAFF, _STAFF.c.id == VISITS.c.staff_id)
    .outerjoin(_ROOMS, _ROOMS.c.id == VISITS.c.room_id)
)  # fmt: skip
_SERVICE_LINES = (
    select(
        _SERVICES.c.visit_id, type_coerce(_SERVICES.c.pattern, Text), _SERVICES.c.service_id, _SERVICES.c.name,
        type_coerce(_SERVICES.c.techniques, Text), _SERVICES.c.minutes, _SERVICES.c.price_cents, _SERVICES.c.is_addon,
        _SERVICES.c.position, _SERVICES.c.id,
    )
    .where(~_SERVICES.c.dropped)
)  # fmt: skip
_STATES: Mapping[str, State] = {state.value: state for state in State}
_PROGRESSES: Mapping[str, Progress] = {progress.value: progress for progress in Progress}

_Booked = tuple[int, int, VisitServiceLine, str]
"""Where it stands, its number, and a service with its time pattern as stored."""


def _services_of(context: Context, question: Wanted, values: Mapping[str, object]) -> Mapping[int, list[_Booked]]:
    found: dict[int, list[_Booked]] = defaultdict(list)
    for visit_id, pattern, service_id, name, techniques, minutes, cents, is_addon, position, row_id in context.read(
        question.services, **values
    ).all():
        found[visit_id].append((position, row_id, _service(service_id, name, techniques, minutes, cents, is_addon), pattern))
    for booked in found.values():
        if len(booked) > 1:
            booked.sort(key=_place)
    return found


def _place(booked: _Booked) -> tuple[int, int]:
    return booked[:2]


@lru_cache(_WORDINGS)
def _service(service_id: int, name: str, techniques: str, minutes: int, cents: int, is_addon: bool) -> VisitServiceLine:  # noqa: FBT001 - a column
    return VisitServiceLine(service_id, name, tuple(json.loads(techniques)), minutes, cents, is_addon)


@lru_cache(_WORDINGS)
def _hands_on(patterns: tuple[str, ...], minutes: int) -> tuple[tuple[int, int], ...]:
    stretches = [stretch for pattern in patterns for stretch in pattern_of(json.loads(pattern))]
    return hands_on(fitted(stretches, minutes))


@lru_cache(_READY)
def _line(row: tuple[Any, ...], booked: tuple[_Booked, ...]) -> VisitLine:
    (
        visit_id, version, patient_id, first, last, native, office_id, room_id, room, staff_id, staff, day, minute, minutes, starts, ends,
        state, progress, arrived_at, roomed_at, out_at, done_at, desk_note, squeeze_in, cancel_reason,
    ) = row  # fmt: skip
    return VisitLine(
        visit_id, version, patient_id, display_name(first, last, native), short_display_name(first, last, native), office_id, room_id,
        room or "", staff_id, staff, day, minute, minutes, from_milliseconds(starts), from_milliseconds(ends), _STATES[state], _PROGRESSES[progress],
        tuple([one[2] for one in booked]), _hands_on(tuple([one[3] for one in booked]), minutes),
        _moment(arrived_at), _moment(roomed_at), _moment(out_at), _moment(done_at), desk_note, squeeze_in, cancel_reason,
    )  # fmt: skip


def _moment(stored: int | None) -> datetime | None:
    return None if stored is None else from_milliseconds(stored)
