"""A section of the settings: a table of things at the left, the chosen one in a form at the right.

A subclass says what its columns are, how its form is built and filled, and what draft the form's values make. Saving,
refusing, undoing and staying true are here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Outdated, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.side_by_side import SideBySide
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.work import Finished

EDITOR_WIDTH = 344


def section_head(title: str, *more: QWidget, action: QWidget | None = None) -> QWidget:
    """The head of every section, 32 high whether or not it holds a button: its name, `more` behind it, `action` at the right."""
    head = Band(32)
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Label(title, "section"))
    for widget in more:
        row.addWidget(widget)
    row.addStretch(1)
    if action is not None:
        row.addWidget(action)
    return head


class Section(QWidget):
    """Things of one kind. `title` stands in the list at the left, `thing` names one of them ("office")."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    thing: ClassVar[str] = ""
    row_height: ClassVar[int] = 52
    needs: ClassVar[str] = "set_up"
    """The permission without which the section is not in the list."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self.line: Any = None
        self._model: RowsModel[Any] = RowsModel(self.columns(), key=lambda line: line.id, parent=self)
        self.table = Table(self._model, row=self.row_height, label=_(self.title), whole=True)
        self.table.chosen.connect(self._choose)
        self._is_sending = False
        self.form = Form()
        self.build(self.form)
        self._heading = Label("", "section")
        self._trouble = Paragraph("", "secondary", "cinnabar", weight=500)
        self._save = Button(_("Save"), "primary", keys="Ctrl+Enter")
        self._save.setShortcut("Ctrl+Return")
        self._add = Button(_("Add {thing}").format(thing=_(self.thing)), icon="add")
        self._save.clicked.connect(self._save_line)
        self._add.clicked.connect(self.begin_new)
        self.form.changed.connect(self._clear_trouble)
        self._lay_out()
        parts.practice.changed.connect(self.show_data)
        self.show_data()

    # --- what a subclass says

    def columns(self) -> tuple[Column[Any], ...]:
        """The table's columns."""
        return ()

    def lines(self, data: PracticeData) -> Sequence[Any]:  # noqa: ARG002 - said by subclasses
        """What the table shows."""
        return ()

    def build(self, form: Form) -> None:
        """Put fields into `form`."""

    def values(self, line: Any) -> dict[str, Any]:  # noqa: ARG002 - said by subclasses
        """What the form shows of `line`; of None what a new one begins with."""
        return {}

    def send(self, values: dict[str, Any], line: Any, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        """Send the form's values to the clinic."""

    def above(self) -> QWidget | None:
        """What stands above the table."""
        return None

    # --- what is the same for all

    def show_data(self) -> None:
        """Show the practice's data as it stands now; what is being typed stays."""
        lines = tuple(self.lines(self.parts.practice.data))
        self._model.show_rows(lines)
        if self.line is None and lines and not (self.form.is_changed or self._is_sending):
            self._show_line(lines[0])

    def _show_line(self, line: Any) -> None:
        """Chooses a line, also where its row is the chosen one already and the table has nothing to tell."""
        self.table.choose(line.id)
        self._choose(line)

    def begin_new(self) -> None:
        """An empty form for a new one."""
        self.line = None
        self.table.clearSelection()
        self._heading.set_words(_("New {thing}").format(thing=_(self.thing)))
        self.form.accept()
        self.form.fill(self.values(None))
        next(iter(self.form.fields.values())).setFocus()

    def take_focus(self) -> None:
        """The keyboard begins in the table."""
        self.table.setFocus()

    def name_of(self, line: Any) -> str:
        """What `line` is called above its form."""
        return str(line.name)

    def _choose(self, line: Any) -> None:
        if line is None:
            return
        self.line = line
        self._heading.set_words(self.name_of(line))
        self.form.accept()
        self._clear_trouble()
        self.form.fill(self.values(line))

    def _save_line(self) -> None:
        values = self.form.read()
        if values is None:
            return
        self._save.setEnabled(False)
        self._is_sending = True
        self.send(values, self.line, self._saved, self._refused)

    def _saved(self, done: Finished) -> None:
        words = _("{thing} saved").format(thing=_(self.thing).capitalize())
        self.parts.toast(words, done.operation, words)
        self.read_again(done.answer)

    def read_again(self, saved_id: object) -> None:
        """Shows what was saved as it stands now. Until it is there nothing can be saved: it would be added twice."""
        self.form.is_changed = False
        then = partial(self._show_saved, saved_id)
        self.parts.work.look(practice.practice_data, then=then, latest=f"settings {self.key}")

    def _show_saved(self, saved_id: object, data: PracticeData) -> None:
        self.parts.practice.refresh(data)
        self._is_sending = False
        self._save.setEnabled(True)
        lines = self.lines(data)
        shown = next((line for line in lines if line.id == saved_id), lines[0] if lines else None)
        if shown is not None:
            self._show_line(shown)

    def _refused(self, problem: Problem) -> None:
        self._is_sending = False
        self._save.setEnabled(True)
        if isinstance(problem, Outdated):
            self._say(_("Somebody changed this meanwhile. What you typed is still here; choose it in the table to see what it is now."))
        elif not self.form.refuse(problem):
            self.parts.sentence(problem, self._say)

    def _say(self, words: str) -> None:
        self._trouble.set_words(words)
        self._trouble.show()

    def _clear_trouble(self) -> None:
        self._trouble.hide()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        if (widget := self.above()) is not None:
            left.addWidget(widget)
        left.addWidget(section_head(_(self.title), action=self._add))
        card = Card()
        card.body.addWidget(self.table)
        left.addWidget(card)
        left.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SideBySide(left, self._editor(), EDITOR_WIDTH, 16))

    def _editor(self) -> QWidget:
        editor = Card()
        column = editor.add_padded(self._heading, self.form, self._trouble, gap=12)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self._save)
        column.addLayout(self._foot)
        self._trouble.hide()
        box = QWidget()
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(editor)
        outer.addStretch(1)
        return box
