"""The one way to open the encrypted file: raw key, and every promise about a connection set in one hook.

The key is never in a URL, an argument list, the environment, a log or a repr.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences

OLDEST_SQLITE = (3, 51, 3)  # older versions can lose a checkpoint in WAL mode
BUSY_MILLISECONDS = 10_000

# Order matters: the log is silenced before the key, the key comes before anything that reads the file.
_PROMISES = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged saves on a power cut (tests/storage/test_power_cut.py)
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # without it REPLACE slips past the delete guards
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",  # a temporary file would be plaintext
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-11000",  # the file of a patient with 500 visits stays at hand
    "PRAGMA cell_size_check=ON",
)

register_sentences(
    {
        "engine_unfit": N_(
            "This program's database library is too old or cannot encrypt. Nothing was opened or changed. Install the program anew."
        ),
        "file_damaged": N_("The clinic's file is damaged or belongs to another clinic. Nothing was changed. Restore a backup."),
    }
)


def _no_rows(record: logging.LogRecord) -> bool:
    """At DEBUG SQLAlchemy logs every row it fetches, whatever `hide_parameters` says: that would be patients' data."""
    return record.levelno > logging.DEBUG


logging.getLogger("sqlalchemy.engine.Engine").addFilter(_no_rows)


class OnForbiddenThread(RuntimeError):
    """Somebody touched the database on the thread that paints the windows."""


_forbidden: int | None = None


def forbid_thread(ident: int | None) -> None:
    """From now on every database call on this thread raises OnForbiddenThread (None: no thread is forbidden)."""
    global _forbidden  # noqa: PLW0603 - a process has one GUI thread
    _forbidden = ident


def check_thread() -> None:
    """Raises OnForbiddenThread on the forbidden thread."""
    if _forbidden is not None and threading.get_ident() == _forbidden:
        message = "a database call on the GUI thread"
        raise OnForbiddenThread(message)


def check_library(sqlite: tuple[int, ...], cipher: str | None) -> None:
    """Raises Trouble("engine_unfit") for a library that is too old or has no encryption."""
    if sqlite < OLDEST_SQLITE or not cipher:
        raise Trouble("engine_unfit", sqlite=".".join(map(str, sqlite)))


def connect(path: Path, key: bytes, *, options: str = "") -> Any:
    """A driver connection that has the key and nothing else. `options` are SQLite URI parameters ("mode=ro")."""
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{options}" if options else str(path), isolation_level=None, check_same_thread=False, uri=bool(options)
    )
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    check_library(dbapi2.sqlite_version_info, cipher and cipher[0])
    return connection


def keep_promises(connection: Any) -> None:
    """Sets what every connection must have (see reliability of the storage room in docs/architecture.md)."""
    for promise in _PROMISES:
        connection.execute(promise)


def open_engine(path: Path, key: bytes, *, promises: Callable[[Any], None] = keep_promises) -> Engine:
    """A pooled engine over the encrypted file. Writers say so by the execution option `pulse_writes`."""

    def opened() -> Any:
        connection = connect(path, key)
        promises(connection)
        return connection

    engine = create_engine(
        "sqlite:///clinic", creator=opened, module=dbapi2, poolclass=QueuePool, pool_size=6, max_overflow=14,
        hide_parameters=True, pool_reset_on_return="rollback",
        pool_use_lifo=True,  # a write empties the page caches of all connections but its own: the one just used knows most
    )  # fmt: skip
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _before_each)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at their first word."""
    return engine.execution_options(pulse_writes=True)


def _begin(connection: Connection) -> None:
    """Driver autobegin is off, so checks and writes stand in one transaction and DDL rolls back.

    It is said to the driver itself: every look says it, and SQLAlchemy's way there costs as much as a read.
    """
    check_thread()
    writes = bool(connection.get_execution_options().get("pulse_writes", False))
    driver = connection.connection
    if connection.info.get("read_only") is not (not writes):
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["read_only"] = not writes
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _before_each(*_: object) -> None:
    check_thread()
