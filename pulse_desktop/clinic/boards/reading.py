"""What boards need of many patients and visits at once: one query for each kind of thing, however long the day is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pulse_desktop.clinic.atlas.safety import ActiveCondition
from pulse_desktop.clinic.boards.flags import allergy_flag, cupping_flags, screening_flag
from pulse_desktop.clinic.boards.values import Flag
from pulse_desktop.clinic.packages.balances import package_lines
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.tables import ConditionRow, PatientRow
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.clinic.treatment.queries import IN_ERROR_MARK, NOTES
from pulse_desktop.storage.context import Context

_PATIENTS, _CONDITIONS, _VISITS = PatientRow.__table__, ConditionRow.__table__, VisitRow.__table__


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
    columns = (_PATIENTS.c.id, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.allergies, _PATIENTS.c.screened_on)
    with context.together() as asks:
        conditions = asks(_conditions, context, patient_ids)
        months = asks(settings.value_of, context, settings.SCREENING_MONTHS)
        rows = asks(context.session.execute, select(*columns).where(_PATIENTS.c.id.in_(patient_ids)))
    found = rows.answer.all()

    def on(today: date) -> Mapping[int, Person]:
        active = {patient_id: [one for one in known if one.is_active_on(today)] for patient_id, known in conditions.answer.items()}
        return {
            row.id: Person(
                row.id, row.last_name or row.first_name, allergy_flag(row.allergies), cupping_flags(active.get(row.id, ()), today),
                screening_flag(row.screened_on, today, months.answer),
            )
            for row in found
        }  # fmt: skip

    return on


def _conditions(context: Context, patient_ids: Collection[int]) -> Mapping[int, list[ActiveCondition]]:
    """Patient to the conditions they have, had and will have."""
    found: dict[int, list[ActiveCondition]] = defaultdict(list)
    wanted = select(_CONDITIONS).where(_CONDITIONS.c.patient_id.in_(patient_ids), ~_CONDITIONS.c.withdrawn)
    for row in context.session.execute(wanted.order_by(_CONDITIONS.c.id)):
        found[row.patient_id].append(ActiveCondition(row.key, row.onset, row.ends, tuple(row.regions or ()), row.detail))
    return found


def packages_by_patient(context: Context, patient_ids: Collection[int]) -> Mapping[int, list[PackageLine]]:
    """Patient to all their packages."""
    found: dict[int, list[PackageLine]] = defaultdict(list)
    for line in package_lines(context.session, patient_ids=tuple(patient_ids)):
        found[line.patient_id].append(line)
    return found


def note_states(context: Context, visit_ids: Collection[int]) -> Mapping[int, str]:
    """Visit to the state of its note, draft or signed; a visit without one is not in it."""
    wanted = select(NOTES.c.visit_id, NOTES.c.sealed.is_not(None)).where(NOTES.c.visit_id.in_(visit_ids), ~IN_ERROR_MARK)
    return {visit_id: "signed" if signed else "draft" for visit_id, signed in context.session.execute(wanted)}


def returning(context: Context, patient_ids: Collection[int], before: date) -> frozenset[int]:
    """Of these patients, those who have been treated before this day."""
    wanted = (
        select(_VISITS.c.patient_id)
        .where(_VISITS.c.patient_id.in_(patient_ids), _VISITS.c.day < before, _VISITS.c.progress == Progress.DONE)
        .distinct()
    )
    return frozenset(context.session.scalars(wanted))


