"""The shape of a PostgreSQL schema (see `schema`), read from its catalogue in the words of the server itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.migrations import head
from pulse_desktop.storage.postgres_guards import remake_guards
from pulse_desktop.storage.postgres_presence import make_presence
from pulse_desktop.storage.postgres_seals import make_seals

VERSION_TABLE = "alembic_version"
Shape = Mapping[str, str]

_OBJECTS = """
SELECT 'table ' || relname, string_agg(format('%s %s%s %s', attname, format_type(atttypid, atttypmod),
       CASE WHEN attnotnull THEN ' not null' ELSE '' END, coalesce(pg_get_expr(adbin, adrelid), '')), '; ' ORDER BY attname)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace GROUP BY relname
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype <> 't'
UNION ALL SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = current_schema()::regnamespace
UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname, tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
UNION ALL SELECT 'function ' || proname, pg_get_functiondef(pg_proc.oid)
FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
    SELECT 1 FROM pg_depend WHERE pg_depend.objid = pg_proc.oid AND deptype = 'e')
"""


def make_schema(connection: Connection) -> None:
    """Makes all declared tables, guards and seals in an empty schema and stamps it with the newest version."""
    load_tables().metadata.create_all(connection, checkfirst=False)
    make_seals(connection)
    make_presence(connection)
    remake_guards(connection)
    connection.exec_driver_sql(
        f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO {VERSION_TABLE} VALUES (%s)", (head(),))  # noqa: S608 - a constant


def version_of(connection: Connection) -> str | None:
    """The schema version the database says it has."""
    known = connection.exec_driver_sql("SELECT to_regclass(%s) IS NOT NULL", (VERSION_TABLE,)).scalar_one()
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").first() if known else None  # noqa: S608
    return None if found is None else str(found[0])


def shape_of(connection: Connection) -> Shape:
    """Name of each table, constraint, index, trigger and function to the server's own description of it."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    described = ((name, str(text).replace(f"{schema}.", "")) for name, text in connection.exec_driver_sql(_OBJECTS))
    return {
        name: text.replace(f"TO '{schema}'", "TO ''").replace(f"TO {schema},", "TO '',") for name, text in described if VERSION_TABLE not in name
    }


def declared_shape(connection: Connection) -> Shape:
    """The shape a new clinic would have, made in a schema of its own and taken back."""
    before = connection.exec_driver_sql("SHOW search_path").scalar_one()
    with connection.begin_nested() as trial:
        connection.exec_driver_sql("CREATE SCHEMA shape_on_trial")
        connection.exec_driver_sql(f"SET LOCAL search_path = shape_on_trial, {before}")
        make_schema(connection)
        shape = shape_of(connection)
        trial.rollback()
    return shape
