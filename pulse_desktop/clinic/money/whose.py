"""Whose money it is: a patient, office, visit and package named together belong together."""

from __future__ import annotations

from sqlalchemy import select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.packages.tables import Package
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice.tables import OfficeRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.storage.context import Context

_PATIENTS, _OFFICES, _VISITS, _PACKAGES = PatientRow.__table__, OfficeRow.__table__, VisitRow.__table__, Package.__table__


def check_whose(
    context: Context, patient_id: int, office_id: int, *, visit_id: int | None = None, package_id: int | None = None
) -> None:
    """Raises Denied for a patient or office that is not there, and for a visit or package of another patient."""
    there = (_PATIENTS.c.id, patient_id), (_OFFICES.c.id, office_id)
    if any(context.session.scalar(select(column).where(column == number)) is None for column, number in there):
        raise Denied
    for table, number in ((_VISITS, visit_id), (_PACKAGES, package_id)):
        if number is not None and context.session.scalar(select(table.c.patient_id).where(table.c.id == number)) != patient_id:
            raise Denied
