"""Rows as both databases hold them alike: what a move carries over, and what proves that it arrived.

Nothing is interpreted on the way: an instant stays the number it is, JSON the text it is. A content is the count and the
SHA-256 of a table's rows in the order of their keys, each row written down as `canonical` writes it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    TypeDecorator,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.ledgers import AuditEvent, VaultState

OF_ONE_PLACE = frozenset({"ways", "joints", "moved"})
"""Values of the vault's state that belong to where the clinic is kept, and are not carried along."""

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows, and what they say."""

    rows: int
    hash: str


def all_tables() -> tuple[Table, ...]:
    """Every declared table, a table after those it points at."""
    return tuple(load_tables().metadata.sorted_tables)


def rows_of(connection: Connection, table: Table, last_event: int) -> Iterator[tuple[Any, ...]]:
    """The rows a move carries, in the order of their keys; of the audit trail the events up to `last_event`."""
    wanted, last = _carried(table, last_event).limit(_AT_ONCE), None
    keys = tuple(bare(table).primary_key.columns)
    places = tuple(table.columns.keys().index(key.name) for key in keys)
    while found := connection.execute(wanted if last is None else wanted.where(_after(keys, last))).all():
        yield from map(tuple, found)
        last = tuple(found[-1][place] for place in places)


def add_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Adds rows as `rows_of` reads them."""
    plain, left = bare(table), iter(rows)
    names = plain.columns.keys()
    while some := list(islice(left, _AT_ONCE)):
        connection.execute(insert(plain), [dict(zip(names, row, strict=True)) for row in some])
        connection.execute(select(1))  # a server's answers are read before more is sent


def contents_of(connection: Connection, last_event: int) -> dict[str, Content]:
    """What each table holds, by name."""
    return {table.name: _content(connection, table, last_event) for table in all_tables()}


def differing(found: Mapping[str, Content], wanted: Mapping[str, Content]) -> str | None:
    """The first table that does not hold the same, or None."""
    return next((name for name in sorted(found.keys() | wanted.keys()) if found.get(name) != wanted.get(name)), None)


@cache
def bare(table: Table) -> Table:
    """The table with the types the databases know, none of ours."""
    return Table(table.name, MetaData(), *(Column(column.name, _plain_type(column), primary_key=column.primary_key) for column in table.columns))


def _plain_type(column: Column[Any]) -> TypeEngine[Any]:
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _carried(table: Table, last_event: int) -> Select[Any]:
    """Text is ordered by its bytes, as a file always does and a clinic's database on a server is made to (`server_making`)."""
    plain = bare(table)
    wanted = select(plain).order_by(*plain.primary_key.columns)
    if table.name == AuditEvent.__tablename__:
        return wanted.where(plain.c.seq <= last_event)
    if table.name == VaultState.__tablename__:
        return wanted.where(plain.c.name.not_in(OF_ONE_PLACE))
    return wanted


def _after(keys: Sequence[Column[Any]], last: Sequence[Any]) -> ColumnElement[bool]:
    """Rows behind the last one read: portions are asked for one by one, so that no cursor stays open."""
    return tuple_(*keys) > tuple_(*(literal(value, key.type) for key, value in zip(keys, last, strict=True)))


def _content(connection: Connection, table: Table, last_event: int) -> Content:
    names = tuple(table.columns.keys())
    told, count = hashlib.sha256(), 0
    for row in rows_of(connection, table, last_event):
        told.update(canonical({name: _written(value) for name, value in zip(names, row, strict=True)}) + b"\n")
        count += 1
    return Content(count, told.hexdigest())


def _written(value: Any) -> Any:
    """JSON has no bytes and no days; a column never holds both such a text and the thing itself."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value
