"""What a note needs before it is signed: one tick for each part, kept as soon as it is set."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import practice, treatment
from pulse_desktop.clinic.practice.values import SettingValue
from pulse_desktop.clinic.treatment.rules import FIELD_WORDS, PARTS
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.section import section_head

_KEY: Final = "treatment.required_parts"
_WIDTH: Final = 560


class NoteSection(QWidget):
    """The parts of a note; those ticked are named in the note until they are filled in."""

    key, title = "note", N_("Notes")

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.ticks = {name: Tick(_part_words(name)) for name in PARTS}
        self._always = Tick(_("Cups and needles off, needles counted out"), ticked=True)
        self._always.setEnabled(False)
        self._lay_out()
        for tick in self.ticks.values():
            tick.clicked.connect(self._save)
        Follows(self, parts.live, {"setting"}, self.show_data)
        self.show_data()

    def show_data(self) -> None:
        """Ask what is needed now."""
        self._parts.work.look(treatment.required_parts, then=self._show, latest="required parts")

    def take_focus(self) -> None:
        """The keyboard begins at the first part."""
        next(iter(self.ticks.values())).setFocus()

    def _show(self, required: tuple[str, ...]) -> None:
        for name, tick in self.ticks.items():
            tick.setChecked(name in required)

    def _save(self) -> None:
        chosen = ",".join(name for name, tick in self.ticks.items() if tick.isChecked())
        self._parts.work.do(practice.save_setting, SettingValue(_KEY, chosen), then=self._saved, refused=self._refused)

    def _saved(self, _done: Finished) -> None:
        self._parts.toast(_("Saved. It holds for every note that is signed from now on."))

    def _refused(self, problem: Problem) -> None:
        self._parts.tell(problem)
        self.show_data()

    def _lay_out(self) -> None:
        card = Card()
        card.setMaximumWidth(theme().sized(_WIDTH))
        words = _("A note cannot be signed before the parts ticked here are filled in. What is missing is named at the foot of the note.")
        column = card.add_padded(Paragraph(words, "secondary", "ink-soft"), gap=12)
        for tick in (*self.ticks.values(), self._always):
            column.addWidget(tick)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(section_head(_("Needed before a note is signed")))
        whole.addWidget(card)
        whole.addStretch(1)


def _part_words(name: str) -> str:
    """The part's name as a line begins: "Pain before"."""
    said = _(FIELD_WORDS[name])
    return said[:1].upper() + said[1:]
