"""Rows as text and back: what history keeps of a row, exact for every column type the house uses."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table
from sqlalchemy.types import Date

from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.types import Instant, from_milliseconds, to_milliseconds


def image_of(values: Mapping[str, Any]) -> str:
    """The values of one row (by column name) as canonical JSON text."""
    return canonical({name: _plain(value) for name, value in values.items()}).decode()


def values_of(table: Table, image: str) -> dict[str, Any]:
    """The values in an image, as the table's columns take them. Columns the table no longer has are left out."""
    found: dict[str, Any] = json.loads(image)
    return {name: _reader(table.c[name])(value) for name, value in found.items() if name in table.c}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_milliseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    for kind, read in ((Instant, from_milliseconds), (Date, date.fromisoformat), (LargeBinary, base64.b64decode)):
        if isinstance(column.type, kind):
            return lambda value: None if value is None else read(value)
    return lambda value: value
