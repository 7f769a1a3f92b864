"""How statements travel to a PostgreSQL server: few journeys, and a connection that died is noticed before it is used.

Loads the driver, so it is imported only once a server is opened. A network a few offices apart takes tens of
milliseconds for each journey; what nobody waits for between two statements therefore goes along with the next.
"""

from __future__ import annotations

import logging
import select
from typing import Any

from psycopg import Cursor, Error
from psycopg.pq import ConnStatus, TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

logging.getLogger("psycopg").setLevel(logging.ERROR)  # that a connection ended beneath it is raised as well, and said by us


class FirstTogether(Cursor[Any]):
    """Sends BEGIN and the first statement of a transaction in one journey (the driver alone makes two)."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> FirstTogether:
        connection = self.connection
        begins = not connection.autocommit and connection.pgconn.transaction_status == TransactionStatus.IDLE
        if params and begins and not connection.pgconn.pipeline_status:  # without any it may be several statements
            with connection.pipeline():
                super().execute(query, params, **how)
        else:
            super().execute(query, params, **how)
        return self


def look_before_use(engine: Engine) -> None:
    """A pooled connection whose end has arrived meanwhile (server restarted, cable cut) is replaced, without asking the server."""
    event.listen(engine, "checkout", _leave_the_dead)
    event.listen(engine, "reset", _lay_down)


def _lay_down(dbapi_connection: Any, _record: object, _state: object) -> None:
    """Nothing is left under way on a connection that goes back to the pool; one that broke has nothing to take back."""
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
