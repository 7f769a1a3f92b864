"""Guards as SQLite triggers. All SQL that only SQLite understands and that defends rows stands here."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, UniqueConstraint

from pulse_desktop.storage.guards import AppendOnly, FrozenWhen, NoOverlap, Versioned
from pulse_desktop.storage.tables import Base, guards_of

PREFIX = "guard_"


def declared_guards() -> dict[str, tuple[str, str]]:
    """All triggers the declared tables ask for: trigger name to (table name, SQL)."""
    found: dict[str, tuple[str, str]] = {}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        for what, sql in _triggers(mapper.class_, table):
            name = f"{PREFIX}{table.name}_{what}"
            found[name] = (table.name, f"CREATE TRIGGER {name} {sql}")
    return found


def remake_guards(connection: Connection, table_name: str | None = None) -> None:
    """Drops and makes anew the guards of one table, or of all (Alembic's batch mode drops them silently)."""
    drop_guards(connection, table_name)
    for owner, sql in declared_guards().values():
        if table_name in {None, owner}:
            connection.exec_driver_sql(sql)


def drop_guards(connection: Connection, table_name: str | None = None) -> None:
    """Lifts the guards of one table, or of all; for migrations, which rewrite what guards protect."""
    present = connection.exec_driver_sql("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").all()
    for name, owner in present:
        if name.startswith(PREFIX) and table_name in {None, owner}:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _triggers(table_class: type[Base], table: Table) -> Iterator[tuple[str, str]]:
    for guard in guards_of(table_class):
        if isinstance(guard, AppendOnly):
            yield from _append_only(table)
        elif isinstance(guard, Versioned):
            yield from _versioned(table)
        elif isinstance(guard, FrozenWhen):
            yield from _frozen(table, guard)
        else:
            yield from _apart(table, guard)


def _append_only(table: Table) -> Iterator[tuple[str, str]]:
    yield "update", _refuse("UPDATE", table, "append_only")
    yield from _kept(table)


def _versioned(table: Table) -> Iterator[tuple[str, str]]:
    yield "version", _refuse("UPDATE", table, "version", "NEW.version IS NOT OLD.version + 1 OR NEW.id IS NOT OLD.id")
    yield "first", _refuse("INSERT", table, "version", "NEW.version IS NOT 1")
    yield from _kept(table)


def _kept(table: Table) -> Iterator[tuple[str, str]]:
    yield "delete", _refuse("DELETE", table, "kept")
    yield "replace", _refuse("INSERT", table, "kept", " OR ".join(_exists(table, key) for key in _unique_keys(table)))


def _unique_keys(table: Table) -> Iterator[tuple[str, ...]]:
    """Every set of columns over which REPLACE would throw out an old row."""
    keys = [tuple(table.primary_key.columns.keys())]
    keys += [tuple(item.columns.keys()) for item in table.constraints if isinstance(item, UniqueConstraint)]
    keys += [tuple(index.columns.keys()) for index in table.indexes if index.unique and not index.dialect_options["sqlite"]["where"]]
    yield from sorted(keys)


def _exists(table: Table, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f'"{name}" = NEW."{name}"' for name in columns)
    return f'EXISTS (SELECT 1 FROM "{table.name}" WHERE {same})'  # noqa: S608 - names of declared tables only


def _frozen(table: Table, guard: FrozenWhen) -> Iterator[tuple[str, str]]:
    old = ", ".join(f'OLD."{column.name}" AS "{column.name}"' for column in table.columns)
    held = f"EXISTS (SELECT 1 FROM (SELECT {old}) WHERE {guard.condition})"  # noqa: S608 - declared columns and a declared condition
    held_columns = [column.name for column in table.columns if column.name not in guard.except_for]
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in held_columns)
    yield guard.name, _refuse("UPDATE", table, guard.name, f"({changed}) AND {held}")
    yield f"{guard.name}_delete", _refuse("DELETE", table, guard.name, held)


def _apart(table: Table, guard: NoOverlap) -> Iterator[tuple[str, str]]:
    kind, key, starts, ends = (f'"{name}"' for name in (guard.kind, guard.key, guard.starts, guard.ends))
    clash = (  # names of declared columns only
        f'EXISTS (SELECT 1 FROM "{table.name}" AS other WHERE other.{kind} = NEW.{kind} AND other.{key} = NEW.{key}'  # noqa: S608
        f" AND other.{starts} < NEW.{ends} AND other.{starts} > NEW.{starts} - {guard.longest} AND other.{ends} > NEW.{starts}"
    )
    span = f"NEW.{ends} <= NEW.{starts} OR NEW.{ends} - NEW.{starts} > {guard.longest}"
    yield f"{guard.name}_span", _refuse("INSERT", table, f"{guard.name}_span", span)
    yield f"{guard.name}_span_moved", _refuse("UPDATE", table, f"{guard.name}_span", span)
    told = f"'guard:{guard.name}:' || NEW.{kind}"
    yield guard.name, _refuse("INSERT", table, told, f"{clash})")
    yield f"{guard.name}_moved", _refuse("UPDATE", table, told, f"{clash} AND other.rowid <> OLD.rowid)")


def _refuse(when: str, table: Table, guard: str, condition: str = "") -> str:
    told = guard if guard.startswith("'") else f"'guard:{guard}'"
    body = f"SELECT RAISE(ABORT, {told})" + (f" WHERE {condition}" if condition else "")
    return f'BEFORE {when} ON "{table.name}" BEGIN {body}; END'
