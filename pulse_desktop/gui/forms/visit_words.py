"""How a visit's state is said and coloured wherever it is shown: calendar, file, panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State, VisitLine
from pulse_desktop.gui.parts.chips import ChipView

PROGRESS_WORDS: Final[Mapping[Progress, str]] = {
    Progress.EXPECTED: N_("Expected"),
    Progress.ARRIVED: N_("Arrived"),
    Progress.IN_ROOM: N_("In room"),
    Progress.CUPS_ON: N_("Cups or needles on"),
    Progress.CHECKING_OUT: N_("Checking out"),
    Progress.DONE: N_("Done"),
    Progress.LEFT: N_("Left"),
}
_PROGRESS_ICONS: Final[Mapping[Progress, str]] = {
    Progress.EXPECTED: "clock",
    Progress.ARRIVED: "people-ring",
    Progress.IN_ROOM: "room",
    Progress.CUPS_ON: "cups",
    Progress.CHECKING_OUT: "receipt",
    Progress.DONE: "done",
    Progress.LEFT: "stop",
}
_STATE_WORDS: Final[Mapping[State, str]] = {
    State.TENTATIVE: N_("Tentative"),
    State.BOOKED: N_("Booked"),
    State.CONFIRMED: N_("Confirmed"),
    State.CANCELLED: N_("Cancelled"),
    State.LATE_CANCELLED: N_("Cancelled late"),
    State.CLINIC_CANCELLED: N_("Cancelled by us"),
    State.NO_SHOW: N_("No-show"),
}
_STATE_KINDS: Final[Mapping[State, str]] = {
    State.CONFIRMED: "jade",
    State.LATE_CANCELLED: "amber",
    State.NO_SHOW: "amber",
}


def progress_role(progress: Progress) -> str:
    """The colour role of a progress: "progress.in-room"."""
    return f"progress.{progress.value.replace('_', '-')}"


def state_words(visit: VisitLine) -> str:
    """"Confirmed", "Cups or needles on", "Cancelled late": the one word that matters now."""
    if visit.state in STANDING and visit.progress != Progress.EXPECTED:
        return _(PROGRESS_WORDS[visit.progress])
    return _(_STATE_WORDS[visit.state])


def state_chip(visit: VisitLine) -> ChipView:
    """The state as a chip, coloured like the board's column while the patient is here."""
    if visit.state in STANDING and visit.progress != Progress.EXPECTED:
        return ChipView(_short_words(visit), progress_role(visit.progress), _PROGRESS_ICONS[visit.progress])
    icon = "check" if visit.state == State.CONFIRMED else ""
    return ChipView(state_words(visit), _STATE_KINDS.get(visit.state, "neutral"), icon, visit.cancel_reason)


def _short_words(visit: VisitLine) -> str:
    """As `state_words`, but a chip says which it is: cups, if they were booked, else needles."""
    if visit.progress != Progress.CUPS_ON:
        return state_words(visit)
    has_cups = any("cupping" in technique for service in visit.services for technique in service.techniques)
    return _("Cups on") if has_cups else _("Needles on")


def span_words(visit: VisitLine) -> str:
    """"10:00 to 11:10"."""
    return _("{start} to {end}").format(start=clock_time(visit.minute), end=clock_time(visit.minute + visit.minutes))
