"""The shape of a PostgreSQL schema (see `schema`), read from its catalogue in the words of the server itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection

from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.grants import DESK
from pulse_desktop.storage.migrations import head
from pulse_desktop.storage.postgres_guards import remake_guards
from pulse_desktop.storage.postgres_seals import make_seals

VERSION_TABLE = "alembic_version"
SHAPE_TABLE = "clinic_shape"
Shape = Mapping[str, str]

# The schema of the tables: not always the first in somebody's path (`grants.DESK`).
HOME = "(SELECT relnamespace FROM pg_class WHERE oid = 'ledger_head'::regclass)"
_OBJECTS = """
SELECT 'table ' || relname, string_agg(concat(attname, ' ', format_type(atttypid, atttypmod),
       CASE WHEN attnotnull THEN ' not null' END, ' ', pg_get_expr(adbin, adrelid)), '; ' ORDER BY attname)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind = 'r' AND relnamespace = {home} GROUP BY relname
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = {home} AND contype <> 't'
UNION ALL SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = {home}
UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname, tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = {home}
UNION ALL SELECT 'function ' || proname, pg_get_functiondef(pg_proc.oid)
FROM pg_proc WHERE pronamespace = {home} AND NOT EXISTS (
    SELECT 1 FROM pg_depend WHERE pg_depend.objid = pg_proc.oid AND deptype = 'e')
""".replace("{home}", HOME)


def make_schema(connection: Connection) -> None:
    """Makes all declared tables, guards and seals in an empty schema and stamps it with the newest version."""
    load_tables().metadata.create_all(connection, checkfirst=False)
    make_seals(connection)
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


_LISTED = re.compile(r"\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]")


def _as_restored(told: str) -> str:
    """A list of texts is told in other words after the server was restored from a dump; here it is told in those."""
    return _LISTED.sub(lambda found: "ARRAY[" + re.sub(r"'[^']*'::character varying", r"(\g<0>)::text", found[1]) + "]", told)


def shape_of(connection: Connection) -> Shape:
    """Name of each table, constraint, index, trigger and function to the server's own description of it."""
    schema = connection.exec_driver_sql(f"SELECT {HOME}::regnamespace::text").scalar_one()
    described = ((name.replace(f"{schema}.", ""), str(text).replace(f"{schema}.", "")) for name, text in connection.exec_driver_sql(_OBJECTS))
    return {
        name: _as_restored(text).replace(f"TO '{schema}'", "TO ''").replace(f"TO {schema},", "TO '',")
        for name, text in described
        if VERSION_TABLE not in name and SHAPE_TABLE not in name
    }


_RIGHTS = """
SELECT 'rights ' || relnamespace::regnamespace || '.' || relname, coalesce(string_agg(privilege_type || ' ' || grantee::regrole, ', ' ORDER BY grantee::regrole::text, privilege_type), '')
FROM pg_class LEFT JOIN LATERAL aclexplode(relacl) ON true
WHERE relkind IN ('r', 'S', 'v') AND relnamespace::regnamespace::text IN ({home}::regnamespace::text, '{desk}') GROUP BY relnamespace, relname
UNION ALL SELECT 'rights ' || relname || '.' || attname, string_agg(privilege_type || ' ' || grantee::regrole, ', ' ORDER BY grantee::regrole::text, privilege_type)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, LATERAL aclexplode(attacl)
WHERE relnamespace = {home} GROUP BY relname, attname
UNION ALL SELECT 'rights ' || proname || '()', coalesce(string_agg(grantee::regrole::text, ', ' ORDER BY grantee::regrole::text), 'everybody')
FROM pg_proc LEFT JOIN LATERAL aclexplode(proacl) ON true WHERE pronamespace = {home}
AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE pg_depend.objid = pg_proc.oid AND deptype = 'e') GROUP BY proname
UNION ALL SELECT 'policy ' || tablename || ' ' || policyname, concat_ws(' ', cmd, roles, qual, with_check)
FROM pg_policies WHERE schemaname = {home}::regnamespace::text
UNION ALL SELECT 'rows of ' || relname, 'by policy' FROM pg_class WHERE relrowsecurity AND relnamespace = {home}
UNION ALL SELECT 'view ' || viewname, definition FROM pg_views WHERE schemaname = '{desk}'
UNION ALL SELECT 'rights {desk}', coalesce(string_agg(privilege_type || ' ' || grantee::regrole, ', ' ORDER BY grantee::regrole::text, privilege_type), '')
FROM pg_namespace LEFT JOIN LATERAL aclexplode(nspacl) ON true WHERE nspname = '{desk}'
""".replace("{home}", HOME).replace("{desk}", DESK)


def make_shape_table(connection: Connection) -> None:
    """Where the keeper writes down the shape; people may not make a schema of their own to compare with."""
    connection.exec_driver_sql(f"CREATE TABLE {SHAPE_TABLE} (name TEXT PRIMARY KEY, told TEXT NOT NULL)")


def keep_shape(connection: Connection) -> None:
    """Writes down shape and rights as they are now; by the keeper, who has just made or proved them."""
    connection.exec_driver_sql(f"DELETE FROM {SHAPE_TABLE}")  # noqa: S608 - a constant
    for name, told in full_shape_of(connection).items():
        connection.exec_driver_sql(f"INSERT INTO {SHAPE_TABLE} VALUES (%s, %s)", (name, told))  # noqa: S608 - as above


def kept_shape(connection: Connection) -> Shape:
    """Shape and rights as the keeper wrote them down."""
    found = connection.exec_driver_sql(f"SELECT name, told FROM {SHAPE_TABLE}").all()  # noqa: S608 - a constant
    return {name: told for name, told in found}  # noqa: C416 - rows are not pairs to a type checker


def full_shape_of(connection: Connection) -> Shape:
    """The shape, and who has which right on what."""
    rights = connection.exec_driver_sql(_RIGHTS).all()
    return {**shape_of(connection), **{name.replace("public.", ""): str(told).replace("public.", "") for name, told in rights}}


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
