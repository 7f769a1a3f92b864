"""Every table keeps its promise in the database itself: versions, append-only rows, nothing deleted (U5, L2, N1 in short).

The statements are sent as raw SQL past all our code, on a clinic that has lived a whole day, so that no table is empty.
"""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, LargeBinary, Table
from sqlalchemy.exc import DBAPIError

from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.guards import AppendOnly, FrozenWhen, Versioned
from pulse_desktop.storage.schema import declared_shape, differences, shape_of
from pulse_desktop.storage.sqlite_guards import declared_guards, drop_guards
from pulse_desktop.storage.tables import Base, Record, table_of
from tests.builders import TestClinic
from tests.house import program
from tests.house.watching import engine_of
from tests.house.whole_day import Lived

DERIVED = {
    "search_key": "made anew from a patient's names at every change",
    "occupancy": "made anew from a visit at every change; the guard against double booking stands on it",
    "vault_state": "single values of the vault: its header follows vault.json",
}
"""Tables whose rows may go, with the reason; all others are versioned or only grow."""

TABLES = program.tables()
VERSIONED = [one for one in TABLES if issubclass(one, Record) or any(isinstance(guard, Versioned) for guard in one.__guards__)]
GROWING = [one for one in TABLES if any(isinstance(guard, AppendOnly) for guard in one.__guards__)]
FROZEN = [one for one in TABLES if any(isinstance(guard, FrozenWhen) for guard in one.__guards__)]


def named(table_class: type[Base]) -> str:
    return table_of(table_class).name


def told(connection: Connection, statement: str) -> str:
    """What the database answers: the guard's name, "done", or another error's words."""
    savepoint = connection.begin_nested()
    try:
        changed = connection.exec_driver_sql(statement).rowcount
    except DBAPIError as error:
        return str(error.orig)
    finally:
        savepoint.rollback()
    return "done" if changed else "nothing met"


def harmless(table: Table) -> str:
    """A column of the table that any text or number fits into without breaking a reference."""
    plain = [one.name for one in table.columns if not one.primary_key and not one.foreign_keys and one.name != "version"]
    return plain[-1] if plain else next(iter(table.columns)).name


def attempts_on_versioned(table: Table) -> dict[str, str]:
    """Statements that would change, renumber, skip a version of, remove or replace a row."""
    column = harmless(table)
    columns = ", ".join(f'"{one.name}"' for one in table.columns)
    return {
        "same version": f'UPDATE "{table.name}" SET "{column}" = "{column}"',
        "skipped version": f'UPDATE "{table.name}" SET version = version + 2',
        "no version": f'UPDATE "{table.name}" SET version = NULL',
        "other number": f'UPDATE "{table.name}" SET id = id + 100000, version = version + 1',
        "delete": f'DELETE FROM "{table.name}"',
        "replace": f'REPLACE INTO "{table.name}" ({columns}) SELECT {columns} FROM "{table.name}"',
        "upsert": f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM "{table.name}" WHERE true ON CONFLICT DO UPDATE SET version = 9',
    }


def attempts_on_growing(table: Table) -> dict[str, str]:
    """Statements that would change, remove or replace a row."""
    column = harmless(table)
    columns = ", ".join(f'"{one.name}"' for one in table.columns)
    return {
        "update": f'UPDATE "{table.name}" SET "{column}" = "{column}"',
        "update or replace": f'UPDATE OR REPLACE "{table.name}" SET "{column}" = "{column}"',
        "delete": f'DELETE FROM "{table.name}"',
        "replace": f'REPLACE INTO "{table.name}" ({columns}) SELECT {columns} FROM "{table.name}"',
        "upsert": f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM "{table.name}" WHERE true '
        f'ON CONFLICT DO UPDATE SET "{column}" = "{column}"',
    }


