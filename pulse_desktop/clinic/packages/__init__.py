"""Packages of sessions: what is offered, what was bought, what is held, used, released or forfeited.

Here belongs the count of sessions, and how much of a package's price has come in, because no session may be used that
is not paid for. The dollars themselves stand in `money`.
"""

from pulse_desktop.clinic.packages.commands import hold_session, release_session, save_offer
from pulse_desktop.clinic.packages.queries import offers, open_packages, packages_of, totals
from pulse_desktop.clinic.packages.rules import (
    counts_words,
    covers_visit,
    fitting,
    session_values,
    sessions_sentence,
    usable_now,
)

__all__ = [
    "counts_words",
    "covers_visit",
    "fitting",
    "hold_session",
    "offers",
    "open_packages",
    "packages_of",
    "release_session",
    "save_offer",
    "session_values",
    "sessions_sentence",
    "totals",
    "usable_now",
]
