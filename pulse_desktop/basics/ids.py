"""Identifiers for what leaves the house: UUID version 7, ordered by the time they were made (RFC 9562)."""

from __future__ import annotations

import os
import time
from uuid import UUID


def uuid7(milliseconds: int | None = None) -> UUID:
    """A new UUIDv7. `milliseconds` since 1970 may be given so that tests and practice data repeat."""
    moment = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (moment & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def new_id() -> str:
    """A new UUIDv7 as text: the id of an operation, an event, a row that may be exported."""
    return str(uuid7())
