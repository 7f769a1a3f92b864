"""The line to a server that may be far away: what need not be waited for is not, and questions travel together.

Every connection is kept in libpq's pipeline mode. What opens a transaction goes with its first question; what has no
answer (the rows an operation is written down in) goes with COMMIT; and questions asked together share one journey.
"""

from __future__ import annotations

import logging
import select
from collections.abc import MutableMapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from greenlet import getcurrent, greenlet
from psycopg import Error, OperationalError
from psycopg.pq import ConnStatus, PipelineStatus, TransactionStatus
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGExecutionContext_psycopg
from sqlalchemy.exc import DisconnectionError

from pulse_desktop.storage.together import Question

_READS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"  # one moment throughout, as over the file
_WRITES = "BEGIN ISOLATION LEVEL READ COMMITTED"  # sees what others committed after it waited


class _LineContext(PGExecutionContext_psycopg):
    def create_server_side_cursor(self) -> Any:
        """Rows fetched some at a time: not possible in the mode of the line."""
        leave(self._dbapi_connection.driver_connection)
        return super().create_server_side_cursor()  # type: ignore[no-untyped-call]


class LineDialect(PGDialect_psycopg):
    """SQLAlchemy's way to psycopg, but for when it waits."""

    supports_statement_cache = True
    execution_ctx_cls = _LineContext

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Carries out a statement and waits for its answer, with those asked beside it."""
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        if (line := _line_of(cursor.connection)) is not None:
            line.wait()

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        """The same without values."""
        super().do_execute_no_params(cursor, statement, context)  # type: ignore[no-untyped-call]
        if (line := _line_of(cursor.connection)) is not None:
            line.wait()

    def set_isolation_level(self, dbapi_connection: Any, level: Any) -> None:
        """Nothing: each transaction says it with its BEGIN, and AUTOCOMMIT is that there is none."""

    def ask_together(self, connection: Connection, questions: Sequence[Question[Any]]) -> None:
        """Answers the questions over one connection. Whenever all of them wait, what they asked travels at once."""
        line = _LINES[connection.connection.driver_connection]
        if line.hub is not None:  # asked by one of several questions
            line.hub.answer(questions)
            return
        line.hub = _Hub(line.pipeline)
        try:
            line.hub.answer(questions)
        finally:
            line.hub = None

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Ends a transaction. Nobody waits for the end of one that only looked, unless something failed in it."""
        line = _line_of(dbapi_connection)
        if line is None:
            super().do_rollback(dbapi_connection)  # type: ignore[no-untyped-call]
        else:
            line.end(getattr(dbapi_connection, "driver_connection", dbapi_connection))

    def do_commit(self, dbapi_connection: Any) -> None:
        """Returns when the server has it. Raises what was not waited for before; then COMMIT was not even tried."""
        line = _line_of(dbapi_connection)
        if line is None:
            super().do_commit(dbapi_connection)  # type: ignore[no-untyped-call]
            return
        if not line.open:
            return
        try:
            dbapi_connection.cursor().execute("COMMIT")  # the driver's own would not know of a BEGIN that was never waited for
            line.pipeline.sync()
        except Error:
            with suppress(Error):  # SQLAlchemy takes a failed COMMIT for the end of the transaction
                self.do_rollback(dbapi_connection)
            raise
        line.open = ""

    def do_close(self, dbapi_connection: Any) -> None:
        """A connection about to be closed leaves its mode; one that broke has none any more."""
        with suppress(OperationalError):
            leave(dbapi_connection)
        super().do_close(dbapi_connection)  # type: ignore[no-untyped-call]


registry.register("postgresql.line", __name__, LineDialect.__name__)


logging.getLogger("psycopg").setLevel(logging.ERROR)  # that a connection ended beneath it is raised as well, and said by us


def shorten(engine: Engine) -> None:
    """All connections of this engine wait for answers only where somebody reads them."""
    event.listen(engine, "checkout", _taken)
    event.listen(engine, "reset", _lay_down)


def begin(connection: Connection, *, writes: bool) -> None:
    """Says how the coming transaction goes; travels with its first question."""
    driver: Any = connection.connection.driver_connection
    line = _LINES[driver]
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        line.pipeline.sync()  # what makes a database stands alone between two syncs
        return
    driver.cursor().execute(_WRITES if writes else _READS)
    line.open = "writes" if writes else "looks"


