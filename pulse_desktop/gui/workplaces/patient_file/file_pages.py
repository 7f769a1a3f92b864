"""What each page of the file shows, from the one answer the clinic gave."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time_full, full_day, month_day
from pulse_desktop.clinic.boards.values import PatientFile, SheetLine
from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine, Tender
from pulse_desktop.clinic.patients.values import ConditionLine
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.gui.forms.language_words import language_name
from pulse_desktop.gui.forms.visit_words import state_chip
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import (
    ChartRequest,
    ConditionsRequest,
    NotePlace,
    PaymentRequest,
    ReceiptRequest,
    SheetRequest,
)
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.workplaces.patient_file.file_words import asked_words, condition_detail, pain_words
from pulse_desktop.gui.workplaces.patient_file.pages import Page, TableCard
from pulse_desktop.gui.workplaces.patient_file.summary import open_visit
from pulse_desktop.gui.workplaces.patient_file.visit_tables import place_words

_SHEET_STATES = {"given": N_("Given"), "taken_back": N_("Did not print"), "replaced": N_("Replaced")}
_TENDERS = {
    Tender.CARD.value: N_("Paid by card"),
    Tender.CASH.value: N_("Paid in cash"),
    Tender.CHECK.value: N_("Paid by check"),
    Tender.TRANSFER.value: N_("Paid by transfer"),
    Tender.CREDIT.value: N_("Paid from credit"),
}
_HOW = {"paper": N_("on paper"), "file": N_("as a file")}


class VisitsPage(Page):
    """Every visit, cancelled ones too."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        practice = parts.practice
        columns: tuple[Column[VisitLine], ...] = (
            Column(_("Day"), lambda visit: full_day(visit.day), weight=600),
            Column(_("Time"), lambda visit: clock_time_full(visit.minute)),
            Column(_("Service"), lambda visit: visit.services_words, stretch=1),
            Column(_("With"), lambda visit: visit.staff),
            Column(_("Place"), lambda visit: place_words(visit, practice.data)),
            Column(_("Reason"), lambda visit: visit.cancel_reason, ink="ink-soft"),
            Column(_("State"), lambda _visit: "", chip=state_chip, align="right"),
        )
        self._card: TableCard[VisitLine] = TableCard(_("Visits"), columns, _("No visit was booked yet."), key=lambda visit: visit.id)
        self._card.opened.connect(partial(open_visit, parts))
        super().__init__(self._card, parent=parent)

    def show_file(self, file: PatientFile) -> None:
        """Upcoming ones above, the latest first."""
        self._card.show_rows([*reversed(file.upcoming), *file.past])


class NotesPage(Page):
    """All treatment notes; only for those who may read them."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        self._parts = parts
        self._patient_id = 0
        print_it = Button(_("Print the chart"), "text")
        print_it.clicked.connect(self._print)
        columns: tuple[Column[NoteLine], ...] = (
            Column(_("Day"), lambda note: full_day(note.day), weight=600),
            Column(_("By"), lambda note: note.author),
            Column(_("Pain"), lambda note: pain_words(note.pain_before, note.pain_after)),
            Column(_("Done"), lambda note: note.done_words, stretch=1, ink="ink-soft"),
            Column(_("State"), lambda _note: "", chip=note_chip, align="right"),
        )
        self._card: TableCard[NoteLine] = TableCard(_("Notes"), columns, _("No note was written yet."), key=lambda note: note.id, action=print_it)
        self._card.opened.connect(self._open)
        super().__init__(self._card, parent=parent)

    def show_file(self, file: PatientFile) -> None:
        """The newest first."""
        self._patient_id = file.record.id
        self._card.show_rows(file.notes)

    def _print(self) -> None:
        self._parts.open_panel(ChartRequest(self._patient_id))

    def _open(self, note: NoteLine) -> None:
        self._parts.go_to(NotePlace(note.visit_id))


class ScreeningPage(Page):
    """The safety questions answered yes, those that hold and those that are over."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        self._parts = parts
        self._patient_id = 0
        columns: tuple[Column[ConditionLine], ...] = (
            Column(_("Condition"), lambda condition: condition.label, weight=600),
            Column(_("What is known"), self._detail, stretch=1, ink="ink-soft"),
            Column(_("Entered by"), lambda condition: condition.recorded_by),
            Column(_("Holds"), lambda _condition: "", chip=self._chip, align="right"),
        )
        ask = Button(_("Ask the safety questions"), "text")
        ask.clicked.connect(self._ask)
        if not parts.may("edit_patients"):
            ask.hide()
        self._card: TableCard[ConditionLine] = TableCard(
            _("Screening"), columns, _("No safety question was answered yes."), key=lambda condition: condition.id, action=ask
        )
        self._card.opened.connect(self._ask)
        super().__init__(self._card, parent=parent)

    def show_file(self, file: PatientFile) -> None:
        """Those that hold first."""
        self._patient_id = file.record.id
        self._card.show_rows(file.conditions, asked_words(file.record, self._parts.practice.today()))

    def _detail(self, condition: ConditionLine) -> str:
        return condition_detail(condition, self._parts.practice.today())

    def _chip(self, condition: ConditionLine) -> ChipView:
        if condition.is_active(self._parts.practice.today()):
            return ChipView(_("Holds"), "amber", "shield")
        return ChipView(_("Over"))

    def _ask(self, _line: object = None) -> None:
        self._parts.open_panel(ConditionsRequest(self._patient_id))


