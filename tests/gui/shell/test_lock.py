from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import PASSWORD, TestClinic, a_patient, a_visit
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visits(clinic: TestClinic) -> None:
    a_visit(clinic, a_patient(clinic, "María", "Alvarez"))


@pytest.fixture
def locked(visits: None, at_work: Opened) -> Opened:
    at_work.presses(Qt.Key.Key_L, CTRL)
    at_work.sees("Locked by Lin")
    return at_work


def test_a_locked_seat_shows_no_patient(locked: Opened) -> None:
    assert "Alvarez" not in locked.everything()
    assert "Alvarez" not in locked.window.windowTitle()


def test_a_wrong_password_keeps_it_locked(locked: Opened) -> None:
    locked.types("not this one, surely")
    locked.presses(Qt.Key.Key_Return)
    locked.sees("do not open this clinic")
    assert locked.window.is_locked


def test_the_same_person_comes_back_to_where_they_were(locked: Opened) -> None:
    locked.types(PASSWORD)
    locked.presses(Qt.Key.Key_Return)
    locked.sees("At this seat: Lin Hua")
    assert not locked.window.is_locked
    locked.waits()


def test_somebody_else_signs_in_instead(locked: Opened) -> None:
    locked.clicks("I am someone else")
    locked.sees("Who is at this seat?")
    assert locked.window.frame is None


def test_five_idle_minutes_lock_by_themselves(locked: Opened) -> None:
    locked.types(PASSWORD)
    locked.presses(Qt.Key.Key_Return)
    locked.sees("At this seat: Lin Hua")
    assert locked.window.idle_minutes_left() > 4.9
    locked.window.lock_when_idle()
    assert locked.window.is_locked
