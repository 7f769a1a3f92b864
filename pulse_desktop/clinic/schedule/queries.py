"""What people look at of the schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import display_name, short_display_name
from pulse_desktop.clinic.practice.queries import pattern_of
from pulse_desktop.clinic.practice.tables import ClosureRow, HoursRow, RoomRow, StaffRow
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on
from pulse_desktop.clinic.schedule.tables import TAKEN_BACK, VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import (
    STANDING,
    DaySchedule,
    OpenSpan,
    Progress,
    State,
    VisitLine,
    VisitServiceLine,
)
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_MOST_VISITS = 500


@query(needs=Permission.SEE_SCHEDULE)
def day_schedule(context: Context, day: date, office_ids: tuple[int, ...]) -> DaySchedule:
    """A day at some offices: visits that stand, working hours, closures. Three reads."""
    where = (VisitRow.day == day, VisitRow.office_id.in_(office_ids), VisitRow.state.in_(STANDING))
    with context.together() as asks:
        visits = asks(visit_lines, context, *where)
        spans = asks(_open_spans, context, day, office_ids)
        closures = asks(_closures, context, day, office_ids)
    return DaySchedule(day, visits.answer, spans.answer, closures.answer)


@query(needs=Permission.SEE_SCHEDULE, about=lambda patient_id: patient_id)
def visits_of(context: Context, patient_id: int) -> tuple[VisitLine, ...]:
    """All visits of a patient, cancelled ones too, newest first. A booking that was taken back was none."""
    taken_back = and_(VisitRow.state == State.CANCELLED, VisitRow.cancel_reason == TAKEN_BACK)
    return tuple(reversed(visit_lines(context, VisitRow.patient_id == patient_id, ~taken_back)))


@query(needs=Permission.SEE_SCHEDULE)
def visit(context: Context, visit_id: int) -> VisitLine:
    """One visit. Raises Refusal("visit_not_there")."""
    found = visit_lines(context, VisitRow.id == visit_id)
    if not found:
        raise Refusal("visit_not_there")
    context.about(found[0].patient_id, "visit", visit_id)
    return found[0]


def visit_lines(context: Context, *where: ColumnElement[bool], limit: int = _MOST_VISITS) -> tuple[VisitLine, ...]:
    """The visits that satisfy `where`, in order of their start, the newest `limit` of them; two reads."""
    newest = (VisitRow.starts.desc(), VisitRow.id.desc())
    with context.together() as asks:
        found = asks(context.session.execute, _lines().where(*where).order_by(*newest).limit(limit))
        services = asks(_services_of, context, select(VisitRow.id).where(*where).order_by(*newest).limit(limit))
    return tuple(_line(row, services.answer[row.VisitRow.id]) for row in reversed(found.answer.all()))


def _lines() -> Select[VisitRow, str, str, str, str | None, str]:
    return (
        select(VisitRow, PatientRow.first_name, PatientRow.last_name, PatientRow.native_name, RoomRow.name, StaffRow.short_name)
        .join(PatientRow, PatientRow.id == VisitRow.patient_id)
        .join(StaffRow, StaffRow.id == VisitRow.staff_id)
        .outerjoin(RoomRow, RoomRow.id == VisitRow.room_id)
    )


def _services_of(context: Context, visit_ids: Select[int]) -> dict[int, list[VisitServiceRow]]:
    found: dict[int, list[VisitServiceRow]] = defaultdict(list)
    statement = (
        select(VisitServiceRow)
        .where(VisitServiceRow.visit_id.in_(visit_ids), ~VisitServiceRow.dropped)
        .order_by(VisitServiceRow.position, VisitServiceRow.id)
    )
    for row in context.session.scalars(statement):
        found[row.visit_id].append(row)
    return found


def _line(row: Row[VisitRow, str, str, str, str | None, str], services: Iterable[VisitServiceRow]) -> VisitLine:
    found, first, last, native, room, staff = row
    pattern = [stretch for service in services for stretch in pattern_of(service.pattern)]
    return VisitLine(
        id=found.id, version=found.version, patient_id=found.patient_id,
        patient=display_name(first, last, native), patient_short=short_display_name(first, last, native),
        office_id=found.office_id, room_id=found.room_id, room=room or "", staff_id=found.staff_id, staff=staff,
        day=found.day, minute=found.minute, minutes=found.minutes, starts=found.starts, ends=found.ends,
        state=State(found.state), progress=Progress(found.progress), services=tuple(map(_service, services)),
        hands_on=hands_on(fitted(pattern, found.minutes)), arrived_at=found.arrived_at, roomed_at=found.roomed_at,
        out_at=found.out_at, done_at=found.done_at, desk_note=found.desk_note, squeeze_in=found.squeeze_in,
        cancel_reason=found.cancel_reason,
    )  # fmt: skip


def _service(row: VisitServiceRow) -> VisitServiceLine:
    return VisitServiceLine(row.service_id, row.name, tuple(row.techniques), row.minutes, row.price_cents, row.is_addon)


def _open_spans(context: Context, day: date, office_ids: tuple[int, ...]) -> tuple[OpenSpan, ...]:
    rows = context.session.execute(
        select(HoursRow.staff_id, HoursRow.office_id, HoursRow.starts, HoursRow.ends)
        .join(StaffRow, StaffRow.id == HoursRow.staff_id)
        .where(
            HoursRow.office_id.in_(office_ids),
            HoursRow.weekday == day.weekday(),
            HoursRow.valid_from <= day,
            or_(HoursRow.valid_to.is_(None), HoursRow.valid_to >= day),
            StaffRow.active,
        )
        .order_by(HoursRow.staff_id, HoursRow.starts)
    )
    return tuple(OpenSpan(*row) for row in rows)


def _closures(context: Context, day: date, office_ids: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    rows = context.session.execute(
        select(ClosureRow.office_id, ClosureRow.reason).where(
            ClosureRow.office_id.in_(office_ids), ClosureRow.day == day, ~ClosureRow.lifted
        )
    )
    return tuple((office_id, reason) for office_id, reason in rows)
