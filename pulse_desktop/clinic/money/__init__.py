"""Dollars and cents: charges, payments, receipts; balances are always sums over the append-only ledger.

Here belongs what is owed and paid. Counting sessions never belongs here (`packages` does), nor drawing a receipt
(`documents`).
"""
