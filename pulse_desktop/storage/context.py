"""What a command or query is given: who asks, when, and the session to read and write with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Executable, Insert, Result, bindparam, delete, func, insert, inspect, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert, ReturningUpdate

from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.basics.times import Clock
from pulse_desktop.storage import prepared
from pulse_desktop.storage.notes import Notes
from pulse_desktop.storage.permissions import Permission, Role, permissions_of
from pulse_desktop.storage.tables import Base, Record, table_of
from pulse_desktop.storage.together import Together

RowT = TypeVar("RowT", bound=Base)


class Signer(Protocol):
    """Signs with the private key of the person who is signed in (Ed25519); see `storage.pen`."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, as kept in the list of people."""

    def sign(self, message: bytes, operation: str = "") -> bytes:
        """64 bytes. Raises Refusal("not_proved") when the person did not say for this signature who they are."""

    def spend(self, operation: str) -> None:
        """The operation is carried out; what was proved for it serves no other."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at this seat. `staff_id` is 0 until the practice knows them as a staff member."""

    staff_id: int
    vault_id: str
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether one of the person's roles includes this."""
        return permission in permissions_of(self.roles)


@dataclass(slots=True)
class AuditSubject:
    """What the audit event says the operation was about."""

    patient_id: int | None = None
    object_type: str | None = None
    object_id: int | None = None
    version_id: int | None = None
    reason_code: str | None = None


@dataclass(slots=True)
class Context:
    """One command's or query's view of the clinic. Reading: `session`. Writing: the methods, which note everything."""

    session: Session
    actor: Actor
    seat: str
    clock: Clock
    operation: str
    consents: frozenset[str] = frozenset()
    signer: Signer | None = None
    subject: AuditSubject = field(default_factory=AuditSubject)
    notes: Notes = field(default_factory=Notes)
    undoes: str | None = None
    seen: dict[tuple[type[Base], int], Any] = field(default_factory=dict)
    """Rows read in this operation that more than one part of it asks for, so that a far server is asked once."""
    is_audited_already: bool = False
    """Set by what is done over and over in one sitting (drafts) once its event of this sitting stands in the trail."""

    def sign(self, message: bytes) -> bytes:
        """The person's signature, which they have proved by password or PIN. Refusal("not_proved")."""
        if self.signer is None:
            raise Refusal("not_proved")
        return self.signer.sign(message, self.operation)

    def now(self) -> datetime:
        """The present instant (UTC)."""
        return self.clock.now()

    def may(self, permission: Permission) -> bool:
        """Whether the person may; the door has already asked for what the declaration needs."""
        return self.actor.may(permission)

    def together(self) -> Together:
        """A block of questions that do not need each other's answers; see `storage.together`."""
        self.session.flush()  # questions beside each other must not find rows to write
        return Together(self.session.connection())

    def add(self, row: RowT) -> RowT:
        """Adds an ORM row and gives it its number."""
        self.session.add(row)
        self.session.flush()
        return row

    def read(self, statement: Executable, /, **values: object) -> Result[*tuple[Any, ...]]:
        """Rows of a Core statement; what was written before is seen.

        A statement made once, with `bindparam` for what changes, costs a tenth of one made anew for each call.
        """
        self.session.flush()
        return prepared.ask(self.session.connection(), statement, values)

    def insert(self, table_class: type[Base], **values: Any) -> int:
        """Adds a row without the ORM; returns its number."""
        row = self.read(_insert_into(table_class), **values).one()
        return self.notes.wrote(table_class, row._asdict(), "added")

    def insert_all(self, table_class: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds many rows of a derived table at once; they are not noted (screens do not show derived tables)."""
        _only_derived(table_class)
        if rows:
            prepared.write_all(self.session.connection(), _rows_into(table_class), rows)

    def update(self, table_class: type[Base], row_id: int, version: int, **values: Any) -> None:
        """Changes a row without the ORM. Raises Outdated when somebody changed it after `version` was read."""
        row = self.read(_update_of(table_class), **values, version=version + 1, pulse_row=row_id, pulse_seen=version).one_or_none()
        if row is None:
            raise Outdated(table_class.__tablename__, row_id)
        self._forget(table_class, row_id)
        self.notes.wrote(table_class, row._asdict(), "changed")

    def remove(self, table_class: type[Base], row_id: int) -> None:
        """Removes one row of a derived table (occupancy, search keys). Records are never removed."""
        self.remove_all(table_class, id=row_id)

    def remove_all(self, table_class: type[Base], **equal: Any) -> None:
        """Removes the rows of a derived table whose columns equal these values."""
        _only_derived(table_class)
        for row in self.read(_delete_from(table_class, tuple(equal)), **equal).all():
            self.notes.wrote(table_class, row._asdict(), "removed")

    def lock(self, table_class: type[Base], row_id: int) -> None:
        """Nobody else passes here for this row until this command ends, so that what is read next still holds when it is written.

        A file lets in one writer at a time anyway. Lock rows of several tables in one order everywhere.
        """
        if self.session.get_bind().dialect.name != "sqlite":
            table = table_of(table_class)
            self.read(select(table.c.id).where(table.c.id == row_id).with_for_update(key_share=True))

    def lock_numbers(self, table_class: type[Base]) -> None:
        """As `lock`, for giving the next number of a whole table."""
        if self.session.get_bind().dialect.name != "sqlite":
            self.read(select(func.pg_advisory_xact_lock(func.hashtext(table_of(table_class).name))))

    def about(
        self,
        patient_id: int | None = None,
        object_type: str | None = None,
        object_id: int | None = None,
        *,
        version_id: int | None = None,
        reason_code: str | None = None,
    ) -> None:
        """Completes the audit event of this operation. Codes and ids only: never a name or a free text."""
        given = {
            "patient_id": patient_id, "object_type": object_type, "object_id": object_id, "version_id": version_id,
            "reason_code": reason_code,
        }  # fmt: skip
        for name, value in given.items():
            if value is not None:
                setattr(self.subject, name, value)

    def _forget(self, table_class: type[Base], row_id: int) -> None:
        """An ORM row read before a Core update must not show its old values."""
        key = inspect(table_class).identity_key_from_primary_key((row_id,))
        if (seen := self.session.identity_map.get(key)) is not None:
            self.session.expire(seen)


# Made once for each table: to make a statement costs more than to carry it out.


@cache
def _insert_into(table_class: type[Base]) -> ReturningInsert[*tuple[Any, ...]]:
    table = table_of(table_class)
    return insert(table).returning(*table.c)


@cache
def _rows_into(table_class: type[Base]) -> Insert:
    return insert(table_of(table_class))


@cache
def _update_of(table_class: type[Base]) -> ReturningUpdate[*tuple[Any, ...]]:
    table = table_of(table_class)
    mine = (table.c.id == bindparam("pulse_row")) & (table.c.version == bindparam("pulse_seen"))
    return update(table).where(mine).returning(*table.c)


@cache
def _delete_from(table_class: type[Base], names: tuple[str, ...]) -> ReturningDelete[*tuple[Any, ...]]:
    table = table_of(table_class)
    return delete(table).where(*(table.c[name] == bindparam(name) for name in names)).returning(*table.c)


def _only_derived(table_class: type[Base]) -> None:
    if issubclass(table_class, Record):
        message = f"{table_class.__tablename__} holds records: they are versioned and never removed"
        raise TypeError(message)
