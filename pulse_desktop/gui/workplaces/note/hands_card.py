"""Beside the map: strokes, areas, moxa and currents as one list, and the line that adds them by keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic.treatment.drawn_hands import hand_label
from pulse_desktop.gui.workplaces.note import hand_typing
from pulse_desktop.gui.workplaces.note.hand_words import hand_aside, hand_place, hand_words
from pulse_desktop.gui.workplaces.note.keyed_line import Entry
from pulse_desktop.gui.workplaces.note.list_card import ListCard
from pulse_desktop.gui.workplaces.note.map_column import MapColumn
from pulse_desktop.gui.workplaces.note.mark_list import MarkList, MarkRow
from pulse_desktop.gui.workplaces.note.writing import HANDS, Writing


class HandsCard(QWidget):
    """List and line are one with the map: what is done here shows there."""

    refused = Signal(str)

    def __init__(self, writing: Writing, body: MapColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writing, self._body, self._usable = writing, body, False
        self.rows = MarkList(_("Moxa, gua sha, tuina and currents"), writing.undo_stack, ink="ink", lead_width=24, row=28)
        self.line = Entry(_("Add moxa, gua sha, tuina or a current"), _("Add, like moxa ST36 b"), "Alt+O", labelled=False)
        self._card = ListCard(_("Also"), self.rows)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(7, 7, 7, 5)
        inside.addWidget(self.line)
        self._below = below
        self._card.body.addWidget(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.line.entered.connect(self._add)
        self._card.confirm_asked.connect(self._confirm)
        self.rows.several_chosen.connect(self._choose)
        self.rows.removed.connect(self._remove)
        self.rows.menu_asked.connect(self._open_menu)
        self.rows.digit_typed.connect(self._grade)

    def refresh(self, *, usable: bool) -> None:
        """Show what is drawn now."""
        self._usable = usable
        draft, chosen = self._writing.draft, self._writing.chosen_mark
        rows = [
            MarkRow((field, one.number), hand_label(field, one.number), hand_place(one), hand_aside(one), hand_words(one))
            for field in HANDS
            for one in getattr(draft, field)
        ]
        self.rows.show_rows(rows, () if chosen is None else (chosen,))
        self.rows.setVisible(bool(rows))
        self._card.show_count(str(len(rows)) if rows else "", has_rows=bool(rows))
        self.show_copied(usable=usable)
        self._below.setVisible(usable)
        self.setVisible(usable or bool(rows))

    def show_copied(self, *, usable: bool) -> None:
        """Whether something of it was copied and waits to be confirmed."""
        self._card.show_copied(copied=usable and not frozenset(HANDS).isdisjoint(self._writing.draft.copied))

    def begin(self) -> None:
        """The keyboard comes to the line."""
        self.line.begin()

    def _confirm(self) -> None:
        self._writing.confirm(*HANDS)

    def _add(self, text: str) -> None:
        try:
            field, marks = hand_typing.typed(text, self._writing.draft)
        except Refusal as problem:
            self.line.refuse(sentence(problem))
            return
        known = {one.number for one in getattr(self._writing.draft, field)}
        new = [one for one in marks if one.number not in known]
        if self._body.hands.add(field, new):
            self._show_view(new)
            self.line.take()

    def _show_view(self, new: list[Any]) -> None:
        view = next((one.view for one in new if getattr(one, "view", "")), "")
        if view:
            self._body.show_view(view)

    def _choose(self, keys: tuple[tuple[str, int], ...]) -> None:
        """The last one chosen is the one that changes; the map shows one at a time."""
        self._writing.choose_mark(keys[-1] if keys else None)
        self._body.show_chosen()

    def _remove(self, key: object) -> None:
        if self._usable and isinstance(key, tuple):
            self._body.hands.remove(*key)

    def _open_menu(self, at: QPoint) -> None:
        self._body.open_menu(at)

    def _grade(self, grade: int) -> None:
        """A digit grades what the chosen stroke left."""
        chosen = self._writing.chosen_mark
        if self._usable and grade < 6 and chosen is not None and chosen[0] == "strokes":
            self._body.hands.change(*chosen, mark_grade=grade)
