"""Writes what an operation did into the operation, history and change tables, and reads operations back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from pulse_desktop.storage.context import Context
from pulse_desktop.storage.fixed import Fixed
from pulse_desktop.storage.ledgers import ChangeRow, History, Operation
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import to_milliseconds

_OPERATIONS = table_of(Operation)
_FIND = Fixed(
    select(_OPERATIONS.c.command, _OPERATIONS.c.person, _OPERATIONS.c.answer).where(_OPERATIONS.c.id == bindparam("operation"))
)
_ADD_OPERATION = Fixed(insert(_OPERATIONS))
_ADD_HISTORY = Fixed(insert(table_of(History)))
_ADD_CHANGE = Fixed(insert(table_of(ChangeRow)).inline(), ("subject", "row_id", "kind", "operation"))


class Earlier(NamedTuple):
    """An operation already carried out."""

    command: str
    person: str
    answer: str


def answered(connection: Connection, operation: str) -> Earlier | None:
    """The operation of this id, if it was carried out before."""
    found = _FIND.one(connection, {"operation": operation})
    return None if found is None else Earlier(*found)


def write(connection: Connection, context: Context, command: str, answer: str, at: datetime) -> None:
    """One operation row, an image for each version of each record written, a change for each row touched."""
    operation = context.operation
    moment, person = to_milliseconds(at), context.actor.vault_id
    row = {"id": operation, "command": command, "person": person, "at": moment, "answer": answer, "undoes": context.undoes}
    _ADD_OPERATION.run(connection, row)
    images = [
        {"subject": subject, "row_id": row_id, "version": version, "image": image, "operation": operation}
        for (subject, row_id, version), image in context.notes.images.items()
    ]
    _ADD_HISTORY.run_all(connection, images)
    changes = [
        {"subject": subject, "row_id": row_id, "kind": kind, "operation": operation}
        for (subject, row_id), kind in context.notes.kinds.items()
    ]
    _ADD_CHANGE.run_all(connection, changes)
