"""Column types that both databases store alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from pulse_desktop.storage.canonical import canonical

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_INSTANTS = 4096  # that are kept ready: visits begin on the quarter of an hour, and most other instants of a row are empty

# SQLite gives rows their numbers only for a column called exactly INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")


def to_milliseconds(moment: datetime) -> int:
    """An aware datetime as whole milliseconds since 1970 UTC."""
    if moment.tzinfo is None:
        message = "an instant needs its time zone"
        raise ValueError(message)
    return (moment - _EPOCH) // _MILLISECOND


def from_milliseconds(count: int) -> datetime:
    """Milliseconds since 1970 UTC as an aware UTC datetime."""
    return _EPOCH + count * _MILLISECOND


@lru_cache(_INSTANTS)
def _instant_or_none(count: int | None) -> datetime | None:
    return None if count is None else _EPOCH + count * _MILLISECOND


class Instant(TypeDecorator[datetime]):
    """When something happened: aware UTC datetime in Python, BIGINT milliseconds in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else to_milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_milliseconds(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:  # noqa: ARG002
        """A week of visits reads four thousand instants: straight to the function, not by way of the decorator's own."""
        return _instant_or_none


class Json(TypeDecorator[Any]):
    """Lists and dicts as canonical JSON text (RFC 8785), so that equal content has equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else canonical(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)
