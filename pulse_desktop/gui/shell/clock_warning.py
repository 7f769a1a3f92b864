"""A computer whose clock is off the server's: said once at sign-in, with how much and what to do (T3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.gui.parts.bars import Strip

BEARABLE: Final = timedelta(seconds=60)


class ClockWarning(Strip):
    """A strip above the work until it is put away."""

    def __init__(self, ahead: timedelta, parent: QWidget | None = None) -> None:
        lead = (_("This computer’s clock is {time} fast.") if ahead > timedelta() else _("This computer’s clock is {time} slow.")).format(
            time=in_words(abs(ahead))
        )
        super().__init__("amber", "clock", lead, _("Set it to automatic, then sign in again."), _("Hide this"), parent=parent)
        self.setAccessibleDescription(_("Times that are written down at this seat would be wrong."))
        self.asked.connect(self.hide)


def is_off(ahead: timedelta) -> bool:
    """Whether somebody must be told."""
    return abs(ahead) > BEARABLE


def in_words(time: timedelta) -> str:
    """Says "3 minutes", "2 hours", "5 days": one measure is enough to see what is wrong."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} day", "{count} days", round(hours / 24)).format(count=round(hours / 24))
