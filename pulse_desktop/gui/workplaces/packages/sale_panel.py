"""Selling a package: who, which, how it is paid; the saving is said, the receipt follows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic import flows, packages, patients
from pulse_desktop.clinic.flows.values import PackageSale
from pulse_desktop.clinic.packages.values import Offer
from pulse_desktop.clinic.patients.values import PatientLine, PatientRecord
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.forms.patient_field import PatientField
from pulse_desktop.gui.forms.payment_lines import PaymentLines
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.places import PatientRequest, ReceiptRequest, SaleRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished


class SalePanel(SidePanel):
    """The panel of a sale. Ctrl+Enter sells; Esc keeps what was chosen as a parked chip."""

    def __init__(self, parts: DeskParts, request: SaleRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Sell a package"), primary=_("Sell"), wide=True, parent=parent)
        self._parts, self._request = parts, request
        self._offers: tuple[Offer, ...] = ()
        self._patient = PatientField(parts, new=True)
        self._offer = ChoiceField(_("Package"))
        self._saving = Card(ground="sunken")
        self._saving_words = Paragraph("", "body", "ink")
        self._saving.add_padded(self._saving_words)
        self._payment = PaymentLines()
        for widget in (self._patient, self._offer, self._saving, self._payment):
            self.body.addWidget(widget)
        self._patient.picked.connect(self._take_patient)
        self._patient.new_asked.connect(self._register)
        self._offer.changed.connect(self._show_offer)
        self._payment.changed.connect(self._keep)
        self.confirmed.connect(self._sell)
        parts.work.look(packages.offers, then=self._show_offers)
        if request.patient_id is not None:
            parts.work.look(patients.patient, request.patient_id, then=self._show_patient)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._offer.show_choices([(offer.id, f"{offer.name}   {dollars(offer.price_cents)}") for offer in offers])
        if self._request.offer_id is not None:
            self._offer.set_value(self._request.offer_id)
        self._show_offer()

    def _show_patient(self, record: PatientRecord) -> None:
        draft = record.draft
        self._patient.set_value(PatientLine(record.id, record.number, record.name, draft.born, draft.phone, draft.language, record.active))
        self._take_patient()

    def _take_patient(self, _line: PatientLine | None = None) -> None:
        line = self._patient.patient
        self.name = _("Sale, {patient}").format(patient=line.name) if line else _("Sale")
        self._keep()

    def _register(self, words: str) -> None:
        self._parts.open_panel(PatientRequest(words=words))

    def _chosen(self) -> Offer | None:
        wanted = self._offer.value()
        return next((offer for offer in self._offers if offer.id == wanted), None)

    def _show_offer(self) -> None:
        offer = self._chosen()
        self._saving.setVisible(offer is not None)
        if offer is None:
            self.say_primary(_("Sell"), enabled=False)
            return
        count = ngettext("{count} session", "{count} sessions", offer.sessions).format(count=offer.sessions)
        words = _("{count}, {each} each. {singles} as single visits: saves {saving}.")
        self._saving_words.set_words(
            words.format(
                count=count, each=dollars(offer.price_cents // offer.sessions), singles=dollars(offer.single_cents), saving=dollars(offer.saving_cents)
            )
        )
        self._payment.ask_for(offer.price_cents)
        self.say_primary(_("Take {price} and sell").format(price=dollars(offer.price_cents)))

    def _keep(self) -> None:
        self.has_draft = self._patient.patient is not None

    def _sell(self) -> None:
        offer, patient, payments = self._chosen(), self._patient.patient, self._payment.read()
        if patient is None:
            self._patient.refuse(_("Say who buys the package."))
            return
        if offer is None or payments is None:
            return
        self.primary.setEnabled(False)
        sale = PackageSale(patient.id, self._parts.practice.office.id, offer.id, payments)
        self._parts.work.do(flows.sell_package, sale, then=self._sold, refused=self._refused)

    def _sold(self, done: Finished) -> None:
        patient, offer = self._patient.patient, self._chosen()
        if patient is not None and offer is not None:
            sold = _("{name} sold to {patient}").format(name=offer.name, patient=patient.name)
            self._parts.toast(sold, done.operation, _("sale to {patient}").format(patient=patient.name))
        self.has_draft = False
        self._parts.open_panel(ReceiptRequest(done.answer.receipt_id))
        self.close()

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        self._parts.sentence(problem, self._payment.refuse)
