"""What people do with patients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.patients import rules
from pulse_desktop.clinic.patients.keys import keys_of
from pulse_desktop.clinic.patients.tables import ConditionRow, PatientRow, SearchKeyRow
from pulse_desktop.clinic.patients.values import ConditionDraft, PatientDraft, PatientState, Screening
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.clinic.practice.tables import OfficeRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.undo import after_restore

_FIRST_NUMBER = 1001
_NAMES = ("first_name", "last_name", "native_name", "preferred_name")
_KEYED = (*_NAMES, "phone", "born")


@command(needs=Permission.EDIT_PATIENTS, audit="patient.register", undo="restore")
def register(context: Context, draft: PatientDraft) -> int:
    """Registers a patient; a name and a phone are enough. Raises a Refusal under the field that is wrong."""
    today = today_at(context, draft.office_id)
    values = rules.patient_values(draft, today)
    rules.check_new(values)
    _check_office(context, draft.office_id)
    context.lock_numbers(PatientRow)
    number = (context.session.scalar(select(func.max(PatientRow.number))) or _FIRST_NUMBER - 1) + 1
    patient_id = context.insert(
        PatientRow, **values, number=number, active=True, screened_on=None, registered_on=today,
        registered_by=context.actor.staff_id,
    )  # fmt: skip
    _write_keys(context, patient_id, number, values)
    context.about(patient_id, "patient", patient_id)
    return patient_id


@command(needs=Permission.EDIT_PATIENTS, audit="patient.edit", about=lambda draft: draft.id, undo="restore")
def edit(context: Context, draft: PatientDraft) -> int:
    """Changes a patient's data. Raises a Refusal under the field that is wrong, Outdated when somebody was quicker."""
    row = _patient(context, draft.id)
    values = rules.patient_values(draft, today_at(context, draft.office_id))
    _check_office(context, draft.office_id)
    row_id, number = row.id, row.number
    context.update(PatientRow, row_id, draft.version, **values)
    _write_keys(context, row_id, number, values)
    return row_id


@command(needs=Permission.EDIT_PATIENTS, audit="patient.state", about=lambda state: state.patient_id, undo="restore")
def set_state(context: Context, state: PatientState) -> None:
    """Makes a patient inactive or active again. Raises Outdated."""
    _patient(context, state.patient_id)
    context.update(PatientRow, state.patient_id, state.version, active=state.active)


@command(needs=Permission.EDIT_PATIENTS, audit="patient.condition", about=lambda draft: draft.patient_id, undo="restore")
def record_condition(context: Context, draft: ConditionDraft) -> int:
    """Adds a condition, or changes the one with `draft.id`. Raises a Refusal under key, onset or ends, Outdated."""
    _patient(context, draft.patient_id)
    values = rules.condition_values(draft, today_at(context))
    if draft.id is None:
        return context.insert(
            ConditionRow, **values, patient_id=draft.patient_id, recorded_by=context.actor.staff_id, withdrawn=False
        )
    row = context.session.get(ConditionRow, draft.id)
    if row is None or row.patient_id != draft.patient_id or row.withdrawn:
        raise Refusal("condition_not_there")
    context.update(ConditionRow, draft.id, draft.version, **values)
    return draft.id


@command(needs=Permission.EDIT_PATIENTS, audit="patient.screening", about=lambda screening: screening.patient_id, undo="restore")
def record_screening(context: Context, screening: Screening) -> None:
    """Keeps the day the safety questions were asked, and every yes as a condition.

    A no ends nothing: that a condition is over is entered on the condition itself, with its day.
    """
    patient = _patient(context, screening.patient_id)
    today = today_at(context)
    for draft in screening.yes:
        if draft.patient_id != screening.patient_id:
            raise Refusal("condition_not_there")
        if draft.id is not None or not _is_known(context, draft, today):
            record_condition(context, draft)
    context.update(PatientRow, patient.id, patient.version, screened_on=today)


def _is_known(context: Context, draft: ConditionDraft, today: date) -> bool:
    """A yes that the file already holds stays one line, unless something new is said about it."""
    same = select(ConditionRow).where(
        ConditionRow.patient_id == draft.patient_id, ConditionRow.key == draft.key, ~ConditionRow.withdrawn
    )
    return any(
        (row.ends is None or row.ends >= today)
        and (not draft.detail or draft.detail == row.detail)
        and (not draft.regions or list(draft.regions) == row.regions)
        for row in context.session.scalars(same)
    )


def _patient(context: Context, patient_id: int | None) -> PatientRow:
    row = None if patient_id is None else context.session.get(PatientRow, patient_id)
    if row is None:
        raise Refusal("patient_not_there")
    return row


def _check_office(context: Context, office_id: int | None) -> None:
    if office_id is not None and context.session.get(OfficeRow, office_id) is None:
        raise Refusal("not_there", "office_id")


def _write_keys(context: Context, patient_id: int, number: int, values: Mapping[str, Any]) -> None:
    context.remove_all(SearchKeyRow, patient_id=patient_id)
    parts = tuple(values[name] for name in _NAMES)
    keys = keys_of(number, parts, values["phone"], values["born"])
    context.insert_all(SearchKeyRow, [{"key": key, "patient_id": patient_id, "kind": kind} for key, kind in sorted(keys)])


def _rewrite_keys(context: Context, patient_ids: tuple[int, ...]) -> None:
    for patient_id in patient_ids:
        row = _patient(context, patient_id)
        values = {column: getattr(row, column) for column in _KEYED}
        _write_keys(context, patient_id, row.number, values)


after_restore(PatientRow, _rewrite_keys)
