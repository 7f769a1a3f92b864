"""A note in the wrong chart: what its author sees and does about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pulse_desktop.clinic import treatment
from pulse_desktop.gui.workplaces.note.below import Below
from tests.builders import PASSWORD, TestClinic, a_patient, a_visit
from tests.gui.workplaces.note.hands import Hands


@pytest.fixture
def other_visit(clinic: TestClinic) -> int:
    """Jun Abe comes at three, to Lin Hua as well."""
    return a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60).id


@pytest.fixture
def history(other_visit: int) -> None:
    """Both visits stand."""


def marks_in_error(hands: Hands, reason: str = "Two tabs were open") -> None:
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Signed by Lin Hua")
    hands.desk.waits()
    hands.desk.clicks("Add to this note")
    form = hands.screen.page.amendment
    form.kind.set_value("in_error")
    form.reason.edit.setFocus()
    hands.desk.types(reason)
    hands.desk.clicks("Sign this addition")
    hands.desk.types(PASSWORD)
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees(f"Entered in error: {reason}.")


def test_it_is_struck_with_its_reason_and_nothing_more_is_added(hands: Hands) -> None:
    marks_in_error(hands)
    hands.desk.waits()
    assert hands.screen.page.in_error.isVisible()
    assert not hands.screen.page.bar.amend.isVisible()
    hands.goes_to_the_note()
    assert hands.in_the_file().state == "in_error", "coming back begins no new note by itself"


def test_it_is_written_in_the_right_chart_by_its_author(hands: Hands, other_visit: int) -> None:
    marks_in_error(hands)
    hands.desk.waits()
    card = hands.screen.page.in_error
    hands.desk.sees("Where it belongs")
    card.where.set_value(other_visit)
    hands.desk.clicks("Write it there")
    hands.desk.sees("Written there as a draft.")
    hands.desk.waits()
    hands.desk.waits()
    there = hands.desk.asks(treatment.note_of_visit, other_visit)
    assert there is not None
    assert (there.state, there.draft.complaint, there.draft.copied) == ("draft", "Low back", ("complaint",))
    assert hands.screen.sitting.visit_id == other_visit
    hands.desk.sees("To sign: complaint confirmed")


def test_the_visit_gets_a_note_of_its_own(hands: Hands) -> None:
    marks_in_error(hands)
    hands.desk.waits()
    hands.desk.clicks("Begin this visit’s own note")
    hands.desk.waits()
    hands.desk.waits()
    view = hands.in_the_file()
    assert (view.state, view.draft.complaint) == ("draft", "")
    assert not hands.screen.page.in_error.isVisible()


def test_many_additions_stay_within_reach(hands: Hands) -> None:
    """What stands below the form scrolls rather than being cut off at the foot."""
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Signed by Lin Hua")
    hands.desk.waits()
    for number in range(6):
        hands.desk.clicks("Add to this note")
        hands.desk.types(f"Call number {number}: no pain since, sleeps well")
        hands.presses(Qt.Key.Key_Tab)
        hands.desk.types("Follow-up call")
        hands.desk.clicks("Sign this addition")
        hands.desk.types(PASSWORD)
        hands.presses(Qt.Key.Key_Return)
        hands.desk.sees(f"Call number {number}")
        hands.desk.waits()
    (below,) = hands.screen.page.findChildren(Below)
    assert below.verticalScrollBar().maximum() > 0
    column = below.parentWidget()
    assert column is not None
    assert below.geometry().bottom() <= column.height()
    content = hands.screen.page.signature
    assert content.height() >= content.minimumSizeHint().height(), "nothing in it is squeezed"
