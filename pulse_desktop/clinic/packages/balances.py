"""Packages with their sums, read in one query for any number of patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, or_, select

from pulse_desktop.clinic.packages.tables import CreditEntry, Package
from pulse_desktop.clinic.packages.values import Cover, PackageLine
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.storage.context import Context

_PACKAGES = Package.__table__
_ENTRIES, _VISITS = CreditEntry.__table__, VisitRow.__table__


_HELD = (
    select(_ENTRIES.c.package_id)
    .where(_ENTRIES.c.visit_id == bindparam("visit"))
    .group_by(_ENTRIES.c.package_id)
    .having(func.sum(_ENTRIES.c.held) > 0)
)
_HELD_OR_USED = (
    select(_ENTRIES.c.visit_id, _ENTRIES.c.package_id)
    .where(_ENTRIES.c.visit_id.in_(bindparam("visits", expanding=True)))
    .group_by(_ENTRIES.c.visit_id, _ENTRIES.c.package_id)
    .having(func.sum(_ENTRIES.c.held) + func.sum(_ENTRIES.c.used) > 0)
)


def _with_sums() -> Select[Any]:
    sums = [func.sum(_ENTRIES.c[name]).label(label) for name, label in _SUMS.items()]
    return (
        select(_PACKAGES, *sums)
        .join(_ENTRIES, _ENTRIES.c.package_id == _PACKAGES.c.id)
        .group_by(_PACKAGES.c.id)
        .order_by(_PACKAGES.c.sold_on, _PACKAGES.c.id)
    )


_SUMS = {"bought": "sum_bought", "used": "sum_used", "held": "sum_held", "forfeited": "sum_forfeited", "paid_cents": "sum_paid"}


def package_lines(
    context: Context,
    *,
    patient_ids: Sequence[int] | None = None,
    of_visit: int | None = None,
    package_ids: Sequence[int] | None = None,
    even_void: bool = False,
    open_on: date | None = None,
) -> tuple[PackageLine, ...]:
    """Packages with their balances, oldest first; those whose sale was taken back are gone unless `even_void`.

    `of_visit` means those of the visit's patient; `open_on` leaves out what ended before that day or is used up: of ten years of packages, a few are summed up.
    """
    one = patient_ids[0] if patient_ids is not None and len(patient_ids) == 1 else None  # a server spreads a list anew each time
    named = {"patient": one, "patients": patient_ids if one is None else None, "visit": of_visit, "packages": package_ids, "open_on": open_on}
    values = {name: value for name, value in named.items() if value is not None}
    wanted = _statement(frozenset(values), even_void=even_void)
    return tuple(_line(row) for row in context.read(wanted, **values))


@cache
def _statement(named: frozenset[str], *, even_void: bool) -> Select[Any]:
    wanted = _with_sums() if even_void else _with_sums().having(func.sum(_ENTRIES.c.bought) > 0)
    if "patient" in named:
        wanted = wanted.where(_PACKAGES.c.patient_id == bindparam("patient"))
    if "patients" in named:
        wanted = wanted.where(_PACKAGES.c.patient_id.in_(bindparam("patients", expanding=True)))
    if "visit" in named:
        whose = select(_VISITS.c.patient_id).where(_VISITS.c.id == bindparam("visit")).scalar_subquery()
        wanted = wanted.where(_PACKAGES.c.patient_id == whose)
    if "packages" in named:
        wanted = wanted.where(_PACKAGES.c.id.in_(bindparam("packages", expanding=True)))
    if "open_on" in named:
        ends, sums = _PACKAGES.c.good_through, {name: func.sum(_ENTRIES.c[name]) for name in ("bought", "used", "forfeited")}
        still = or_(ends.is_(None), ends >= bindparam("open_on", type_=Date))
        wanted = wanted.where(still).having(sums["bought"] - sums["used"] - sums["forfeited"] > 0)
    return wanted


MADE_READY = tuple(_statement(frozenset({named}), even_void=False) for named in ("patient", "patients", "visit"))
"""Those that screens ask: found here by whoever compiles questions while the password is typed."""


def _line(row: Any) -> PackageLine:
    return PackageLine(
        id=row.id, patient_id=row.patient_id, offer_id=row.offer_id, name=row.name, price_cents=row.price_cents,
        paid_cents=row.sum_paid, sessions=row.sum_bought, used=row.sum_used, held=row.sum_held, forfeited=row.sum_forfeited,
        sold_on=row.sold_on, good_through=row.good_through, office_id=row.office_id, covers=covers_from(row.covers),
    )  # fmt: skip


def held_for(context: Context, visit_id: int) -> int | None:
    """The package of which a session is held for this visit."""
    return context.read(_HELD, visit=visit_id).scalar()


def held_or_used_for(context: Context, visit_ids: Iterable[int]) -> Mapping[int, int]:
    """Visit id to the package a session of which is held or used for it."""
    return {visit_id: package_id for visit_id, package_id in context.read(_HELD_OR_USED, visits=tuple(visit_ids))}  # noqa: C416 - rows are no pairs to mypy


def covers_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Cover, ...]:
    """Covers as they are stored."""
    return tuple(Cover(**cover) for cover in stored)


def covers_to_json(covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """Covers as they are stored."""
    return [asdict(cover) for cover in covers]
