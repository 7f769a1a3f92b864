"""A signed note is saved as a file from its card, and the file can be checked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pulse_desktop.outside.verify_note import INTACT, verify
from tests.gui.workplaces.note.hands import Hands


def test_the_file_that_is_saved_says_that_it_is_intact(hands: Hands, tmp_path: Path) -> None:
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Save as a file to check")
    hands.desk.waits()
    hands.desk.clicks("Save as a file to check")
    hands.desk.qtbot.waitUntil(lambda: bool(hands.desk.window.findChildren(QFileDialog)))
    (dialog,) = hands.desk.window.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith(".signed.json")
    dialog.fileSelected.emit(str(tmp_path / "note.json"))
    dialog.close()
    hands.desk.sees("It holds the whole note")
    lines, code = verify((tmp_path / "note.json").read_bytes())
    assert code == INTACT
    assert any("María Alvarez" in line for line in lines)


def test_a_place_that_cannot_be_written_is_told(hands: Hands, tmp_path: Path) -> None:
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Save as a file to check")
    hands.desk.waits()
    hands.desk.clicks("Save as a file to check")
    hands.desk.qtbot.waitUntil(lambda: bool(hands.desk.window.findChildren(QFileDialog)))
    (dialog,) = hands.desk.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "note.json"))
    dialog.close()
    hands.desk.sees("The file could not be written there.")
