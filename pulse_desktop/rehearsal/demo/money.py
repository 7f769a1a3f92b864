"""Receipts, ledger and packages of visits that were paid: every balance comes out even, as after an honest day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pulse_desktop.basics.ids import new_id
from pulse_desktop.clinic.money.posting import FIRST_RECEIPT
from pulse_desktop.clinic.money.tables import LedgerEntry, Receipt
from pulse_desktop.clinic.packages.tables import CreditEntry, Package
from pulse_desktop.rehearsal.demo.rows import MINUTE, Cast, Shape
from pulse_desktop.rehearsal.demo.values import Plan, Row
from pulse_desktop.storage.bulk import Filling

PACKAGE_BUYERS = 5
"""Every so many patients buy packages for what a package covers."""
_RECEIPT = ("id", "number", "patient_id", "office_id", "visit_id", "at", "by_id")
_ENTRY = (
    "id", "patient_id", "office_id", "visit_id", "service_id", "package_id", "kind", "words", "detail", "cents", "quantity", "unit_cents",
    "tender", "reference", "reason", "at", "by_id", "operation", "receipt_id", "reverses_id",
)  # fmt: skip
_PACKAGE = (
    "id",
    "patient_id",
    "offer_id",
    "office_id",
    "name",
    "sessions",
    "price_cents",
    "covers",
    "sold_on",
    "good_through",
)
_CREDIT = (
    "id",
    "package_id",
    "visit_id",
    "kind",
    "bought",
    "held",
    "used",
    "forfeited",
    "paid_cents",
    "at",
    "by_id",
    "operation",
    "reverses_id",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The package that is sold; `covers` as stored."""

    id: int
    name: str
    sessions: int
    price_cents: int
    covers: str
    service_ids: frozenset[int]


@dataclass(slots=True)
class _Bought:
    """What is left of somebody's newest package."""

    package_id: int
    used: int
    good_through: date


@dataclass(slots=True)
class Till:
    """Gathers the rows of money; numbers go on from visit to visit."""

    cast: Cast
    offer: Offer | None
    operation: str = field(default_factory=new_id)
    receipts: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    packages: list[Row] = field(default_factory=list)
    credits: list[Row] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=lambda: {"receipt": 0, "entry": 0, "package": 0, "credit": 0})
    _bought: dict[int, _Bought] = field(default_factory=dict)

    def add(self, plan: Plan, visit: int, starts: int, shape: Shape) -> None:
        """One visit, checked out: by a session of a package, or by card."""
        at = starts + (shape.minutes + 5) * MINUTE
        patient, office = self.cast.patient_id(plan.patient), self.cast.office_ids[plan.staff]
        bought = self._package(plan, at, shape, patient, office)
        receipt = self._receipt(patient, office, visit, at)
        price, name = shape.service.price_cents, shape.service.name
        common = {"patient": patient, "office": office, "visit": visit, "at": at, "receipt": receipt}
        if bought is not None and self.offer is not None:
            bought.used += 1
            words = f"{self.offer.name}: session {bought.used} of {self.offer.sessions}"
            self._entry(common, "service", 0, price, name, words, service=shape.service.id, package=bought.package_id)
            self._credit(bought.package_id, visit, "used", at, used=1)
            return
        self._entry(common, "service", price, price, name, service=shape.service.id)
        self._entry(common, "payment", -price, 0, tender="card", reference=f"{visit % 1_000_000:06}")

    def flush(self, filling: Filling) -> None:
        """Writes what was gathered."""
        for table, columns, rows in (
            (Receipt, _RECEIPT, self.receipts), (Package, _PACKAGE, self.packages), (LedgerEntry, _ENTRY, self.entries),
            (CreditEntry, _CREDIT, self.credits),
        ):  # fmt: skip
            filling.add(table, columns, rows)
            rows.clear()

    def _package(self, plan: Plan, at: int, shape: Shape, patient: int, office: int) -> _Bought | None:
        """The package that pays for this visit, bought anew when the last one is used up or over."""
        offer = self.offer
        if offer is None or plan.patient % PACKAGE_BUYERS or shape.service.id not in offer.service_ids:
            return None
        bought = self._bought.get(patient)
        if bought is None or bought.used >= offer.sessions or plan.day > bought.good_through:
            bought = self._bought[patient] = self._sold(offer, plan.day, at, patient, office)
        return bought

    def _sold(self, offer: Offer, day: date, at: int, patient: int, office: int) -> _Bought:
        package, good_through = self._next("package"), day + timedelta(days=180)
        terms = (offer.name, offer.sessions, offer.price_cents, offer.covers, day.isoformat(), good_through.isoformat())
        self.packages.append((package, patient, offer.id, office, *terms))
        common = {
            "patient": patient,
            "office": office,
            "visit": None,
            "at": at,
            "receipt": self._receipt(patient, office, None, at),
        }
        self._entry(common, "package", offer.price_cents, offer.price_cents, offer.name, package=package)
        self._entry(common, "payment", -offer.price_cents, 0, tender="card", reference=f"{package % 1_000_000:06}")
        self._credit(package, None, "bought", at, bought=offer.sessions)
        self._credit(package, None, "paid", at, paid=offer.price_cents)
        return _Bought(package, 0, good_through)

    def _receipt(self, patient: int, office: int, visit: int | None, at: int) -> int:
        number = self._next("receipt")
        self.receipts.append((number, FIRST_RECEIPT - 1 + number, patient, office, visit, at, self.cast.desk_id))
        return number

    def _entry(
        self, common: Mapping[str, int | None], kind: str, cents: int, unit: int, words: str = "", detail: str = "", *,
        service: int | None = None, package: int | None = None, tender: str = "", reference: str = "",
    ) -> None:  # fmt: skip
        self.entries.append(
            (
                self._next("entry"), common["patient"], common["office"], common["visit"], service, package, kind, words, detail, cents, 1,
                unit, tender, reference, "", common["at"], self.cast.desk_id, self.operation, common["receipt"], None,
            )
        )  # fmt: skip

    def _credit(
        self, package: int, visit: int | None, kind: str, at: int, *, bought: int = 0, used: int = 0, paid: int = 0
    ) -> None:
        self.credits.append(
            (
                self._next("credit"),
                package,
                visit,
                kind,
                bought,
                0,
                used,
                0,
                paid,
                at,
                self.cast.desk_id,
                self.operation,
                None,
            )
        )

    def _next(self, what: str) -> int:
        self._numbers[what] += 1
        return self._numbers[what]
