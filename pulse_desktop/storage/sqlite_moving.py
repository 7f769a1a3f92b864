"""What only a file does when a clinic moves into one: an encrypted database made beside, filled, and proved to be of the shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from pulse_desktop.storage.audit import Head
from pulse_desktop.storage.durable import sync_file, sync_folder
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.plain_rows import add_rows
from pulse_desktop.storage.schema import make_schema
from pulse_desktop.storage.sqlite_guards import drop_guards, remake_guards

__all__ = ["add_rows", "go_on_counting", "new_file", "unguarded"]


@contextmanager
def new_file(path: Path, key: bytes) -> Iterator[Engine]:
    """An empty clinic in a file that must not be there yet; when all went well it is durable and without a journal."""
    engine = open_engine(path, key)
    try:
        with writing(engine).begin() as connection:
            make_schema(connection)
        yield engine
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    sync_file(path)
    sync_folder(path.parent)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Rows go in as they are: no guard. References are still checked."""
    drop_guards(connection)
    yield
    remake_guards(connection)


def go_on_counting(connection: Connection, last: Head) -> None:
    """Nothing is to do: a file numbers rows, changes and events from the highest there is."""