def open_ways(clinic: TestClinic, table: Table, attempts: dict[str, str], *, unguarded: bool = False) -> dict[str, str]:
    """The attempts that no guard stopped, with what the database said; everything is rolled back."""
    with writing(engine_of(clinic)).connect() as connection:
        if unguarded:
            drop_guards(connection, table.name)
        answers = {name: told(connection, statement) for name, statement in attempts.items()}
        connection.rollback()
    return {name: answer for name, answer in answers.items() if not answer.startswith("guard:")}


def test_every_table_is_versioned_or_grows_or_says_why_not() -> None:
    open_tables = {named(one) for one in TABLES} - {named(one) for one in VERSIONED} - {named(one) for one in GROWING}
    assert open_tables == set(DERIVED)


@pytest.mark.parametrize("table_class", VERSIONED, ids=named)
def test_every_versioned_table_has_its_column_and_a_number(table_class: type[Base]) -> None:
    table = table_of(table_class)
    assert not table.c.version.nullable
    assert [column.name for column in table.primary_key] == ["id"]


def test_no_table_is_empty_after_a_whole_day(lived: tuple[TestClinic, Lived]) -> None:
    """Otherwise the guards below are tried on nothing. Belongs into `whole_day`: what fills the new table."""
    with engine_of(lived[0]).begin() as connection:
        counts = {named(one): connection.exec_driver_sql(f'SELECT count(*) FROM "{named(one)}"').scalar() for one in TABLES}
    assert [name for name, count in counts.items() if not count] == []


def test_versioned_rows_change_by_one_version_only_and_stay(lived: tuple[TestClinic, Lived]) -> None:
    found = {named(one): open_ways(lived[0], table_of(one), attempts_on_versioned(table_of(one))) for one in VERSIONED}
    assert {name: ways for name, ways in found.items() if ways} == {}


def test_u5_growing_rows_stay_as_they_were_written(lived: tuple[TestClinic, Lived]) -> None:
    found = {named(one): open_ways(lived[0], table_of(one), attempts_on_growing(table_of(one))) for one in GROWING}
    assert {name: ways for name, ways in found.items() if ways} == {}


def test_control_without_its_guards_a_row_can_be_changed_and_removed(lived: tuple[TestClinic, Lived]) -> None:
    for one in VERSIONED:
        ways = open_ways(lived[0], table_of(one), attempts_on_versioned(table_of(one)), unguarded=True)
        assert {"same version", "skipped version", "delete", "replace"} <= set(ways), named(one)
        assert ways["skipped version"] == "done", named(one)
    for one in GROWING:
        ways = open_ways(lived[0], table_of(one), attempts_on_growing(table_of(one)), unguarded=True)
        assert set(ways) == set(attempts_on_growing(table_of(one))), named(one)
        assert ways["update"] == "done", named(one)


def test_n1_a_signed_note_is_frozen_column_by_column(lived: tuple[TestClinic, Lived]) -> None:
    clinic, it = lived
    for one in FROZEN:
        table = table_of(one)
        for column in table.columns:
            if column.name not in {"id", "version"}:
                value = "x'00'" if isinstance(column.type, LargeBinary) else "'changed'"
                change = f'UPDATE "{table.name}" SET "{column.name}" = {value}, version = version + 1 WHERE id = {it.note}'
                assert open_ways(clinic, table, {column.name: change}) == {}
    assert [named(one) for one in FROZEN] == ["note"]


def test_i4_each_guard_that_is_missing_is_named(lived: tuple[TestClinic, Lived]) -> None:
    """The start of the program and `check` compare the file with what is declared; a clinic without one guard is found out."""
    wanted, ours = declared_shape(), {named(one) for one in TABLES}
    guards = [name for name, (owner, _sql) in declared_guards().items() if owner in ours]
    assert len(guards) > 100
    with writing(engine_of(lived[0])).connect() as connection:
        assert differences(shape_of(connection), wanted) == ()
        wrong = []
        for name in guards:
            savepoint = connection.begin_nested()
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            if differences(shape_of(connection), wanted) != (f"missing: trigger {name}",):
                wrong.append(name)
            savepoint.rollback()
        connection.rollback()
    assert wrong == []
