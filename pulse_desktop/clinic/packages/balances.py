"""Packages with their sums, read in one query for any number of patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from pulse_desktop.clinic.packages.tables import CreditEntry, Package
from pulse_desktop.clinic.packages.values import Cover, PackageLine

_PACKAGES = Package.__table__
_ENTRIES = CreditEntry.__table__


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
    session: Session,
    *,
    patient_ids: Sequence[int] | Select[int] | None = None,
    package_ids: Sequence[int] | None = None,
    even_void: bool = False,
    open_on: date | None = None,
) -> tuple[PackageLine, ...]:
    """Packages with their balances, oldest first; those whose sale was taken back are gone unless `even_void`.

    `open_on` leaves out what ended before that day or is used up: of ten years of packages, a few are summed up.
    """
    wanted = _with_sums() if even_void else _with_sums().having(func.sum(_ENTRIES.c.bought) > 0)
    if patient_ids is not None:
        wanted = wanted.where(_PACKAGES.c.patient_id.in_(patient_ids))
    if package_ids is not None:
        wanted = wanted.where(_PACKAGES.c.id.in_(package_ids))
    if open_on is not None:
        ends, sums = _PACKAGES.c.good_through, {name: func.sum(_ENTRIES.c[name]) for name in ("bought", "used", "forfeited")}
        wanted = wanted.where(or_(ends.is_(None), ends >= open_on)).having(sums["bought"] - sums["used"] - sums["forfeited"] > 0)
    return tuple(_line(row) for row in session.execute(wanted))


def _line(row: Any) -> PackageLine:
    return PackageLine(
        id=row.id, patient_id=row.patient_id, offer_id=row.offer_id, name=row.name, price_cents=row.price_cents,
        paid_cents=row.sum_paid, sessions=row.sum_bought, used=row.sum_used, held=row.sum_held, forfeited=row.sum_forfeited,
        sold_on=row.sold_on, good_through=row.good_through, office_id=row.office_id, covers=covers_from(row.covers),
    )  # fmt: skip


def held_for(session: Session, visit_id: int) -> int | None:
    """The package of which a session is held for this visit."""
    held = (
        select(_ENTRIES.c.package_id)
        .where(_ENTRIES.c.visit_id == visit_id)
        .group_by(_ENTRIES.c.package_id)
        .having(func.sum(_ENTRIES.c.held) > 0)
    )
    return session.scalar(held)


def held_or_used_for(session: Session, visit_ids: Iterable[int]) -> Mapping[int, int]:
    """Visit id to the package a session of which is held or used for it."""
    found = (
        select(_ENTRIES.c.visit_id, _ENTRIES.c.package_id)
        .where(_ENTRIES.c.visit_id.in_(tuple(visit_ids)))
        .group_by(_ENTRIES.c.visit_id, _ENTRIES.c.package_id)
        .having(func.sum(_ENTRIES.c.held) + func.sum(_ENTRIES.c.used) > 0)
    )
    return {row.visit_id: row.package_id for row in session.execute(found)}


def covers_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Cover, ...]:
    """Covers as they are stored."""
    return tuple(Cover(**cover) for cover in stored)


def covers_to_json(covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """Covers as they are stored."""
    return [asdict(cover) for cover in covers]
