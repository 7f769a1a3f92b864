"""What lies in a clinic's database, for tests that say what an act may change: digests, events, operations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select

from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.tables import table_of
from tests.builders import TestClinic

AUDIT = AuditEvent.__tablename__


def engine_of(clinic: TestClinic) -> Engine:
    """The engine below the door."""
    return clinic.desk.clinic._engine


def state_of(clinic: TestClinic) -> str:
    """A digest of every row of every table but the audit trail."""
    digest = hashlib.sha256()
    with engine_of(clinic).begin() as connection:
        listed = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        for name in listed.scalars().all():
            if name != AUDIT:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1').all()
                digest.update(repr((name, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()


def events(clinic: TestClinic, since: int = 0) -> list[tuple[str, str, str]]:
    """Id, action and outcome of the audit events after number `since`."""
    trail = table_of(AuditEvent)
    wanted = select(trail.c.event_id, trail.c.action, trail.c.outcome).where(trail.c.seq > since).order_by(trail.c.seq)
    with engine_of(clinic).begin() as connection:
        return [(row.event_id, row.action, row.outcome) for row in connection.execute(wanted)]


def becomes(clinic: TestClinic, *roles: Role) -> None:
    """The person at the desk has these roles from now on, as the database says it."""
    with writing(engine_of(clinic)).begin() as connection:
        names = ", ".join(f'"{role}"' for role in sorted(roles))
        person = clinic.desk.clinic.person_id
        connection.exec_driver_sql("UPDATE vault_person SET roles = ?, version = version + 1 WHERE vault_id = ?", (f"[{names}]", person))
    clinic.door._asked_roles = float("-inf")


@contextmanager
def muted(clinic: TestClinic) -> Iterator[None]:
    """Meanwhile the audit trail takes no event."""
    with writing(engine_of(clinic)).begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER mute BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'mute'); END")
    try:
        yield
    finally:
        with writing(engine_of(clinic)).begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER mute")
