"""What people look at of patients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import conditions as known_conditions
from pulse_desktop.clinic.patients.keys import number_words
from pulse_desktop.clinic.patients.tables import ConditionRow, PatientRow
from pulse_desktop.clinic.patients.values import (
    ConditionLine,
    PatientDraft,
    PatientLine,
    PatientRecord,
    display_name,
)
from pulse_desktop.clinic.practice.tables import OfficeRow, StaffRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_DRAFTED = tuple(name for name in PatientDraft.__dataclass_fields__ if name in set(PatientRow.__table__.columns.keys()))
_PATIENTS = table_of(PatientRow)
LINE = (
    _PATIENTS.c.id, _PATIENTS.c.number, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name,
    _PATIENTS.c.born, _PATIENTS.c.phone, _PATIENTS.c.language, _PATIENTS.c.active, _PATIENTS.c.office_id,
)  # fmt: skip
"""The columns that `lines_of` takes."""

_OFFICES, _STAFF, _CONDITIONS = table_of(OfficeRow), table_of(StaffRow), table_of(ConditionRow)
_IS_THIS_ONE = _PATIENTS.c.id == bindparam("patient")
_ONE = select(_PATIENTS).where(_IS_THIS_ONE)
_NAMES = select(_PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name).where(_IS_THIS_ONE)
_NOT_THEIR_OFFICE = _OFFICES.c.id != select(_PATIENTS.c.office_id).where(_IS_THIS_ONE).scalar_subquery()
_ZONE = select(_OFFICES.c.zone).order_by(_NOT_THEIR_OFFICE, ~_OFFICES.c.active, _OFFICES.c.id).limit(1)
_CONDITIONS_OF = (
    select(_CONDITIONS, _STAFF.c.short_name)
    .join(_STAFF, _STAFF.c.id == _CONDITIONS.c.recorded_by)
    .where(_CONDITIONS.c.patient_id == bindparam("patient"), ~_CONDITIONS.c.withdrawn)
    .order_by(_CONDITIONS.c.ends.is_not(None), _CONDITIONS.c.onset.desc(), _CONDITIONS.c.id)
)


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def patient(context: Context, patient_id: int) -> PatientRecord:
    """One patient's master data. Raises Refusal("patient_not_there")."""
    row = context.read(_ONE, patient=patient_id).one_or_none()
    if row is None:
        raise Refusal("patient_not_there")
    draft = PatientDraft(**{name: getattr(row, name) for name in _DRAFTED})
    return PatientRecord(row.id, row.version, number_words(row.number), draft, row.active, row.screened_on, row.registered_on)


def today_for(context: Context, patient_id: int) -> date:
    """The calendar day at the patient's office now."""
    return wall(context.now(), context.read(_ZONE, patient=patient_id).scalar() or "UTC").date()


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def name_of(context: Context, patient_id: int) -> str:
    """A patient's name, for sentences that may only hold the number until they are shown."""
    found = context.read(_NAMES, patient=patient_id).one_or_none()
    return "" if found is None else display_name(*found)


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def conditions(context: Context, patient_id: int) -> tuple[ConditionLine, ...]:
    """The patient's conditions, those that still hold first, newest first."""
    return tuple(_condition(row, row.short_name) for row in context.read(_CONDITIONS_OF, patient=patient_id))


@query(needs=Permission.SEE_PATIENTS)
def recent(context: Context, limit: int = 12) -> tuple[PatientLine, ...]:
    """The patients registered last, newest first."""
    return lines(context, PatientRow.active.is_(True), limit)


def lines(context: Context, where: ColumnElement[bool], limit: int) -> tuple[PatientLine, ...]:
    """Found patients, newest first."""
    return lines_of(context.session.execute(select(*LINE).where(where).order_by(PatientRow.id.desc()).limit(limit)))


def lines_of(rows: Iterable[tuple[object, ...]]) -> tuple[PatientLine, ...]:
    """Rows of the columns of a line as they travel."""
    return tuple(
        PatientLine(row_id, number_words(number), display_name(first, last, native), *rest)  # type: ignore[arg-type]
        for row_id, number, first, last, native, *rest in rows
    )


def _condition(row: Row[*tuple[Any, ...]], recorded_by: str) -> ConditionLine:
    known = known_conditions().get(row.key)
    label = known.label.en if known is not None else row.key
    return ConditionLine(row.id, row.version, row.key, label, row.onset, row.ends, row.detail, tuple(row.regions), recorded_by)
