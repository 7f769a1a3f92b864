"""Putting a package on the price list, or changing one; what was sold before keeps its own terms."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import packages
from pulse_desktop.clinic.packages.values import Cover, Offer, OfferDraft
from pulse_desktop.clinic.practice.values import Service
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.forms.typed_fields import MoneyField
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.places import OfferRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.ticks import Tick


class OfferPanel(SidePanel):
    """Name, sessions, price, how long it is good, and what a session pays for."""

    def __init__(self, parts: DeskParts, request: OfferRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Package on the price list"), primary=_("Save package"), parent=parent)
        self._parts, self._request = parts, request
        self._offer: Offer | None = None
        self._form = Form()
        self._form.text("name", _("Name"), hint=_("Ten visits"), required=True)
        with self._form.row():
            self._form.number("sessions", _("Sessions"), smallest=1, largest=200, required=True)
            self._form.money("price_cents", _("Price"), required=True)
        self._form.number("good_months", _("Good for, months (empty: no end)"), smallest=1, largest=120)
        self._on_sale = self._form.tick("active", _("On sale"), ticked=True)
        self.body.addWidget(self._form)
        self.body.addWidget(Label(_("What a session pays for"), "section"))
        self._covers: list[_CoverRow] = []
        for service in parts.practice.data.services:
            if service.active:
                row = _CoverRow(service)
                row.tick.toggled.connect(self._keep)
                self._covers.append(row)
                self.body.addWidget(row)
        self._trouble = Paragraph("", "secondary", "cinnabar", weight=500)
        self.body.addWidget(self._trouble)
        self._form.changed.connect(self._keep)
        self.confirmed.connect(self._save)
        if request.offer_id is not None:
            parts.work.look(packages.offers, True, then=self._fill)

    def _fill(self, offers: tuple[Offer, ...]) -> None:
        self._offer = next((offer for offer in offers if offer.id == self._request.offer_id), None)
        if self._offer is None:
            return
        offer = self._offer
        values: dict[str, Any] = {
            "name": offer.name,
            "sessions": offer.sessions,
            "price_cents": offer.price_cents,
            "good_months": offer.good_months,
            "active": offer.active,
        }
        self._form.fill(values)
        covers = {cover.service_id: cover for cover in offer.covers}
        for row in self._covers:
            row.show_cover(covers.get(row.service.id))
        self.has_draft = False

    def _keep(self) -> None:
        self.has_draft = True
        self.name = _("Package, {name}").format(name=self._form.fields["name"].draft() or "…")

    def _save(self) -> None:
        values = self._form.read()
        if values is None:
            return
        covers = tuple(cover for row in self._covers if (cover := row.cover()) is not None)
        draft = OfferDraft(
            values["name"], values["sessions"], values["price_cents"], covers, values["good_months"],
            id=self._offer.id if self._offer else None, version=self._offer.version if self._offer else 0, active=values["active"],
        )  # fmt: skip
        self.primary.setEnabled(False)
        self._parts.work.do(packages.save_offer, draft, then=self._saved, refused=self._refused)

    def _saved(self, _done: object) -> None:
        self.has_draft = False
        self._parts.toast(_("{name} is on the price list").format(name=self._form.fields["name"].draft()))
        self.close()

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        if not self._form.refuse(problem):
            self._parts.sentence(problem, self._trouble.set_words)


class _CoverRow(QWidget):
    """One service: ticked it is covered; with a price that price is charged instead of the usual one."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service
        self.tick = Tick(service.name)
        self.price = MoneyField(_("charged at"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tick, 1)
        row.addWidget(Label(dollars(service.price_cents), "secondary", "ink-soft"))
        if service.is_addon:
            row.addWidget(self.price)
            self.price.setFixedWidth(104)

    def show_cover(self, cover: Cover | None) -> None:
        """Show what the offer says of this service."""
        self.tick.blockSignals(True)
        self.tick.setChecked(cover is not None)
        self.tick.blockSignals(False)
        if cover is not None and cover.price_cents:
            self.price.set_value(cover.price_cents)

    def cover(self) -> Cover | None:
        """What was chosen; an add-on rides on the visit's session and uses none of its own."""
        if not self.tick.isChecked():
            return None
        price = int(self.price.value() or 0) if self.service.is_addon else 0
        return Cover(self.service.id, price, uses_session=not self.service.is_addon)
