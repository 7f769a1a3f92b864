"""Writes what an operation did into the operation, history and change tables, and reads operations back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.orm import Session

from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import ChangeRow, History, Operation

_OPERATIONS = Operation.__table__
_FIND = select(_OPERATIONS.c.command, _OPERATIONS.c.person, _OPERATIONS.c.answer).where(_OPERATIONS.c.id == bindparam("operation"))
_ADD_OPERATION = insert(Operation.__table__)
_ADD_HISTORY = insert(History.__table__)
_ADD_CHANGE = insert(ChangeRow.__table__)


class Earlier(NamedTuple):
    """An operation already carried out."""

    command: str
    person: str
    answer: str


def answered(session: Session, operation: str) -> Earlier | None:
    """The operation of this id, if it was carried out before."""
    found = session.connection().execute(_FIND, {"operation": operation}).one_or_none()
    return None if found is None else Earlier(*found)


def write(connection: Connection, context: Context, command: str, answer: str, at: datetime) -> None:
    """One operation row, an image for each version of each record written, a change for each row touched."""
    operation = context.operation
    row = {"id": operation, "command": command, "person": context.actor.vault_id, "at": at, "answer": answer, "undoes": context.undoes}
    connection.execute(_ADD_OPERATION, row)
    if images := context.notes.images:
        connection.execute(
            _ADD_HISTORY,
            [
                {"subject": subject, "row_id": row_id, "version": version, "image": image, "operation": operation}
                for (subject, row_id, version), image in images.items()
            ],
        )
    if kinds := context.notes.kinds:
        connection.execute(
            _ADD_CHANGE,
            [
                {"subject": subject, "row_id": row_id, "kind": kind, "operation": operation}
                for (subject, row_id), kind in kinds.items()
            ],
        )
