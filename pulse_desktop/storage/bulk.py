"""Filling a clinic of invented people by the million rows: straight into the closed file, its guards lifted meanwhile.

This is how a clinic is rehearsed at a size no rehearsal could type. It is refused for every clinic with real passwords,
since nothing that goes in here passes the door: no permission, no history, no audit event for each row. Whoever fills
must keep the rules by itself; references are checked at the end and the guards stand again before anybody signs in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.clinic_folder import DATABASE
from pulse_desktop.storage.engine import connect
from pulse_desktop.storage.folder_lock import FolderLock
from pulse_desktop.storage.tables import Base, table_of
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault

register_sentences(
    {
        "not_invented": N_(
            "This clinic has real passwords, so it may hold real people. Nothing was changed. Invented data goes into a clinic made for it."
        ),
        "bulk_broken": N_(
            "What was filled in does not fit together ({table}). The clinic cannot be used; make it anew."
        ),
    }
)

# Nobody else may open the file meanwhile and a half-filled one is thrown away, so nothing needs to survive a power cut.
_FAST = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    "foreign_keys=OFF",
    "temp_store=MEMORY",
    "cache_size=-400000",
)
_LIFTED = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY type DESC, name"


class Filling:
    """One table's rows at a time, as tuples in the order of the columns named."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def add(self, table_class: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds rows as stored (instants in milliseconds, days and JSON as text)."""
        table = table_of(table_class)
        if missing := [
            column.name
            for column in table.columns
            if column.name not in columns and not column.nullable and column.name != "id"
        ]:
            message = f"{table.name} needs {', '.join(missing)}"
            raise ValueError(message)
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - names of declared columns


@contextmanager
def filling(folder: Path, person_id: str, password: str) -> Iterator[Filling]:
    """A closed clinic of invented people, open for filling.

    Raises Refusal("not_invented") for any other clinic, and what keeps a person from opening it. Should it fail on the
    way the file is not usable any more: the caller throws the folder away.
    """
    vault = read_vault(folder)
    if not vault.weak:
        raise Refusal("not_invented")
    unlocked = unlock(vault, person_id, password, allow_weak=True)
    lock = FolderLock.take(folder)
    try:
        connection = connect(folder / DATABASE, unlocked.ring.database)
        try:
            with _lifted(connection):
                yield Filling(connection)
            _check_references(connection)
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
    finally:
        unlocked.ring.drop()
        lock.release()


@contextmanager
def _lifted(connection: Any) -> Iterator[None]:
    """One transaction without guards and indexes, which come back, the same, at its end."""
    for pragma in _FAST:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    lifted = connection.execute(_LIFTED).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for kind, name, _sql in lifted:
        connection.execute(f'DROP {kind} "{name}"')
    yield
    for _kind, _name, sql in reversed(lifted):
        connection.execute(sql)
    connection.execute("COMMIT")


def _check_references(connection: Any) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise Refusal("bulk_broken", table=str(broken[0]))
