"""The calendar's day with what each block shows besides its time and name."""

from __future__ import annotations

from datetime import date

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.boards.flags import marks_of
from pulse_desktop.clinic.boards.reading import Person, people
from pulse_desktop.clinic.boards.values import CalendarDay
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


@query(needs=Permission.SEE_SCHEDULE)
def calendar_day(context: Context, day: date, office_ids: tuple[int, ...]) -> CalendarDay:
    """A day at some offices; icons beside those visits that need a second look."""
    found = schedule.day_schedule(context, day, office_ids)
    known = people(context, sorted({visit.patient_id for visit in found.visits}), day)
    marks = ((visit.id, _marks(known[visit.patient_id])) for visit in found.visits)
    return CalendarDay(found, tuple((visit_id, icons) for visit_id, icons in marks if icons))


def _marks(person: Person) -> tuple[str, ...]:
    beside = [flag for flag in (person.allergies, *person.bars) if flag is not None]
    return marks_of([*beside, person.screening] if person.is_screening_due else beside)
