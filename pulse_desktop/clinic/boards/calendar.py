"""The calendar's day with what each block shows besides its time and name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Select, bindparam, or_, select

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.atlas.safety import ActiveCondition
from pulse_desktop.clinic.boards.flags import icons_of, screened_since
from pulse_desktop.clinic.boards.reading import CONDITIONS, active_in
from pulse_desktop.clinic.boards.values import CalendarDay
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.schedule.lines import STANDS, VISITS, offices_named, these_offices
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_PATIENTS = table_of(PatientRow)
_IS_DUE = or_(_PATIENTS.c.screened_on.is_(None), _PATIENTS.c.screened_on < bindparam("since", type_=Date))


@cache
def _of_day(offices: int) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """The statements for conditions, and for who is to be looked at twice, of a day at so many offices."""
    day = VISITS.c.day == bindparam("day", type_=Date)
    these = select(VISITS.c.patient_id).where(day, VISITS.c.office_id.in_(these_offices(offices)), STANDS)
    looked_at_twice = select(_PATIENTS.c.id, _PATIENTS.c.allergies, _IS_DUE).where(
        _PATIENTS.c.id.in_(these), or_(_PATIENTS.c.allergies != "", _IS_DUE)
    )
    return CONDITIONS.where(CONDITIONS.selected_columns.patient_id.in_(these)), looked_at_twice


@query(needs=Permission.SEE_SCHEDULE)
def calendar_day(context: Context, day: date, office_ids: tuple[int, ...]) -> CalendarDay:
    """A day at some offices; icons beside those visits that need a second look."""
    with context.together() as asks:
        found, icons = asks(schedule.day_schedule, context, day, office_ids), asks(_icons_of_day, context, day, office_ids)
    marked = ((visit.id, icons.answer.get(visit.patient_id, ())) for visit in found.answer.visits)
    return CalendarDay(found.answer, tuple(mark for mark in marked if mark[1]))


def _icons_of_day(context: Context, day: date, office_ids: tuple[int, ...]) -> Mapping[int, tuple[str, ...]]:
    """Only the patients who have any: most of a day's have not."""
    (wanted_conditions, wanted_people), offices = _of_day(len(office_ids)), offices_named(office_ids)
    with context.together() as asks:
        months = asks(settings.value_of, context, settings.SCREENING_MONTHS)
        conditions = asks(context.read, wanted_conditions, day=day, **offices)
    since, active = screened_since(day, months.answer), active_in(conditions.answer, day)
    found = context.read(wanted_people, day=day, since=since, **offices).all()
    beside = {patient_id: (allergies, bool(is_due)) for patient_id, allergies, is_due in found}
    return {patient_id: _icons(beside.get(patient_id, ("", False)), active.get(patient_id, ())) for patient_id in {*beside, *active}}


def _icons(beside: tuple[str, bool], active: Sequence[ActiveCondition]) -> tuple[str, ...]:
    allergies, is_due = beside
    return icons_of(allergies, active, is_screening_due=is_due) if active else _icons_without_conditions(allergies, is_due)


@lru_cache(500)
def _icons_without_conditions(allergies: str, is_due: bool) -> tuple[str, ...]:  # noqa: FBT001 - a column
    return icons_of(allergies, (), is_screening_due=is_due)
