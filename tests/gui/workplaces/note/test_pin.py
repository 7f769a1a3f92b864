"""A PIN signs where the password was given; the keys it takes, and what becomes of wrong ones."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import SignNote
from pulse_desktop.gui.workplaces.note.signing import ProofSheet
from tests.builders import PASSWORD
from tests.gui.workplaces.note.hands import CTRL, Hands

PIN = "274915"


def the_sheet(hands: Hands) -> ProofSheet:
    return next(sheet for sheet in hands.desk.window.findChildren(ProofSheet) if sheet.isVisible())


def signs_and_chooses(hands: Hands, pin: str = PIN, again: str = PIN) -> ProofSheet:
    """The password, and a PIN beside it."""
    hands.presses(Qt.Key.Key_Enter, CTRL)
    hands.desk.sees("Your password")
    sheet = the_sheet(hands)
    hands.desk.types(PASSWORD)
    sheet.choose.click()
    hands.desk.types(pin)
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.types(again)
    hands.presses(Qt.Key.Key_Return)
    return sheet


def signs_with_a_pin(hands: Hands) -> None:
    hands.fills_in()
    signs_and_chooses(hands)
    hands.desk.sees("Signed by Lin Hua")
    hands.desk.waits()


def adds(hands: Hands, words: str) -> ProofSheet:
    hands.desk.clicks("Add to this note")
    hands.desk.types(words)
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.types("Forgot it")
    hands.desk.clicks("Sign this addition")
    return the_sheet(hands)


def test_no_code_path_signs_without_the_persons_proof(hands: Hands) -> None:
    """The program's own door, past every screen."""
    hands.fills_in()
    view = hands.is_stored()
    seat = hands.desk.window.seat
    assert seat is not None
    told: list[Refusal] = []
    seat.work.do(treatment.sign_note, SignNote(view.id, view.version, view.draft), refused=told.append)
    hands.desk.qtbot.waitUntil(lambda: bool(told))
    assert told[0].key == "not_proved"
    assert hands.in_the_file().state == "draft"


def test_a_pin_chosen_with_the_password_signs_what_comes_next(hands: Hands) -> None:
    signs_with_a_pin(hands)
    adds(hands, "Called in the evening: no pain.")
    hands.desk.sees("Your PIN")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.echoMode() == QLineEdit.EchoMode.Password
    hands.desk.types(PIN)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Called in the evening: no pain.")
    (line,) = hands.in_the_file().amendments
    assert line.signature.is_valid


def test_wrong_pins_are_counted_and_the_fifth_asks_for_the_password(hands: Hands) -> None:
    signs_with_a_pin(hands)
    adds(hands, "More")
    for said in ("4 tries are left", "3 tries are left", "2 tries are left", "1 try is left"):
        hands.desk.types("111222")
        hands.presses(Qt.Key.Key_Return)
        hands.desk.sees(said)
    hands.desk.types("111222")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("The PIN was wrong five times and is gone.")
    assert hands.in_the_file().amendments == ()
    hands.desk.types(PASSWORD)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Added to the note")
    hands.desk.waits()
    adds(hands, "And more")
    assert not the_sheet(hands).pin.isVisible()


def test_the_password_signs_instead_of_the_pin(hands: Hands) -> None:
    signs_with_a_pin(hands)
    sheet = adds(hands, "More")
    hands.presses(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.other
    hands.presses(Qt.Key.Key_Space)
    hands.desk.types(PASSWORD)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Added to the note")
    assert len(hands.in_the_file().amendments) == 1


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("000000", "000000", "among the first"), ("311284", "311284", "reads as a date"), (PIN, "274916", "The two PINs differ"), ("12", "12", "at least 6 digits")],
)
def test_a_poor_pin_is_refused_under_its_field_and_nothing_is_signed(hands: Hands, pin: str, again: str, said: str) -> None:
    hands.fills_in()
    sheet = signs_and_chooses(hands, pin, again)
    hands.desk.sees(said)
    assert sheet.password.edit.text() == PASSWORD
    hands.presses(Qt.Key.Key_Escape)
    assert hands.is_stored().state == "draft"


def test_locking_keeps_the_pin_and_withdraws_what_was_not_used(hands: Hands) -> None:
    signs_with_a_pin(hands)
    seat = hands.desk.window.seat
    assert seat is not None
    hands.desk.window.lock()
    hands.desk.types(PASSWORD)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.waits()
    assert seat.desk.has_pin


def test_a_pin_takes_no_more_keys_than_the_password(hands: Hands) -> None:
    """Ctrl+Enter, the PIN, Enter."""
    seat = hands.desk.window.seat
    assert seat is not None
    chosen: list[object] = []
    seat.work.run(partial(seat.desk.may_sign, PASSWORD, PIN), then=chosen.append)
    hands.desk.qtbot.waitUntil(lambda: bool(chosen))
    seat.desk.lay_down_pen()
    hands.fills_in()
    hands.desk.sees("Ready to sign")
    hands.presses(Qt.Key.Key_Enter, CTRL)
    hands.desk.types(PIN)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Signed by Lin Hua")
    assert hands.in_the_file().state == "signed"
