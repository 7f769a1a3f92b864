"""Taking money on account, outside a check-out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import boards, money
from pulse_desktop.clinic.boards.values import PatientBanner
from pulse_desktop.clinic.money.values import Payment
from pulse_desktop.gui.forms.payment_lines import PaymentLines
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import PaymentRequest, ReceiptRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished


class PaymentPanel(SidePanel):
    """Says what is owed, takes one or more tenders, shows the receipt."""

    def __init__(self, parts: DeskParts, request: PaymentRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Take a payment"), primary=_("Take payment"), leave=_("Park"), wide=True, parent=parent)
        self._parts, self._patient_id = parts, request.patient_id
        self._patient = ""
        self._facts = Card()
        self._payment = PaymentLines()
        self._payment.changed.connect(self._keep)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._payment)
        self.confirmed.connect(self._take)
        parts.work.look(boards.patient_banner, request.patient_id, then=self._show)

    def _show(self, banner: PatientBanner) -> None:
        self._patient = banner.name
        self.set_title(banner.name, _("payment on account"))
        self.name = _("Payment, {patient}").format(patient=banner.name)
        self._facts.add_fact(_("Balance") if banner.balance_cents >= 0 else _("Credit"), dollars(abs(banner.balance_cents)), strong=True)
        self._payment.ask_for(max(0, banner.balance_cents))

    def _keep(self) -> None:
        self.has_draft = True

    def _take(self) -> None:
        lines = self._payment.read()
        if lines is None:
            return
        if not lines:
            self._payment.refuse(_("Enter an amount. Nothing was taken."))
            return
        self.primary.setEnabled(False)
        payment = Payment(self._patient_id, self._parts.practice.office.id, lines)
        self._parts.work.do(money.take_payment, payment, then=self._taken, refused=self._refused)

    def _taken(self, done: Finished) -> None:
        self.has_draft = False
        self._parts.toast(_("Payment of {patient} taken").format(patient=self._patient), done.operation, _("payment {patient}").format(patient=self._patient))
        self.close()
        self._parts.open_panel(ReceiptRequest(done.answer))

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        self._parts.sentence(problem, self._payment.refuse)
