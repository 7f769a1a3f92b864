"""The chart as a paper, by keys: what is printed is what the clinic holds, and that it left is written down."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import Amendment
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.workplaces.patient_file.chart_panel import ChartPanel
from tests.builders import TestClinic, a_visit
from tests.builders_treatment import a_signed_note, an_open_note
from tests.gui.accessible import nameless
from tests.gui.workplaces.patient_file.desk import CTRL, FileDesk

PLANS = ("Same points next week, add the sacrum.", "Twice a week.")
WRONG = "Written into the wrong chart."


@pytest.fixture
def history(clinic: TestClinic, maria: int) -> None:
    """Two signed notes, one with an addendum, one entered in error, and a draft."""
    first = a_signed_note(clinic, a_visit(clinic, maria, starts=9 * 60), plan=PLANS[0])
    a_signed_note(clinic, a_visit(clinic, maria, starts=11 * 60), plan=PLANS[1])
    wrong = a_signed_note(clinic, a_visit(clinic, maria, starts=13 * 60), plan=WRONG)
    an_open_note(clinic, a_visit(clinic, maria, starts=15 * 60))
    clinic.door.do(treatment.amend, Amendment(first.id, "addendum", "Marks were tender.", "Told by phone"))
    clinic.door.do(treatment.amend, Amendment(wrong.id, "in_error", "", "Another patient"))


def saves(desk: FileDesk, path: Path) -> str:
    """Ctrl+S, a name, Enter; all words of the file."""
    desk.presses(Qt.Key.Key_S, CTRL)
    (dialog,) = [one for one in desk.at.window.findChildren(QFileDialog) if one.isVisible()]
    (name,) = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
    name.setFocus()
    desk.presses(Qt.Key.Key_A, CTRL)
    desk.types(str(path))
    desk.presses(Qt.Key.Key_Return)
    desk.at.qtbot.waitUntil(path.is_file)
    desk.at.waits()
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def test_the_whole_chart_is_saved_as_the_clinic_holds_it(desk: FileDesk, tmp_path: Path) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_P, CTRL)
    assert nameless(desk.panel(ChartPanel)) == []
    said = saves(desk, tmp_path / "chart.pdf")
    record = desk.record()
    assert record.number in said
    assert "1 note is left out: it was entered in error" in said
    assert WRONG not in said
    held = [line for line in desk.at.asks(treatment.notes_of, desk.maria) if line.state != "in_error"]
    assert len(held) == 3
    for line in held:
        note = desk.at.asks(treatment.note, line.id)
        assert note.draft.plan in said
        if note.signature is not None:
            assert note.signature.short_hash in said
            assert note.signature.licence_number in said
        for added in note.amendments:
            assert added.text in said
            assert added.signature.short_hash in said
    assert "DRAFT, not signed" in said
    desk.sees("3 notes of María Alvarez, saved as chart.pdf")
    assert desk.nothing_open()


def test_one_note_from_the_note_itself(desk: FileDesk, tmp_path: Path) -> None:
    lines = desk.at.asks(treatment.notes_of, desk.maria)
    line = next(line for line in lines if line.state == "signed" and desk.at.asks(treatment.note, line.id).draft.plan == PLANS[1])
    desk.at.frame.parts.go_to(NotePlace(line.visit_id))
    desk.at.waits()
    desk.presses(Qt.Key.Key_P, CTRL)
    said = saves(desk, tmp_path / "note.pdf")
    assert PLANS[1] in said
    assert PLANS[0] not in said
    assert "Treatment note" in said


def test_a_period_without_notes_says_so_and_a_wrong_one_is_refused_at_the_field(desk: FileDesk, tmp_path: Path) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_P, CTRL)
    panel = desk.panel(ChartPanel)
    panel._what.setFocus()
    desk.presses(Qt.Key.Key_Left)
    desk.enters("first", "1/1/2020")
    desk.enters("last", "12/31/2019")
    desk.presses(Qt.Key.Key_Tab)
    assert desk.field("last").refusal == "The period ends before it begins. Change one of the two days."
    assert not panel._preview.isVisible(), "pages of another choice are not left on the screen"
    assert not panel._save.isEnabled()
    desk.enters("last", "12/31/2020")
    desk.presses(Qt.Key.Key_Tab)
    said = saves(desk, tmp_path / "period.pdf")
    assert "There is no note in this period." in said
    assert "January 1, 2020 to December 31, 2020, both days included" in said
