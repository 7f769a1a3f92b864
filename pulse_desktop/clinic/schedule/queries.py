"""What people look at of the schedule."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, Date, and_, bindparam, or_, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.practice.tables import ClosureRow, HoursRow, StaffRow
from pulse_desktop.clinic.schedule.lines import STANDS, VISITS, visits_wanted, wanted
from pulse_desktop.clinic.schedule.tables import TAKEN_BACK
from pulse_desktop.clinic.schedule.values import DaySchedule, OpenSpan, State, VisitLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_HOURS_ROWS, _STAFF, _CLOSURES = table_of(HoursRow), table_of(StaffRow), table_of(ClosureRow)
_DAY: BindParameter[date] = bindparam("day", type_=Date)
_OFFICES: BindParameter[int] = bindparam("offices", expanding=True)

ONE_VISIT = wanted(VISITS.c.id == bindparam("visit"))
"""The visit of this number."""

_OF_DAY = wanted(VISITS.c.day == _DAY, VISITS.c.office_id.in_(_OFFICES), STANDS)
_OF_PATIENT = wanted(
    VISITS.c.patient_id == bindparam("patient"),
    ~and_(VISITS.c.state == State.CANCELLED.value, VISITS.c.cancel_reason == TAKEN_BACK),
)
_HOURS = (
    select(_HOURS_ROWS.c.staff_id, _HOURS_ROWS.c.office_id, _HOURS_ROWS.c.starts, _HOURS_ROWS.c.ends)
    .join(_STAFF, _STAFF.c.id == _HOURS_ROWS.c.staff_id)
    .where(
        _HOURS_ROWS.c.office_id.in_(_OFFICES),
        _HOURS_ROWS.c.weekday == bindparam("weekday"),
        _HOURS_ROWS.c.valid_from <= _DAY,
        or_(_HOURS_ROWS.c.valid_to.is_(None), _HOURS_ROWS.c.valid_to >= _DAY),
        _STAFF.c.active,
    )
    .order_by(_HOURS_ROWS.c.staff_id, _HOURS_ROWS.c.starts)
)
_CLOSED = select(_CLOSURES.c.office_id, _CLOSURES.c.reason).where(
    _CLOSURES.c.office_id.in_(_OFFICES), _CLOSURES.c.day == _DAY, ~_CLOSURES.c.lifted
)


@query(needs=Permission.SEE_SCHEDULE)
def day_schedule(context: Context, day: date, office_ids: tuple[int, ...]) -> DaySchedule:
    """A day at some offices: visits that stand, working hours, closures. Three reads."""
    with context.together() as asks:
        visits = asks(visits_wanted, context, _OF_DAY, day=day, offices=office_ids)
        spans = asks(_open_spans, context, day, office_ids)
        closures = asks(_closures, context, day, office_ids)
    return DaySchedule(day, visits.answer, spans.answer, closures.answer)


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


def _open_spans(context: Context, day: date, office_ids: tuple[int, ...]) -> tuple[OpenSpan, ...]:
    return tuple(OpenSpan(*row) for row in context.read(_HOURS, day=day, offices=office_ids, weekday=day.weekday()))


def _closures(context: Context, day: date, office_ids: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((office_id, reason) for office_id, reason in context.read(_CLOSED, day=day, offices=office_ids))
