"""The line to a server that may be far away: what need not be waited for is not, and questions travel together.

Every connection is kept in libpq's pipeline mode. What opens a transaction goes with its first question; what has no
answer (the rows an operation is written down in) goes with COMMIT; and questions asked together share one journey.
"""

from __future__ import annotations

import select
from collections.abc import MutableMapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from greenlet import getcurrent, greenlet
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from pulse_desktop.storage.together import Question

_READS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"  # one moment throughout, as over the file
_WRITES = "BEGIN ISOLATION LEVEL READ COMMITTED"  # sees what others committed after it waited


def shorten(engine: Engine) -> None:
    """Makes all connections of this engine wait for answers only where somebody reads them."""
    event.listen(engine, "checkout", _taken)
    event.listen(engine, "do_execute", _execute)
    event.listen(engine, "do_execute_no_params", lambda cursor, statement, _context: _execute(cursor, statement, None, None))
    event.listen(engine, "close", _leave)


def begin(connection: Connection, *, writes: bool) -> None:
    """Says how the coming transaction goes; travels with its first question."""
    driver: Any = connection.connection.driver_connection
    driver.cursor().execute(_WRITES if writes else _READS)


def ask_together(connection: Connection, questions: Sequence[Question[Any]]) -> None:
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


@dataclass(slots=True)
class _Line:
    """What belongs to one connection."""

    mode: AbstractContextManager[Any]
    pipeline: Any
    hub: _Hub | None = None

    def wait(self) -> None:
        """Returns when the answer is here."""
        if self.hub is not None:
            self.hub.wait()
        else:
            self.pipeline.sync()


_LINES: MutableMapping[Any, _Line] = WeakKeyDictionary()


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
        except Exception as trouble:  # noqa: BLE001 - raised in each question that waited: which one it was nobody knows
            if not waiting:
                raise
            for runner in waiting:
                self._go_on(runner, trouble)
            return
        for runner in waiting:
            self._go_on(runner)

    @staticmethod
    def _go_on(runner: greenlet, trouble: Exception | None = None) -> None:
        """Comes back here when the runner waits or ends."""
        runner.parent = getcurrent()
        if trouble is None:
            runner.switch()
        else:
            runner.throw(trouble)


def _taken(driver: Any, _record: object, _proxy: object) -> None:
    """The first time, the connection enters its mode (SQLAlchemy asks the server's version in the plain one before).

    Later: one that has something to say while it rests was closed by the other side. Asking it would cost a journey.
    """
    if driver not in _LINES:
        driver.autocommit = True  # transactions are opened by `begin`, in words of its own
        mode = driver.pipeline()
        _LINES[driver] = _Line(mode, mode.__enter__())
    elif driver.closed or select.select([driver.fileno()], [], [], 0)[0]:
        raise DisconnectionError


def _leave(driver: Any, _record: object) -> None:
    """A connection about to be closed leaves its mode; one that broke has none any more."""
    if (line := _LINES.pop(driver, None)) is not None and not driver.broken:
        with suppress(driver.OperationalError):
            line.mode.__exit__(None, None, None)


def _execute(cursor: Any, statement: str, parameters: Any, _context: object) -> bool:
    """Carries a statement out instead of SQLAlchemy, which looks for the answer at once; True when it has done so."""
    line = _LINES.get(cursor.connection)
    if line is None:
        return False
    cursor.execute(statement, parameters)
    line.wait()
    return True
