"""How statements travel to a PostgreSQL server: few journeys, and a connection that died is noticed before it is used.

Loads the driver, so it is imported only once a server is opened. A network a few offices apart takes tens of
milliseconds for each journey; what nobody waits for goes along with what follows: BEGIN with the first statement, and
COMMIT with the last ones. (The driver alone makes a journey for each; so it runs in autocommit, and we say both.)
"""

from __future__ import annotations

import logging
import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, Cursor, Error
from psycopg.pq import ConnStatus
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

logging.getLogger("psycopg").setLevel(logging.ERROR)  # that a connection ended beneath it is raised as well, and said by us


class FarConnection(Connection[Any]):
    """A connection whose BEGIN waits for the first statement."""

    begins: str | None = None
    """The BEGIN that is still to be said."""

    def begin_now(self) -> None:
        """Says BEGIN if it is still to be said; in a pipeline it goes along with what follows."""
        begins, self.begins = self.begins, None
        if begins is not None:
            self.execute(begins)

    def cursor(self, *args: Any, **how: Any) -> Any:
        """A named cursor lives in a transaction."""
        if args or how.get("name"):
            self.begin_now()
        return super().cursor(*args, **how)


class FirstTogether(Cursor[Any]):
    """Sends BEGIN and the first statement of a transaction in one journey."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> FirstTogether:
        far = self.connection
        if not isinstance(far, FarConnection) or far.begins is None:
            super().execute(query, params, **how)
        elif params and not far.pgconn.pipeline_status:
            with far.pipeline():
                far.begin_now()
                super().execute(query, params, **how)
        else:  # without parameters it may be several statements, which do not go through a pipeline
            far.begin_now()
            super().execute(query, params, **how)
        return self

    def executemany(self, query: Any, params_seq: Any, **how: Any) -> None:
        if isinstance(self.connection, FarConnection):
            self.connection.begin_now()
        super().executemany(query, params_seq, **how)


def connect(arguments: Mapping[str, Any]) -> FarConnection:
    """A connection; raises the driver's errors."""
    return FarConnection.connect(**arguments, autocommit=True, cursor_factory=FirstTogether)


@contextmanager
def last_together(far: FarConnection) -> Iterator[None]:
    """What is written within makes one journey with its COMMIT; the first error of all these is raised at the end."""
    with far.pipeline():
        yield
        far.execute("COMMIT")


def look_before_use(engine: Engine) -> None:
    """A pooled connection whose end has arrived meanwhile (server restarted, cable cut) is replaced, without asking the server."""
    event.listen(engine, "checkout", _leave_the_dead)
    event.listen(engine, "reset", _lay_down)


def _lay_down(dbapi_connection: Any, _record: object, _state: object) -> None:
    """Nothing is left under way on a connection that goes back to the pool; one that broke has nothing to take back."""
    dbapi_connection.begins = None
    try:
        dbapi_connection.rollback()
    except Error:
        dbapi_connection.close()


def _leave_the_dead(dbapi_connection: Any, _record: object, _proxy: object) -> None:
    if _has_died(dbapi_connection):
        raise DisconnectionError


def _has_died(connection: Any) -> bool:
    """Nothing is under way on a pooled connection, so whatever has arrived is a notice or the end."""
    if connection.closed:
        return True
    wire = connection.pgconn
    try:
        while select.select([wire.socket], [], [], 0)[0]:
            wire.consume_input()  # raises at the end of the wire
    except (Error, OSError, ValueError):
        return True
    return bool(wire.status != ConnStatus.OK)