@dataclass(slots=True)
class _Line:
    """What belongs to one connection."""

    mode: AbstractContextManager[Any]
    pipeline: Any
    hub: _Hub | None = None
    open: Literal["", "looks", "writes"] = ""
    """What the transaction is for that has begun and not ended."""

    def wait(self) -> None:
        """Returns when the answer is here."""
        if self.hub is not None:
            self.hub.wait()
        else:
            self.pipeline.sync()

    def end(self, driver: Any) -> None:
        """Ends the transaction that is open, if there is one, and keeps nothing of it."""
        if self.open == "looks" and not self._has_failed(driver.pgconn):
            driver.cursor().execute("ROLLBACK")
        elif self.open:
            with suppress(Error):  # what comes after the first error is that it came after an error
                self.pipeline.sync()
            driver.rollback()
        self.open = ""

    def _has_failed(self, wire: Any) -> bool:
        """The server would not do what is said next."""
        return bool(wire.pipeline_status == PipelineStatus.ABORTED or wire.transaction_status == TransactionStatus.INERROR)


_LINES: MutableMapping[Any, _Line] = WeakKeyDictionary()


def leave(driver: Any) -> None:
    """From here on the driver's connection waits for each answer: to listen, or for rows by the thousand (COPY)."""
    line = _LINES.pop(driver, None)
    if line is not None and not driver.broken:
        line.mode.__exit__(None, None, None)


class _Hub:
    """Lets each question run until it waits for an answer, then fetches all those answers in one journey."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._centre = getcurrent()
        self._waiting: list[greenlet] = []

    def answer(self, questions: Sequence[Question[Any]]) -> None:
        """Runs them all to their ends. Within a question its own questions travel with those of its neighbours."""
        runners = [greenlet(question.find) for question in questions]
        for runner in runners:
            self._go_on(runner)
        while not all(runner.dead for runner in runners):
            self.wait()

    def wait(self) -> None:
        """Returns when all that was asked by now has its answer; others run meanwhile. Raises what the line raises."""
        here = getcurrent()
        if here is self._centre:
            self._travel()
        else:
            self._waiting.append(here)
            assert here.parent is not None
            here.parent.switch()

    def _travel(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            self._pipeline.sync()
        except Error as trouble:
            if not waiting:
                raise
            for runner in waiting:  # for which of them it was, nobody knows
                self._go_on(runner, trouble)
            return
        for runner in waiting:
            self._go_on(runner)

    @staticmethod
    def _go_on(runner: greenlet, trouble: Error | None = None) -> None:
        """Comes back here when the runner waits or ends."""
        runner.parent = getcurrent()
        if trouble is None:
            runner.switch()
        else:
            runner.throw(trouble)


def _line_of(connection: Any) -> _Line | None:
    """`connection` as the driver has it or as the pool hands it out."""
    return _LINES.get(getattr(connection, "driver_connection", connection))


def _taken(driver: Any, _record: object, _proxy: object) -> None:
    """The first time, the connection enters its mode (SQLAlchemy asks the server's version in the plain one before).

    Later: one whose end has arrived meanwhile (server restarted, cable cut) is replaced. Asking it would cost a journey.
    """
    if driver not in _LINES:
        driver.autocommit = True  # transactions are opened by `begin`, in words of its own
        driver.prepare_threshold = None  # forgetting a prepared statement may come between ROLLBACK and BEGIN, which then fails
        mode = driver.pipeline()
        _LINES[driver] = _Line(mode, mode.__enter__())
    elif _has_died(driver):
        raise DisconnectionError


def _lay_down(driver: Any, _record: object, _state: object) -> None:
    """Nothing is left under way on a connection that goes back to the pool; one that broke has nothing to take back."""
    line = _line_of(driver)
    if line is None:
        return
    try:
        line.end(driver)
    except Error:
        driver.close()


def _has_died(driver: Any) -> bool:
    """Nothing is under way on a pooled connection, so whatever has arrived is a notice or the end."""
    if driver.closed:
        return True
    wire = driver.pgconn
    try:
        while select.select([wire.socket], [], [], 0)[0]:
            wire.consume_input()  # raises at the end of the wire
    except (Error, OSError, ValueError):
        return True
    return bool(wire.status != ConnStatus.OK)
