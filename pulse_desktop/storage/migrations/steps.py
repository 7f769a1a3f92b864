"""Carries the steps out: on a copy, proved, then swapped in. The old file stays beside it under another name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.durable import sync_folder
from pulse_desktop.storage.engine import connect, keep_promises, open_engine, writing
from pulse_desktop.storage.migrations import head
from pulse_desktop.storage.schema import declared_shape, differences, shape_of
from pulse_desktop.storage.sqlite_guards import drop_guards, remake_guards

_ROOM = 2.5  # times the file's size: the kept copy, the new file, and its journal

register_sentences(
    {
        "update_failed": N_("The clinic's file could not be brought to this version. It is as it was; nothing was lost. Keep using the former version and send the report."),
    }
)


class StepFailed(Exception):
    """The copy is not what it should be after the steps; the live file was not touched."""


def migrate(path: Path, key: bytes, version: str) -> None:
    """Brings the database to `head()`. Raises Trouble("disk_full" | "update_failed"); then the old file is unchanged."""
    if shutil.disk_usage(path.parent).free < _ROOM * path.stat().st_size:
        raise Trouble("disk_full")
    following = path.with_suffix(".next")
    _remove(following)
    failed = False
    try:
        copy_database(path, path.with_name(f"{path.stem}-before-{head()}.db"), key)
        copy_database(path, following, key)
        upgrade(following, key)
        _swap(path, following, key)
    except (OSError, dbapi2.Error, StepFailed):
        failed = True
    except Exception:  # noqa: BLE001 - one of the four places: a step may fail in any way and must leave the file alone
        failed = True
    if failed:
        _remove(following)
        raise Trouble("update_failed", version=version)


def copy_database(source: Path, target: Path, key: bytes) -> None:
    """Copies through SQLite's backup interface (a plain copy of a live file silently misses rows) and proves the copy."""
    reading, writing_ = connect(source, key, options="mode=ro"), connect(target, key)
    try:
        reading.backup(writing_)
        if writing_.execute("PRAGMA quick_check").fetchone() != ("ok",):
            message = "the copy is damaged"
            raise StepFailed(message)
    finally:
        writing_.close()
        reading.close()


def upgrade(path: Path, key: bytes) -> None:
    """Runs the missing steps on the file at `path`, makes the guards anew and proves the result."""
    from alembic import command  # noqa: PLC0415 - 0.4 s that only an update pays

    from pulse_desktop.storage.migrations.settings import alembic_on  # noqa: PLC0415 - as above

    engine = open_engine(path, key, promises=_without_foreign_keys)
    try:
        with writing(engine).begin() as connection:
            drop_guards(connection)
            command.upgrade(alembic_on(connection), "head")
            remake_guards(connection)
            _prove(connection)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _without_foreign_keys(connection: Any) -> None:
    """Batch mode rebuilds tables that others point at; what points nowhere afterwards is found by foreign_key_check."""
    keep_promises(connection)
    connection.execute("PRAGMA foreign_keys=OFF")


def _prove(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        message = "a row points at a missing one"
        raise StepFailed(message)
    if found := differences(shape_of(connection), declared_shape()):
        raise StepFailed("; ".join(found))


def _swap(path: Path, following: Path, key: bytes) -> None:
    """The old journal must be gone before the new file takes the name, or it would be played into it."""
    old = connect(path, key)
    old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old.close()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    following.replace(path)
    sync_folder(path.parent)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
