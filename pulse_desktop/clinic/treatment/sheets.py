"""Which sheet was given to whom, in which language, and which were taken back. The act itself is a flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.treatment.tables import SheetGivenRow
from pulse_desktop.clinic.treatment.values import AftercareGiven
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

GIVEN, TAKEN_BACK = "given", "taken_back"
_SHEETS, _STAFF = SheetGivenRow.__table__, StaffRow.__table__
_WITH_SHEET = select(_SHEETS.c.visit_id).where(_SHEETS.c.visit_id.in_(bindparam("visits", expanding=True)), _SHEETS.c.state == GIVEN)
_OF_VISIT = (
    select(_SHEETS, _STAFF.c.short_name)
    .join(_STAFF, _STAFF.c.id == _SHEETS.c.given_by_id)
    .where(_SHEETS.c.visit_id == bindparam("visit"))
    .order_by(_SHEETS.c.id.desc())
)


@query(needs=Permission.SEE_PATIENTS)
def sheets_of_visit(context: Context, visit_id: int) -> tuple[AftercareGiven, ...]:
    """The sheets of a visit, the newest first; those taken back too."""
    return tuple(_given(row) for row in context.read(_OF_VISIT, visit=visit_id))


def _given(row: Row[Any]) -> AftercareGiven:
    return AftercareGiven(
        row.id, row.visit_id, row.language, row.sheet_version, row.given_at, row.short_name, row.how, row.document_id, row.state
    )


def visits_with_sheet(context: Context, visit_ids: Sequence[int]) -> frozenset[int]:
    """Of these visits, those whose patient has a sheet."""
    return frozenset(context.read(_WITH_SHEET, visits=visit_ids).scalars())
