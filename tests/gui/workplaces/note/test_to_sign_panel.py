"""The notes that wait for a signature: how one gets there, what each lacks, and that Enter opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pulse_desktop.clinic import treatment
from pulse_desktop.gui.workplaces.note.screen import NoteScreen
from pulse_desktop.gui.workplaces.note.to_sign_panel import ToSignPanel
from tests.builders import NOW, TODAY, TestClinic, a_patient, a_visit
from tests.builders_treatment import an_open_note, complete, okafor_signs_in, saved
from tests.gui.opening import Opened
from tests.gui.workplaces.note.hands import Hands


@pytest.fixture
def history(clinic: TestClinic) -> None:
    """Yesterday's note of Lin Chen has all but the signature, and Okafor has one as well."""
    clinic.clock.put(NOW - timedelta(days=1))
    okafor = okafor_signs_in(clinic)
    abe = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), day=TODAY - timedelta(days=1), staff_id=clinic.staff("Okafor"))
    okafor.do(treatment.open_note, abe.id)
    clinic.signs_in("Lin Hua")
    note = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Lin", "Chen"), day=TODAY - timedelta(days=1)))
    saved(clinic, note, complete(note.draft))
    clinic.clock.put(NOW)


def the_panel(desk: Opened) -> ToSignPanel:
    return next(panel for panel in desk.window.findChildren(ToSignPanel) if panel.isVisible())


class TestWaiting:
    def test_the_top_bar_says_how_many_and_leads_there(self, hands: Hands) -> None:
        desk = hands.desk
        hands.writes("complaint", "Neck")
        hands.is_stored()
        desk.sees("2 notes to sign")
        desk.clicks("2 notes to sign")
        desk.sees("Everybody")
        panel = the_panel(desk)
        desk.qtbot.waitUntil(lambda: bool(panel.table.rows.lines and panel.everybody.rows.lines))
        rows = [", ".join(column.words(line) for column in panel.table.rows.columns) for line in panel.table.rows.lines]
        assert rows == [
            "Lin Chen, Mon Nov 23, 10:00 AM, ready to sign",
            "María Alvarez, Tue Nov 24, 10:00 AM. Missing: pain before, pain after, response, adverse events, 4 parts missing",
        ]
        assert panel.table.hasFocus()
        assert [line.name for line in panel.everybody.rows.lines] == ["Lin Hua", "Okafor"]
        hands.presses(Qt.Key.Key_Return)
        desk.waits()
        desk.waits()
        assert isinstance(desk.frame.navigation.screen, NoteScreen)
        assert hands.draft.complaint == "Low back, worse in the morning"
        assert not [one for one in desk.window.findChildren(ToSignPanel) if one.isVisible()]

    def test_the_palette_leads_there_too(self, history: None, at_work: Opened) -> None:
        at_work.presses(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        at_work.types("notes to sign")
        at_work.waits()
        at_work.presses(Qt.Key.Key_Return)
        at_work.sees("Open this note")
        line = the_panel(at_work).table.current_line
        assert line is not None
        assert line.patient == "Lin Chen"


class TestNothing:
    @pytest.fixture
    def history(self) -> None:
        """Nobody has begun a note."""

    def test_an_empty_list_teaches_and_the_bar_says_nothing(self, history: None, at_work: Opened) -> None:
        assert not at_work.frame._top.to_sign.isVisible()
        at_work.presses(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        at_work.types("notes to sign")
        at_work.waits()
        at_work.presses(Qt.Key.Key_Return)
        at_work.sees("Every note is signed.")
        at_work.sees("Nobody has a note to sign.")
