"""What the palette finds of people, and where they are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import BindParameter, Date, bindparam, func, select

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time_full, month_day
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.boards.values import Found
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.clinic.schedule.lines import STANDS, visits_wanted, wanted
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import Progress, VisitLine
from pulse_desktop.clinic.treatment.note_lines import NOTES
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_VISITS, _PEOPLE = VisitRow.__table__, VaultPerson.__table__
_WHERE: Mapping[Progress, str] = {
    Progress.EXPECTED: N_("today at {time}"),
    Progress.ARRIVED: N_("arrived"),
    Progress.IN_ROOM: N_("in {room}"),
    Progress.CUPS_ON: N_("cups or needles on in {room}"),
    Progress.CHECKING_OUT: N_("checking out"),
    Progress.DONE: N_("was here today"),
    Progress.LEFT: N_("left today"),
}
_THEIRS = _VISITS.c.patient_id.in_(bindparam("patients", expanding=True))
_TODAY: BindParameter[date] = bindparam("today", type_=Date)
_ON_THIS_DAY = wanted(_THEIRS, _VISITS.c.day == _TODAY, STANDS)
_LAST_DAYS = (
    select(_VISITS.c.patient_id, func.max(_VISITS.c.day))
    .where(_THEIRS, _VISITS.c.day < _TODAY, _VISITS.c.progress == Progress.DONE)
    .group_by(_VISITS.c.patient_id)
)
_UNSIGNED = (
    select(_PEOPLE.c.vault_id, func.count())
    .join(NOTES, NOTES.c.author_id == _PEOPLE.c.staff_id)
    .where(NOTES.c.signed_at.is_(None))
    .group_by(_PEOPLE.c.vault_id)
)


@query(needs=Permission.SEE_PATIENTS)
def find(context: Context, text: str, limit: int = 8) -> Found:
    """The people found for what was typed, each with where they are or when they were last here."""
    return _found(context, patients.search(context, text, limit))


@query(needs=Permission.SEE_PATIENTS)
def newest(context: Context, limit: int = 50) -> Found:
    """Who was registered last, each with where they are or when they were last here."""
    return _found(context, patients.recent(context, limit))


def _found(context: Context, found: tuple[PatientLine, ...]) -> Found:
    today = today_at(context)
    ids = [person.id for person in found]
    here = _here_today(context, ids, today)
    last = _last_days(context, ids, today)
    return Found(found, tuple(_words(here.get(person.id), last.get(person.id), today) for person in found))


def _here_today(context: Context, patient_ids: list[int], today: date) -> dict[int, VisitLine]:
    """Of several visits on one day the one that goes on, else the next."""
    lines = visits_wanted(context, _ON_THIS_DAY, patients=patient_ids, today=today)
    found: dict[int, VisitLine] = {}
    for line in lines:
        known = found.get(line.patient_id)
        if known is None or known.progress in {Progress.DONE, Progress.LEFT}:
            found[line.patient_id] = line
    return found


def _last_days(context: Context, patient_ids: list[int], today: date) -> dict[int, date]:
    rows = context.read(_LAST_DAYS, patients=patient_ids, today=today)
    return {patient_id: day for patient_id, day in rows}  # noqa: C416 - rows are no pairs to mypy


def _words(here: VisitLine | None, last: date | None, today: date) -> str:
    if here is not None:
        return _(_WHERE[here.progress]).format(time=clock_time_full(here.minute), room=here.room or _("a room"))
    return _("last visit {day}").format(day=month_day(last, today)) if last is not None else ""


@query(needs=Permission.SEE_SCHEDULE)
def unsigned_counts(context: Context) -> tuple[tuple[str, int], ...]:
    """(vault id, unsigned notes) of everybody who has any: what the lock screen and the owner's list show."""
    return tuple((vault_id, count) for vault_id, count in context.read(_UNSIGNED))
