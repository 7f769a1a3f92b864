"""The lines of the aftercare sheet: which of them a licensed practitioner has approved, and which are still awaited.

Only this screen says so; on paper a line is a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.clinic import atlas, practice
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.side_by_side import SideBySide
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.section import EDITOR_WIDTH, section_head

_EVIDENCE: Final = {
    "safety": N_("safety source"),
    "clinic": N_("clinic's own page"),
    "custom": N_("clinic custom"),
    "ours": N_("plain sense"),
}
"""On what a line rests, as the reference data says it."""
_TOPICS: Final = {
    "all": N_("every sheet"),
    "cupping": N_("cupping"),
    "fire_cupping": N_("fire cupping"),
    "wet_cupping": N_("wet cupping"),
    "acupuncture": N_("acupuncture points"),
    "estim": N_("electro-acupuncture"),
    "moxa": N_("moxa"),
    "tuina": N_("tuina"),
    "gua_sha": N_("gua sha"),
    "herbs": N_("herbs"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    line: atlas.AftercareLine
    is_approved: bool


class AftercareSection(QWidget):
    """All lines with their four languages; practitioners approve them."""

    key, title = "aftercare", N_("Aftercare sheet")

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        columns: tuple[Column[_Line], ...] = (
            Column(_("Line"), lambda row: row.line.words.en, detail=_topic_words, stretch=1),
            Column(_("Evidence"), lambda row: _(_EVIDENCE.get(row.line.evidence, row.line.evidence))),
            Column(_("Approved"), lambda _row: "", chip=_approval),
        )
        self._model: RowsModel[_Line] = RowsModel(columns, key=lambda row: row.line.key, parent=self)
        self._table = Table(self._model, row=52, label=_(self.title))
        self._table.chosen.connect(self._show_line)
        self._words = {language: Paragraph("", "body") for language in atlas.LANGUAGES}
        self._count = Label("", "body", "ink-soft")
        self._approve = Button(_("Approve this line"), "primary")
        self._approve_all = Button(_("Approve all that are awaited"))
        for button, asked in ((self._approve, self._approve_one), (self._approve_all, self._approve_rest)):
            button.clicked.connect(asked)
        self._lay_out()
        for button in (self._approve, self._approve_all):
            button.setVisible(parts.may("sign_note"))
        Follows(self, parts.live, {"setting"}, self.show_data)
        self.show_data()

    def show_data(self) -> None:
        """Ask what is approved."""
        self._parts.work.look(practice.approved_lines, then=self._show, latest="approved")

    def take_focus(self) -> None:
        """The keyboard begins in the table."""
        self._table.setFocus()

    def _show(self, approved: frozenset[str]) -> None:
        rows = tuple(_Line(line, line.key in approved) for line in atlas.all_aftercare_lines())
        self._model.show_rows(rows)
        awaited = sum(not row.is_approved for row in rows)
        words = ngettext("{count} line awaits approval", "{count} lines await approval", awaited)
        self._count.set_words(words.format(count=awaited) if awaited else _("All lines are approved"))
        self._approve_all.setEnabled(bool(awaited))
        if self._table.current_line is None and rows:
            self._table.choose(rows[0].line.key)

    def _show_line(self, row: _Line | None) -> None:
        if row is None:
            return
        for language, paragraph in self._words.items():
            paragraph.set_words(getattr(row.line.words, language))
        self._approve.setEnabled(not row.is_approved)

    def _approve_one(self) -> None:
        if (row := self._table.current_line) is not None:
            self._send((row.line.key,))

    def _approve_rest(self) -> None:
        self._send(tuple(row.line.key for row in self._model.lines if not row.is_approved))

    def _send(self, keys: tuple[str, ...]) -> None:
        self._parts.work.do(practice.approve_lines, keys, then=self._approved, refused=self._refused)

    def _approved(self, _done: Finished) -> None:
        self._parts.toast(_("Approved"))

    def _refused(self, problem: Problem) -> None:
        self._parts.tell(problem)

    def _lay_out(self) -> None:
        card = Card()
        card.setSizePolicy(card.sizePolicy().Policy.Preferred, card.sizePolicy().Policy.Expanding)
        card.body.addWidget(self._table)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(section_head(_(self.title), self._count, action=self._approve_all))
        left.addWidget(card, 1)
        right = Card(_("In the patients’ languages"))
        right.setSizePolicy(right.sizePolicy().Policy.Preferred, right.sizePolicy().Policy.Minimum)  # it grows with the words
        note = _("The translations were proofread, but not by native clinicians. Have them read before you approve.")
        column = right.add_padded(*self._words.values(), Paragraph(note, "secondary", "ink-soft"), gap=12)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._approve)
        column.addLayout(foot)
        beside = QWidget()
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(right)
        side.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SideBySide(left, beside, EDITOR_WIDTH, 16))


def _topic_words(row: _Line) -> str:
    """What the line belongs to: "every sheet", "fire cupping"."""
    topic = row.line.modality
    return _(_TOPICS.get(topic, topic))


def _approval(row: _Line) -> ChipView:
    return ChipView(_("approved"), "jade", "check") if row.is_approved else ChipView(_("to be approved"), "amber")
