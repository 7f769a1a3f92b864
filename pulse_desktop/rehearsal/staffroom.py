"""Everybody of the practice clinic at once, each signed in, under one clock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.practice.values import PracticeData


class Staffroom:
    """The desks of all people of the practice clinic, found by last name."""

    def __init__(self, folder: Path, clock: SteppedClock, desks: Mapping[str, Desk]) -> None:
        self.folder = folder
        self.clock = clock
        self._desks = dict(desks)

    def desk(self, last_name: str) -> Desk:
        """The desk of the person of this last name."""
        return self._desks[last_name]

    def practice(self) -> PracticeData:
        """The set-up data as it stands."""
        return self.desk("Adler").door.look(practice.practice_data)

    def close(self) -> None:
        """Everybody goes home."""
        for desk in reversed(self._desks.values()):  # the owner, who came first, locks up
            desk.close()
