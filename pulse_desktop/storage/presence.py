"""Who has what open at which seat, so that two people know of each other before they write in one note.

Nothing here is history: it is not audited, not kept in backups, and a seat that goes silent is forgotten. In a file there
is one seat, so there is nobody to know of (`ALONE`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

PRESENCE: Final = "presence"
"""The subject of the change that is announced when somebody came, left or went on elsewhere."""


@dataclass(frozen=True, slots=True)
class Present:
    """One thing that somebody has open at one seat. `person` is a vault id; `place` the office the seat works for."""

    subject: str
    subject_id: int
    person: str
    name: str
    seat: str
    place: str
    is_here: bool
    """It is this seat's own."""
    is_mine: bool
    """It is this person's own, at whatever seat."""
    went_on_elsewhere: bool
    """The same person continued at another seat since."""


class Presence(Protocol):
    """What screens say and ask; every call answers at once, from what was heard last."""

    def enter(self, subject: str, subject_id: int, place: str) -> None:
        """This person has it open here from now on, until `leave`."""
    def leave(self, subject: str, subject_id: int) -> None:
        """It is closed here."""
    def go_on_here(self, subject: str, subject_id: int, place: str) -> None:
        """The person continues here; their other seats stop writing."""
    def at(self, subject: str, subject_id: int) -> tuple[Present, ...]:
        """Who has it open, this seat included, who came first first."""


class _Alone:
    """A clinic in a file."""

    def enter(self, subject: str, subject_id: int, place: str) -> None:
        """Nobody else could see it."""

    def leave(self, subject: str, subject_id: int) -> None:
        """Nobody else could see it."""

    def go_on_here(self, subject: str, subject_id: int, place: str) -> None:
        """There is no other seat."""

    def at(self, _subject: str, _subject_id: int) -> tuple[Present, ...]:
        """Nobody else."""
        return ()


ALONE: Final[Presence] = _Alone()
