"""Storage's own tables: what was done, what rows were before, what changed, who did it, who may come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import append_only
from pulse_desktop.storage.tables import Base, Json, Number, Record


class Operation(Base):
    """One command that was carried out, with its answer: asked again under the same id, it answers the same."""

    __tablename__ = "operation"
    __guards__ = (append_only(),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    command: Mapped[str]
    person: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[str]
    undoes: Mapped[str | None] = mapped_column(String(36), unique=True)


class History(Base):
    """A row as it stood after one operation: undo, activity and audit images come from here."""

    __tablename__ = "history"
    __guards__ = (append_only(),)
    __table_args__ = (Index("ix_history_operation", "operation"),)

    subject: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    image: Mapped[str]
    operation: Mapped[str] = mapped_column(String(36))


class ChangeRow(Base):
    """What changed, numbered without gaps or reuse: other seats read on from the last number they saw."""

    __tablename__ = "change"
    __guards__ = (append_only(),)
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    subject: Mapped[str]
    row_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    operation: Mapped[str] = mapped_column(String(36))


class AuditEvent(Base):
    """Who did or saw what: ids only, never a name or a free text. Each row's hash covers the one before."""

    __tablename__ = "audit"
    __guards__ = (append_only(),)
    __table_args__ = (
        Index("ix_audit_patient_id", "patient_id"),
        Index("ix_audit_event_id", "event_id", unique=True),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    event_id: Mapped[str] = mapped_column(String(36))
    at_utc: Mapped[datetime]
    tz_offset: Mapped[int] = mapped_column(Integer)
    seat: Mapped[str]
    session: Mapped[str] = mapped_column(String(36))
    user: Mapped[str] = mapped_column(String(36))
    role: Mapped[str]
    action: Mapped[str]
    object_type: Mapped[str | None]
    object_id: Mapped[int | None]
    patient_id: Mapped[int | None]
    version_id: Mapped[int | None]
    reason_code: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(String(8))
    app_version: Mapped[str] = mapped_column(String(20))
    clock_flag: Mapped[str | None] = mapped_column(String(8))
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class VaultPerson(Record, Base):
    """Who may come in, with their public keys: the list that counts; the one in vault.json is compared with it."""

    __tablename__ = "vault_person"

    vault_id: Mapped[str] = mapped_column(String(36), unique=True)
    staff_id: Mapped[int | None]
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(Json)
    exchange_key: Mapped[str]
    signing_key: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class VaultState(Base):
    """Single values of the vault: its id and epoch, the sealed audit key, the second copy of vault.json."""

    __tablename__ = "vault_state"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str]


class Attachment(Base):
    """Bytes kept as they are: documents we handed out, pictures that came in. Found by their checksum."""

    __tablename__ = "attachment"
    __guards__ = (append_only(),)
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    checksum: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)
