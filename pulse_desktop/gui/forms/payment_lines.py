"""Taking money: one or more tenders that add up.

    lines = PaymentLines(); lines.ask_for(4780)
    lines.read()          # tuple[PaymentLine, ...], or None when something cannot be read; it then says so
    lines.changed         # a Signal

The first tender is filled with what is asked for; "Split" adds another for the rest. Only a terminal's or a check's
number is asked for, never a card number.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.gui.forms.fields import ChoiceField, TextField
from pulse_desktop.gui.forms.typed_fields import MoneyField
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.segments import Segments


def tender_words() -> tuple[tuple[Tender, str, str], ...]:
    """Tenders in the order of the till: value, word, icon."""
    return (
        (Tender.CARD, _("Card"), "card"),
        (Tender.CASH, _("Cash"), "cash"),
        (Tender.CHECK, _("Check"), ""),
        (Tender.TRANSFER, _("Transfer"), ""),
    )


class PaymentLines(QWidget):
    """The payment block of check-out, sale and payment on account."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = 0
        self._lines: list[_Line] = []
        self._split = Link(_("split with +"))
        self._split.setAccessibleName(_("Split the payment"))
        self._split.clicked.connect(self.split)
        self._tender = Segments([(word, icon) for _key, word, icon in tender_words()], _("How it is paid"))
        self._tender.chosen.connect(self._take_tender)
        self._rest = Label("", "secondary", "ink-soft", align=Qt.AlignmentFlag.AlignRight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Label(_("Payment"), "secondary", "ink-soft", weight=500))
        head.addStretch(1)
        head.addWidget(self._split)
        self._column.addLayout(head)
        self._column.addWidget(self._tender)
        self._column.addWidget(self._rest)
        self._add(Tender.CARD)

    def ask_for(self, cents: int) -> None:
        """The sum to pay; a single untouched tender takes it over."""
        self._asked = cents
        if len(self._lines) == 1 and not self._lines[0].was_touched:
            self._lines[0].amount.set_value(cents)
        self._say_rest()

    def split(self) -> None:
        """Another tender for what is left."""
        left = max(0, self._asked - self._sum())
        last = self._lines[-1].tender.value()
        self._add(Tender.CASH if last != Tender.CASH else Tender.CARD).amount.set_value(left)
        self._lines[-1].amount.edit.setFocus()
        self._lines[-1].amount.edit.selectAll()
        self._say_rest()

    def read(self) -> tuple[PaymentLine, ...] | None:
        """All tenders with an amount; None when one cannot be read, which it then says under the field."""
        found = [line.read() for line in self._lines]
        return None if None in found else tuple(line for line in found if line is not None and line.cents)

    def entered(self) -> int:
        """Cents entered so far; change on cash is not counted."""
        return min(self._sum(), self._asked) if self._asked else self._sum()

    def refuse(self, words: str) -> None:
        """Say why this payment cannot stand."""
        self._lines[-1].amount.refuse(words)

    def _add(self, tender: Tender) -> _Line:
        line = _Line(tender, is_first=not self._lines)
        line.changed.connect(self._hear)
        self._lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        return line

    def _take_tender(self, at: int) -> None:
        self._lines[0].tender.set_value(tender_words()[at][0])
        self._lines[0].show_reference()
        self.changed.emit()

    def _sum(self) -> int:
        return sum(line.cents() for line in self._lines)

    def _hear(self) -> None:
        self._say_rest()
        self.changed.emit()

    def _say_rest(self) -> None:
        rest = self._asked - self._sum()
        if rest > 0:
            self._rest.set_words(_("{amount} still open").format(amount=dollars(rest)))
        elif rest < 0 and any(line.tender.value() == Tender.CASH for line in self._lines):
            self._rest.set_words(_("{amount} change").format(amount=dollars(-rest)))
        else:
            self._rest.set_words("")


class _Line(QWidget):
    """One tender: what, how much, its number at the terminal."""

    changed = Signal()

    def __init__(self, tender: Tender, *, is_first: bool) -> None:
        super().__init__()
        self.was_touched = False
        self.tender = ChoiceField(_("Tender"), [(key, word) for key, word, _icon in tender_words()])
        self.amount = MoneyField(_("Amount"))
        self.reference = TextField(_("Terminal reference"), hint=_("optional"))
        self.tender.set_value(tender)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.tender, 3)
        row.addWidget(self.amount, 3)
        row.addWidget(self.reference, 5)
        self.tender.setVisible(not is_first)
        for field in (self.tender, self.reference):
            field.changed.connect(self.changed)
        self.amount.changed.connect(self._touch)
        self.tender.changed.connect(self.show_reference)
        self.show_reference()

    def show_reference(self) -> None:
        """Cash has no number."""
        self.reference.setVisible(self.tender.value() != Tender.CASH)

    def cents(self) -> int:
        """The amount as far as it can be read."""
        try:
            return int(self.amount.value() or 0)
        except ValueError:
            return 0

    def read(self) -> PaymentLine | None:
        """The tender, or None when the amount cannot be read."""
        try:
            cents = int(self.amount.value() or 0)
        except ValueError as error:
            self.amount.refuse(str(error))
            return None
        return PaymentLine(self.tender.value(), cents, self.reference.value() if self.reference.isVisible() else "")

    def _touch(self) -> None:
        self.was_touched = True
        self.changed.emit()
