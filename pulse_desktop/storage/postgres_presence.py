"""Presence on a server (see `presence`): a small table that every seat writes, by the server's time.

The table is not among the declared ones: a clinic in a file has no use for it, and nothing in it outlives half a minute.
Whoever may sign in must be allowed SELECT, INSERT, UPDATE and DELETE on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection

from pulse_desktop.storage.presence import Present

CHANNEL: Final = "pulse_seats"
"""What a server calls out to its seats: that there is something new, never what."""
HEARTBEAT: Final = 10.0
"""Seconds between two signs of life; who gave none for thrice as long has gone."""

_TABLE = """
CREATE TABLE presence (
    sitting TEXT NOT NULL, subject TEXT NOT NULL, subject_id BIGINT NOT NULL,
    person TEXT NOT NULL, seat TEXT NOT NULL, place TEXT NOT NULL, went_on_elsewhere BOOLEAN NOT NULL DEFAULT false,
    since TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(), seen TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_presence PRIMARY KEY (sitting, subject, subject_id)
)
"""
_TELL = f"""
CREATE FUNCTION tell_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
END $$
"""
# A sign of life is no news: it sets nothing but `seen`.
_TOLD = """
CREATE TRIGGER told AFTER INSERT OR DELETE OR UPDATE OF went_on_elsewhere ON presence FOR EACH ROW EXECUTE FUNCTION tell_seats()
"""

_GONE = "DELETE FROM presence WHERE seen < clock_timestamp() - interval '30 seconds'"
_HERE = """
INSERT INTO presence (sitting, subject, subject_id, person, seat, place) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT ON CONSTRAINT pk_presence DO UPDATE SET seen = clock_timestamp()
"""
_OTHERS_STOP = """
UPDATE presence SET went_on_elsewhere = true
WHERE subject = %s AND subject_id = %s AND person = %s AND sitting <> %s AND NOT went_on_elsewhere
"""
_HERE_AGAIN = "UPDATE presence SET went_on_elsewhere = false WHERE sitting = %s AND subject = %s AND subject_id = %s"
_LEFT = "DELETE FROM presence WHERE sitting = %s AND subject = %s AND subject_id = %s"
_ALL_LEFT = "DELETE FROM presence WHERE sitting = %s"
_WHO = """
SELECT presence.subject, subject_id, person, coalesce(first_name || ' ' || last_name, name), seat, place, sitting = %s, person = %s, went_on_elsewhere
FROM presence JOIN vault_person ON vault_id = person LEFT JOIN staff_member ON staff_member.id = staff_id
WHERE seen >= clock_timestamp() - interval '30 seconds' ORDER BY since, sitting
"""

_Thing = tuple[str, int]


def make_presence(connection: Connection) -> None:
    """Makes the table and what calls out its changes."""
    for sql in (_TABLE, _TELL, _TOLD):
        connection.exec_driver_sql(sql)


class SeatPresence:
    """What this sitting has open. Screens speak to it from their thread; the feed carries it to the server on its own."""

    def __init__(self, sitting: str, person: str, seat: str, wake: Callable[[], object]) -> None:
        self._sitting, self._person, self._seat, self._wake = sitting, person, seat, wake
        self._lock = Lock()
        self._open: dict[_Thing, str] = {}
        self._due: dict[_Thing, bool] = {}
        """What was opened or closed since; True: the person goes on here."""
        self._present: tuple[Present, ...] = ()
        self._beat = 0.0

    def enter(self, subject: str, subject_id: int, place: str) -> None:
        """See `presence.Presence`."""
        self._note((subject, subject_id), place, goes_on=False)

    def go_on_here(self, subject: str, subject_id: int, place: str) -> None:
        """See `presence.Presence`."""
        self._note((subject, subject_id), place, goes_on=True)

    def leave(self, subject: str, subject_id: int) -> None:
        """See `presence.Presence`."""
        with self._lock:
            if self._open.pop((subject, subject_id), None) is None:
                return
            self._due[subject, subject_id] = False
        self._wake()

    def at(self, subject: str, subject_id: int) -> tuple[Present, ...]:
        """See `presence.Presence`."""
        return tuple(one for one in self._present if (one.subject, one.subject_id) == (subject, subject_id))

    def bring_up(self, connection: Any) -> bool:
        """Writes what is due, reads who is there; whether that has changed. `connection` is the driver's, in autocommit."""
        self._write_due(connection)
        found = tuple(Present(*row) for row in connection.execute(_WHO, (self._sitting, self._person)))
        is_news, self._present = found != self._present, found
        return is_news

    def end(self, connection: Any) -> None:
        """The sitting is over."""
        connection.execute(_ALL_LEFT, (self._sitting,))

    def forget_beat(self) -> None:
        """The server was away: say again at once what is open here."""
        self._beat = 0.0

    def _note(self, thing: _Thing, place: str, *, goes_on: bool) -> None:
        with self._lock:
            self._open[thing] = place
            self._due[thing] = goes_on or self._due.get(thing, False)
        self._wake()

    def _write_due(self, connection: Any) -> None:
        with self._lock:
            still_open = dict(self._open)
            due, self._due = self._due, {}
        if not due and not (still_open and time.monotonic() - self._beat >= HEARTBEAT):
            return
        try:
            connection.execute(_GONE)
            self._say_open(connection, still_open)
            for thing, goes_on in due.items():
                self._say_changed(connection, thing, is_open=thing in still_open, goes_on=goes_on)
        except BaseException:
            with self._lock:
                self._due = {**due, **self._due}  # the server went away: said again when it is back
            raise
        self._beat = time.monotonic()

    def _say_open(self, connection: Any, still_open: dict[_Thing, str]) -> None:
        for (subject, subject_id), place in still_open.items():
            connection.execute(_HERE, (self._sitting, subject, subject_id, self._person, self._seat, place))

    def _say_changed(self, connection: Any, thing: _Thing, *, is_open: bool, goes_on: bool) -> None:
        if not is_open:
            connection.execute(_LEFT, (self._sitting, *thing))
        elif goes_on:
            connection.execute(_OTHERS_STOP, (*thing, self._person, self._sitting))
            connection.execute(_HERE_AGAIN, (self._sitting, *thing))
