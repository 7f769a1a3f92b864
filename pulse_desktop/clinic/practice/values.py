"""What travels of the practice: offices, rooms, people, hours, services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pulse_desktop.storage.permissions import Role


@dataclass(frozen=True, slots=True)
class Office:
    """A location. `zone` is an IANA name; `state` its two letters; `hours_words` what documents print ("Mon to Sat, 9:00 to 6:00")."""

    id: int
    version: int
    name: str
    street: str
    suite: str
    city: str
    state: str
    zip_code: str
    phone: str
    zone: str
    hours_words: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Room:
    """A treatment room. Set-up and clean-up minutes are kept free before and after each visit."""

    id: int
    version: int
    office_id: int
    name: str
    setup_minutes: int
    cleanup_minutes: int
    active: bool = True


@dataclass(frozen=True, slots=True)
class Licence:
    """A practitioner's licence in one state; without a current one nothing is booked or signed there."""

    state: str
    number: str
    issued: date
    expires: date

    def is_current(self, day: date) -> bool:
        """Valid on `day`; the day it expires still counts."""
        return self.issued <= day <= self.expires


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who signs in. `printed_name` stands on notes and sheets ("Lin Hua, L.Ac."), `short_name` on cards ("Lin Hua")."""

    id: int
    version: int
    vault_id: str
    first_name: str
    last_name: str
    credential: str
    short_name: str
    printed_name: str
    roles: frozenset[Role]
    licences: tuple[Licence, ...]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a service's time pattern: `minutes` long, with the practitioner's hands or only on the table."""

    minutes: int
    hands_on: bool


@dataclass(frozen=True, slots=True)
class Service:
    """What can be booked and sold. `techniques` are the keys of the contraindication columns; add-ons ride on another service."""

    id: int
    version: int
    name: str
    techniques: tuple[str, ...]
    pattern: tuple[Stretch, ...]
    price_cents: int
    is_addon: bool
    active: bool = True

    @property
    def minutes(self) -> int:
        """Length on the table."""
        return sum(stretch.minutes for stretch in self.pattern)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """One practitioner at one office on one weekday (0 is Monday), minutes of the day; lunch is the gap between two of them."""

    staff_id: int
    office_id: int
    weekday: int
    starts: int
    ends: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """A day an office stays closed."""

    id: int
    office_id: int
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class PracticeData:
    """All set-up data; small, read whole at sign-in and after each change."""

    practice_name: str
    offices: tuple[Office, ...]
    rooms: tuple[Room, ...]
    staff: tuple[StaffMember, ...]
    services: tuple[Service, ...]
    hours: tuple[WorkingHours, ...]
    closures: tuple[Closure, ...]

    def office(self, office_id: int) -> Office:
        """The office with this id (KeyError if there is none)."""
        return _by_id(self.offices, office_id)

    def room(self, room_id: int) -> Room:
        """The room with this id."""
        return _by_id(self.rooms, room_id)

    def member(self, staff_id: int) -> StaffMember:
        """The staff member with this id."""
        return _by_id(self.staff, staff_id)

    def service(self, service_id: int) -> Service:
        """The service with this id."""
        return _by_id(self.services, service_id)


_Row = TypeVar("_Row", Office, Room, StaffMember, Service)


def _by_id(rows: tuple[_Row, ...], row_id: int) -> _Row:
    for row in rows:
        if row.id == row_id:
            return row
    raise KeyError(row_id)


# --- what people enter ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """An office as entered; `id` None makes a new one, else `version` is the one seen."""

    name: str
    street: str
    suite: str
    city: str
    state: str
    zip_code: str
    phone: str
    zone: str
    hours_words: str
    id: int | None = None
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class RoomDraft:
    """A room as entered."""

    office_id: int
    name: str
    setup_minutes: int = 5
    cleanup_minutes: int = 5
    id: int | None = None
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A staff member as entered. `vault_id` only travels along: a person gets it with a password (`sign_in.add_person`)."""

    first_name: str
    last_name: str
    credential: str
    roles: frozenset[Role]
    short_name: str = ""
    """As cards show the person; left empty it is the last name, for those without a credential the first name."""
    vault_id: str = ""
    licences: tuple[Licence, ...] = ()
    id: int | None = None
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service as entered."""

    name: str
    techniques: tuple[str, ...]
    pattern: tuple[Stretch, ...]
    price_cents: int
    is_addon: bool = False
    id: int | None = None
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """The whole week of one practitioner at one office from a day on; replaces what was valid from that day."""

    staff_id: int
    office_id: int
    valid_from: date
    spans: tuple[tuple[int, int, int], ...]
    """(weekday, starts, ends) each."""


@dataclass(frozen=True, slots=True)
class ClosureDraft:
    """A closed day as entered."""

    office_id: int
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class NewClinic:
    """What a clinic begins with. `room_names` stand beside `offices`; without them each office gets a Room 1.

    The owner is whoever creates the clinic; the owner's role is added if the draft forgot it.
    """

    practice_name: str
    offices: tuple[OfficeDraft, ...]
    owner: StaffDraft
    services: tuple[ServiceDraft, ...] = ()
    room_names: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting as changed by the owner; `key` is one of the declared settings."""

    key: str
    value: bool | int | str
