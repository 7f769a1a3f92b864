"""Packages that were sold and are open: whose, how many sessions are left, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.boards import sold
from pulse_desktop.clinic.boards.sold import OpenPackage
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.places import PatientPlace
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.table import Table

_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class _Filter:
    only_ending: bool = False


class SoldPackages(QWidget):
    """The open packages of all patients; Enter opens the patient's file."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._filter = _Filter()
        self._all: tuple[OpenPackage, ...] = ()
        self._model: RowsModel[OpenPackage] = RowsModel(self._columns(), key=lambda line: line.package.id, parent=self)
        self._table = Table(self._model, row=52, label=_("Open packages"))
        self._table.opened.connect(self._open)
        self._card = Card()
        self._card.setSizePolicy(self._card.sizePolicy().Policy.Preferred, self._card.sizePolicy().Policy.Expanding)
        self._card.body.addWidget(self._table)
        self._empty = EmptyPlace(_("No open package here"), _("What is sold stands here until its last session is used or its last day is over."))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty, 1)

    def reload(self) -> None:
        """Ask the clinic anew."""
        self._parts.work.look(sold.open_packages, then=self._take, latest="sold")

    def show_only_ending(self, only_ending: bool) -> None:  # noqa: FBT001 - says itself at the call
        """Only those that end within thirty days."""
        self._filter = _Filter(only_ending)
        self._show()

    def _take(self, lines: tuple[OpenPackage, ...]) -> None:
        self._all = lines
        self._show()

    def _show(self) -> None:
        horizon = self._parts.practice.today() + timedelta(days=_SOON_DAYS)
        wanted = tuple(
            line for line in self._all if not self._filter.only_ending or (line.package.good_through is not None and line.package.good_through <= horizon)
        )
        self._model.show_rows(wanted)
        self._card.setVisible(bool(wanted))
        self._empty.setVisible(not wanted)

    def _columns(self) -> tuple[Column[OpenPackage], ...]:
        return (
            Column(_("Patient"), lambda line: line.patient, weight=600, detail=lambda line: line.number, stretch=1),
            Column(_("Package"), lambda line: line.package.name),
            Column(_("Used"), lambda line: str(line.package.used), align="right"),
            Column(_("Booked"), lambda line: str(line.package.held), align="right"),
            Column(_("Left"), lambda line: str(line.package.left), align="right", weight=600),
            Column(_("Good through"), self._good_words),
            Column(_("Paid"), lambda line: dollars(line.package.paid_cents), align="right"),
        )

    def _good_words(self, line: OpenPackage) -> str:
        last = line.package.good_through
        return _("no end") if last is None else month_day(last, self._parts.practice.today())

    def _open(self, line: OpenPackage) -> None:
        self._parts.go_to(PatientPlace(line.package.patient_id))
