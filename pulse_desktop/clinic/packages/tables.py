"""Tables of packages. Sessions are counted in an append-only ledger; no row says how many are left."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import append_only
from pulse_desktop.storage.tables import Base, Json, Number, Record


class PackageOffer(Record, Base):
    """A package on the price list. What was sold keeps its own copy of the terms."""

    __tablename__ = "package_offer"
    __undo_added__ = {"active": False}  # noqa: RUF012 - read by undo, never changed

    name: Mapped[str]
    sessions: Mapped[int] = mapped_column(Integer)
    price_cents: Mapped[int]
    covers: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    good_months: Mapped[int | None] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class Package(Base):
    """What a patient bought, on the terms of that day. Its sessions stand in the ledger."""

    __tablename__ = "package"
    __guards__ = (append_only(),)
    __table_args__ = (
        Index("ix_package_patient_id", "patient_id"),
        Index("ix_package_offer_id", "offer_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("package_offer.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str]
    sessions: Mapped[int] = mapped_column(Integer)
    price_cents: Mapped[int]
    covers: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    sold_on: Mapped[date]
    good_through: Mapped[date | None]


class CreditEntry(Base):
    """One act on a package. The four counts are what it adds to each sum; `paid_cents` what of the price came in.

    A reversing entry names the one it takes back and carries its counts negated.
    """

    __tablename__ = "credit_entry"
    __guards__ = (append_only(),)
    __table_args__ = (
        Index(  # a package's sums come from the index alone
            "ix_credit_entry_package_id_sums",
            "package_id", "bought", "held", "used", "forfeited", "paid_cents",
        ),
        Index("ix_credit_entry_visit_id", "visit_id"),
        Index("ix_credit_entry_operation", "operation"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    bought: Mapped[int] = mapped_column(Integer, default=0)
    held: Mapped[int] = mapped_column(Integer, default=0)
    used: Mapped[int] = mapped_column(Integer, default=0)
    forfeited: Mapped[int] = mapped_column(Integer, default=0)
    paid_cents: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    operation: Mapped[str] = mapped_column(String(36))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
