"""One offer told in full: price, saving, what it covers, what comes back when it is returned."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic.packages.values import Cover, Offer
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import Chip, ChipView
from pulse_desktop.gui.parts.labels import Label, Paragraph, Rule
from pulse_desktop.gui.parts.theme import theme

_PRICE = 80


def months_words(months: int | None) -> str:
    """"6 months", or "no end" for a package without an end."""
    return _("no end") if months is None else ngettext("{count} month", "{count} months", months).format(count=months)


def cover_words(cover: Cover, practice: PracticeData) -> str:
    """"covered", "$25.00 instead of $35.00"."""
    if cover.price_cents == 0:
        return _("covered")
    usual = practice.service(cover.service_id).price_cents
    return _("{price} instead of {usual}").format(price=dollars(cover.price_cents), usual=dollars(usual))


class OfferCard(Card):
    """The card at the right of the price list. `sold` asks to sell this offer, `change_asked` to edit it."""

    sold = Signal(int)
    change_asked = Signal(int)

    def __init__(self, *, may_sell: bool, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Package"), action=Chip(ChipView(_("On sale"), "jade")), parent=parent)
        self._offer: Offer | None = None
        self._facts = QVBoxLayout()
        self.body.addLayout(self._facts)
        self.body.addStretch(1)
        self._sell = Button(_("Sell"), "primary", icon="gift", keys="F7")
        self._change = Button(_("Change offer"))
        self._sell.clicked.connect(self._ask_sale)
        self._change.clicked.connect(self._ask_change)
        self.body.addWidget(Rule())
        self.body.addLayout(self._foot())
        self._sell.setVisible(may_sell)
        self._change.setVisible(may_change)

    def show_offer(self, offer: Offer, practice: PracticeData) -> None:
        """Tell everything about `offer`."""
        self._offer = offer
        self.set_title(offer.name)
        self._sell.set_words(_("Sell {name}").format(name=offer.name))
        facts = Card()
        facts.set_colours("raised", "raised")
        share = f", {round(100 * offer.saving_cents / offer.single_cents)}%" if offer.single_cents else ""
        facts.add_fact(_("Price"), dollars(offer.price_cents), strong=True)
        facts.add_fact(_("{count} single visits").format(count=offer.sessions), dollars(offer.single_cents))
        facts.add_fact(_("Saving"), dollars(offer.saving_cents) + share, ink="jade", strong=True)
        for cover in offer.covers:
            facts.add_fact(practice.service(cover.service_id).name, cover_words(cover, practice))
        facts.add_fact(_("Other services"), _("charged"))
        facts.add_fact(_("Offices"), _(" and ").join(office.name for office in practice.offices if office.active))
        good = _("no end") if offer.good_months is None else _("{months}, last day counts").format(months=months_words(offer.good_months))
        facts.add_fact(_("Good for"), good)
        self._put(facts)

    def ask_sale(self) -> None:
        """F7 wherever the price list has the keys."""
        self._ask_sale()

    def _put(self, facts: Card) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._facts.addWidget(facts)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(self._change)
        foot.addStretch(1)
        foot.addWidget(self._sell)
        return foot

    def _ask_sale(self) -> None:
        if self._offer is not None and self._sell.isVisible():
            self.sold.emit(self._offer.id)

    def _ask_change(self) -> None:
        if self._offer is not None:
            self.change_asked.emit(self._offer.id)


class SingleVisits(Card):
    """The prices of single visits, three beside each other."""

    edit_asked = Signal()

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        edit = Button(_("Edit services"), "text")
        super().__init__(_("Single visits"), action=edit, parent=parent)
        edit.setVisible(may_edit)
        edit.clicked.connect(self.edit_asked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addWidget(Rule())
        self._note = Paragraph("", "secondary", "ink-soft")
        self._note.setContentsMargins(0, 12, 0, 0)
        self.add_padded(self._note)

    def show_services(self, practice: PracticeData) -> None:
        """All services on sale with their prices."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        offices = sum(office.active for office in practice.offices)
        self._note.set_words(ngettext("Prices of one visit.", "The same price at every office.", offices))
        services = [service for service in practice.services if service.active]
        for start in range(0, len(services), 3):
            self._rows.addWidget(_price_row([(service.name, service.price_cents) for service in services[start : start + 3]]))


def _price_row(prices: list[tuple[str, int]]) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Rule())
    band = Band(39)
    line = QHBoxLayout(band)
    line.setContentsMargins(16, 0, 16, 0)
    line.setSpacing(32)
    for name, cents in prices + [("", -1)] * (3 - len(prices)):
        cell = QHBoxLayout()
        price = Label(dollars(cents) if cents >= 0 else "", weight=600, align=drawing.RIGHT)
        price.setMinimumWidth(theme().sized(_PRICE))
        cell.addWidget(Label(name), 1)
        cell.addWidget(price)
        line.addLayout(cell, 1)
    column.addWidget(band)
    return row
