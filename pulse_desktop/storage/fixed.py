"""Statements the door runs with every command: compiled once, run on the driver, at a tenth of the usual cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class Fixed:
    """One statement with named parameters. Values go in and come out as stored (instants as milliseconds)."""

    __slots__ = ("_columns", "_sql", "_statement")

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._sql: dict[str, str] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Carries it out once."""
        self.cursor(connection).execute(self._text(connection), values)

    def run_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Carries it out for each of `rows`; for none, not at all."""
        if rows:
            self.cursor(connection).executemany(self._text(connection), rows)

    def one(self, connection: Connection, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        """Its first row, or None."""
        cursor = self.cursor(connection)
        cursor.execute(self._text(connection), values or {})
        found: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()
        return found

    @staticmethod
    def cursor(connection: Connection) -> Any:
        """The driver's cursor, past SQLAlchemy."""
        return connection.connection.cursor()

    def _text(self, connection: Connection) -> str:
        """The SQL for this database, with parameters by name (SQLite's driver defaults to question marks)."""
        name = connection.dialect.name
        if name not in self._sql:
            dialect = SQLiteDialect_pysqlite(paramstyle="named") if name == "sqlite" else connection.dialect
            self._sql[name] = str(self._statement.compile(dialect=dialect, column_keys=self._columns))
        return self._sql[name]
