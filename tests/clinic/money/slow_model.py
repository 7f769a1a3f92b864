"""How money and sessions must come out, told slowly and once more. Imports nothing of the program on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Posted:
    """A charge (above zero) or a payment (below)."""

    patient: int
    cents: int
    receipt: int
    package: int | None = None
    gone: bool = False


@dataclass
class Bundle:
    """A package: what happened to each of its sessions, by visit."""

    number: int
    patient: int
    sessions: int
    price: int
    service: str
    addon_cents: int
    ends: bool
    by_visit: dict[int, str] = field(default_factory=dict)

    def count(self, what: str) -> int:
        return sum(1 for state in self.by_visit.values() if state == what)

    @property
    def left(self) -> int:
        return self.sessions - len(self.by_visit)


@dataclass
class Seen:
    """A visit: whose, for what, and whether it still stands."""

    patient: int
    services: tuple[str, ...]
    open: bool = True


@dataclass
class Model:
    """The whole clinic's money."""

    prices: dict[str, int]
    entries: list[Posted] = field(default_factory=list)
    bundles: dict[int, Bundle] = field(default_factory=dict)
    visits: dict[int, Seen] = field(default_factory=dict)
    forgiven: set[int] = field(default_factory=set)
    receipts: int = 0

    def owed(self, patient: int) -> int:
        return sum(entry.cents for entry in self.entries if entry.patient == patient and not entry.gone)

    def new_receipt(self) -> int:
        self.receipts += 1
        return self.receipts

    def paid(self, bundle: Bundle) -> int:
        """Cent by cent would be slower still: its own receipt first, then the oldest debt."""
        standing = [entry for entry in self.entries if entry.patient == bundle.patient and not entry.gone]
        open_cents = [max(0, entry.cents) for entry in standing]
        spare = 0
        for receipt in {entry.receipt for entry in standing}:
            money = -sum(entry.cents for entry in standing if entry.receipt == receipt and entry.cents < 0)
            for at, entry in enumerate(standing):
                if entry.receipt == receipt:
                    share = min(money, open_cents[at])
                    open_cents[at] -= share
                    money -= share
            spare += money
        for at in range(len(standing)):
            share = min(spare, open_cents[at])
            open_cents[at] -= share
            spare -= share
        return sum(
            entry.cents - open_cents[at] for at, entry in enumerate(standing) if entry.package == bundle.number and entry.cents > 0
        )

    def usable(self, bundle: Bundle) -> int:
        paid_for = bundle.sessions if bundle.price == 0 else bundle.sessions * min(self.paid(bundle), bundle.price) // bundle.price
        return max(0, min(bundle.left, paid_for - len(bundle.by_visit)))

    def fitting(self, visit: int) -> Bundle | None:
        seen = self.visits[visit]
        able = [one for one in self.bundles.values() if one.patient == seen.patient and one.service in seen.services and self.usable(one) > 0]
        return min(able, key=lambda one: (not one.ends, one.number), default=None)

    def holding(self, visit: int) -> Bundle | None:
        return next((one for one in self.bundles.values() if one.by_visit.get(visit) == "held"), None)

    def bill(self, visit: int, bundle: Bundle | None) -> list[int]:
        cents = []
        for service in self.visits[visit].services:
            if bundle is not None and service == bundle.service:
                cents.append(0)
            elif bundle is not None and service == "+ cupping 15":
                cents.append(min(bundle.addon_cents, self.prices[service]))
            else:
                cents.append(self.prices[service])
        return cents

    def book(self, visit: int, patient: int, services: tuple[str, ...]) -> None:
        self.visits[visit] = Seen(patient, services)
        bundle = self.fitting(visit)
        if bundle is not None:
            bundle.by_visit[visit] = "held"

    def cancel(self, visit: int, *, costs_session: bool) -> str:
        seen, bundle = self.visits[visit], self.holding(visit)
        seen.open = False
        if bundle is None:
            return ""
        if costs_session and seen.patient in self.forgiven:
            bundle.by_visit[visit] = "forfeited"
            return "forfeited"
        del bundle.by_visit[visit]
        if costs_session:
            self.forgiven.add(seen.patient)
            return "forgiven"
        return "released"

    def sell(self, bundle: Bundle, paid: int) -> None:
        receipt = self.new_receipt()
        self.bundles[bundle.number] = bundle
        self.entries.append(Posted(bundle.patient, bundle.price, receipt, bundle.number))
        self._take(bundle.patient, paid, receipt)

    def check_out(self, visit: int, paid: int, extra: int) -> None:
        seen, receipt = self.visits[visit], self.new_receipt()
        bundle = self.holding(visit) or self.fitting(visit)
        for cents in [*self.bill(visit, bundle), *([extra] if extra else [])]:
            self.entries.append(Posted(seen.patient, cents, receipt))
        self._take(seen.patient, paid, receipt)
        if bundle is not None:
            bundle.by_visit[visit] = "used"
        seen.open = False

    def pay(self, patient: int, cents: int) -> None:
        self._take(patient, cents, self.new_receipt())

    def charge(self, patient: int, cents: int) -> None:
        self.entries.append(Posted(patient, cents, -len(self.entries) - 1))

    def _take(self, patient: int, cents: int, receipt: int) -> None:
        if cents:
            self.entries.append(Posted(patient, -cents, receipt))
