"""Why visits are cancelled, one key each, and who then did it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pulse_desktop.basics.texts import N_
from pulse_desktop.clinic.schedule.values import Progress, State, VisitLine

LATE_WITHIN: Final = timedelta(hours=24)
"""A patient who cancels later than this before the start cancels late (the usual term of the clinics we know)."""


@dataclass(frozen=True, slots=True)
class CancelReason:
    """A preset: its words (marked for translation) and who it means; `by` is patient, clinic or nobody."""

    words: str
    by: str


REASONS: Final = (
    CancelReason(N_("Ill"), "patient"),
    CancelReason(N_("Work or family"), "patient"),
    CancelReason(N_("Transport or weather"), "patient"),
    CancelReason(N_("Feels better"), "patient"),
    CancelReason(N_("Practitioner away"), "clinic"),
    CancelReason(N_("Office closed"), "clinic"),
    CancelReason(N_("Did not come"), "nobody"),
)

WHO: Final = (
    (State.CANCELLED, N_("Patient")),
    (State.LATE_CANCELLED, N_("Late")),
    (State.CLINIC_CANCELLED, N_("Clinic")),
    (State.NO_SHOW, N_("No-show")),
)
"""Who cancelled, as the segments of the panel name it."""

WHO_MEANS: Final = {
    State.CANCELLED: N_("The patient cancelled in time. A session kept for this visit goes back to the package."),
    State.LATE_CANCELLED: N_(
        "The patient cancelled less than 24 hours before. A session kept for this visit is used up; once a year it is forgiven."
    ),
    State.CLINIC_CANCELLED: N_("We cancelled. A session kept for this visit goes back to the package."),
    State.NO_SHOW: N_("Nobody came. A session kept for this visit is used up; once a year it is forgiven."),
}


def state_for(by: str, visit: VisitLine, now: datetime) -> State:
    """The booking state a reason leads to: patients who cancel within a day of the start cancel late."""
    if by == "clinic":
        return State.CLINIC_CANCELLED
    if by == "nobody":
        return State.NO_SHOW
    return State.LATE_CANCELLED if visit.starts - now < LATE_WITHIN else State.CANCELLED


def may_be_missed(visit: VisitLine, now: datetime) -> bool:
    """Whether "did not come" is possible: the visit has started and nobody arrived."""
    return now >= visit.starts and visit.progress == Progress.EXPECTED
