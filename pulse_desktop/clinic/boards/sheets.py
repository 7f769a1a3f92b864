"""What was handed out to a patient, and the very documents again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.boards.values import SheetLine
from pulse_desktop.clinic.money.tables import Receipt, ReceiptCopy
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.treatment.tables import SheetGivenRow
from pulse_desktop.storage import attachments
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import Attachment
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_SHEETS, _STAFF, _FILES = SheetGivenRow.__table__, StaffRow.__table__, Attachment.__table__
_COPIES, _RECEIPTS = ReceiptCopy.__table__, Receipt.__table__
_OF_PATIENT = (
    select(_SHEETS, _STAFF.c.short_name)
    .join(_STAFF, _STAFF.c.id == _SHEETS.c.given_by_id)
    .where(_SHEETS.c.patient_id == bindparam("patient"))
    .order_by(_SHEETS.c.id.desc())
    .limit(200)
)


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document as it was handed out; `checksum` is the SHA-256 of `pdf`."""

    title: str
    file_name: str
    pdf: bytes = field(repr=False)
    checksum: str
    version: str
    language: str
    pages: int


@query(needs=Permission.HAND_OUT, audit="aftercare.reprint")
def filed_sheet(context: Context, given_id: int) -> FiledDocument:
    """The aftercare sheet that was given, byte for byte. Denied when there is none of that number."""
    wanted = select(_SHEETS, _FILES.c.checksum).join(_FILES, _FILES.c.id == _SHEETS.c.document_id).where(_SHEETS.c.id == given_id)
    row = context.session.execute(wanted).one_or_none()
    if row is None:
        raise Denied
    context.about(row.patient_id, "aftercare_given", given_id)
    return _document(context, row)


@query(needs=Permission.HAND_OUT, audit="receipt.reprint")
def filed_receipt(context: Context, receipt_id: int, language: str) -> FiledDocument | None:
    """The document that was handed out for a receipt in this language; None when none was."""
    wanted = (
        select(_COPIES, _FILES.c.checksum, _RECEIPTS.c.patient_id)
        .join(_FILES, _FILES.c.id == _COPIES.c.document_id)
        .join(_RECEIPTS, _RECEIPTS.c.id == _COPIES.c.receipt_id)
        .where(_COPIES.c.receipt_id == receipt_id, _COPIES.c.language == language)
    )
    row = context.session.execute(wanted).one_or_none()
    if row is None:
        return None
    context.about(row.patient_id, "receipt", receipt_id)
    return _document(context, row)


def _document(context: Context, row: Row[Any]) -> FiledDocument:
    pdf = attachments.fetch(context, row.checksum)
    return FiledDocument(row.title, row.file_name, pdf, row.checksum, row.sheet_version, row.language, row.pages)


def sheets_of(context: Context, patient_id: int) -> tuple[SheetLine, ...]:
    """The aftercare sheets of a patient, the newest first."""
    return tuple(
        SheetLine(row.id, row.document_id, row.visit_id, row.title, row.language, row.given_at, row.short_name, row.how, row.state)
        for row in context.read(_OF_PATIENT, patient=patient_id)
    )
