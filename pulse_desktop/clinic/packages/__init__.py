"""Packages of sessions: what is offered, what was bought, what is held, used, released or forfeited.

Here belongs the count of sessions. Dollars paid for them never belong here; they stand in `money`.
"""
