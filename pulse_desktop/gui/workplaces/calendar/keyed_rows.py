"""Rows with the keys 1 to 9 that carry values: first openings, what is free instead, reasons.

    rows = KeyedRows("First openings")
    rows.show_rows((KeyedRow("Today 2:15 PM", "Okafor, Room 4", "Clifton", value=opening), ...))
    rows.chosen.connect(...)      # the value that became the chosen one (arrows, a digit, a click), or None
    rows.taken.connect(...)       # Enter, or a click on the verb: use it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.gui.parts.key_rows import KeyRow, KeyRows


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """One row: what it is, softer words, words at the right end. `value` is what the signals carry."""

    main: str
    detail: str = ""
    aside: str = ""
    value: Any = None


class KeyedRows(QWidget):
    """The part's rows with a value each; with a `verb` a digit takes the row at once instead of choosing it."""

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, label: str, *, verb: str = "", main: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[Any, ...] = ()
        self._rows = KeyRows(label, verb=verb, main=main)
        self._rows.chosen.connect(self._tell_chosen)
        self._rows.used.connect(self._tell_taken)
        self.setFocusProxy(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rows)

    @property
    def value(self) -> Any | None:
        """The value of the chosen row."""
        row = self._rows.currentRow()
        return self._values[row] if 0 <= row < len(self._values) else None

    @property
    def count(self) -> int:
        return len(self._values)

    def show_rows(self, rows: Sequence[KeyedRow], *, choose_first: bool = False) -> None:
        """Show these rows; the choice is told once."""
        self._values = tuple(row.value for row in rows)
        self._rows.show_rows([KeyRow(row.main, row.detail, row.aside) for row in rows])
        if rows and choose_first:
            self._rows.choose(0)
        else:
            self.chosen.emit(None)

    def press(self, digit: int) -> bool:
        """A digit was pressed elsewhere in the panel; False when there is no such row."""
        return self._rows.press(str(digit))

    def _tell_chosen(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def _tell_taken(self, index: int) -> None:
        self.taken.emit(self._values[index])
