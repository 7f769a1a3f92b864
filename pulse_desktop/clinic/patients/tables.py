"""Tables of patients. Patients become inactive, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.tables import Base, Json, Record


class PatientRow(Record, Base):
    """A person who comes. Phones are stored as they are read aloud: "(973) 555-0142"."""

    __tablename__ = "patient"
    __undo_added__: ClassVar[Mapping[str, object]] = {"active": False}
    __table_args__ = (Index("ix_patient_number", "number", unique=True),)

    number: Mapped[int]
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    native_name: Mapped[str] = mapped_column(String(100))
    preferred_name: Mapped[str] = mapped_column(String(100))
    pronouns: Mapped[str] = mapped_column(String(40))
    sex: Mapped[str] = mapped_column(String(40))
    born: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(8))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    phone: Mapped[str] = mapped_column(String(40))
    phone_note: Mapped[str] = mapped_column(String(200))
    voicemail_ok: Mapped[bool]
    text_ok: Mapped[bool]
    email: Mapped[str] = mapped_column(String(254))
    street: Mapped[str] = mapped_column(String(200))
    city: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(2))
    zip_code: Mapped[str] = mapped_column(String(10))
    emergency_name: Mapped[str] = mapped_column(String(100))
    emergency_relation: Mapped[str] = mapped_column(String(60))
    emergency_phone: Mapped[str] = mapped_column(String(40))
    allergies: Mapped[str]
    medications: Mapped[str]
    desk_note: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    screened_on: Mapped[date | None]
    registered_on: Mapped[date]
    registered_by: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))


class ConditionRow(Record, Base):
    """A yes to a safety question, with onset and, once over, its end; withdrawn when it was entered in error."""

    __tablename__ = "patient_condition"
    __undo_added__: ClassVar[Mapping[str, object]] = {"withdrawn": True}
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends >= onset", name="order"),
        Index("ix_patient_condition_patient_id", "patient_id"),
    )

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    key: Mapped[str] = mapped_column(String(60))
    onset: Mapped[date]
    ends: Mapped[date | None]
    detail: Mapped[str]
    regions: Mapped[list[str]] = mapped_column(Json)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    withdrawn: Mapped[bool] = mapped_column(default=False)


class SearchKeyRow(Base):
    """What a patient is found by, derived from the patient's row: one folded key each."""

    __tablename__ = "search_key"
    __announced__: ClassVar[bool] = False
    __table_args__ = (Index("ix_search_key_patient_id_key", "patient_id", "key"),)

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
