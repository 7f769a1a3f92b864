"""The package worth proposing: price and saving, one key to add it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.packages.values import Offer
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Icon, Label


class OfferStrip(Card):
    """An amber field of two lines with "Add" at the right."""

    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="amber-tint", edge="amber-tint", parent=parent)
        self._lead, self._detail = Label("", weight=600), Label("", "secondary", "ink-soft")
        add = Button(_("Add"), "text", ink="amber", keys="F7")
        add.clicked.connect(self.added)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._lead)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(Icon("packages", "amber"))
        row.addLayout(words, 1)
        row.addWidget(add)
        self.body.addLayout(row)

    def show_offer(self, offer: Offer | None) -> None:
        """Propose `offer`; None hides the strip."""
        self.setVisible(offer is not None)
        if offer is None:
            return
        self._lead.set_words(_("Sell {name}, {price}").format(name=offer.name, price=dollars(offer.price_cents)))
        detail = _("{count} single visits: {singles}. Saves {saving}.")
        self._detail.set_words(
            detail.format(count=offer.sessions, singles=dollars(offer.single_cents), saving=dollars(offer.saving_cents))
        )
        self.setAccessibleName(f"{self._lead.text()}. {self._detail.text()}")
