from __future__ import annotations

import pytest

from tests.builders import TestClinic, a_patient
from tests.gui.opening import Opened, at_work, clinic, opened
from tests.gui.workplaces.patient_file.desk import FileDesk

__all__ = ["at_work", "clinic", "opened"]


@pytest.fixture
def maria(clinic: TestClinic) -> int:
    """María Alvarez, registered with her phone."""
    return a_patient(clinic, phone="(973) 555-0142", language="es", text_ok=True)


@pytest.fixture
def history() -> None:
    """What was there before: nothing, unless a test's module says otherwise."""


@pytest.fixture
def desk(maria: int, history: None, at_work: Opened) -> FileDesk:
    """Lin Hua at the list of patients."""
    who = FileDesk(at_work, maria)
    who.goes_to_the_list()
    return who
