"""The day of one office as cards, from expected to done; some fourteen reads, however many visits the day has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, Row, bindparam, or_, select

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.boards.flags import like_names, marks_of
from pulse_desktop.clinic.boards.reading import Person, note_states, packages_by_patient, people, returning
from pulse_desktop.clinic.boards.values import Flag, LooseEnd, TodayBoard, TodayCard
from pulse_desktop.clinic.money.bill import Covering, to_pay, visit_lines
from pulse_desktop.clinic.money.queries import balances_of
from pulse_desktop.clinic.packages.balances import held_or_used_for
from pulse_desktop.clinic.packages.rules import counts_words, fitting
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import short_display_name
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.lines import visits_wanted, wanted
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State, VisitLine
from pulse_desktop.clinic.treatment.note_lines import NOTES
from pulse_desktop.clinic.treatment.sheets import visits_with_sheet
from pulse_desktop.clinic.treatment.timers import running_timers
from pulse_desktop.clinic.treatment.values import TimerLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

LATE_AFTER = 5
"""Minutes after its time from which an expected visit is late."""

_LOOK_BACK = timedelta(days=30)
_SHOWN = (*STANDING, State.NO_SHOW)
_BEGUN = (Progress.ARRIVED, Progress.IN_ROOM, Progress.CUPS_ON, Progress.CHECKING_OUT)
_NEXT = {
    Progress.EXPECTED: Progress.ARRIVED,
    Progress.ARRIVED: Progress.IN_ROOM,
    Progress.IN_ROOM: Progress.CHECKING_OUT,
    Progress.CHECKING_OUT: Progress.DONE,
}
_VISITS, _LINES, _PATIENTS, _STAFF = table_of(VisitRow), table_of(VisitServiceRow), table_of(PatientRow), table_of(StaffRow)

_DAY: BindParameter[date] = bindparam("day", type_=Date)
_OFFICE = _VISITS.c.office_id == bindparam("office")
_IS_OF_DAY = (_VISITS.c.day == _DAY, _OFFICE, or_(*(_VISITS.c.state == state.value for state in _SHOWN)))
_OF_DAY = wanted(*_IS_OF_DAY)
_OF_LINES = select(_LINES.c.visit_id).where(_LINES.c.id.in_(bindparam("lines", expanding=True)))
_THESE = wanted(or_(_VISITS.c.id.in_(bindparam("visits", expanding=True)), _VISITS.c.id.in_(_OF_LINES)))
_NAMED_OF_DAY = (
    select(_PATIENTS.c.id, _PATIENTS.c.first_name, _PATIENTS.c.last_name)
    .join(_VISITS, _VISITS.c.patient_id == _PATIENTS.c.id)
    .where(*_IS_OF_DAY)
)

_EARLIER = (_OFFICE, _VISITS.c.day < _DAY, _VISITS.c.day >= bindparam("since", type_=Date))
_LOOSE_END = (
    _VISITS.c.id, _VISITS.c.patient_id, _VISITS.c.day, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name,
    _STAFF.c.short_name,
)  # fmt: skip
# The drafts first, by author: thirty days of visits hold thousands of signed notes, whose rows are large.
_DRAFTS = select(NOTES.c.id).where(NOTES.c.author_id.in_(select(_STAFF.c.id)), NOTES.c.signed_at.is_(None))
_UNSIGNED = (
    select(*_LOOSE_END)
    .select_from(NOTES)
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_PATIENTS, _PATIENTS.c.id == _VISITS.c.patient_id)
    .join(_STAFF, _STAFF.c.id == NOTES.c.author_id)
    .where(NOTES.c.id.in_(bindparam("drafts", expanding=True)), *_EARLIER)
    .order_by(_VISITS.c.starts)
)
_NOT_OUT = (
    select(*_LOOSE_END)
    .join(_PATIENTS, _PATIENTS.c.id == _VISITS.c.patient_id)
    .join(_STAFF, _STAFF.c.id == _VISITS.c.staff_id)
    .where(_VISITS.c.state.in_(sorted(STANDING)), _VISITS.c.progress.in_(_BEGUN), *_EARLIER)
    .order_by(_VISITS.c.starts)
)


@query(needs=Permission.SEE_SCHEDULE)
def today(context: Context, office_id: int, day: date) -> TodayBoard:
    """The office's visits of the day in order of their time, and what earlier days left open."""
    with context.together() as asks:
        visits = asks(visits_wanted, context, _OF_DAY, day=day, office=office_id)
        timers = asks(running_timers, context, office_id)
        open_ends = asks(loose_ends, context, office_id, day)
    day_facts = _facts(context, visits.answer, timers.answer, day)
    cards = tuple(_card(visit, day_facts) for visit in visits.answer)
    return TodayBoard(day, office_id, cards, open_ends.answer)


