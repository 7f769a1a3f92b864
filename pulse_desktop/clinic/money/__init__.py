"""Dollars and cents: charges, payments, receipts; balances are always sums over the append-only ledger.

Here belongs what is owed and paid. Counting sessions (`packages`) and drawing a receipt (`documents`) never belong here.
"""

from pulse_desktop.clinic.money.commands import charge, reverse, take_payment
from pulse_desktop.clinic.money.queries import balance, ledger, receipt, receipts_of

__all__ = ["balance", "charge", "ledger", "receipt", "receipts_of", "reverse", "take_payment"]
