"""Below the needles: keep the points of the list under a name, to be typed by that name from then on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic.treatment.point_typing import points_words
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.workplaces.note.keyed_line import Entry
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand
from pulse_desktop.gui.workplaces.note.writing import Writing


class GroupSaver(QWidget):
    """A link, and once it was pressed a line for the name."""

    def __init__(self, writing: Writing, shorthand: OwnShorthand) -> None:
        super().__init__()
        self._writing, self._shorthand = writing, shorthand
        self.link = Link(_("Save as group…"))
        self.link.setToolTip(_("Alt+G"))
        self.name = Entry(_("Name of the group"), _("Name, like 4 gates"), _("Enter"))
        self.name.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.name)
        self.link.clicked.connect(self.begin)
        self.name.entered.connect(self._save)
        shorthand.group_saved.connect(self._done)
        shorthand.group_refused.connect(self._refuse)

    def show_state(self, *, usable: bool) -> None:
        """Only where there is something to keep, and somebody who may."""
        self.setVisible(usable and bool(self._writing.draft.needles))

    def begin(self) -> None:
        """Ask for the name."""
        if self._writing.is_open and self._writing.draft.needles:
            self.name.show()
            self.link.hide()
            self.name.begin()

    def _save(self, name: str) -> None:
        self._shorthand.save_group(name, points_words(self._writing.draft.needles))

    def _done(self) -> None:
        self.name.take()
        self.name.hide()
        self.link.show()

    def _refuse(self, problem: Problem) -> None:
        self.name.refuse(sentence(problem))
