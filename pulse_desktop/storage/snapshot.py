"""One moment of a database: its pages copied, and what is in them counted in the same read transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection

from pulse_desktop.storage.audit import head
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.engine import connect

_PAGES_AT_A_TIME = 1000  # 4 MB: between two steps other threads get their turn


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy must hold: rows of each table, and the newest audit event (its hash in hex)."""

    rows: Mapping[str, int]
    events: int
    newest: str

    def text(self) -> bytes:
        """As canonical JSON."""
        return canonical(asdict(self))

    @classmethod
    def told(cls, text: bytes) -> Facts:
        """Read back."""
        return cls(**json.loads(text))


def facts_of(connection: Connection) -> Facts:
    """Counts every table; the first of these questions fixes the moment of a read transaction."""
    newest = head(connection)
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    rows = {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for (name,) in names.all()}  # noqa: S608 - names of our tables
    return Facts(rows, newest.seq, newest.hash.hex())


def copy_pages(connection: Connection, target: Path, key: bytes) -> None:
    """Copies the moment this read transaction sees into a new file under `key`. Writers go on meanwhile.

    SQLite's backup interface on the connection that reads: a copy of the live file would miss what lies in its journal.
    """
    copy = connect(target, key)
    try:
        for promise in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):  # a file that is packed and removed
            copy.execute(f"PRAGMA {promise}")
        connection.connection.driver_connection.backup(copy, pages=_PAGES_AT_A_TIME)  # type: ignore[union-attr]
    finally:
        copy.close()
