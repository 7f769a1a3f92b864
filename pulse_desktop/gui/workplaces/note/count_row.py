"""The count of cups before the patient leaves the room; with needles, their own count is asked when they come out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.forms.fields import LineEdit
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme


class CountRow(QWidget):
    """Shown once everything is off and nobody has counted yet. `counted(n)` on Enter or the button."""

    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label(_("Count out"), "secondary", "ink-soft", weight=500)
        self.count = LineEdit()
        self.count.setValidator(QIntValidator(0, 999, self.count))
        self.count.setFixedWidth(theme().sized(64))
        self.button = Button(_("Counted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.button, 1)
        column.addLayout(row)
        self.count.returnPressed.connect(self._tell)
        self.button.clicked.connect(self._tell)

    def show_draft(self, draft: NoteDraft, *, usable: bool) -> None:
        """Ask for the count when it is time."""
        were_on = [cup for cup in draft.cups if cup.on_at]
        needles_done = all(needle.out_at for needle in draft.needles)
        due = bool(were_on) and all(cup.off_at for cup in draft.cups) and needles_done and not draft.counted_out
        self.setVisible(usable and due)
        placed = ngettext("of {count} cup", "of {count} cups", len(were_on)).format(count=len(were_on))
        self._words.set_words(_("Count out, {placed}").format(placed=placed))
        self.count.setAccessibleName(_("Cups counted out, {placed}").format(placed=placed))

    def _tell(self) -> None:
        if self.count.text().strip().isdigit():
            number = int(self.count.text())
            self.count.clear()
            self.counted.emit(number)
        else:
            self.count.setFocus()
