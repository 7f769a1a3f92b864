from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pulse_desktop.gui.workplaces.calendar.screen import CalendarScreen
from pulse_desktop.gui.workplaces.patient_file.screen import PatientsScreen
from tests.builders import MINA, PASSWORD, TestClinic, a_visit
from tests.builders_treatment import a_signed_note
from tests.gui.opening import Opened
from tests.gui.workplaces.patient_file.desk import FileDesk

PLAN = "Same points next week, add the sacrum."


@pytest.fixture
def treated(clinic: TestClinic, maria: int) -> None:
    """María was treated today; the note is signed, Mina may sign in."""
    a_signed_note(clinic, a_visit(clinic, maria, starts=9 * 60), plan=PLAN)
    clinic.lets_in(MINA)


@pytest.fixture
def front_desk(maria: int, treated: None, opened: Opened) -> FileDesk:
    """Mina, front desk, at the list of patients."""
    opened.presses(Qt.Key.Key_Up)
    opened.sees("Mina’s password")
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("Mina, front desk")
    opened.waits()
    desk = FileDesk(opened, maria)
    desk.goes_to_the_list()
    return desk


def test_the_front_desk_reads_nothing_clinical(front_desk: FileDesk) -> None:
    front_desk.opens_the_file()
    front_desk.sees("Upcoming visits")
    shown = front_desk.at.everything()
    assert PLAN not in shown
    assert "Pain, 0 to 10" not in shown
    front_desk.opens_the_file("notes")
    front_desk.sees("Parts of the file: Summary")
    assert isinstance(front_desk.at.frame.navigation.screen, PatientsScreen)


def test_a_past_visit_leads_the_front_desk_to_the_calendar(front_desk: FileDesk) -> None:
    front_desk.opens_the_file("visits")
    front_desk.presses(Qt.Key.Key_Tab)
    front_desk.presses(Qt.Key.Key_Tab)
    front_desk.presses(Qt.Key.Key_Down)
    front_desk.presses(Qt.Key.Key_Return)
    assert isinstance(front_desk.at.frame.navigation.screen, CalendarScreen)


@pytest.fixture
def history(clinic: TestClinic, maria: int) -> None:
    a_signed_note(clinic, a_visit(clinic, maria, starts=9 * 60), plan=PLAN)


def test_the_practitioner_reads_the_plan(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.sees(PLAN)
    desk.sees("Pain, 0 to 10")
