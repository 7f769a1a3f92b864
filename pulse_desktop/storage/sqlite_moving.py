"""What only a file does when a clinic moves into one: an encrypted database made beside, filled, and proved to be of the shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from pulse_desktop.storage.audit import Head
from pulse_desktop.storage.durable import sync_file, sync_folder
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.plain_rows import bare
from pulse_desktop.storage.schema import make_schema
from pulse_desktop.storage.sqlite_guards import drop_guards, remake_guards

_AT_ONCE = 2000


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


def add_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Adds rows as `plain_rows` reads them."""
    plain = bare(table)
    names, left = plain.columns.keys(), iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        connection.execute(insert(plain), [dict(zip(names, row, strict=True)) for row in some])


def go_on_counting(connection: Connection, last: Head) -> None:
    """Nothing is to do: a file numbers rows, changes and events from the highest there is."""
