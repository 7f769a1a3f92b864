from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.shell.clock_warning import ClockWarning, is_off
from tests.gui.conftest import Show


@pytest.mark.parametrize(("seconds", "told"), [(0, False), (60, False), (-60, False), (61, True), (-61, True)])
def test_t3_more_than_a_minute_is_told(seconds: int, told: bool) -> None:
    assert is_off(timedelta(seconds=seconds)) is told


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=61), "1 minute fast"), (timedelta(minutes=-3), "3 minutes slow"), (timedelta(hours=3), "3 hours fast"),
        (timedelta(hours=-24), "24 hours slow"), (timedelta(days=400), "400 days fast"),
    ],
)  # fmt: skip
def test_how_much_and_what_to_do_is_said_until_it_is_put_away(show: Show, ahead: timedelta, words: str) -> None:
    warning = ClockWarning(ahead)
    show(warning, 900, 36)
    assert warning.accessibleName() == f"This computer’s clock is {words}. Set it to automatic, then sign in again."
    button = warning.findChild(Button)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert warning.isHidden()