@query(needs=Permission.SEE_SCHEDULE)
def today_cards(
    context: Context, office_id: int, day: date, visit_ids: tuple[int, ...], service_line_ids: tuple[int, ...] = ()
) -> tuple[TodayCard, ...] | None:
    """The cards of these visits, and of those with these service lines, as far as the office sees them that day.

    None when one of them may be a loose end.
    """
    with context.together() as asks:
        found = asks(visits_wanted, context, _THESE, visits=visit_ids, lines=service_line_ids)
        timers = asks(running_timers, context, office_id)
        names = asks(_names_of_day, context, office_id, day)
    here = [visit for visit in found.answer if visit.office_id == office_id]
    if any(visit.day < day for visit in here):
        return None
    of_day = [visit for visit in here if visit.day == day and visit.state in _SHOWN]
    if not of_day:
        return ()
    facts = _facts(context, of_day, timers.answer, day, names.answer)
    return tuple(_card(visit, facts) for visit in of_day)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything the cards are made of."""

    now: datetime
    people: Mapping[int, Person]
    like_names: Mapping[int, str]
    known: frozenset[int]
    timers: Mapping[int, TimerLine]
    packages: Mapping[int, Sequence[PackageLine]]
    taken_from: Mapping[int, int]
    balances: Mapping[int, int]
    notes: Mapping[int, str]
    sheets: frozenset[int]


def _names_of_day(context: Context, office_id: int, day: date) -> Mapping[int, str]:
    return {patient_id: last or first for patient_id, first, last in context.read(_NAMED_OF_DAY, office=office_id, day=day)}


def _facts(
    context: Context, visits: Sequence[VisitLine], timers: Sequence[TimerLine], day: date, names: Mapping[int, str] | None = None
) -> _Facts:
    """`names` are the last names of everybody who comes that day, where `visits` are not all of it."""
    patient_ids = sorted({visit.patient_id for visit in visits})
    visit_ids = [visit.id for visit in visits]
    with context.together() as asks:
        found = asks(people, context, patient_ids, day)
        known = asks(returning, context, patient_ids, day)
        packages = asks(packages_by_patient, context, patient_ids)
        taken_from = asks(held_or_used_for, context, visit_ids)
        balances = asks(balances_of, context, patient_ids)
        notes = asks(note_states, context, visit_ids)
        sheets = asks(visits_with_sheet, context, visit_ids)
    return _Facts(
        context.now(), found.answer, like_names(names or {person.id: person.last_name for person in found.answer.values()}), known.answer,
        {timer.visit_id: timer for timer in reversed(timers)}, packages.answer, taken_from.answer, balances.answer,
        notes.answer, sheets.answer,
    )  # fmt: skip


def _card(visit: VisitLine, facts: _Facts) -> TodayCard:
    person, package = facts.people[visit.patient_id], package_of(visit, facts)
    late = _late_minutes(visit, facts.now)
    flags = tuple(_flags(visit, facts, person, package, late))
    beside = [flag for flag in (person.allergies, *person.bars) if flag] + ([person.screening] if person.is_screening_due else [])
    return TodayCard(
        visit, None if visit.state is State.NO_SHOW else _NEXT.get(visit.progress), flags, marks_of(beside),
        facts.timers.get(visit.id), counts_words(package) if package else "", due_cents(visit, facts, package),
        facts.notes.get(visit.id, ""), visit.id in facts.sheets, late,
    )  # fmt: skip


def _late_minutes(visit: VisitLine, now: datetime) -> int:
    if visit.progress is not Progress.EXPECTED or visit.state not in STANDING:
        return 0
    late = int((now - visit.starts) / timedelta(minutes=1))
    return late if late >= LATE_AFTER else 0


def _flags(visit: VisitLine, facts: _Facts, person: Person, package: PackageLine | None, late: int) -> list[Flag]:
    found = [Flag("cinnabar", _("{count} min late").format(count=late), "clock")] if late else []
    waiting = visit.progress in {Progress.EXPECTED, Progress.ARRIVED} and visit.state in STANDING
    if waiting and visit.patient_id in facts.like_names:
        found.append(Flag("indigo", facts.like_names[visit.patient_id]))
    if visit.progress not in {Progress.DONE, Progress.LEFT}:
        found += person.bars
    if waiting:
        found += [Flag("indigo", _("New"))] if visit.patient_id not in facts.known else []
        found += [person.screening] if person.is_screening_due else []
    return found + _flags_at_the_end(visit, facts, package)


def _flags_at_the_end(visit: VisitLine, facts: _Facts, package: PackageLine | None) -> list[Flag]:
    if visit.progress not in {Progress.CHECKING_OUT, Progress.DONE}:
        return []
    found = []
    if package is not None and package.left == 0:
        found.append(Flag("amber", _("Last session used"), "packages"))
    if facts.notes.get(visit.id) == "draft":
        found.append(Flag("amber", _("Note not signed"), "note"))
    if visit.id in facts.sheets:
        found.append(Flag("chip", _("Sheet printed"), "print"))
    return found


def package_of(visit: VisitLine, facts: _Facts) -> PackageLine | None:
    """The package the visit's session comes from: the one held or used, else the one that would be used."""
    lines = facts.packages.get(visit.patient_id, ())
    taken = facts.taken_from.get(visit.id)
    if taken is not None:
        return next((line for line in lines if line.id == taken), None)
    open_ones = fitting(lines, [service.service_id for service in visit.services], visit.day)
    return open_ones[0] if open_ones else None


