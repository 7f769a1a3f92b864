"""Dollars and cents: charges, payments, receipts; balances are always sums over the append-only ledger.

Here belongs what is owed and paid. Counting sessions belongs to `packages`; drawing a receipt to `documents`.
"""
