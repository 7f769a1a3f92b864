"""The ledger of sessions: every act is an entry, every balance a sum, every correction an entry that takes one back.

These functions are called by commands that already stand in a transaction; they are no commands themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.packages.balances import held_for, package_lines
from pulse_desktop.clinic.packages.rules import usable_now
from pulse_desktop.clinic.packages.tables import CreditEntry, Package
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.storage.context import Context

_ENTRIES = CreditEntry.__table__
_COUNTS = ("bought", "held", "used", "forfeited", "paid_cents")


def hold(context: Context, package_id: int, visit_id: int, day: date) -> None:
    """Keep one session for a visit on `day`. Raises Refusal("session_held" | "package_over" | "package_unpaid")."""
    context.lock(Package, package_id)
    if held_for(context, visit_id) is not None:
        raise Refusal("session_held")
    _must_be_usable(one_package(context, package_id), day)
    _append(context, package_id, "held", visit_id, held=1)


def release(context: Context, visit_id: int, kind: str = "released") -> bool:
    """Give back what is held for the visit; False when nothing is. `kind` forgiven says a forfeit was waived."""
    package_id = held_for(context, visit_id)
    if package_id is not None:
        _append(context, package_id, kind, visit_id, held=-1)
    return package_id is not None


def forfeit(context: Context, visit_id: int) -> bool:
    """The session held for the visit is lost; False when none is held."""
    package_id = held_for(context, visit_id)
    if package_id is not None:
        _append(context, package_id, "forfeited", visit_id, held=-1, forfeited=1)
    return package_id is not None


def use(context: Context, package_id: int, visit_id: int, day: date) -> None:
    """Use a session for the visit: the one held for it, or a free one. A session held in another package is released.

    Raises Refusal("package_over" | "package_unpaid").
    """
    context.lock(Package, package_id)
    held_in = held_for(context, visit_id)
    if held_in == package_id:
        _append(context, package_id, "used", visit_id, held=-1, used=1)
        return
    if held_in is not None:
        _append(context, held_in, "released", visit_id, held=-1)
    _must_be_usable(one_package(context, package_id), day)
    _append(context, package_id, "used", visit_id, used=1)


def buy(context: Context, package_id: int, sessions: int) -> None:
    """The first entry of a package: the sessions it holds."""
    _append(context, package_id, "bought", None, bought=sessions)


def note_paid(context: Context, package_id: int, cents: int) -> None:
    """So much more (or, below zero, less) of the package's price has been paid."""
    if cents:
        _append(context, package_id, "paid", None, paid_cents=cents)


def reverse_entries(context: Context, entries: Iterable[Any]) -> None:
    """Write the entry that takes each of these back, the newest first."""
    for entry in entries:
        counts = {name: -getattr(entry, name) for name in _COUNTS}
        _append(context, entry.package_id, "reversed", entry.visit_id, reverses_id=entry.id, **counts)


def reverse_operation(context: Context, operation: str) -> None:
    """Take back what an operation wrote here. Raises Refusal("moved_on") when sessions it sold have been used since."""
    entries = _standing(context, _ENTRIES.c.operation == operation)
    reverse_entries(context, entries)
    touched = tuple({entry.package_id for entry in entries})
    for line in package_lines(context, package_ids=touched, even_void=True):
        if min(line.left, line.used, line.held, line.forfeited) < 0:
            raise Refusal("moved_on")


def _standing(context: Context, wanted: ColumnElement[bool]) -> list[Any]:
    """Entries that were not taken back yet, the newest first."""
    later = _ENTRIES.alias("later")
    taken_back = select(later.c.id).where(later.c.reverses_id == _ENTRIES.c.id).exists()
    found = select(_ENTRIES).where(wanted, ~taken_back, _ENTRIES.c.reverses_id.is_(None)).order_by(_ENTRIES.c.id.desc())
    return list(context.session.connection().execute(found))


def one_package(context: Context, package_id: int) -> PackageLine:
    """The package; Refusal("package_over") when there is none of that number."""
    lines = package_lines(context, package_ids=(package_id,))
    if not lines:
        raise Refusal("package_over")
    return lines[0]


def _must_be_usable(package: PackageLine, day: date) -> None:
    if package.left < 1 or (package.good_through is not None and day > package.good_through):
        raise Refusal("package_over", package_id=package.id)
    if usable_now(package) < 1:
        raise Refusal("package_unpaid", package_id=package.id)


def _append(context: Context, package_id: int, kind: str, visit_id: int | None, **counts: int | None) -> None:
    context.insert(
        CreditEntry, package_id=package_id, kind=kind, visit_id=visit_id, at=context.now(),
        by_id=context.actor.staff_id, operation=context.operation, **counts,
    )  # fmt: skip
