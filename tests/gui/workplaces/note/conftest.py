from __future__ import annotations

import pytest

from tests.builders import TestClinic, a_patient, a_visit
from tests.gui.opening import Opened, at_work, clinic, opened
from tests.gui.workplaces.note.hands import Hands

__all__ = ["at_work", "clinic", "opened"]


@pytest.fixture
def maria(clinic: TestClinic) -> int:
    """María Alvarez, registered."""
    return a_patient(clinic)


@pytest.fixture
def visit_id(clinic: TestClinic, maria: int) -> int:
    """Her visit of today at 10, for acupuncture and cupping."""
    services = (clinic.service(), clinic.service("+ cupping 15"))
    return a_visit(clinic, maria, service_ids=services).id


@pytest.fixture
def history() -> None:
    """What was there before today: nothing, unless a test's module says otherwise."""


@pytest.fixture
def hands(visit_id: int, history: None, at_work: Opened) -> Hands:
    """Lin Hua before the note of María's visit."""
    who = Hands(at_work, visit_id)
    who.goes_to_the_note()
    return who
