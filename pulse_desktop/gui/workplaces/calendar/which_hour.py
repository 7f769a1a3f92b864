"""The hour that comes twice on the day the clocks go back: which one is meant?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.workplaces.calendar.keyed_rows import KeyedRow, KeyedRows


class WhichHour(QWidget):
    """A sentence and two rows; `chosen` says whether the second one is meant."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Paragraph("", "secondary", "amber", weight=500)
        self._rows = KeyedRows(_("Which one?"), verb=_("Use"))
        self._rows.taken.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._rows)

    def ask(self, sentence: str) -> None:
        """Show the question; a digit answers it."""
        self._words.set_words(sentence)
        first = KeyedRow(_("The first one"), _("before the clocks go back"), value=False)
        second = KeyedRow(_("The second one"), _("after the clocks went back"), value=True)
        self._rows.show_rows((first, second))
        self.show()
        self._rows.setFocus()
