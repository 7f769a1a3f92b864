"""The session commands and queries work with: it notes what is written and refuses what would escape notice."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from pulse_desktop.storage.notes import Kind, Notes
from pulse_desktop.storage.tables import Base, Record

_NOTES = "pulse_notes"


class ClinicSession(Session):
    """A session whose writes are noted (with `notes`) or refused (without). It works in one transaction, on one connection."""

    _held: Connection | None = None

    def __init__(self, bind: Engine | Connection, notes: Notes | None = None) -> None:
        super().__init__(bind, expire_on_commit=False, info={_NOTES: notes})

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection of this session's transaction: asked for with every statement, looked up once."""
        held = self._held
        if held is None or held.closed:
            held = self._held = super().connection()
        return held

    def rollback(self) -> None:
        """Ends the transaction."""
        self._held = None
        super().rollback()


class LookSession(ClinicSession):
    """The session of a look. Most looks read Core statements only, for which the connection is handed out as it is: the
    session's own way to it costs more than the statement."""

    def __init__(self, engine: Engine, notes: Notes | None = None) -> None:
        self._lent = engine.connect()
        super().__init__(self._lent, notes)

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection of this look; it begins with its first statement."""
        return self._lent

    def rollback(self) -> None:
        """Ends the transaction, whoever began it."""
        super().rollback()
        self._lent.rollback()

    def close(self) -> None:
        """Gives the connection back."""
        try:
            super().close()
        finally:
            self._lent.close()


class CommandSession(LookSession):
    """The session of a command: as for a look, but its transaction begins when the connection is first asked for."""

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection of this command, in its transaction."""
        if not self._lent.in_transaction():
            self._lent.begin()
        return self._lent

    def commit(self) -> None:
        """Writes what is still to be written; a session that came later to the transaction does not end it."""
        if self.in_transaction():
            super().commit()
        self._lent.commit()


@event.listens_for(ClinicSession, "before_flush")
def _refuse_unnoticed(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if session.info[_NOTES] is None:
        message = "a query must not write"
        raise TypeError(message)
    if any(isinstance(row, Record) for row in session.deleted):
        message = "records are never deleted"
        raise TypeError(message)


@event.listens_for(ClinicSession, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    notes: Notes = session.info[_NOTES]
    kinds: tuple[tuple[Kind, Any], ...] = (("added", session.new), ("changed", session.dirty), ("removed", session.deleted))
    for kind, rows in kinds:
        for row in rows:
            if kind != "changed" or session.is_modified(row):
                notes.wrote(type(row), _values(row), kind)


@event.listens_for(ClinicSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk writes know no versions and leave no history."""
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    table = getattr(state.statement, "table", None)
    message = f"bulk writes are refused ({getattr(table, 'name', '?')}): use the context's insert, update and remove"
    raise TypeError(message)


def _values(row: Base) -> dict[str, Any]:
    return {column: getattr(row, attribute) for column, attribute in _columns(type(row))}


@cache
def _columns(table_class: type[Base]) -> tuple[tuple[str, str], ...]:
    return tuple((attribute.columns[0].name, attribute.key) for attribute in inspect(table_class).column_attrs)
