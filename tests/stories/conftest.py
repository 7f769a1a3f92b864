"""A seat at a copy of the practice clinic for each story, and a reader of what is in the file afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pulse_desktop.rehearsal.practice_clinic import PracticeClinic
from tests.ledger_reader import LedgerReader
from tests.outside.print_system import PrintSystem
from tests.stories.seat import Seat

collect_ignore = [] if PrintSystem.is_possible() else ["test_printer.py"]
"""A printer without paper needs cupsd and the right to start it."""

Reads = Callable[[], LedgerReader]


@pytest.fixture
def seat(practice_clinic: PracticeClinic, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """A seat at which the program stands and asks who is here."""
    made = Seat.at(practice_clinic.folder, practice_clinic.now, tmp_path)
    made.starts_program()
    yield made
    made.closes_program()
    made.tells_efforts()


@pytest.fixture
def reads(seat: Seat) -> Reads:
    """Closes the program, then gives the reader of the file."""

    def closed() -> LedgerReader:
        seat.closes_program()
        return LedgerReader(seat.folder, seat.clock, seat.password)

    return closed