def due_cents(visit: VisitLine, facts: _Facts, package: PackageLine | None) -> int:
    """What is to be paid when this visit is checked out; afterwards what is still owed."""
    balance = facts.balances.get(visit.patient_id, 0)
    if visit.progress in {Progress.DONE, Progress.LEFT} or visit.state not in STANDING:
        return max(0, balance)
    covering = Covering(package.id, package.name, package.covers, package.used + 1, package.sessions) if package else None
    return to_pay(visit_lines(visit.services, covering), balance)


def loose_ends(context: Context, office_id: int, day: date) -> tuple[LooseEnd, ...]:
    """Notes not signed and visits not checked out of the thirty days before, the oldest first."""
    days: dict[str, object] = {"office": office_id, "day": day, "since": day - _LOOK_BACK}
    with context.together() as asks:
        unsigned, not_out = asks(_unsigned, context, days), asks(context.read, _NOT_OUT, **days)
    return tuple(
        LooseEnd(kind, row.id, row.patient_id, short_display_name(row.first_name, row.last_name, row.native_name), row.short_name, row.day)
        for kind, found in (("unsigned", unsigned.answer), ("not_checked_out", not_out.answer))
        for row in found
    )


def _unsigned(context: Context, days: Mapping[str, object]) -> Sequence[Row[*tuple[Any, ...]]]:
    drafts = context.read(_DRAFTS).scalars().all()
    return context.read(_UNSIGNED, drafts=drafts, **days).all() if drafts else ()
