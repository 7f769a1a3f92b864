"""What a demo clinic is made of, whoever thought it up: the seed or somebody's CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.practice.values import OfficeDraft, ServiceDraft

DONE, COMING, MISSED = "done", "coming", "missed"


class Plan(NamedTuple):
    """One visit: numbers of patient, practitioner and service count from 0; the minute from midnight.

    `note` is the number of a note's template, -1 for none; `text` overrules its findings when there is any.
    """

    patient: int
    staff: int
    day: date
    minute: int
    service: int
    fate: str
    note: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lineup:
    """The practice around the visits."""

    offices: tuple[OfficeDraft, ...]
    services: tuple[ServiceDraft, ...]
    staff: tuple[tuple[str, str], ...]
    """First and last names of the practitioners."""
    office_of: tuple[int, ...]
    """The office of each practitioner, counted from 0."""
    opens: int
    closes: int
    """Minutes from midnight between which everybody works."""
    since: date
    zone: str


class Source(Protocol):
    """Where the people and visits come from."""

    @property
    def lineup(self) -> Lineup: ...
    @property
    def today(self) -> date: ...
    def patients(self) -> Sequence[PatientDraft]: ...
    def days(self) -> Iterable[Sequence[Plan]]:
        """The visits, a day at a time, oldest first."""


Row = tuple[Any, ...]
