"""What travels of money. The ledger only grows; balances are sums over it; corrections are reversing entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tender(StrEnum):
    """How money came in."""

    CARD = "card"
    CASH = "cash"
    CHECK = "check"
    TRANSFER = "transfer"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a patient owes for: `kind` service, package, product, tax, fee."""

    patient_id: int
    office_id: int
    kind: str
    words: str
    cents: int
    visit_id: int | None = None
    service_id: int | None = None
    package_id: int | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One tender of a payment; `reference` is the terminal's or the check's number, never a card number."""

    tender: Tender
    cents: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken from a patient on account."""

    patient_id: int
    office_id: int
    lines: tuple[PaymentLine, ...]
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry: charges positive, payments negative, so that the balance is their sum. `reverses_id` points at what it takes back."""

    id: int
    patient_id: int
    office_id: int
    visit_id: int | None
    package_id: int | None
    kind: str
    words: str
    cents: int
    tender: str
    reference: str
    at: datetime
    by: str
    receipt_id: int | None
    reverses_id: int | None
    is_reversed: bool
    quantity: int = 1
    unit_cents: int = 0
    detail: str = ""
    """What stands under the words: "Ten visits: session 3 of 10"."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt in lists; its entries are ledger lines."""

    id: int
    number: str
    patient_id: int
    office_id: int
    visit_id: int | None
    at: datetime
    by: str
    total_cents: int
    paid_cents: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """Take back ledger entries with a reason; the program writes the reversing entries itself."""

    entry_ids: tuple[int, ...]
    reason: str
