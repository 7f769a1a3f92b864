"""Which payments paid for what: their own receipt first, then the oldest debt, so that a package's share is known without anybody choosing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Posted(Protocol):
    """A ledger entry as far as it matters here."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def cents(self) -> int:
        """Above zero owed, below zero paid."""

    @property
    def package_id(self) -> int | None:
        """The package it is about."""

    @property
    def kind(self) -> str:
        """service, package, product, tax, fee, payment, reversal."""

    @property
    def receipt_id(self) -> int | None:
        """The receipt it stands on."""

    @property
    def reverses_id(self) -> int | None:
        """The entry it takes back."""


def paid_for_packages(entries: Iterable[Posted]) -> dict[int, int]:
    """Package id to the cents of its price that have come in. Entries taken back count for nothing, like their reversals.

    A payment pays first for what stands on its own receipt, then for the oldest debt.
    """
    entries = sorted(entries, key=lambda entry: entry.id)
    gone = {entry.reverses_id for entry in entries if entry.reverses_id is not None}
    standing = [entry for entry in entries if entry.id not in gone and entry.reverses_id is None]
    owed = {entry.id: entry.cents for entry in standing if entry.cents > 0}
    purses: dict[int | None, int] = {}
    for entry in standing:
        if entry.cents < 0:
            purses[entry.receipt_id] = purses.get(entry.receipt_id, 0) - entry.cents
    for entry in standing:
        if entry.receipt_id is not None:
            _pay(owed, entry.id, purses, entry.receipt_id)
    rest: dict[int | None, int] = {None: sum(purses.values())}
    for entry in standing:
        _pay(owed, entry.id, rest, None)
    return _paid(entries, owed, {entry.id for entry in standing})


def _pay(owed: dict[int, int], entry_id: int, purses: dict[int | None, int], purse: int | None) -> None:
    share = min(owed.get(entry_id, 0), purses.get(purse, 0))
    if share:
        owed[entry_id] -= share
        purses[purse] -= share


def _paid(entries: Iterable[Posted], owed: dict[int, int], standing: set[int]) -> dict[int, int]:
    paid: dict[int, int] = {}
    for entry in entries:
        if entry.kind == "package" and entry.package_id is not None:
            came_in = entry.cents - owed.get(entry.id, 0) if entry.id in standing else 0
            paid[entry.package_id] = paid.get(entry.package_id, 0) + came_in
    return paid
