"""What a patient takes home is filed and noted as given; what did not print is taken back."""

from __future__ import annotations

from sqlalchemy import select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.flows.values import ReceiptGiven, SheetGiven, SheetTakenBack
from pulse_desktop.clinic.money.tables import Receipt, ReceiptCopy
from pulse_desktop.clinic.schedule.commands import visit_row
from pulse_desktop.clinic.treatment.sheets import GIVEN, TAKEN_BACK
from pulse_desktop.clinic.treatment.tables import SheetGivenRow
from pulse_desktop.storage import attachments
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import Attachment
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import RESTORE, command

_FILES, _RECEIPTS, _COPIES = Attachment.__table__, Receipt.__table__, ReceiptCopy.__table__

register_sentences({"sheet_how": N_("Say how the sheet was given: on paper or as a file.")})


@command(needs=Permission.HAND_OUT, audit="aftercare.give", undo=RESTORE)
def give_sheet(context: Context, sheet: SheetGiven) -> int:
    """File an aftercare sheet and note that it was given; the id of what was given."""
    if sheet.how not in {"paper", "file"}:
        raise Refusal("sheet_how", "how")
    visit = visit_row(context, sheet.visit_id)
    given_id: int = context.insert(
        SheetGivenRow, version=1, visit_id=visit.id, patient_id=visit.patient_id, language=sheet.language,
        sheet_version=sheet.sheet_version, given_at=context.now(), given_by_id=context.actor.staff_id, how=sheet.how,
        title=sheet.title, file_name=sheet.file_name, pages=sheet.pages, document_id=_filed(context, sheet.pdf), state=GIVEN, reason="",
    )  # fmt: skip
    context.about(visit.patient_id, "aftercare_given", given_id)
    return given_id


@command(needs=Permission.HAND_OUT, audit="aftercare.take_back")
def take_back_sheet(context: Context, taken: SheetTakenBack) -> int:
    """The sheet did not reach the patient after all; its id. Taking it back twice changes nothing."""
    row = context.session.get(SheetGivenRow, taken.given_id)
    if row is None:
        raise Denied
    context.about(row.patient_id, "aftercare_given", row.id, reason_code="did_not_print")
    if row.state == GIVEN:
        row.state, row.reason = TAKEN_BACK, taken.reason
    return row.id


@command(needs=Permission.HAND_OUT, audit="receipt.give")
def give_receipt(context: Context, given: ReceiptGiven) -> int:
    """File the document of a receipt, so that every later print is this very one; the id of the filed copy."""
    receipt = context.session.execute(select(_RECEIPTS).where(_RECEIPTS.c.id == given.receipt_id)).one_or_none()
    if receipt is None:
        raise Denied
    context.about(receipt.patient_id, "receipt", receipt.id)
    known = select(_COPIES.c.id).where(_COPIES.c.receipt_id == receipt.id, _COPIES.c.language == given.language)
    copy_id: int | None = context.session.scalar(known)
    if copy_id is not None:
        return copy_id
    return context.insert(
        ReceiptCopy, receipt_id=receipt.id, language=given.language, document_id=_filed(context, given.pdf), title=given.title,
        file_name=given.file_name, sheet_version=given.version, pages=given.pages, at=context.now(), by_id=context.actor.staff_id,
    )  # fmt: skip


def _filed(context: Context, pdf: bytes) -> int:
    checksum = attachments.keep(context, "application/pdf", pdf)
    filed: int = context.session.execute(select(_FILES.c.id).where(_FILES.c.checksum == checksum)).scalar_one()
    return filed
