"""Guards as PostgreSQL triggers and exclusion constraints. They say the same words as SQLite's triggers.

There is no REPLACE here, ON CONFLICT DO UPDATE meets the triggers of UPDATE, and TRUNCATE is refused beside DELETE.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from pulse_desktop.storage.guards import AppendOnly, FrozenWhen, NoOverlap, Versioned
from pulse_desktop.storage.tables import Base, guards_of

PREFIX = "guard_"
SEALED_AT_COMMIT = {"audit": "seq", "change": "number"}  # table to the column that is negative until COMMIT numbers the row

_REFUSE = """
CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'guard:' || TG_ARGV[0], ERRCODE = '23000';
END $$
"""


def declared_guards() -> dict[str, tuple[str, tuple[str, ...]]]:
    """All triggers and constraints the declared tables ask for: name to (table name, SQL)."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        for name, *sql in _objects(mapper.class_, table):
            found[name] = (table.name, tuple(sql))
    return found


def remake_guards(connection: Connection, table_name: str | None = None) -> None:
    """Drops and makes anew the guards of one table, or of all."""
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    connection.exec_driver_sql(_REFUSE)
    drop_guards(connection, table_name)
    for owner, statements in declared_guards().values():
        if table_name in {None, owner}:
            for sql in statements:
                connection.exec_driver_sql(sql)


_PRESENT = """
SELECT 'TRIGGER', tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND starts_with(tgname, 'guard_') AND relnamespace = current_schema()::regnamespace
UNION ALL SELECT 'CONSTRAINT', conname, relname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE position(' guard:' IN conname) > 0 AND relnamespace = current_schema()::regnamespace
"""


def drop_guards(connection: Connection, table_name: str | None = None) -> None:
    """Lifts the guards of one table, or of all; for migrations, which rewrite what guards protect."""
    for kind, name, owner in connection.exec_driver_sql(_PRESENT).all():
        if table_name in {None, owner}:
            drop = f'DROP TRIGGER "{name}" ON "{owner}"' if kind == "TRIGGER" else f'ALTER TABLE "{owner}" DROP CONSTRAINT "{name}"'
            connection.exec_driver_sql(drop)


def _objects(table_class: type[Base], table: Table) -> Iterator[tuple[str, ...]]:
    for guard in guards_of(table_class):
        if isinstance(guard, AppendOnly):
            yield from _append_only(table)
        elif isinstance(guard, Versioned):
            yield from _versioned(table)
        elif isinstance(guard, FrozenWhen):
            yield from _frozen(table, guard)
        else:
            yield from _apart(table, guard)


def _append_only(table: Table) -> Iterator[tuple[str, ...]]:
    numbered = SEALED_AT_COMMIT.get(table.name)  # only the sealing trigger may number what has no number yet
    yield _trigger("update", "UPDATE", table, "append_only", f'OLD."{numbered}" >= 0 OR pg_trigger_depth() < 1' if numbered else "")
    yield from _kept(table)


def _versioned(table: Table) -> Iterator[tuple[str, ...]]:
    skipped = "NEW.version IS DISTINCT FROM OLD.version + 1 OR NEW.id IS DISTINCT FROM OLD.id"
    yield _trigger("version", "UPDATE", table, "version", skipped)
    yield _trigger("first", "INSERT", table, "version", "NEW.version IS DISTINCT FROM 1")
    yield from _kept(table)


def _kept(table: Table) -> Iterator[tuple[str, ...]]:
    yield _trigger("delete", "DELETE", table, "kept")
    name = f"{PREFIX}{table.name}_truncate"
    yield name, f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table.name}" EXECUTE FUNCTION guard_refuse(\'kept\')'


def _frozen(table: Table, guard: FrozenWhen) -> Iterator[tuple[str, ...]]:
    """A trigger's WHEN may not select, so the condition over the old row stands in a function."""
    held_columns = [column.name for column in table.columns if column.name not in guard.except_for]
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in held_columns)
    for what, when, extra, go_on in (("", "UPDATE", f"({changed}) AND ", "NEW"), ("_delete", "DELETE", "", "OLD")):
        name = f"{PREFIX}{table.name}_{guard.name}{what}"
        held = f"EXISTS (SELECT 1 FROM (SELECT OLD.*) AS held WHERE {guard.condition})"  # noqa: S608 - a declared condition
        function = (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {extra}{held} THEN '
            f"RAISE EXCEPTION USING MESSAGE = 'guard:{guard.name}', ERRCODE = '23000'; END IF; RETURN {go_on}; END $$"
        )
        yield name, function, f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table.name}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'


def _apart(table: Table, guard: NoOverlap) -> Iterator[tuple[str, ...]]:
    """One constraint for each kind, named so that the guard's name can be read from it, and one for the rest."""
    kind, key, starts, ends = (f'"{name}"' for name in (guard.kind, guard.key, guard.starts, guard.ends))
    span = f"NEW.{ends} <= NEW.{starts} OR NEW.{ends} - NEW.{starts} > {guard.longest}"
    yield _trigger(f"{guard.name}_span", "INSERT", table, f"{guard.name}_span", span)
    yield _trigger(f"{guard.name}_span_moved", "UPDATE", table, f"{guard.name}_span", span)
    listed = ", ".join(f"'{name}'" for name in guard.kinds)
    partial = {f":{name}": f"WHERE ({kind} = '{name}')" for name in guard.kinds}
    partial[""] = f"WHERE ({kind} NOT IN ({listed}))" if listed else ""
    for suffix, where in partial.items():
        name = f"{table.name} guard:{guard.name}{suffix}"
        rule = f"EXCLUDE USING gist ({kind} WITH =, {key} WITH =, int8range({starts}, {ends}) WITH &&) {where}"
        yield name, f'ALTER TABLE "{table.name}" ADD CONSTRAINT "{name}" {rule}'


def _trigger(what: str, when: str, table: Table, guard: str, condition: str = "") -> tuple[str, str]:
    name = f"{PREFIX}{table.name}_{what}"
    only = f"WHEN ({condition}) " if condition else ""
    return name, f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table.name}" FOR EACH ROW {only}EXECUTE FUNCTION guard_refuse(\'{guard}\')'
