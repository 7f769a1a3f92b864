"""News from the other seats of a clinic on a server: one plain thread with a connection of its own.

The server calls (LISTEN/NOTIFY) when changes were committed or presence changed; the call is empty, what is new is read
from the change table, on from the last number seen. Without a call the feed looks every two seconds, so a call that got
lost only slows. When the server was away it connects anew and catches up. On a file nothing of this runs.
"""

from __future__ import annotations

import logging
import select
import socket
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.times import Clock
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.notes import Change
from pulse_desktop.storage.postgres_line import leave
from pulse_desktop.storage.postgres_presence import CHANNEL, SeatPresence
from pulse_desktop.storage.presence import PRESENCE

LOOK_EVERY: Final = 2.0
"""Seconds without a call after which the feed looks by itself."""
AGAIN_AFTER: Final = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts to reach a server that is away; the last one goes on."""
_AT_ONCE: Final = 1000
_GOOD_BYE: Final = 0.5
"""Seconds the thread gets to sign off; a connection that hangs is cut then, and the thread gets as long again to notice."""
_NEWS = f"SELECT number, operation, subject, row_id, kind FROM change WHERE number > %s ORDER BY number LIMIT {_AT_ONCE}"  # noqa: S608
_NEWEST = "SELECT coalesce(max(number), 0) FROM change"
_PRESENCE_CHANGED = frozenset({Change(PRESENCE, 0, "changed")})
_log = logging.getLogger(__name__)


class Feed:
    """`start`, then `door.listeners_elsewhere` hear; `close` before the engine is let go."""

    def __init__(self, engine: Engine, door: Door, *, look_every: float = LOOK_EVERY) -> None:
        import psycopg  # noqa: PLC0415 - only where a server is used

        self._gone_wrong = (psycopg.Error, DBAPIError, OSError)
        self._engine, self._door, self._look_every = engine, door, look_every
        self._connection: Any = None
        self._last = 0
        self._called = False
        self._hurry, self._wakes = socket.socketpair()
        self._wakes.setblocking(False)
        self._hurry.setblocking(False)
        self._closing = Event()
        self.presence = SeatPresence(new_id(), door.actor.vault_id, door.seat, self.wake)
        self.calls = 0
        """How often the server has called."""
        self._thread = Thread(target=self._run, name="pulse-feed", daemon=True)

    def start(self, clock: Clock) -> timedelta:
        """Connects, so that nothing after this moment is missed, and starts; how far `clock` is ahead of the server's."""
        self._connect()
        self._last = self._connection.execute(_NEWEST).fetchone()[0]
        ahead = self._ahead(clock)
        self.presence.bring_up(self._connection)
        self._thread.start()
        return ahead

    def wake(self) -> None:
        """Look now. From any thread."""
        try:
            self._hurry.send(b"!")
        except OSError:  # it has been told often enough, or is closed
            return

    def close(self) -> None:
        """Signs off and ends; at once, even when the server does not answer."""
        self._closing.set()
        self.wake()
        if self._thread.ident is None:
            self._hurry.close()
            self._wakes.close()
        else:
            self._thread.join(_GOOD_BYE)
            if self._thread.is_alive():
                self._cut()
                self._thread.join(_GOOD_BYE)
        self._let_go()

    # --- the thread

    def _run(self) -> None:
        failed = 0
        while not self._closing.is_set():
            try:
                if self._connection is None:
                    self._connect()
                self._attend()
                failed = 0
                self._sleep(0 if self._called else self._look_every)
            except self._gone_wrong as error:
                self._say_lost(error, first=not failed)
                self._let_go()
                self._sleep(AGAIN_AFTER[min(failed, len(AGAIN_AFTER) - 1)])
                failed += 1
        self._sign_off()
        self._hurry.close()
        self._wakes.close()

    def _attend(self) -> None:
        """Tells what is new; then who came or left."""
        self._called = False
        while rows := self._connection.execute(_NEWS, (self._last,)).fetchall():
            self._last = rows[-1][0]
            self._tell(self._door.own_news.foreign((operation, Change(*change)) for _, operation, *change in rows))
        self._tell(self._door.own_news.foreign(()))
        if self.presence.bring_up(self._connection):
            self._tell(_PRESENCE_CHANGED)

    def _tell(self, changes: frozenset[Change]) -> None:
        if changes and not self._closing.is_set():
            self._door.hear(changes)

    def _connect(self) -> None:
        """A connection of the engine's making that the pool forgets: it listens as long as the seat is open."""
        pooled = self._engine.raw_connection()
        self._connection = pooled.driver_connection
        pooled.detach()
        leave(self._connection)
        self._connection.rollback()
        self._connection.autocommit = True
        self._connection.add_notify_handler(self._hear_call)
        self._connection.execute(f"LISTEN {CHANNEL}")
        self.presence.forget_beat()

    def _hear_call(self, _call: object) -> None:
        self._called = True
        self.calls += 1

    def _sleep(self, seconds: float) -> None:
        """Until the server calls, somebody here wakes the feed, or the time is over."""
        sockets = [self._wakes] if self._connection is None else [self._wakes, self._connection]
        ready, _, _ = select.select(sockets, [], [], seconds)
        if self._wakes in ready:
            self._wakes.recv(4096)
        if self._connection in ready:
            self._connection.execute("SELECT 1")  # takes in what was called and notices a connection that has ended

    def _sign_off(self) -> None:
        if self._connection is not None:
            try:
                self.presence.end(self._connection)
            except self._gone_wrong:
                return  # forgotten after half a minute

    def _say_lost(self, error: BaseException, *, first: bool) -> None:
        """A server that is away is said by what people do, not here; anything else would be a mistake of ours."""
        if first:
            state = getattr(getattr(error, "orig", error), "sqlstate", None)
            _log.info("no news from the other seats for now (%s %s)", type(error).__name__, state or "connection")

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _cut(self) -> None:
        """Ends the waiting for a server that hangs, from another thread."""
        connection = self._connection
        if connection is not None:
            try:
                end = socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)
                end.shutdown(socket.SHUT_RDWR)
                end.close()
            except self._gone_wrong:
                return

    def _ahead(self, clock: Clock) -> timedelta:
        before = clock.now()
        server: datetime = self._connection.execute("SELECT clock_timestamp()").fetchone()[0]
        return before + (clock.now() - before) / 2 - server