class PapersPage(Page):
    """What was handed out; a click shows the very sheet again."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        self._parts = parts
        columns: tuple[Column[SheetLine], ...] = (
            Column(_("Given"), self._when, weight=600),
            Column(_("Paper"), lambda sheet: sheet.title, stretch=1),
            Column(_("Language"), lambda sheet: language_name(sheet.language)),
            Column(_("How"), lambda sheet: _(_HOW.get(sheet.how, sheet.how)), ink="ink-soft"),
            Column(_("By"), lambda sheet: sheet.by),
            Column(_("State"), lambda _sheet: "", chip=_sheet_chip, align="right"),
        )
        receipts: tuple[Column[ReceiptLine], ...] = (
            Column(_("Day"), lambda receipt: full_day(parts.practice.wall(receipt.at).date()), weight=600),
            Column(_("Receipt"), lambda receipt: receipt.number, stretch=1),
            Column(_("By"), lambda receipt: receipt.by),
            Column(_("Paid"), lambda receipt: dollars(receipt.paid_cents), align="right"),
        )
        self._sheets: TableCard[SheetLine] = TableCard(
            _("Aftercare sheets"), columns, _("No aftercare sheet was handed out yet."), key=lambda sheet: sheet.given_id
        )
        self._receipts: TableCard[ReceiptLine] = TableCard(_("Receipts"), receipts, _("No receipt was made yet."), key=lambda receipt: receipt.id)
        self._sheets.opened.connect(self._open_sheet)
        self._receipts.opened.connect(partial(_open_receipt, parts))
        super().__init__(self._sheets, self._receipts, parent=parent)

    def show_file(self, file: PatientFile) -> None:
        """The newest first."""
        self._sheets.show_rows(file.sheets)
        self._receipts.show_rows(file.receipts)

    def _when(self, sheet: SheetLine) -> str:
        wall = self._parts.practice.wall(sheet.at)
        return f"{full_day(wall.date())}, {clock_time_full(wall)}"

    def _open_sheet(self, sheet: SheetLine) -> None:
        if self._parts.may("hand_out"):
            self._parts.open_panel(SheetRequest(sheet.visit_id, sheet.language))


class MoneyPage(Page):
    """The account: every entry, the balance in the head."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        self._parts = parts
        self._patient_id = 0
        columns: tuple[Column[LedgerLine], ...] = (
            Column(_("Day"), self._day, weight=600),
            Column(_("What"), _entry_words, ink=_entry_ink),
            Column(_("Detail"), _entry_detail, ink="ink-soft", stretch=1),
            Column(_("By"), lambda entry: entry.by),
            Column(_("Charged"), lambda entry: dollars(entry.cents) if entry.cents > 0 else "", align="right", ink=_entry_ink),
            Column(_("Paid"), lambda entry: dollars(-entry.cents) if entry.cents < 0 else "", align="right", ink=_entry_ink),
        )
        pay = Button(_("Take a payment"), "text")
        pay.clicked.connect(self._pay)
        if not parts.may("take_money"):
            pay.hide()
        self._card: TableCard[LedgerLine] = TableCard(_("Account"), columns, _("Nothing was charged or paid yet."), key=lambda entry: entry.id, action=pay)
        self._card.opened.connect(self._open)
        super().__init__(self._card, parent=parent)

    def show_file(self, file: PatientFile) -> None:
        """The newest first."""
        self._patient_id = file.record.id
        balance = _("balance {amount}").format(amount=dollars(file.banner.balance_cents))
        self._card.show_rows(sorted(file.ledger, key=lambda entry: -entry.id), balance)

    def _day(self, entry: LedgerLine) -> str:
        return month_day(self._parts.practice.wall(entry.at).date(), self._parts.practice.today())

    def _open(self, entry: LedgerLine) -> None:
        if entry.receipt_id is not None:
            self._parts.open_panel(ReceiptRequest(entry.receipt_id))

    def _pay(self) -> None:
        self._parts.open_panel(PaymentRequest(self._patient_id))


def note_chip(note: NoteLine) -> ChipView:
    """The state of a note."""
    if not note.is_intact:
        return ChipView(_("Seal broken"), "cinnabar", "warning")
    chips = {
        "draft": ChipView(_("Draft, not signed"), "amber", "note"),
        "signed": ChipView(_("Signed"), "jade", "check"),
        "amended": ChipView(_("Amended"), "indigo"),
        "in_error": ChipView(_("In error"), "cinnabar"),
    }
    return chips.get(note.state, ChipView(note.state))


def _sheet_chip(sheet: SheetLine) -> ChipView:
    kind = "jade" if sheet.state == "given" else "neutral"
    return ChipView(_(_SHEET_STATES.get(sheet.state, sheet.state)), kind)


def _entry_ink(entry: LedgerLine) -> str:
    return "ink-faint" if entry.is_reversed or entry.reverses_id is not None else "ink"


def _entry_words(entry: LedgerLine) -> str:
    """What was charged, or how it was paid."""
    return entry.words or _(_TENDERS.get(entry.tender, N_("Payment")))


def _entry_detail(entry: LedgerLine) -> str:
    taken_back = _("taken back") if entry.is_reversed else ""
    return ", ".join(part for part in (entry.detail, entry.reason, entry.reference, taken_back) if part)


def _open_receipt(parts: DeskParts, receipt: ReceiptLine) -> None:
    parts.open_panel(ReceiptRequest(receipt.id))
