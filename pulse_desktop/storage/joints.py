"""Where a clinic was kept when an event was written: the audit chain of a clinic that moved has joints.

Events of a file are chained under the clinic's audit key, those of a server by the server itself (`audit`). A move keeps
all events as they are and goes on from the last hash: its first event, "clinic.moved", is the joint. Which rule holds from
which event on is kept in the vault's state under a MAC of the audit key, so that a server's administrator cannot declare
the old span to be one that needs no key; and the event at each joint must say the same.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from pulse_desktop.storage import prepared
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.ledgers import VaultState
from pulse_desktop.storage.tables import table_of

JOINTS = "joints"
MOVED = "clinic.moved"
Kept = Literal["file", "server"]
_STATES = table_of(VaultState)
_KEPT = select(_STATES.c.value).where(_STATES.c.name == bindparam("name"))


@dataclass(frozen=True, slots=True)
class Span:
    """From this event on the clinic was kept there."""

    first: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class Joints:
    """All spans of a trail, the oldest first."""

    spans: tuple[Span, ...]

    def kept_at(self, seq: int) -> Kept:
        """Where the clinic was kept when event `seq` was written."""
        return next(span.kept for span in reversed(self.spans) if span.first <= seq)

    def agree_with(self, row: Mapping[str, Any]) -> bool:
        """Whether this event is a joint exactly if one is here, and tells what the joint tells."""
        here = next((span for span in self.spans[1:] if span.first == row["seq"]), None)
        told = (row["action"], row["object_type"], row["object_id"])
        return row["action"] != MOVED if here is None else told == (MOVED, here.kept, here.first - 1)

    def and_then(self, first: int, kept: Kept) -> Joints:
        """With one more joint, at event `first`."""
        return Joints((*self.spans, Span(first, kept)))


def kept_in(connection: Connection) -> Kept:
    """Where the clinic behind this connection is kept."""
    return "file" if connection.dialect.name == "sqlite" else "server"


def joints_of(connection: Connection, key: bytes) -> Joints | None:
    """The joints of the trail; a clinic that never moved has one span. None: somebody without the audit key changed them."""
    text = prepared.ask(connection, _KEPT, {"name": JOINTS}).scalar()
    if text is None:
        return Joints((Span(1, kept_in(connection)),))
    try:
        told = json.loads(text)
        spans = [[int(first), str(kept)] for first, kept in told["spans"]]
        whole = hmac.compare_digest(told["mac"], _mac(spans, key)) and spans[-1][1] == kept_in(connection)
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    return Joints(tuple(Span(first, kept) for first, kept in spans)) if whole else None  # type: ignore[arg-type]


def keep_joints(connection: Connection, joints: Joints, key: bytes) -> None:
    """Writes them down; for a move, which rewrites what nobody else may."""
    spans = [[span.first, span.kept] for span in joints.spans]
    text = canonical({"spans": spans, "mac": _mac(spans, key)}).decode()
    connection.execute(delete(_STATES).where(_STATES.c.name == JOINTS))
    connection.execute(insert(_STATES).values(name=JOINTS, value=text))


def _mac(spans: list[list[Any]], key: bytes) -> str:
    """Told apart from an event's hash by its first byte."""
    return hmac.digest(key, b"\x01" + canonical(spans), "sha256").hex()
