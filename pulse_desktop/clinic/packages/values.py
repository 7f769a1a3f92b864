"""What travels of packages and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cover:
    """What a package does for one service: price_cents 0 is covered by a session, else that price is charged instead."""

    service_id: int
    price_cents: int = 0
    uses_session: bool = True


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """A package on the price list as entered. `good_months` None never expires; the last day counts."""

    name: str
    sessions: int
    price_cents: int
    covers: tuple[Cover, ...]
    good_months: int | None = 6
    id: int | None = None
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """A package on the price list. `single_cents` is what its sessions cost as single visits; the saving is computed, never typed."""

    id: int
    version: int
    name: str
    sessions: int
    price_cents: int
    covers: tuple[Cover, ...]
    good_months: int | None
    single_cents: int
    open_now: int
    active: bool = True

    @property
    def saving_cents(self) -> int:
        """Saved against single visits, never below nothing."""
        return max(0, self.single_cents - self.price_cents)


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package a patient bought, with its session balance summed over the ledger."""

    id: int
    patient_id: int
    offer_id: int
    name: str
    price_cents: int
    paid_cents: int
    sessions: int
    used: int
    held: int
    forfeited: int
    sold_on: date
    good_through: date | None
    office_id: int
    covers: tuple[Cover, ...]

    @property
    def left(self) -> int:
        """Sessions neither used, booked nor forfeited."""
        return self.sessions - self.used - self.held - self.forfeited

    def is_open(self, day: date) -> bool:
        """May still be used on `day` (the last day counts)."""
        return self.left + self.held > 0 and (self.good_through is None or day <= self.good_through)


@dataclass(frozen=True, slots=True)
class HoldSession:
    """Keep one session of a package for a booked visit."""

    package_id: int
    visit_id: int


@dataclass(frozen=True, slots=True)
class PackageTotals:
    """The line above the price list."""

    open_packages: int
    sessions_owed: int
    worth_cents: int
