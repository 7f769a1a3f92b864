"""What only a PostgreSQL server does when a clinic moves there or away: guards off and on, numbers that go on, the door shut.

All of it is the keeper's, in one transaction: triggers are off and on again within it, so nobody ever sees them off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage.audit import Head
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.grants import KEEPER, group
from pulse_desktop.storage.joints import MOVED
from pulse_desktop.storage.ledgers import AuditEvent, ChangeRow, VaultState
from pulse_desktop.storage.plain_rows import add_rows, all_tables
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.postgres_guards import SEALED_AT_COMMIT
from pulse_desktop.storage.postgres_logins import check_database_name
from pulse_desktop.storage.schema import version_of
from pulse_desktop.storage.server_making import unmake_clinic_database
from pulse_desktop.storage.tables import table_of

__all__ = ["add_rows", "clear_left_over", "go_on_counting", "moved_to", "say_moved", "shut_the_door", "unguarded"]
_MOVED_STATE = "moved"
_WRITTEN_BY_ALL = ("operation", "audit")
"""Every command writes into the one, every event into the other: whoever holds both stands at the door."""


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Rows go in as they are: no guard, no numbering, no login made. References and spans are still checked."""
    for table in all_tables():
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
    yield
    for table in all_tables():
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')


def go_on_counting(connection: Connection, last: Head) -> None:
    """The next row of each table, the next change and the next event get the number after the last."""
    for table in all_tables():
        column = table.autoincrement_column
        if column is not None and table.name not in SEALED_AT_COMMIT:
            newest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(f"{table.name}_{column.name}_seq", newest, False)))
    changes, events = table_of(ChangeRow), table_of(AuditEvent)
    number = connection.execute(select(func.coalesce(func.max(changes.c.number), 0))).scalar_one()
    at = connection.exec_driver_sql(f"SELECT at_utc FROM {events.name} WHERE seq = %s", (last.seq,)).scalar()  # noqa: S608 - a declared name
    connection.exec_driver_sql("UPDATE ledger_head SET number = %s, seq = %s, hash = %s, at_utc = %s", (number, last.seq, last.hash, at))


def shut_the_door(connection: Connection) -> None:
    """Until this transaction ends nobody writes; once it is committed nobody writes ever again."""
    for table in _WRITTEN_BY_ALL:
        connection.exec_driver_sql(f"CREATE TRIGGER guard_moved BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION guard_refuse('moved')")


def say_moved(connection: Connection, told: str) -> None:
    """Writes down where the clinic is now, for seats that come later."""
    connection.exec_driver_sql("INSERT INTO vault_state (name, value) VALUES (%s, %s)", (_MOVED_STATE, told))


def moved_to(connection: Connection) -> str | None:
    """What `say_moved` wrote, if the clinic has moved away."""
    states = table_of(VaultState)
    told: str | None = connection.execute(select(states.c.value).where(states.c.name == _MOVED_STATE)).scalar()
    return told


def clear_left_over(admin: Mapping[str, Any], database: str, vault_id: str) -> None:
    """Takes away what a move of this clinic left that was cut off. Raises Refusal("database_exists") for anything else."""
    check_database_name(database)
    engine = open_server_engine(admin, pool_size=1)
    try:
        known, has_groups = cleanly(lambda: _known(engine, database))
    finally:
        engine.dispose()
    if known and not cleanly(lambda: _is_left_over({**admin, "dbname": database}, vault_id)):
        raise Refusal("database_exists")
    if known or has_groups:
        unmake_clinic_database(admin, database)


def _known(engine: Engine, database: str) -> tuple[bool, bool]:
    asked = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s), EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
    with engine.begin() as connection:
        known, has_groups = connection.exec_driver_sql(asked, (database, group(database, KEEPER))).one()
    return known, has_groups


def _is_left_over(where: Mapping[str, Any], vault_id: str) -> bool:
    engine = open_server_engine(where, pool_size=1)
    try:
        with engine.begin() as connection:
            return version_of(connection) is None or _nobody_came(connection, vault_id)
    finally:
        engine.dispose()


def _nobody_came(connection: Connection, vault_id: str) -> bool:
    """A clinic whose newest event is its arrival: whoever signs in leaves an event."""
    events, states = table_of(AuditEvent), table_of(VaultState)
    newest = connection.execute(select(events.c.action).order_by(events.c.seq.desc()).limit(1)).scalar()
    clinic = connection.execute(select(states.c.value).where(states.c.name == "vault_id")).scalar()
    return (newest, clinic) in {(None, None), (MOVED, vault_id)} and moved_to(connection) is None
