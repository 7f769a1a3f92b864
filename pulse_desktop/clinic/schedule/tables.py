"""Tables of the schedule. A visit is cancelled, never removed; occupancy is derived from the visits that stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import no_overlap
from pulse_desktop.storage.tables import Base, Json, Number, Record

LONGEST_SPAN = 12 * 60 * 60 * 1000
"""Milliseconds no occupied span exceeds; bounds the guard's search. A visit lasts 4 hours at most, buffers 2 each."""


TAKEN_BACK = "undone"
"""The reason on a visit whose booking was undone."""


class VisitRow(Record, Base):
    """One booked time of one patient. Wall time (day, minute, zone) is what was agreed; `starts` and `ends` follow from it."""

    __tablename__ = "visit"
    __undo_added__: ClassVar[Mapping[str, object]] = {"state": "cancelled", "cancel_reason": TAKEN_BACK}
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 240", name="length"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("ends > starts", name="order"),
        Index("ix_visit_day_office_id", "day", "office_id"),
        Index("ix_visit_patient_id_starts", "patient_id", "starts"),
        Index("ix_visit_patient_id_progress_day", "patient_id", "progress", "day"),
        Index("ix_visit_progress_day", "progress", "day"),
        Index("ix_visit_staff_id_starts", "staff_id", "starts"),
    )

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    day: Mapped[date]
    minute: Mapped[int]
    minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    second_time: Mapped[bool] = mapped_column(default=False)
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    progress: Mapped[str] = mapped_column(String(16))
    arrived_at: Mapped[datetime | None]
    roomed_at: Mapped[datetime | None]
    out_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(400), default="")
    desk_note: Mapped[str]
    squeeze_in: Mapped[bool] = mapped_column(default=False)
    booked_by: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    booked_at: Mapped[datetime]


class VisitServiceRow(Record, Base):
    """A service of a visit as it was when booked; later changes of the price list do not reach it."""

    __tablename__ = "visit_service"
    __undo_added__: ClassVar[Mapping[str, object]] = {"dropped": True}
    __table_args__ = (Index("ix_visit_service_visit_id", "visit_id"),)

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    techniques: Mapped[list[str]] = mapped_column(Json)
    pattern: Mapped[list[list[int]]] = mapped_column(Json)
    minutes: Mapped[int]
    price_cents: Mapped[int]
    is_addon: Mapped[bool]
    dropped: Mapped[bool] = mapped_column(default=False)


class OccupancyRow(Base):
    """A span in which a practitioner's hands, a room or a patient is taken by a visit that stands."""

    __tablename__ = "occupancy"
    __announced__: ClassVar[bool] = False
    __guards__ = (no_overlap("kind", "key", "starts", "ends", LONGEST_SPAN, kinds=("room", "practitioner", "patient")),)
    __table_args__ = (
        CheckConstraint("kind IN ('practitioner', 'room', 'patient')", name="kind"),
        CheckConstraint(f"ends > starts AND ends - starts <= {LONGEST_SPAN}", name="span"),
        Index("ix_occupancy_kind_key_starts", "kind", "key", "starts"),
        Index("ix_occupancy_visit_id", "visit_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[int]
    starts: Mapped[int]
    ends: Mapped[int]
