"""Taking back: a command of its own, checked and audited like any other, that writes former versions anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.images import values_of
from pulse_desktop.storage.ledgers import AuditEvent, History, Operation
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import RESTORE, command, declaration_named
from pulse_desktop.storage.tables import Base, Record, table_of

register_sentences(
    {
        "moved_on": N_("This has been changed again since. It was left as it is now."),
        "cannot_undo": N_("This cannot be taken back. Nothing was changed."),
        "already_undone": N_("This has been taken back already. Nothing was changed."),
    }
)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The operation to take back (`Done.operation`)."""

    operation: str


@dataclass(frozen=True, slots=True)
class _Touched:
    """One row an operation wrote: the versions it made."""

    table_class: type[Record]
    row_id: int
    first: int
    last: int


AfterRestore = Callable[[Context, tuple[int, ...]], None]
_hooks: dict[str, AfterRestore] = {}


def after_restore(table_class: type[Record], hook: AfterRestore) -> None:
    """After rows of this table were restored, `hook(context, row ids)` rebuilds what is derived from them."""
    _hooks[_as_base(table_class).__tablename__] = hook


@command(needs=Permission.UNDO, audit="operation.take_back")
def take_back(context: Context, value: TakeBack) -> Any:
    """Takes one operation back. Raises Refusal("moved_on" | "cannot_undo" | "already_undone") and Denied."""
    db = context.session
    operation = db.get(Operation, value.operation)
    if operation is None:
        raise Refusal("cannot_undo")
    declaration = declaration_named(operation.command)
    _about_the_same(context, value.operation)
    if not context.may(declaration.needs):
        raise Denied
    if db.scalar(select(Operation.id).where(Operation.undoes == value.operation)) is not None:
        raise Refusal("already_undone")
    context.undoes = value.operation
    if declaration.undo is None:
        raise Refusal("cannot_undo")
    if declaration.undo == RESTORE:
        return restore_rows(context, value.operation)
    assert callable(declaration.undo)
    return declaration.undo(context, value.operation)


def _about_the_same(context: Context, operation: str) -> None:
    event = table_of(AuditEvent)
    found = context.session.connection().execute(select(event.c.patient_id).where(event.c.event_id == operation)).scalar()
    context.about(found, "operation")


def restore_rows(context: Context, operation: str) -> None:
    """Writes back the records an operation changed and voids those it added; part of undo functions of flows. Raises
    Refusal("moved_on" | "cannot_undo")."""
    restored: dict[str, list[int]] = defaultdict(list)
    for touched in _touched_by(context, operation):
        context.update(_as_base(touched.table_class), touched.row_id, touched.last, **_former(context, touched))
        restored[_as_base(touched.table_class).__tablename__].append(touched.row_id)
    for subject, row_ids in restored.items():
        if (hook := _hooks.get(subject)) is not None:
            hook(context, tuple(row_ids))


def _touched_by(context: Context, operation: str) -> list[_Touched]:
    """The rows the operation wrote; raises Refusal("moved_on") when one was written since."""
    made = (
        select(History.subject, History.row_id, func.min(History.version), func.max(History.version))
        .where(History.operation == operation)
        .group_by(History.subject, History.row_id)
        .order_by(History.subject, History.row_id)
    )
    classes = _record_classes()
    found = [_Touched(classes[subject], *rest) for subject, *rest in context.session.execute(made)]
    if not found:
        raise Refusal("cannot_undo")
    for touched in found:
        table = table_of(_as_base(touched.table_class))
        if context.session.connection().execute(select(table.c.version).where(table.c.id == touched.row_id)).scalar() != touched.last:
            raise Refusal("moved_on")
    return found


def _former(context: Context, touched: _Touched) -> Mapping[str, Any]:
    """The values before the operation; for a row it added, those that make the row void."""
    if touched.first == 1:
        if touched.table_class.__undo_added__ is None:
            raise Refusal("cannot_undo")
        return touched.table_class.__undo_added__
    table = table_of(_as_base(touched.table_class))
    image = context.session.get_one(History, (table.name, touched.row_id, touched.first - 1)).image
    return {name: value for name, value in values_of(table, image).items() if name not in {"id", "version"}}


def _record_classes() -> dict[str, type[Record]]:
    classes = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    return {_as_base(found).__tablename__: found for found in classes}


def _as_base(table_class: type[Record]) -> type[Base]:
    assert issubclass(table_class, Base)
    return table_class
