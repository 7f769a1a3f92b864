"""What people look at of the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Date, Select, and_, bindparam, or_, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.practice.tables import ClosureRow, HoursRow, StaffRow
from pulse_desktop.clinic.schedule.lines import (
    STANDS,
    VISITS,
    Wanted,
    offices_named,
    these_offices,
    visits_wanted,
    wanted,
)
from pulse_desktop.clinic.schedule.tables import TAKEN_BACK
from pulse_desktop.clinic.schedule.values import DaySchedule, OpenSpan, State, VisitLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_HOURS_ROWS, _STAFF, _CLOSURES = table_of(HoursRow), table_of(StaffRow), table_of(ClosureRow)
_DAY: BindParameter[date] = bindparam("day", type_=Date)

ONE_VISIT = wanted(VISITS.c.id == bindparam("visit"))
"""The visit of this number."""

_OF_PATIENT = wanted(
    VISITS.c.patient_id == bindparam("patient"),
    ~and_(VISITS.c.state == State.CANCELLED.value, VISITS.c.cancel_reason == TAKEN_BACK),
)
_HOURS = (
    select(_HOURS_ROWS.c.staff_id, _HOURS_ROWS.c.office_id, _HOURS_ROWS.c.starts, _HOURS_ROWS.c.ends)
    .join(_STAFF, _STAFF.c.id == _HOURS_ROWS.c.staff_id)
    .where(
        _HOURS_ROWS.c.weekday == bindparam("weekday"),
        _HOURS_ROWS.c.valid_from <= _DAY,
        or_(_HOURS_ROWS.c.valid_to.is_(None), _HOURS_ROWS.c.valid_to >= _DAY),
        _STAFF.c.active,
    )
    .order_by(_HOURS_ROWS.c.staff_id, _HOURS_ROWS.c.starts)
)
_CLOSED = select(_CLOSURES.c.office_id, _CLOSURES.c.reason).where(_CLOSURES.c.day == _DAY, ~_CLOSURES.c.lifted)


@dataclass(frozen=True, slots=True)
class _OfDay:
    """The statements of a day at so many offices."""

    visits: Wanted
    hours: Select[*tuple[Any, ...]]
    closed: Select[*tuple[Any, ...]]


@cache
def _of_day(offices: int) -> _OfDay:
    these = these_offices(offices)
    return _OfDay(
        wanted(VISITS.c.day == _DAY, VISITS.c.office_id.in_(these), STANDS),
        _HOURS.where(_HOURS_ROWS.c.office_id.in_(these)),
        _CLOSED.where(_CLOSURES.c.office_id.in_(these)),
    )


@query(needs=Permission.SEE_SCHEDULE)
def day_schedule(context: Context, day: date, office_ids: tuple[int, ...]) -> DaySchedule:
    """A day at some offices: visits that stand, working hours, closures. Three reads."""
    wanted_of, offices = _of_day(len(office_ids)), offices_named(office_ids)
    with context.together() as asks:
        visits = asks(visits_wanted, context, wanted_of.visits, day=day, **offices)
        spans = asks(context.read, wanted_of.hours, day=day, weekday=day.weekday(), **offices)
        closures = asks(context.read, wanted_of.closed, day=day, **offices)
    return DaySchedule(
        day, visits.answer, tuple(OpenSpan(*row) for row in spans.answer.all()),
        tuple((office_id, reason) for office_id, reason in closures.answer.all()),
    )  # fmt: skip


@query(needs=Permission.SEE_SCHEDULE, about=lambda patient_id: patient_id)
def visits_of(context: Context, patient_id: int) -> tuple[VisitLine, ...]:
    """All visits of a patient, cancelled ones too, newest first. A booking that was taken back was none."""
    return tuple(reversed(visits_wanted(context, _OF_PATIENT, patient=patient_id)))


@query(needs=Permission.SEE_SCHEDULE)
def visit(context: Context, visit_id: int) -> VisitLine:
    """One visit. Raises Refusal("visit_not_there")."""
    found = visits_wanted(context, ONE_VISIT, visit=visit_id)
    if not found:
        raise Refusal("visit_not_there")
    context.about(found[0].patient_id, "visit", visit_id)
    return found[0]
