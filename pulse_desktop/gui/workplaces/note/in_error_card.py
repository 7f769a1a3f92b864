"""Over a note that was entered in error: that it is none of this patient's, why, and where it belongs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.basics.times import clock_time_full
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.reentry import Reentry
from pulse_desktop.clinic.treatment.values import NoteView
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Icon, Paragraph
from pulse_desktop.gui.parts.places import NotePlace


class InErrorCard(Card):
    """`anew_asked`: the patient of this visit gets a note of their own."""

    anew_asked = Signal()

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._parts = parts
        self._note_id = 0
        self._words = Paragraph("", weight=500)
        self.where = ChoiceField(_("Where it belongs"))
        self.write_there = Button(_("Write it there"), "primary", icon="note")
        self.anew = Button(_("Begin this visit’s own note"), icon="add")
        self._offer = QWidget()
        self._lay_out()
        self.write_there.clicked.connect(self._write)
        self.anew.clicked.connect(self.anew_asked)

    def show_note(self, view: NoteView | None) -> None:
        """Say it of this note, or nothing for one that stands where it belongs."""
        is_wrong = view is not None and view.state == "in_error"
        self.setVisible(is_wrong)
        if view is None or not is_wrong:
            return
        self._note_id = view.id
        reason = next((line.reason for line in view.amendments if line.kind == "in_error"), "").rstrip(".")
        said = _("Entered in error: {reason}. It is kept as it was signed, but is no part of this patient’s prints, last visit, marks or progress.")
        self._words.set_words(said.format(reason=reason))
        self.setAccessibleName(said.format(reason=reason))
        self.set_colours("cinnabar-tint", "cinnabar")
        self._offer.hide()
        may = self._parts.may("write_note")
        self.anew.setVisible(may)
        if may and view.author_id == self._parts.person.staff_id:
            self._parts.work.look(treatment.where_it_belongs, view.id, then=self._show_visits, latest="where it belongs")

    def _show_visits(self, visits: tuple[VisitLine, ...]) -> None:
        self.where.show_choices([(visit.id, _visit_words(visit)) for visit in visits])
        self._offer.setVisible(bool(visits))

    def _write(self) -> None:
        visit_id = self.where.value()
        if visit_id is None:
            self.where.refuse(_("Choose the visit it belongs to."))
            return
        self.write_there.setEnabled(False)
        self._parts.work.do(treatment.enter_again, Reentry(self._note_id, int(visit_id)), then=self._written, refused=self._refuse)

    def _written(self, _done: Any) -> None:
        self.write_there.setEnabled(True)
        self._parts.toast(_("Written there as a draft. Confirm it and sign it."))
        self._parts.go_to(NotePlace(int(self.where.value())))

    def _refuse(self, problem: Problem) -> None:
        self.write_there.setEnabled(True)
        self.where.refuse(sentence(problem))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("warning", "cinnabar", 18), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._words, 1)
        head.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self._offer)
        row.setContentsMargins(26, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.where, 1)
        row.addWidget(self.write_there, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._offer)
        self.body.addLayout(column)
        self._offer.hide()
        self.hide()


def _visit_words(visit: VisitLine) -> str:
    """Says "10:30 AM Grace O'Neill, Acupuncture 60"."""
    return _("{time} {patient}, {services}").format(time=clock_time_full(visit.minute), patient=visit.patient, services=visit.services_words)
