from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.builders import MINA, PASSWORD, TestClinic
from tests.gui.accessible import nameless
from tests.gui.opening import Opened


def test_people_and_addresses_stand_there_before_anybody_signed_in(opened: Opened) -> None:
    assert "Lin Hua" in opened.everything()
    assert "Who is at this seat?" in opened.everything()
    assert "1030 Clifton Ave" in opened.everything()


def test_everything_that_takes_keys_has_a_name(opened: Opened) -> None:
    assert nameless(opened.window) == []


def test_the_keyboard_begins_in_the_password_and_enter_signs_in(opened: Opened) -> None:
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("At this seat: Lin Hua")
    opened.waits()


def test_a_wrong_password_is_said_in_words_and_may_be_tried_again(opened: Opened) -> None:
    opened.types("not the password at all")
    opened.presses(Qt.Key.Key_Return)
    opened.sees("do not open this clinic")
    assert opened.window.frame is None
    opened.types(PASSWORD)  # what was wrong is selected: typing replaces it
    opened.presses(Qt.Key.Key_Return)
    opened.sees("At this seat: Lin Hua")
    opened.waits()


def test_an_empty_password_is_not_even_tried(opened: Opened) -> None:
    opened.presses(Qt.Key.Key_Return)
    opened.sees("Write Lin’s password first.")


@pytest.fixture
def mina(clinic: TestClinic) -> None:
    """Mina from the front desk may sign in, too."""
    clinic.lets_in(MINA)


def test_the_next_sign_in_begins_with_who_was_here_last(mina: None, opened: Opened) -> None:
    opened.presses(Qt.Key.Key_Down)
    opened.sees("Lin’s password")
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("At this seat: Lin Hua")
    opened.waits()
    opened.window.sign_out()
    opened.sees("Mina Park")  # the front desk stands first
    assert "Lin’s password" in opened.everything()
    assert "Practitioner, NJ and NY" in opened.everything()
    assert QApplication.focusWidget() is not None
    opened.presses(Qt.Key.Key_Up)
    opened.sees("Mina’s password")
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("Mina, front desk")
    opened.waits()
