"""The one way to a PostgreSQL server: what every connection promises, and transactions that read or write.

The driver is loaded when a server is first opened, so clinics kept in a file never pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import functions
from sqlalchemy.sql.compiler import SQLCompiler

from pulse_desktop.storage import postgres_line
from pulse_desktop.storage.engine import check_thread

# A seat that hangs must not keep others waiting for 10 s (C7); durations as PostgreSQL reads them.
_PROMISES = {
    "idle_in_transaction_session_timeout": "8s",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "tcp_keepalives_idle": "5s",
    "tcp_keepalives_interval": "2s",
    "tcp_keepalives_count": "3",
    "TimeZone": "UTC",
    "client_encoding": "UTF8",
}

# A cable that was pulled says nothing: this side finds out within some ten seconds, as libpq reads them.
_PATIENCE = {
    "connect_timeout": 3, "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}  # fmt: skip

_WRITES = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_READS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def open_server_engine(where: Mapping[str, Any], *, pool_size: int = 6, max_overflow: int = 14) -> Engine:
    """A pooled engine over the database that `where` names (libpq's words: host, port, dbname, user, password, ...).

    Connects at the first word only. Writers say so by the execution option `pulse_writes`, as for the file. Options in
    `where` count for more than the promises made here.
    """
    promised = " ".join(f"-c {name}={value}" for name, value in _PROMISES.items())
    options = f"{promised} {where.get('options', '')}".strip()
    engine = create_engine(
        "postgresql+line://", connect_args={"application_name": "pulse-desktop", **_PATIENCE, **where, "options": options},
        poolclass=QueuePool, pool_size=pool_size, max_overflow=max_overflow, hide_parameters=True, pool_reset_on_return=None,
    )  # fmt: skip
    postgres_line.shorten(engine)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _before_each)
    return engine


def _begin(connection: Connection) -> None:
    check_thread()
    postgres_line.begin(connection, writes=bool(connection.get_execution_options().get("pulse_writes", False)))


@compiles(functions.sum, "postgresql")
def _whole_sum(element: Any, compiler: SQLCompiler, **named: Any) -> str:
    """PostgreSQL sums BIGINT as NUMERIC, which comes back as Decimal. All we sum is whole: cents, sessions, minutes."""
    return f"CAST({compiler.visit_function(element, **named)} AS BIGINT)"


def _before_each(*_: object) -> None:
    check_thread()
