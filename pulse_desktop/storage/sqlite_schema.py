"""The shape of an SQLite file (see `schema`).

Shapes are compared, not SQL texts: a migrated table and a freshly made one say the same in different words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import Connection, create_engine, event
from sqlcipher3 import dbapi2

from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.migrations import head
from pulse_desktop.storage.sqlite_guards import remake_guards

VERSION_TABLE = "alembic_version"
Shape = Mapping[str, str]


def make_schema(connection: Connection) -> None:
    """Makes all declared tables and guards in an empty database and stamps it with the newest version."""
    load_tables().metadata.create_all(connection)
    remake_guards(connection)
    connection.exec_driver_sql(
        f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO {VERSION_TABLE} VALUES (?)", (head(),))  # noqa: S608 - a constant


def version_of(connection: Connection) -> str | None:
    """The schema version the database says it has."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (VERSION_TABLE,)).first()
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").first() if known else None  # noqa: S608
    return None if found is None else str(found[0])


def shape_of(connection: Connection) -> Shape:
    """Name of each table, index and trigger to a description of it."""
    objects = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").all()
    found: dict[str, str] = {}
    for kind, name, owner, sql in objects:
        if name.startswith("sqlite_") or owner == VERSION_TABLE:
            continue
        described = "; ".join(_table(connection, name, sql)) if kind == "table" else _squeezed(sql or "")
        found[f"{kind} {name}"] = described
    return found


def declared_shape() -> Shape:
    """The shape a new clinic would have; not to be changed by who gets it."""
    return _shape_with(frozenset(load_tables().metadata.tables))


@cache
def _shape_with(_tables: frozenset[str]) -> Shape:
    """Made once for a set of tables: it takes half of a warm opening."""
    engine = create_engine("sqlite://", module=dbapi2)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    with engine.connect() as connection:
        make_schema(connection)
        shape = shape_of(connection)
    engine.dispose()
    return shape


def _table(connection: Connection, name: str, sql: str) -> Iterator[str]:
    yield "AUTOINCREMENT" if "AUTOINCREMENT" in sql.upper() else ""
    yield from sorted(" ".join(map(str, column[1:])) for column in _pragma(connection, "table_xinfo", name))
    yield from sorted("references " + " ".join(map(str, key[2:])) for key in _pragma(connection, "foreign_key_list", name))
    yield from sorted(_indexes(connection, name))
    yield from sorted(_checks(sql))


def _indexes(connection: Connection, table: str) -> Iterator[str]:
    """Unique constraints, by their columns: the indexes behind them carry numbers for names."""
    for _, index, unique, origin, _partial in _pragma(connection, "index_list", table):
        if origin != "c":
            columns = [str(row[2]) for row in _pragma(connection, "index_xinfo", str(index)) if row[5]]
            yield f"{origin} unique {unique} over {' '.join(columns)}"


def _pragma(connection: Connection, pragma: str, name: str) -> list[tuple[object, ...]]:
    """Asked a hundred times at each opening, so of the driver itself."""
    found: list[tuple[object, ...]] = connection.connection.execute(f"SELECT * FROM pragma_{pragma}(?)", (name,)).fetchall()  # noqa: S608 - a constant
    return found


def _checks(sql: str) -> Iterator[str]:
    """Every CHECK (...) in a table's SQL, with its matching parenthesis."""
    for start in re.finditer(r"\bCHECK\s*\(", sql, re.IGNORECASE):
        depth, end = 1, start.end()
        while depth and end < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        yield "check " + _squeezed(sql[start.end() : end - 1])


def _squeezed(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
