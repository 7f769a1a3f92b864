"""What boards need of many patients and visits at once: one query for each kind of thing, however long the day is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Date, Row, bindparam, select

from pulse_desktop.clinic.atlas.safety import ActiveCondition
from pulse_desktop.clinic.boards.flags import allergy_flag, cupping_flags, screening_flag
from pulse_desktop.clinic.boards.values import Flag
from pulse_desktop.clinic.packages.balances import package_lines
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.tables import ConditionRow, PatientRow
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import table_of

_PATIENTS, _CONDITIONS, _VISITS = table_of(PatientRow), table_of(ConditionRow), table_of(VisitRow)
_THESE_PATIENTS: BindParameter[int] = bindparam("patients", expanding=True)
_THESE_VISITS: BindParameter[int] = bindparam("visits", expanding=True)

CONDITIONS = (
    select(_CONDITIONS.c.patient_id, _CONDITIONS.c.key, _CONDITIONS.c.onset, _CONDITIONS.c.ends, _CONDITIONS.c.regions, _CONDITIONS.c.detail)
    .where(~_CONDITIONS.c.withdrawn)
    .order_by(_CONDITIONS.c.id)
)
"""All conditions; whoever asks says whose."""

_CONDITIONS_OF = CONDITIONS.where(_CONDITIONS.c.patient_id.in_(_THESE_PATIENTS))
_PEOPLE = select(_PATIENTS.c.id, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.allergies, _PATIENTS.c.screened_on).where(
    _PATIENTS.c.id.in_(_THESE_PATIENTS)
)
_NOTE_STATES = select(NOTES.c.visit_id, NOTES.c.sealed.is_not(None)).where(NOTES.c.visit_id.in_(_THESE_VISITS), ~IN_ERROR_MARK)
_RETURNING = (
    select(_VISITS.c.patient_id)
    .where(
        _VISITS.c.patient_id.in_(_THESE_PATIENTS), _VISITS.c.day < bindparam("before", type_=Date),
        _VISITS.c.progress == Progress.DONE.value,
    )
    .distinct()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as far as boards show one, with the flags of the day."""

    id: int
    last_name: str
    allergies: Flag | None
    bars: tuple[Flag, ...]
    screening: Flag

    @property
    def is_screening_due(self) -> bool:
        """The safety questions are to be asked."""
        return self.screening.tone == "amber"


def people(context: Context, patient_ids: Collection[int], today: date) -> Mapping[int, Person]:
    """These patients by number; three queries."""
    return people_on(context, patient_ids)(today)


def people_on(context: Context, patient_ids: Collection[int]) -> Callable[[date], Mapping[int, Person]]:
    """As `people`, for whoever does not know yet which day it is where the patient is."""
    with context.together() as asks:
        conditions = asks(context.read, _CONDITIONS_OF, patients=patient_ids)
        months = asks(settings.value_of, context, settings.SCREENING_MONTHS)
        rows = asks(context.read, _PEOPLE, patients=patient_ids)
    found, known = rows.answer.all(), conditions.answer.all()

    def on(today: date) -> Mapping[int, Person]:
        active = active_in(known, today)
        return {
            patient_id: Person(
                patient_id, last or first, allergy_flag(allergies), cupping_flags(active.get(patient_id, ()), today),
                screening_flag(screened_on, today, months.answer),
            )
            for patient_id, first, last, allergies, screened_on in found
        }  # fmt: skip

    return on


def active_in(rows: Iterable[Row[*tuple[Any, ...]]], today: date) -> Mapping[int, list[ActiveCondition]]:
    """The same from rows of `CONDITIONS`."""
    found: dict[int, list[ActiveCondition]] = defaultdict(list)
    for patient_id, key, onset, ends, regions, detail in rows:
        one = ActiveCondition(key, onset, ends, tuple(regions or ()), detail)
        if one.is_active_on(today):
            found[patient_id].append(one)
    return found


def packages_by_patient(context: Context, patient_ids: Collection[int]) -> Mapping[int, list[PackageLine]]:
    """Patient to all their packages."""
    found: dict[int, list[PackageLine]] = defaultdict(list)
    for line in package_lines(context, patient_ids=tuple(patient_ids)):
        found[line.patient_id].append(line)
    return found


def note_states(context: Context, visit_ids: Collection[int]) -> Mapping[int, str]:
    """Visit to the state of its note, draft or signed; a visit without one is not in it."""
    return {visit_id: "signed" if signed else "draft" for visit_id, signed in context.read(_NOTE_STATES, visits=visit_ids)}


def returning(context: Context, patient_ids: Collection[int], before: date) -> frozenset[int]:
    """Of these patients, those who have been treated before this day."""
    return frozenset(context.read(_RETURNING, patients=patient_ids, before=before).scalars())
