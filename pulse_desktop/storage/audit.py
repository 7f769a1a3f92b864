"""The audit trail: a chain of events that nobody can alter without it showing.

hash = HMAC-SHA256(audit key, 0x00 + previous hash + canonical JSON of the row). The running number is part of the
row, so changed, missing, inserted and swapped events all break the chain at the first of them.

On PostgreSQL the server numbers and chains events at COMMIT (`postgres_seals`); nobody holds a key there, so the hash
is SHA-256 over the same bytes. A clinic that moved has spans of both (`joints`).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, insert, select

from pulse_desktop import __version__
from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Trouble
from pulse_desktop.storage import prepared
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.context import Actor, AuditSubject
from pulse_desktop.storage.fixed import Fixed
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.joints import joints_of
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import Instant, to_milliseconds

GENESIS = bytes(32)
_EVENTS = table_of(AuditEvent)
_HASHED = tuple(column.name for column in _EVENTS.columns if column.name not in {"prev", "hash"})
_LEAP = 30 * 24 * 3600 * 1000  # milliseconds; longer than a clinic's holidays

Outcome = Literal["done", "seen", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event: its number and hash. Printed on the day sheet and remembered by each seat later."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first number at which the chain does not hold, and how: "missing", "inserted" or "changed"."""

    seq: int
    kind: Literal["missing", "inserted", "changed"]


class WrittenAlready(Trouble):
    """The event of this id stands in the trail: it was sent before over a line that broke."""


on_guard("unique:audit.event_id", lambda: WrittenAlready("busy"))


class AuditTrail:
    """Writes events of one sitting (one sign-in at one seat)."""

    __slots__ = ("_key", "_seat", "_sitting")

    def __init__(self, key: bytes, seat: str) -> None:
        self._key = key
        self._seat = seat
        self._sitting = new_id()

    def of_another_sitting(self) -> AuditTrail:
        """The same trail for the next person who signs in at this seat."""
        return AuditTrail(self._key, self._seat)

    def append(
        self, connection: Connection, actor: Actor, action: str, at: datetime, *,
        event_id: str, subject: AuditSubject, outcome: Outcome,
    ) -> None:  # fmt: skip
        """Writes one event in the transaction of `connection`, which must hold the write lock."""
        row: dict[str, Any] = {
            "event_id": event_id,
            "at_utc": to_milliseconds(at),
            "tz_offset": _offset_minutes(at),
            "seat": self._seat,
            "session": self._sitting,
            "user": actor.vault_id,
            "role": "+".join(sorted(actor.roles)),
            "action": action,
            "object_type": subject.object_type,
            "object_id": subject.object_id,
            "patient_id": subject.patient_id,
            "version_id": subject.version_id,
            "reason_code": subject.reason_code,
            "outcome": outcome,
            "app_version": __version__,
        }
        if connection.dialect.name == "sqlite":
            self._seal(connection, row)
        else:
            _ADD_UNSEALED.run(connection, row)

    def _seal(self, connection: Connection, row: dict[str, Any]) -> None:
        """Numbers and chains the event here, under the write lock of the file."""
        seq, prev, before = _LAST.one(connection) or (0, GENESIS, None)
        row |= {"seq": seq + 1, "clock_flag": _clock_flag(before, row["at_utc"])}
        _ADD.run(connection, {**row, "prev": prev, "hash": link(self._key, prev, row)})


_AT_A_TIME = 2000  # events held in memory while the trail is walked
_STORED = [cast(column, BigInteger).label(column.name) if isinstance(column.type, Instant) else column for column in _EVENTS.columns]
_FROM_THE_FIRST = select(*_STORED).order_by(_EVENTS.c.seq).limit(_AT_A_TIME)
_FROM_THERE = _FROM_THE_FIRST.where(_EVENTS.c.seq > bindparam("last"))
_HASH = select(_EVENTS.c.hash).where(_EVENTS.c.seq == bindparam("seq"))
_NEWEST = select(func.max(_EVENTS.c.seq)).scalar_subquery()
_LAST = Fixed(select(_EVENTS.c.seq, _EVENTS.c.hash, _EVENTS.c.at_utc).where(_EVENTS.c.seq == _NEWEST))
_ADD = Fixed(insert(_EVENTS))
_ADD_UNSEALED = Fixed(insert(_EVENTS).inline(), tuple(name for name in _HASHED if name not in {"seq", "clock_flag"}))


def link(key: bytes, prev: bytes, row: Mapping[str, Any]) -> bytes:
    """The hash of one event, given as stored, in the chain of a file."""
    return hmac.digest(key, _linked(prev, row), "sha256")


def link_of_server(prev: bytes, row: Mapping[str, Any]) -> bytes:
    """The hash of one event, given as stored, in the chain of a server."""
    return hashlib.sha256(_linked(prev, row)).digest()


def _linked(prev: bytes, row: Mapping[str, Any]) -> bytes:
    return b"\x00" + prev + canonical({name: row[name] for name in _HASHED})


def head(connection: Connection) -> Head:
    """The newest event; number 0 in an empty trail."""
    seq, newest, _at = _LAST.one(connection) or (0, GENESIS, None)
    return Head(seq, newest)


def first_break(connection: Connection, key: bytes, *, newest: int | None = None) -> Break | None:
    """Walks the whole trail, or its `newest` events; the first event that does not hold, or None."""
    before = 0 if newest is None else max(0, head(connection).seq - newest)  # 0: from the first event on
    prev, expected = _hash_of(connection, before), before + 1
    joints = joints_of(connection, key)
    if joints is None:
        return Break(expected, "changed")
    for row in _events(connection, before):
        if row["seq"] != expected:
            return Break(expected, "missing") if row["seq"] > expected else Break(row["seq"], "inserted")
        wanted = link(key, prev or b"", row) if joints.kept_at(expected) == "file" else link_of_server(prev or b"", row)
        if prev is None or row["prev"] != prev or not hmac.compare_digest(wanted, row["hash"]) or not joints.agree_with(row):
            return Break(expected, "changed")
        prev, expected = row["hash"], expected + 1
    return None if connection.dialect.name == "sqlite" or _server_head(connection) == expected - 1 else Break(expected, "missing")


def _server_head(connection: Connection) -> int:
    """The newest number the server remembers to have given."""
    return int(connection.exec_driver_sql("SELECT seq FROM ledger_head").scalar_one())


def _hash_of(connection: Connection, seq: int) -> bytes | None:
    """The hash of one event; None when it is missing, which breaks the one after it."""
    if seq == 0:
        return GENESIS
    found: bytes | None = prepared.ask(connection, _HASH, {"seq": seq}).scalar()
    return found


def _events(connection: Connection, after: int) -> Iterator[Mapping[str, Any]]:
    last = after or None  # from the first event on: also one whose number is no number
    while found := prepared.ask(connection, *((_FROM_THE_FIRST, {}) if last is None else (_FROM_THERE, {"last": last}))).mappings().all():
        for row in found:
            yield dict(row)
        last = found[-1]["seq"]


def _offset_minutes(at: datetime) -> int:
    offset = at.astimezone().utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _clock_flag(before: int | None, at: int) -> str | None:
    """Flags a clock that went back, or leapt further than a holiday explains."""
    if before is None:
        return None
    if at < before:
        return "back"
    return "leap" if at - before > _LEAP else None
