"""What is on right now, and what still shows from earlier visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select

from pulse_desktop.basics.names import short_name
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import mark_grades
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice.tables import RoomRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.clinic.treatment.timing import Running, running_cups, running_needles
from pulse_desktop.clinic.treatment.values import FadingCup, NoteDraft, TimerLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

UNGRADED: Final = 3
"""The grade a mark counts as while nobody has looked at it: the middle of the scale, 3 to 7 days."""

_VISITS, _ROOMS, _PATIENTS = VisitRow.__table__, RoomRow.__table__, PatientRow.__table__
_RUNNING = (
    select(
        NOTES.c.draft, _VISITS.c.id, _VISITS.c.patient_id, _VISITS.c.office_id, _VISITS.c.staff_id,
        _ROOMS.c.name.label("room"), _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name,
    )
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_PATIENTS, _PATIENTS.c.id == _VISITS.c.patient_id)
    .outerjoin(_ROOMS, _ROOMS.c.id == _VISITS.c.room_id)
    .where(NOTES.c.running, _VISITS.c.office_id == bindparam("office"))
)  # fmt: skip


@query(needs=Permission.SEE_SCHEDULE)
def running_timers(context: Context, office_id: int) -> tuple[TimerLine, ...]:
    """Cups and needles that are on at an office, the longest first. Needs no text of the note, so the desk sees them too."""
    lines = [line for row in context.read(_RUNNING, office=office_id) for line in _timers(row)]
    return tuple(sorted(lines, key=lambda line: line.since))


def _timers(row: Any) -> Iterator[TimerLine]:
    draft = draft_from_json(row.draft)
    if (cups := running_cups(draft.cups)) is not None:
        yield _timer(row, "cups", cups)
    if (needles := running_needles(draft.needles, draft.needle_minutes)) is not None:
        yield _timer(row, "needles", needles)


def _timer(row: Any, kind: str, on: Running) -> TimerLine:
    name = short_name(row.first_name, row.last_name) or row.native_name
    return TimerLine(
        row.id, row.patient_id, name, row.office_id, row.room or "", row.staff_id, kind, on.count, on.since, on.limits
    )


@query(needs=Permission.SEE_CLINICAL, about=lambda patient_id, day: patient_id)  # noqa: ARG005
def fading_cups(context: Context, patient_id: int, day: date) -> tuple[FadingCup, ...]:
    """Marks of earlier visits that may still show on `day`, signed or not; an ungraded one counts as grade 3."""
    longest = max(grade.latest_days for grade in mark_grades())
    wanted = (
        select(NOTES.c.draft, _VISITS.c.zone)
        .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
        .where(
            NOTES.c.patient_id == patient_id, _VISITS.c.day < day, _VISITS.c.day >= day - timedelta(days=longest + 1), ~IN_ERROR_MARK
        )
        .order_by(_VISITS.c.starts)
    )
    return tuple(mark for stored, zone in context.session.execute(wanted) for mark in _marks(draft_from_json(stored), zone, day))


def _marks(draft: NoteDraft, zone: str, day: date) -> Iterator[FadingCup]:
    for cup in draft.cups:
        if cup.off_at is None:
            continue
        grade = mark_grades()[UNGRADED if cup.mark_grade is None else cup.mark_grade]
        off = wall(cup.off_at, zone).date()
        days = (day - off).days
        if grade.is_fading_after(days):
            yield FadingCup(cup.view, cup.x, cup.y, cup.rim_mm, grade.grade, days, grade.fades_between(off)[1])
