"""The shape of a database, object by object, so that what is there can be compared with what is declared.

How each database is asked stands in a module of its own; the server's is loaded only where there is a server.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from sqlalchemy import Connection

from pulse_desktop.storage import sqlite_schema

VERSION_TABLE = sqlite_schema.VERSION_TABLE
Shape = Mapping[str, str]


def make_schema(connection: Connection) -> None:
    """Makes all declared tables and guards in an empty database and stamps it with the newest version."""
    _of(connection).make_schema(connection)


def version_of(connection: Connection) -> str | None:
    """The schema version the database says it has."""
    found: str | None = _of(connection).version_of(connection)
    return found


def shape_of(connection: Connection) -> Shape:
    """Name of each table, index and trigger to a description of it."""
    found: Shape = _of(connection).shape_of(connection)
    return found


def declared_shape(connection: Connection | None = None) -> Shape:
    """The shape a new clinic would have (in a file, unless `connection` leads to a server); not to be changed by who gets it.

    A server makes it in a schema of its own that is rolled back; `connection` must be allowed to write.
    """
    if connection is None or connection.dialect.name == "sqlite":
        return sqlite_schema.declared_shape()
    found: Shape = _of(connection).declared_shape(connection)
    return found


def differences(found: Shape, wanted: Shape) -> tuple[str, ...]:
    """What is missing, different or surplus, by kind and name."""
    missing = [f"missing: {name}" for name in wanted.keys() - found.keys()]
    changed = [f"different: {name}" for name in wanted.keys() & found.keys() if wanted[name] != found[name]]
    surplus = [f"surplus: {name}" for name in found.keys() - wanted.keys()]
    return tuple(sorted(missing + changed + surplus))


def _of(connection: Connection) -> ModuleType:
    if connection.dialect.name == "sqlite":
        return sqlite_schema
    from pulse_desktop.storage import postgres_schema  # noqa: PLC0415 - clinics in a file do without it

    return postgres_schema
