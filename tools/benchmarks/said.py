"""Every statement ours says to its database, in the form in which the floor can say it again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

from pulse_desktop.storage.fixed import Fixed

_NAMED = re.compile(r":(\w+)")


@dataclass(slots=True)
class Said:
    """The statements since the last question."""

    steps: list[tuple[str, list[Any]]] = field(default_factory=list)

    def hears(self, engine: Engine) -> None:
        """Listens from now on; a transaction ends with a statement too."""
        event.listen(engine, "before_cursor_execute", self._said)
        event.listen(engine, "begin", self._begun)
        event.listen(engine, "commit", lambda _connection: self.steps.append(("COMMIT", [])))
        event.listen(engine, "rollback", lambda _connection: self.steps.append(("ROLLBACK", [])))
        plain = Fixed.cursor  # prepared statements and the door's own go past SQLAlchemy's events
        Fixed.cursor = staticmethod(lambda connection: _Heard(plain(connection), self))  # type: ignore[method-assign]

    def taken(self) -> list[tuple[str, list[Any]]]:
        """What was said; forgotten afterwards."""
        steps, self.steps = self.steps, []
        return steps

    def said(self, statement: str, values: Sequence[Any]) -> None:
        """One more."""
        self.steps.append((statement, [_portable(value) for value in values]))

    def _begun(self, connection: Connection) -> None:
        """A transaction begins at the driver, past the cursor's event."""
        writes = connection.get_execution_options().get("pulse_writes", False)
        self.steps.append(("BEGIN IMMEDIATE" if writes else "BEGIN", []))

    def _said(self, _c: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:  # noqa: FBT001
        for one in values if many else [values]:
            self.said(statement, one)


@dataclass(slots=True)
class _Heard:
    """The driver's cursor of a statement that goes past SQLAlchemy; its values have names or stand in order."""

    cursor: Any
    by: Said

    def execute(self, statement: str, values: Mapping[str, Any] | Sequence[Any]) -> Any:
        self._tell(statement, values)
        return self.cursor.execute(statement, values)

    def executemany(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> Any:
        for values in rows:
            self._tell(statement, values)
        return self.cursor.executemany(statement, rows)

    def fetchone(self) -> Any:
        return self.cursor.fetchone()

    def fetchall(self) -> Any:
        return self.cursor.fetchall()

    def close(self) -> None:
        self.cursor.close()

    def _tell(self, statement: str, values: Mapping[str, Any] | Sequence[Any]) -> None:
        if isinstance(values, Mapping):
            statement, values = _NAMED.sub("?", statement), [values[name] for name in _NAMED.findall(statement)]
        self.by.said(statement, values)


def _portable(value: Any) -> Any:
    return {"hex": value.hex()} if isinstance(value, bytes | memoryview) else value
