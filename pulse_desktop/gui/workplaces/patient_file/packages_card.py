"""The patient's packages: squares, the sentence, what is paid; those that are over in one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.packages.rules import counts_words, soonest_first
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.chips import Chip, ChipView
from pulse_desktop.gui.parts.labels import Label, Paragraph, Rule
from pulse_desktop.gui.parts.package_dots import PackageDots
from pulse_desktop.gui.workplaces.patient_file.file_words import finished_words
from pulse_desktop.gui.workplaces.patient_file.lines_card import LinesCard


class PackagesCard(LinesCard):
    """Open packages first, in the order in which they are used up."""

    sale_asked = Signal()

    def __init__(self, action: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Packages"), action, parent)
        self.button.clicked.connect(self.sale_asked)

    def show_packages(self, packages: Sequence[PackageLine], today: date) -> None:
        """Show these; those that are over stand last."""
        self.show_lines((), "" if packages else _("No package was bought yet."))
        still_open = [line for line in soonest_first(packages) if line.is_open(today)]
        over = [line for line in packages if not line.is_open(today)]
        blocks = [*(_open_block(line, today) for line in still_open), *(_over_block(line, today) for line in over)]
        for number, block in enumerate(blocks):
            if number:
                self.body.addWidget(Rule())
            self.body.addWidget(block)


def _open_block(package: PackageLine, today: date) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(16, 0, 16, 12)
    column.setSpacing(8)
    head = QHBoxLayout()
    head.addWidget(Label(package.name, weight=600), 1)
    head.addWidget(Label(paid_words(package), align=drawing.RIGHT))
    column.addLayout(head)
    column.addWidget(PackageDots(package.used + package.forfeited, package.held, package.left))
    column.addWidget(Paragraph(sentence_words(package, today), "secondary", "ink-soft"))
    return block


def _over_block(package: PackageLine, today: date) -> QWidget:
    block = QWidget()
    row = QHBoxLayout(block)
    row.setContentsMargins(16, 12, 16, 12)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(package.name, weight=600))
    words.addWidget(Label(finished_words(package, today), "secondary", "ink-soft"))
    row.addLayout(words, 1)
    row.addWidget(Chip(ChipView(_("Finished") if package.left <= 0 else _("Ended"))))
    return block


def paid_words(package: PackageLine) -> str:
    """"$900.00 paid in full", "$450.00 of $900.00 paid"."""
    if package.paid_cents >= package.price_cents:
        return _("{price} paid in full").format(price=dollars(package.price_cents))
    return _("{paid} of {price} paid").format(paid=dollars(package.paid_cents), price=dollars(package.price_cents))


def sentence_words(package: PackageLine, today: date) -> str:
    """"2 used, 1 booked, 7 left. Good through Mar 31, 2027 (that day counts)."."""
    counts = counts_words(package)
    if package.good_through is None:
        return f"{counts}."
    return _("{counts}. Good through {day} (that day counts).").format(counts=counts, day=month_day(package.good_through, today))
