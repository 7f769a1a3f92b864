"""The packages screen: the price list at the left, one chosen offer at the right; or what was sold."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.clinic import packages
from pulse_desktop.clinic.packages.values import Offer, PackageTotals
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.bars import ToolRow
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.places import OfferRequest, PackagesPlace, Place, SaleRequest, SettingsPlace
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.side_by_side import SideBySide
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.workplaces.packages.offer_card import OfferCard, SingleVisits, months_words
from pulse_desktop.gui.workplaces.packages.sold import SoldPackages

_LIST, _SOLD, _ENDING = range(3)
_CARD_WIDTH = 376


class PackagesScreen(Screen):
    """Price list, sold packages, packages that end soon."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._wanted: int | None = None
        self._most_saved = 1
        self.setAccessibleName(_("Packages"))
        self._tools = ToolRow(_("Packages"))
        self._views = Segments([_("Price list"), _("Sold"), _("Ending soon")], _("What to show"))
        self._views.chosen.connect(self._show_view)
        self._tools.add(self._views)
        if parts.may("set_up"):
            self._tools.add(self._new_offer_button())
        self._stack = QStackedWidget()
        self._sold = SoldPackages(parts)
        self._stack.addWidget(self._price_list())
        self._stack.addWidget(self._sold)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._tools)
        whole.addWidget(self._stack, 1)
        parts.actions.install(ACTIONS, self)
        parts.practice.changed.connect(self._show_services)
        self._show_services()
        Follows(self, parts.live, {"package_offer", "package", "credit_entry", "service", "ledger_entry"}, self.reload)
        self.reload()

    def show_place(self, place: Place) -> None:
        if isinstance(place, PackagesPlace) and place.offer_id is not None:
            self._wanted = place.offer_id
            self._table.choose(place.offer_id)

    def take_focus(self) -> None:
        self._table.setFocus()

    def reload(self) -> None:
        """Ask the clinic anew."""
        self._parts.work.look(packages.offers, then=self._show_offers, latest="offers")
        self._parts.work.look(packages.totals, then=self._show_totals, latest="totals")
        self._sold.reload()

    def sell(self) -> None:
        """Sell the chosen offer."""
        line = self._table.current_line
        self._parts.open_panel(SaleRequest(offer_id=line.id if line else None))

    def _price_list(self) -> QWidget:
        self._model: RowsModel[Offer] = RowsModel(self._columns(), key=lambda offer: offer.id, parent=self)
        self._table = Table(self._model, row=52, label=_("Price list"), whole=True)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(self._open)
        self._singles = SingleVisits(may_edit=self._parts.may("set_up"))
        self._singles.edit_asked.connect(partial(self._parts.go_to, SettingsPlace("services")))
        self._empty = EmptyPlace(
            _("No package is on the price list yet"),
            _("A package sells several visits at once for less than they cost singly."),
            _("Add a package") if self._parts.may("set_up") else "",
        )
        self._empty.asked.connect(partial(self._parts.open_panel, OfferRequest()))
        self._table_card = Card()
        self._table_card.body.addWidget(self._table)
        self._offer = OfferCard(may_sell=self._parts.may("sell"), may_change=self._parts.may("set_up"))
        self._offer.setSizePolicy(self._offer.sizePolicy().horizontalPolicy(), self._offer.sizePolicy().Policy.Expanding)
        self._offer.sold.connect(self._sell_offer)
        self._offer.change_asked.connect(self._change_offer)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._table_card)
        left.addWidget(self._empty)
        left.addWidget(self._singles)
        left.addStretch(1)
        inner = QWidget()
        padded = QVBoxLayout(inner)
        padded.setContentsMargins(12, 12, 12, 12)
        padded.addWidget(SideBySide(left, self._offer, _CARD_WIDTH, 12))
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(inner)
        return scroller

    def _columns(self) -> tuple[Column[Offer], ...]:
        practice = self._parts.practice
        return (
            Column(_("Package"), lambda offer: offer.name, weight=600, detail=lambda offer: covers_words(offer, practice.data), stretch=1),
            Column(_("Visits"), lambda offer: str(offer.sessions), align="right"),
            Column(_("Price"), lambda offer: dollars(offer.price_cents), align="right", weight=600),
            Column(_("Each"), lambda offer: dollars(offer.price_cents // offer.sessions), align="right"),
            Column(
                _("Saves against single visits"),
                lambda offer: dollars(offer.saving_cents),
                weight=600,
                ink="jade",
                bar=lambda offer: offer.saving_cents / self._most_saved,
            ),
            Column(_("Good for"), lambda offer: months_words(offer.good_months)),
            Column(_("Open now"), lambda offer: str(offer.open_now), align="right"),
        )

    def _new_offer_button(self) -> Button:
        button = Button(_("New package"), icon="add")
        button.clicked.connect(partial(self._parts.open_panel, OfferRequest()))
        return button

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._most_saved = max((offer.saving_cents for offer in offers), default=0) or 1
        self._model.show_rows(offers)
        for widget in (self._table_card, self._offer):
            widget.setVisible(bool(offers))
        self._empty.setVisible(not offers)
        if offers and self._table.current_line is None:
            self._table.choose(self._wanted if self._wanted is not None else offers[0].id)
        elif (line := self._table.current_line) is not None:
            self._choose(line)

    def _show_totals(self, totals: PackageTotals) -> None:
        counts = ngettext("{count} open", "{count} open", totals.open_packages).format(count=totals.open_packages)
        owed = ngettext("{count} session owed", "{count} sessions owed", totals.sessions_owed).format(count=totals.sessions_owed)
        self._tools.set_title(_("Packages"), _("{open}, {owed}, worth {worth}").format(open=counts, owed=owed, worth=dollars(totals.worth_cents)))

    def _show_services(self) -> None:
        self._singles.show_services(self._parts.practice.data)

    def _show_view(self, view: int) -> None:
        self._stack.setCurrentIndex(0 if view == _LIST else 1)
        self._sold.show_only_ending(view == _ENDING)

    def _choose(self, offer: Offer | None) -> None:
        if offer is not None:
            self._offer.show_offer(offer, self._parts.practice.data)

    def _open(self, offer: Offer) -> None:
        self._sell_offer(offer.id)

    def _sell_offer(self, offer_id: int) -> None:
        if self._parts.may("sell"):
            self._parts.open_panel(SaleRequest(offer_id=offer_id))

    def _change_offer(self, offer_id: int) -> None:
        self._parts.open_panel(OfferRequest(offer_id))


def covers_words(offer: Offer, practice: PracticeData) -> str:
    """"Acupuncture 60, cupping 15 at $25.00"."""
    words = []
    for cover in offer.covers:
        name = practice.service(cover.service_id).name.removeprefix("+ ")
        words.append(name if not cover.price_cents else _("{service} at {price}").format(service=name, price=dollars(cover.price_cents)))
    return ", ".join(words)


ACTIONS = (Action("package.sell", N_("Sell the chosen package"), icon="gift", keys="F7", needs="sell", run=PackagesScreen.sell),)
