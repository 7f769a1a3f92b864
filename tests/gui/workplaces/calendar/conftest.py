from __future__ import annotations

import pytest

from tests.builders import TestClinic, a_patient
from tests.gui.opening import Opened, at_work, clinic, opened
from tests.gui.workplaces.calendar.desk import CalendarDesk

__all__ = ["at_work", "clinic", "opened"]


@pytest.fixture
def maria(clinic: TestClinic) -> int:
    """María Alvarez, registered."""
    return a_patient(clinic)


@pytest.fixture
def hannah(clinic: TestClinic) -> int:
    """Hannah Weiss, registered."""
    return a_patient(clinic, "Hannah", "Weiss")


@pytest.fixture
def history() -> None:
    """What was booked before: nothing, unless a test's module says otherwise."""


@pytest.fixture
def desk(maria: int, hannah: int, history: None, at_work: Opened) -> CalendarDesk:
    """Lin Hua before today's calendar; María and Hannah are patients."""
    who = CalendarDesk(at_work, maria, hannah)
    who.goes_to_the_calendar()
    return who
