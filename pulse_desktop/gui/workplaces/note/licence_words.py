"""What the signer should know of their license before they sign: that it ends soon, has ended, or that there is none here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day
from pulse_desktop.clinic.practice.values import PracticeData

WARNED_BEFORE: Final = timedelta(days=60)


def licence_words(data: PracticeData, staff_id: int, office_id: int, today: date) -> str:
    """One sentence, or "" for a license that holds for a while in the office's state."""
    state = data.office(office_id).state
    held = [licence for member in data.staff if member.id == staff_id for licence in member.licences if licence.state == state]
    if not held:
        return _("You have no license in {state}, so the note cannot be signed there.").format(state=state)
    ends = max(licence.expires for licence in held)
    if ends < today:
        return _("Your {state} license ended on {day}, so the note cannot be signed there.").format(state=state, day=full_day(ends))
    if ends <= today + WARNED_BEFORE:
        return _("Your {state} license ends on {day}; renew it in time, or nothing can be signed there after that day.").format(state=state, day=full_day(ends))
    return ""
