"""What the windows need from outside themselves: who may sign in, how the clinic is opened, what may be known before.

Nothing here imports the clinic or storage: the sign-in window stands before SQLAlchemy is loaded. The program's wiring
gives an `Entrance`; tests give the same one on a temporary folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pulse_desktop.gui.live import Presence
from pulse_desktop.gui.parts.desk_parts import Person


@dataclass(frozen=True, slots=True)
class PersonTile:
    """A person as the sign-in window shows them. `unsigned` counts notes to sign as last known at this seat."""

    vault_id: str
    name: str
    words: str
    """"Practitioner, NJ and NY"."""
    unsigned: int = 0


@dataclass(frozen=True, slots=True)
class DoorPlate:
    """What may be read without a password: the practice's name and addresses, and the office of this seat."""

    practice_name: str = ""
    office_id: int = 0
    office: str = ""
    zone: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the windows look at one seat. It belongs to the seat, not to the person: eyes and lamps stay where they are."""

    palette: str = "light"
    percent: int = 100
    """Size of text, 100 to 200."""
    place: str = ""
    """Where the window stood last, in Qt's own words; "" when nothing is known."""
    chime: bool = True
    """Whether timers sound here; colours and words stay where a room must be quiet."""


@dataclass(frozen=True, slots=True)
class PracticeHint:
    """The words under the sign-in of the practice clinic: how to get in."""

    words: str


@dataclass(frozen=True, slots=True)
class FirstOffice:
    """An office as the first start asks for it; `rooms` is how many treatment rooms it has."""

    name: str
    street: str
    suite: str
    city: str
    state: str
    zip_code: str
    phone: str
    zone: str
    hours_words: str
    rooms: int


@dataclass(frozen=True, slots=True)
class FirstOwner:
    """The person who sets the clinic up. One who treats needs a credential and a licence to be booked."""

    first_name: str
    last_name: str
    treats: bool = False
    credential: str = ""
    licence_state: str = ""
    licence_number: str = ""
    licence_expires: date | None = None


@dataclass(frozen=True, slots=True)
class FirstService:
    """A service as the first start proposes it: minutes with hands and on the table, in turn, beginning with hands."""

    name: str
    techniques: tuple[str, ...]
    minutes: tuple[int, ...]
    price_cents: int
    is_addon: bool = False


@dataclass(frozen=True, slots=True)
class NewPractice:
    """Everything the first start asks."""

    practice_name: str
    offices: tuple[FirstOffice, ...]
    owner: FirstOwner
    services: tuple[FirstService, ...]


class Desk(Protocol):
    """An open clinic with one person signed in."""

    @property
    def door(self) -> Any: ...
    @property
    def actor(self) -> Person: ...
    @property
    def presence(self) -> Presence:
        """Who has what open at which seat."""
    @property
    def clock_ahead(self) -> timedelta:
        """How far this computer's clock is ahead of the server's."""
    @property
    def spool(self) -> Any:
        """Where typing waits at this seat while the clinic's server does not answer; None for a clinic in a file."""
    def prove(self, password: str) -> bool:
        """Whether this is the password of the person who is signed in."""
    @property
    def has_pin(self) -> bool:
        """The person has chosen a PIN at this seat."""
    @property
    def pin_tries_left(self) -> int:
        """Wrong PINs that are still forgiven."""
    def may_sign(self, password: str, new_pin: str = "") -> bool:
        """As `prove`, and then one signature is given; `new_pin` signs from now on. Raises Refusal("pin_…")."""
    def may_sign_by_pin(self, pin: str) -> bool:
        """Whether this is the PIN, and then one signature is given. Raises Refusal("pin_gone")."""
    def lay_down_pen(self) -> None:
        """The seat is locked: what was proved and not used signs nothing any more."""
    def look_over(self) -> None:
        """Examine the whole file while people work. Raises Trouble; from then on nothing more is written."""
    def stop_looking_over(self) -> None:
        """End that look, from any thread: whoever leaves does not wait for it."""
    def close(self) -> None: ...


class Entrance(Protocol):
    """The way into one clinic folder. Everything but `is_new`, `people`, `plate` and `appearance` takes time: off the GUI thread."""

    @property
    def folder(self) -> Path: ...
    @property
    def is_new(self) -> bool:
        """There is no clinic in the folder yet."""
    def people(self) -> tuple[PersonTile, ...]:
        """Who may sign in. Raises Trouble when the folder cannot be read."""
    def plate(self) -> DoorPlate:
        """What may be read without a password; empty when nothing is known."""
    @property
    def last_person(self) -> str:
        """The vault id of who was at this seat last; "" when nobody is known."""
    def prepare(self) -> None:
        """Load what opening a clinic needs, so that signing in is quick."""
    def open(self, vault_id: str, password: str) -> Desk:
        """Sign in. Raises Refusal("wrong_password", field="password") and Trouble."""
    def create(self, practice: NewPractice, password: str) -> Desk:
        """Make a clinic in the empty folder and sign its owner in."""
    def join(self, file: Path, code: str) -> None:
        """Make the empty folder a seat of a clinic on a server. Raises Refusals under file and code."""
    def taking_back(self, operation: str) -> tuple[Callable[..., Any], Any]:
        """The command and value that take an operation back."""
    def permissions(self, person: Person) -> frozenset[str]:
        """What the person's roles allow, by value."""
    def remember(self, plate: DoorPlate, unsigned: Mapping[str, int], words: Mapping[str, str], last: str) -> None:
        """Keep what the next sign-in window may show: notes to sign and role words by vault id, who was last."""
    def appearance(self) -> Appearance:
        """How the windows looked at this seat last."""
    def remember_appearance(self, appearance: Appearance) -> None:
        """Keep how the windows look, for the next start at this seat."""
    def open_practice_clinic(self) -> None:
        """Start the practice clinic in a window of its own."""
