"""Tables of the practice. Set-up rows are retired, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import append_only
from pulse_desktop.storage.tables import Base, Json, Number, Record


class SettingRow(Record, Base):
    """One setting of the clinic that is no longer at its default."""

    __tablename__ = "setting"
    __table_args__ = (Index("ix_setting_key", "key", unique=True),)

    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(Json)


class OfficeRow(Record, Base):
    """A location."""

    __tablename__ = "office"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}

    name: Mapped[str] = mapped_column(String(100))
    street: Mapped[str] = mapped_column(String(200))
    suite: Mapped[str] = mapped_column(String(100))
    city: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(2))
    zip_code: Mapped[str] = mapped_column(String(10))
    phone: Mapped[str] = mapped_column(String(40))
    zone: Mapped[str] = mapped_column(String(60))
    hours_words: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


class RoomRow(Record, Base):
    """A treatment room."""

    __tablename__ = "room"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}
    __table_args__ = (
        CheckConstraint("setup_minutes BETWEEN 0 AND 120", name="setup"),
        CheckConstraint("cleanup_minutes BETWEEN 0 AND 120", name="cleanup"),
        Index("ix_room_office_id", "office_id"),
    )

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str] = mapped_column(String(60))
    setup_minutes: Mapped[int]
    cleanup_minutes: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class StaffRow(Record, Base):
    """A person of the staff. Who may sign in stands in the vault's list of people, which names the staff member."""

    __tablename__ = "staff_member"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}

    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    credential: Mapped[str] = mapped_column(String(60))
    short_name: Mapped[str] = mapped_column(String(100))
    roles: Mapped[list[str]] = mapped_column(Json)
    active: Mapped[bool] = mapped_column(default=True)


class LicenceRow(Record, Base):
    """A licence of a practitioner in one state; a corrected one is retired."""

    __tablename__ = "licence"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}
    __table_args__ = (
        CheckConstraint("expires >= issued", name="order"),
        Index("ix_licence_staff_id", "staff_id"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    state: Mapped[str] = mapped_column(String(2))
    number: Mapped[str] = mapped_column(String(40))
    issued: Mapped[date]
    expires: Mapped[date]
    active: Mapped[bool] = mapped_column(default=True)


class ServiceRow(Record, Base):
    """What can be booked and sold. `pattern` is a list of [minutes, hands-on]."""

    __tablename__ = "service"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}
    __table_args__ = (CheckConstraint("price_cents >= 0", name="price"),)

    name: Mapped[str] = mapped_column(String(100))
    techniques: Mapped[list[str]] = mapped_column(Json)
    pattern: Mapped[list[list[int]]] = mapped_column(Json)
    price_cents: Mapped[int]
    is_addon: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class HoursRow(Record, Base):
    """A practitioner's hours at one office on one weekday; a span that ends before it begins was taken back."""

    __tablename__ = "working_hours"
    __undo_added__: ClassVar[Mapping[str, object]] = {"valid_to": date(1900, 1, 1)}
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("starts >= 0 AND starts < ends AND ends <= 1440", name="span"),
        Index("ix_working_hours_office_id_weekday", "office_id", "weekday"),
        Index("ix_working_hours_staff_id", "staff_id"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    weekday: Mapped[int]
    starts: Mapped[int]
    ends: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class ClosureRow(Record, Base):
    """A day an office stays closed, until it is lifted."""

    __tablename__ = "closure"
    __undo_added__: ClassVar[Mapping[str, object]] = {"lifted": True}
    __table_args__ = (Index("ix_closure_office_id_day", "office_id", "day"),)

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    lifted: Mapped[bool] = mapped_column(default=False)


class LineApprovalRow(Base):
    """A practitioner has read and approved a line that patients are given."""

    __tablename__ = "line_approval"
    __guards__ = (append_only(),)
    __table_args__ = (Index("ix_line_approval_key", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    at: Mapped[datetime]
