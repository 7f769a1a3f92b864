"""The aftercare sheet and the receipt as panels."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import boards, money, patients, schedule
from pulse_desktop.clinic.boards.values import PatientBanner
from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.documents.values import Document
from pulse_desktop.gui.forms.paper_panel import PaperPanel
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import ReceiptRequest, SheetRequest
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.outside import handing_out


class SheetPanel(PaperPanel):
    """The aftercare sheet of a visit, in the patient's language unless another is chosen."""

    def __init__(self, parts: DeskParts, request: SheetRequest, parent: QWidget | None = None) -> None:
        super().__init__(parts, _("Aftercare sheet"), parent)
        self._visit_id, self._asked_language = request.visit_id, request.language
        self._patient = ""
        self._large = Tick(_("Large print"))
        self._large.toggled.connect(self._draw_again)
        self.body.insertWidget(1, self._large)
        parts.work.look(schedule.visit, request.visit_id, then=self._take_visit)

    def _take_visit(self, visit: VisitLine) -> None:
        self._patient = visit.patient
        self.set_title(_("Aftercare sheet"), visit.patient)
        self.name = _("Aftercare, {patient}").format(patient=visit.patient_short)
        self._parts.work.look(boards.patient_banner, visit.patient_id, then=self._take_patient)

    def _take_patient(self, banner: PatientBanner) -> None:
        self._begin_in(self._asked_language or banner.language)

    def _draw_again(self) -> None:
        self._draw(self._language)

    def _draw(self, language: str) -> None:
        draw = partial(handing_out.aftercare, large_print=self._large.isChecked())
        self._parts.work.through(draw, self._visit_id, language, then=self._show, refused=self._failed)

    def _give(self, document: Document, deliver: handing_out.Deliver, how: str) -> None:
        give = partial(handing_out.give, how=how)
        self._parts.work.through(give, document, self._visit_id, deliver, then=self._was_given, refused=self._failed)

    def _was_given(self, _given_id: int) -> None:
        self._given(_("Aftercare sheet given to {patient}").format(patient=self._patient))


class ReceiptPanel(PaperPanel):
    """A receipt; the one that was handed out before is shown again, byte for byte."""

    def __init__(self, parts: DeskParts, request: ReceiptRequest, parent: QWidget | None = None) -> None:
        super().__init__(parts, _("Receipt"), parent)
        self._receipt_id = request.receipt_id
        self._was_shown = False
        self.has_draft = request.waits  # the paper that opens over it sets it aside; once it comes back, Esc closes it
        parts.work.look(money.receipt, request.receipt_id, then=self._take_receipt)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.has_draft = self.has_draft and not self._was_shown
        self._was_shown = True

    def _take_receipt(self, found: tuple[ReceiptLine, tuple[LedgerLine, ...]]) -> None:
        line, _entries = found
        self.set_title(_("Receipt {number}").format(number=line.number))
        self.name = _("Receipt {number}").format(number=line.number)
        self._parts.work.look(patients.patient, line.patient_id, then=self._take_patient)

    def _take_patient(self, record: PatientRecord) -> None:
        self._begin_in(record.draft.language)

    def _draw(self, language: str) -> None:
        self._parts.work.through(handing_out.receipt_document, self._receipt_id, language, then=self._show, refused=self._failed)

    def _give(self, document: Document, deliver: handing_out.Deliver, how: str) -> None:  # noqa: ARG002 - receipts note no way
        give = handing_out.give_receipt
        self._parts.work.through(give, document, self._receipt_id, deliver, then=self._was_given, refused=self._failed)

    def _was_given(self, _nothing: None) -> None:
        self._given(_("Receipt handed out"))

