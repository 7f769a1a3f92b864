"""Tables of money: the ledger and the receipts over it. Both only grow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import append_only
from pulse_desktop.storage.tables import Base, Number


class Receipt(Base):
    """What a patient takes home after paying; numbered through for the whole clinic. Its lines are ledger entries."""

    __tablename__ = "receipt"
    __guards__ = (append_only(),)
    __table_args__ = (
        # A patient's receipts stand far apart; their lines are read from the index alone.
        Index("ix_receipt_patient_id_line", "patient_id", "number", "office_id", "visit_id", "at", "by_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    number: Mapped[int] = mapped_column(unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))


class LedgerEntry(Base):
    """One entry: charges above zero, payments below, so that what is owed is their sum.

    `cents` is the entry's worth; `unit_cents` and `quantity` say what it would have cost without a package.
    """

    __tablename__ = "ledger_entry"
    __guards__ = (append_only(),)
    __table_args__ = (
        # A balance is summed from the index alone, and so is what each receipt comes to.
        Index("ix_ledger_entry_patient_id_sums", "patient_id", "cents", "receipt_id"),
        Index("ix_ledger_entry_visit_id", "visit_id"),
        Index("ix_ledger_entry_receipt_id", "receipt_id"),
        Index("ix_ledger_entry_operation", "operation"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    package_id: Mapped[int | None] = mapped_column(ForeignKey("package.id"))
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    cents: Mapped[int]
    quantity: Mapped[int] = mapped_column(Integer, default=1)
    unit_cents: Mapped[int] = mapped_column(default=0)
    tender: Mapped[str] = mapped_column(String(10), default="")
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    operation: Mapped[str] = mapped_column(String(36))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), unique=True)


class ReceiptCopy(Base):
    """The very document that was handed out for a receipt in one language; printed again, it is this one."""

    __tablename__ = "receipt_copy"
    __guards__ = (append_only(),)
    __table_args__ = (Index("ix_receipt_copy_receipt_id_language", "receipt_id", "language", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    language: Mapped[str] = mapped_column(String(8))
    document_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    title: Mapped[str]
    file_name: Mapped[str]
    sheet_version: Mapped[str]
    pages: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
