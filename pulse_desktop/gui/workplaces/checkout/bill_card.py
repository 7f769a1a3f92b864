"""The bill: what was done, what covers it, what is left to pay."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.boards.values import CheckoutLine, CheckoutSheet
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import Chip, ChipView
from pulse_desktop.gui.parts.labels import Label, Rule
from pulse_desktop.gui.parts.theme import theme


class BillCard(Card):
    """Lines of 48 px (36 without a second line) and the sum on sunken ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Bill"))

    def show_sheet(self, sheet: CheckoutSheet) -> None:
        """Show every line anew."""
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line in sheet.lines:
            self.body.addWidget(_line_row(line))
            self.body.addWidget(Rule())
        if sheet.due_before_cents:
            words = _("Balance from before") if sheet.due_before_cents > 0 else _("Credit from before")
            self.body.addWidget(_line_row(CheckoutLine(words, "", sheet.due_before_cents, is_covered=False)))
            self.body.addWidget(Rule())
        self.body.addWidget(_Sum(sheet.total_cents))


def _line_row(line: CheckoutLine) -> QWidget:
    row = QWidget()
    row.setAccessibleName(f"{line.name}, {_('covered') if line.is_covered else dollars(line.cents)}")
    layout = QHBoxLayout(row)
    layout.setContentsMargins(12, 0, 12, 0)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(Label(line.name))
    if line.words:
        words.addWidget(Label(line.words, "secondary", "ink-soft"))
    words.addStretch(1)
    layout.addLayout(words, 1)
    if line.is_covered:
        layout.addWidget(Chip(ChipView(_("covered"), "jade", "packages")))
    else:
        layout.addWidget(Label(dollars(line.cents)))
    row.setFixedHeight(theme().tall(48 if line.words else 36, lines=2 if line.words else 1))
    return row


class _Sum(Card):
    """What is to be paid ("To pay $47.80"), or what stays as credit."""

    def __init__(self, cents: int) -> None:
        super().__init__(ground="sunken", edge="sunken", radius=5)
        words = _("To pay") if cents >= 0 else _("Stays as credit")
        row = QHBoxLayout()
        row.setContentsMargins(11, 0, 11, 0)
        row.addWidget(Label(words, weight=600))
        row.addStretch(1)
        row.addWidget(Label(dollars(abs(cents)), "title"))
        self.body.addLayout(row)
        self.setFixedHeight(theme().tall(48, 28))
        self.setAccessibleName(f"{words} {dollars(abs(cents))}")
