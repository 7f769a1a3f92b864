"""Check-out: the bill, the next visit, the payment, the papers; one act at the end."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import NeedsConsent, Outdated, Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic import boards, flows
from pulse_desktop.clinic.boards.values import CheckoutSheet
from pulse_desktop.clinic.flows.values import CheckOut
from pulse_desktop.clinic.schedule.values import Booking, Opening
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.forms.payment_lines import PaymentLines
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.places import BookingRequest, CheckoutRequest, ReceiptRequest, SheetRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.checkout.bill_card import BillCard
from pulse_desktop.gui.workplaces.checkout.next_visit import NextVisit
from pulse_desktop.gui.workplaces.checkout.offer_strip import OfferStrip

LANGUAGES = {"en": N_("English"), "es": N_("Spanish"), "ru": N_("Russian"), "zh": N_("Chinese")}

_SHOWS: Final = frozenset({"visit", "visit_service", "package", "credit_entry", "ledger_entry"})


class CheckoutPanel(SidePanel):
    """Esc parks it, Ctrl+Enter takes the money and finishes."""

    def __init__(self, parts: DeskParts, request: CheckoutRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Check out"), primary=_("Finish"), leave=_("Park"), wide=True, parent=parent)
        self._parts, self._visit_id = parts, request.visit_id
        self._sheet: CheckoutSheet | None = None
        self._package_id: int | None = None
        self._sell_offer_id: int | None = None
        self._bill = BillCard()
        self._offer = OfferStrip()
        self._next = NextVisit()
        self._payment = PaymentLines()
        self._aftercare, self._receipt = Tick(_("Aftercare"), ticked=True), Tick(_("Receipt"), ticked=True)
        self._unsigned = _Hint()
        self._trouble = Paragraph("", "secondary", "cinnabar", weight=500)
        for widget in (self._bill, self._offer, self._next, self._payment, self._papers(), self._unsigned, self._trouble):
            self.body.addWidget(widget)
        self._offer.hide()
        self._unsigned.hide()
        self._offer.added.connect(self._add_offer)
        self._next.kept.connect(self._go_to_payment)
        self._next.other_asked.connect(self._ask_other_time)
        self._payment.changed.connect(self._keep)
        self.confirmed.connect(self._finish)
        parts.actions.install(ACTIONS, self)
        Follows(self, parts.live, _SHOWS, self._look_again)
        self._load()

    def add_offer(self) -> None:
        """F7: sell the proposed package with this visit."""
        if self._offer.isVisible():
            self._add_offer()

    def focus_first(self) -> None:
        """Enter keeps the proposed next visit, so work begins there."""
        self._next.setFocus()

    def _load(self) -> None:
        asked = (self._visit_id, self._package_id, (), self._sell_offer_id)
        self._parts.work.look(boards.checkout, *asked, then=self._show, latest="checkout")

    def _look_again(self) -> None:
        """The visit goes on elsewhere, or a step that was done a moment before F8 was saved only now."""
        asked = (self._visit_id, self._package_id, (), self._sell_offer_id)
        self._parts.work.look(boards.checkout, *asked, then=self._show_news, latest="checkout", refused=self._keep_what_stands)

    def _show_news(self, sheet: CheckoutSheet) -> None:
        """What is typed is never replaced: news that leave the sum as it is are taken in silently, others are said at the end."""
        if not self.has_draft or self._sheet is None:
            self._show(sheet)
        elif _asks_the_same(sheet, self._sheet):
            self._sheet = sheet

    def _keep_what_stands(self, _problem: Problem) -> None:
        """The visit cannot be checked out any more; finishing says why."""

    def _show(self, sheet: CheckoutSheet) -> None:
        is_first, self._sheet = self._sheet is None, sheet
        visit = sheet.visit
        out = _("out {time}, {staff}") if visit.out_at else _("{staff}")
        time = clock_time(self._parts.practice.wall(visit.out_at)) if visit.out_at else ""
        self.set_title(visit.patient, out.format(time=time, staff=visit.staff))
        self.name = _("Payment, {patient}").format(patient=visit.patient_short)
        self._bill.show_sheet(sheet)
        self._offer.show_offer(None if self._sell_offer_id else sheet.offer)
        if self._next.chosen is None:
            self._next.show_openings(sheet.next_visits, sheet.next_booked, self._parts.practice.data)
        self._payment.setVisible(sheet.total_cents > 0)
        self._payment.ask_for(max(0, sheet.total_cents))
        self._aftercare.setVisible(sheet.has_treatment)
        self._show_language(sheet)
        self._unsigned.setVisible(sheet.note_state == "draft")
        self._unsigned.say(visit.staff)
        self._say_what_is_taken()
        if is_first and self.isVisible() and not self.has_draft:
            self.focus_first()

    def _show_language(self, sheet: CheckoutSheet) -> None:
        words = _("Aftercare, {language}").format(language=_(LANGUAGES.get(sheet.language, LANGUAGES["en"])))
        self._aftercare.set_words(words)

    def _papers(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_("Print"), "secondary", "ink-soft", weight=500))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._aftercare)
        row.addWidget(self._receipt)
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _keep(self) -> None:
        self.has_draft = True
        self._say_what_is_taken()

    def _say_what_is_taken(self) -> None:
        """The button names the money it takes, not the money that is asked for."""
        taken = self._payment.entered() if self._sheet is not None and self._sheet.total_cents > 0 else 0
        self.say_primary(_("Take {amount} and finish").format(amount=dollars(taken)) if taken else _("Finish visit"))

    def _add_offer(self) -> None:
        if self._sheet is not None and self._sheet.offer is not None:
            self._sell_offer_id = self._sheet.offer.id
            self.has_draft = True
            self._load()

    def _go_to_payment(self) -> None:
        self.has_draft = True
        self.focusNextChild()
        self.primary.setFocus()

    def _ask_other_time(self) -> None:
        if self._sheet is not None:
            visit = self._sheet.visit
            services = tuple(line.service_id for line in visit.services)
            self._parts.open_panel(BookingRequest(visit.patient_id, visit.office_id, visit.staff_id, service_ids=services))

    def _finish(self, consents: frozenset[str] = frozenset()) -> None:
        sheet, payments = self._sheet, self._payment.read()
        if sheet is None or payments is None:
            return
        self._trouble.set_words("")
        self.primary.setEnabled(False)
        taken = payments if sheet.total_cents > 0 else ()
        package = sheet.package.id if sheet.package else None
        value = CheckOut(
            sheet.visit.id, sheet.visit.version, package, taken, sheet.total_cents,
            sell_offer_id=self._sell_offer_id, next_visit=self._next_booking(sheet, self._next.chosen),
        )  # fmt: skip
        self._parts.work.do(flows.check_out, value, then=self._finished, refused=self._refused, consents=consents)

    def _next_booking(self, sheet: CheckoutSheet, opening: Opening | None) -> Booking | None:
        if opening is None:
            return None
        services = tuple(line.service_id for line in sheet.visit.services)
        return Booking(sheet.visit.patient_id, opening.office_id, opening.staff_id, opening.day, opening.starts, services, opening.room_id)

    def _finished(self, done: Finished) -> None:
        sheet = self._sheet
        assert sheet is not None
        self.has_draft = False
        name = sheet.visit.patient_short
        self._parts.toast(_("{patient} checked out").format(patient=sheet.visit.patient), done.operation, _("check-out {patient}").format(patient=name))
        self.close()
        hands_out_sheet = self._aftercare.isChecked() and sheet.has_treatment
        if self._receipt.isChecked() and done.answer.receipt_id is not None:
            self._parts.open_panel(ReceiptRequest(done.answer.receipt_id, waits=hands_out_sheet))
        if hands_out_sheet:
            self._parts.open_panel(SheetRequest(sheet.visit.id))

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, NeedsConsent):
            self._parts.ask(problem, _("Leave it on account"), _("Change the payment"), self._finish)
        elif isinstance(problem, Outdated):
            self._trouble.set_words(_("Somebody changed this visit or its price meanwhile. Look at the new sum; nothing was taken."))
            self._load()
        else:
            self._parts.sentence(problem, partial(_say, self._trouble))


def _asks_the_same(one: CheckoutSheet, other: CheckoutSheet) -> bool:
    """For the same services from the same package at the same sum."""
    return (one.lines, one.package, one.total_cents) == (other.lines, other.package, other.total_cents)


def _say(where: Paragraph, words: str) -> None:
    where.set_words(words)


class _Hint(QWidget):
    """That the note is not signed yet, and what that means for the papers."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._words = Label("")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(Paragraph(_("The sheet is complete and prints now."), "secondary", "ink-soft"))
        row.addWidget(Icon("note", "amber"))
        row.addLayout(column, 1)

    def say(self, staff: str) -> None:
        """Whose note it is."""
        self._words.set_words(_("{staff} has not signed the note").format(staff=staff))


ACTIONS = (Action("checkout.offer", N_("Sell the proposed package with this visit"), icon="gift", keys="F7", needs="sell", run=CheckoutPanel.add_offer),)

