"""Packages that are open, with whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from pulse_desktop.clinic import packages
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import display_name
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """An open package and its patient's name and number."""

    package: PackageLine
    patient: str
    number: str


@query(needs=Permission.SEE_PACKAGES)
def open_packages(context: Context) -> tuple[OpenPackage, ...]:
    """All open packages, the one that ends first at the front."""
    lines = packages.open_packages(context)
    table = PatientRow.__table__
    columns = (table.c.id, table.c.number, table.c.first_name, table.c.last_name, table.c.native_name)
    wanted = select(*columns).where(table.c.id.in_({line.patient_id for line in lines}))
    people = {row.id: row for row in context.session.execute(wanted)}
    return tuple(
        OpenPackage(line, display_name(person.first_name, person.last_name, person.native_name), f"P-{person.number}")
        for line in lines
        if (person := people.get(line.patient_id)) is not None
    )
