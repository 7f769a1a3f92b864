"""What travels of the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """The booking state of a visit."""

    TENTATIVE = "tentative"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"
    CLINIC_CANCELLED = "clinic_cancelled"
    NO_SHOW = "no_show"


STANDING = frozenset({State.TENTATIVE, State.BOOKED, State.CONFIRMED})
"""States in which a visit takes its place in the schedule."""


class Progress(StrEnum):
    """Where the patient is on the day. The values are the keys of the progress colours (with - for _)."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    IN_ROOM = "in_room"
    CUPS_ON = "cups_on"
    CHECKING_OUT = "checking_out"
    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit as asked for. `starts` is the minute of the day in the office's zone; `room_id` None takes any free room.

    `second_time` says which 1:30 is meant on the day the clocks go back. `squeeze_in` is the deliberate, permitted act
    of taking a place that is not free.
    """

    patient_id: int
    office_id: int
    staff_id: int
    day: date
    starts: int
    service_ids: tuple[int, ...]
    room_id: int | None = None
    state: State = State.BOOKED
    desk_note: str = ""
    second_time: bool | None = None
    squeeze_in: bool = False
    ends: int | None = None
    """Minute of the day it is to end; None lasts as long as its services."""


@dataclass(frozen=True, slots=True)
class Move:
    """Another time, practitioner, room or office for a visit; None keeps what it is."""

    visit_id: int
    version: int
    day: date
    starts: int
    staff_id: int | None = None
    room_id: int | None = None
    office_id: int | None = None
    second_time: bool | None = None
    squeeze_in: bool = False
    ends: int | None = None
    """Minute of the day it is to end; None keeps its length."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """The patient said they will come."""

    visit_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ServicesChange:
    """Other services for a visit ("acupuncture only"). It keeps its start; its length follows the services."""

    visit_id: int
    version: int
    service_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeskNote:
    """What the desk writes to itself about a visit."""

    visit_id: int
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Cancelling:
    """A cancelled visit: who did it decides the state (CANCELLED, LATE_CANCELLED, CLINIC_CANCELLED, NO_SHOW)."""

    visit_id: int
    version: int
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a visit on the day (arrive, room, checking out, left). `room_id` where a room is entered."""

    visit_id: int
    version: int
    progress: Progress
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitServiceLine:
    """A service of a visit with the name and price it was booked at."""

    service_id: int
    name: str
    techniques: tuple[str, ...]
    minutes: int
    price_cents: int
    is_addon: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as lists and the calendar need it. `starts`/`ends` are instants, `minute` the wall minute of the day."""

    id: int
    version: int
    patient_id: int
    patient: str
    patient_short: str
    office_id: int
    room_id: int | None
    room: str
    staff_id: int
    staff: str
    day: date
    minute: int
    minutes: int
    starts: datetime
    ends: datetime
    state: State
    progress: Progress
    services: tuple[VisitServiceLine, ...]
    hands_on: tuple[tuple[int, int], ...]
    """(from, to) minutes after the start in which the practitioner is needed."""
    arrived_at: datetime | None
    roomed_at: datetime | None
    out_at: datetime | None
    done_at: datetime | None
    desk_note: str
    squeeze_in: bool
    cancel_reason: str = ""

    @property
    def services_words(self) -> str:
        """"Acupuncture 60 + cupping 15"."""
        names = [line.name for line in self.services]
        rest = [name[0].lower() + name[1:] if not name.startswith("+") else name[2:] for name in names[1:]]
        return " + ".join([*names[:1], *rest])


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a visit would fit."""

    office_id: int
    staff_id: int
    room_id: int
    day: date
    starts: int
    minutes: int
    cleanup_minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for, in the words of the desk: read by `read_wish("thursday after 5, brooklyn")`.

    Times are minutes of the day; None means anything.
    """

    service_ids: tuple[int, ...]
    from_day: date
    to_day: date
    after: int | None = None
    before: int | None = None
    at: int | None = None
    office_id: int | None = None
    staff_id: int | None = None
    room_id: int | None = None
    patient_id: int | None = None
    weekdays: frozenset[int] = frozenset()
    alternatives: tuple[Wish, ...] = ()
    """What would do as well ("…, or thursday after 5")."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """Working hours of a practitioner at an office on a day, minutes of the day."""

    staff_id: int
    office_id: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """Everything the calendar's day shows for some offices."""

    day: date
    visits: tuple[VisitLine, ...]
    open_spans: tuple[OpenSpan, ...]
    closures: tuple[tuple[int, str], ...]
    """(office_id, reason)."""
