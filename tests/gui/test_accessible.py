"""The check itself: it must notice what it is there for."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.buttons import Button
from tests.gui.accessible import nameless, stops_of
from tests.gui.conftest import Show


def test_a_line_without_a_name_is_noticed(qtbot: QtBot, show: Show) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    line = QLineEdit()
    column.addWidget(Button("Book visit"))
    column.addWidget(line)
    show(window)
    assert len(stops_of(window)) == 2
    assert nameless(window) == ["QLineEdit '' in QWidget"]
    line.setAccessibleName("Patient")
    assert nameless(window) == []
