"""Asking the safety questions: what holds already, what is new, and that all were asked today."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic import atlas, patients
from pulse_desktop.clinic.patients.values import ConditionDraft, ConditionLine, PatientRecord, Screening
from pulse_desktop.gui.forms.fields import LineEdit, RefusalLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.places import ConditionsRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.patient_file.condition_editor import ConditionEditor
from pulse_desktop.gui.workplaces.patient_file.file_words import asked_words
from pulse_desktop.gui.workplaces.patient_file.question_list import QuestionList


class ConditionsPanel(SidePanel):
    """Yes-answers above, all other questions below; what is not answered yes counts as no."""

    def __init__(self, parts: DeskParts, request: ConditionsRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Safety questions"), primary=_("Save, asked today"), wide=True, parent=parent)
        self._parts, self._request = parts, request
        self._patient = ""
        self._editors: dict[str, ConditionEditor] = {}
        self._unsent: list[ConditionDraft] = []
        self._yes_head = Label(_("Answered yes"), "secondary", "ink-soft", weight=500)
        self._yes = QVBoxLayout()
        self._yes.setSpacing(8)
        self._search = LineEdit(_("Find a question: pregnant, blood thinner, tattoo…"))
        self._search.setAccessibleName(_("Find a question"))
        self._search.installEventFilter(self)
        self._questions = QuestionList()
        self._nothing = Paragraph(_("No question has these words."), "body", "ink-soft")
        self._all_asked = Tick(_("All questions were asked today"), ticked=True)
        self._trouble = RefusalLine()
        self.body.addWidget(self._all_asked)
        self.body.addWidget(self._yes_head)
        self.body.addLayout(self._yes)
        for widget in (self._trouble, self._search, self._nothing, self._questions):
            self.body.addWidget(widget)
        self._search.textEdited.connect(self._show_questions)
        self._questions.answered.connect(self._say_yes)
        self._all_asked.toggled.connect(self._say_primary)
        self.confirmed.connect(self._save)
        self._show_questions()
        parts.work.look(patients.conditions, request.patient_id, then=self._show_known)
        parts.work.look(patients.patient, request.patient_id, then=self._show_patient)

    def focus_first(self) -> None:
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to the questions, Enter answers the first one yes."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            if event.key() == Qt.Key.Key_Down:
                self._questions.step_in()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if self._search.text().strip():
                    self._questions.answer_first()
                return True
        return super().eventFilter(watched, event)

    # --- showing

    def _show_patient(self, record: PatientRecord) -> None:
        self._patient = record.name
        self.name = _("Safety questions, {patient}").format(patient=record.name)
        self.set_title(_("Safety questions"), asked_words(record, self._parts.practice.today()))

    def _show_known(self, lines: tuple[ConditionLine, ...]) -> None:
        today = self._parts.practice.today()
        for line in lines:
            if line.is_active(today) and _slot(line) not in self._editors:
                self._add_editor(_slot(line), ConditionEditor(atlas.conditions().get(line.key), line, today))
        self._show_questions()

    def _add_editor(self, slot: str, editor: ConditionEditor) -> None:
        self._editors[slot] = editor
        editor.changed.connect(self._keep)
        editor.removed.connect(self._take_back)
        self._yes.addWidget(editor)

    def _show_questions(self) -> None:
        self._questions.show_questions(self._search.text(), {editor.key for editor in self._editors.values() if editor.is_only_one})
        self._nothing.setVisible(self._questions.found == 0)
        self._yes_head.setVisible(bool(self._editors))

    def _say_primary(self) -> None:
        self.say_primary(_("Save, asked today") if self._all_asked.isChecked() else _("Save answers"))

    def _keep(self) -> None:
        self.has_draft = True
        self._trouble.say("")

    # --- answering

    def _say_yes(self, key: str) -> None:
        editor = ConditionEditor(atlas.conditions()[key], None, self._parts.practice.today())
        self._add_editor(key, editor)
        self._search.clear()
        self._show_questions()
        self._keep()
        editor.take_focus()
        self.scroller.verticalScrollBar().setValue(0)

    def _take_back(self, key: str) -> None:
        editor = self._editors.pop(key)
        editor.hide()
        editor.deleteLater()
        self._show_questions()
        self._search.setFocus()

    # --- saving

    def _save(self) -> None:
        drafts: list[ConditionDraft] = []
        for editor in self._editors.values():
            if editor.is_changed:
                draft = editor.read(self._request.patient_id)
                if draft is None:
                    return
                drafts.append(draft)
        if self._all_asked.isChecked():
            self.primary.setEnabled(False)
            screening = Screening(self._request.patient_id, tuple(drafts))
            self._parts.work.do(patients.record_screening, screening, then=partial(self._saved, len(drafts)), refused=self._refused)
        elif drafts:
            self.primary.setEnabled(False)
            self._unsent = drafts
            self._send_next()
        else:
            self._trouble.say(_("Nothing was changed. Answer a question, or tick that all were asked."))

    def _send_next(self, _done: Finished | None = None) -> None:
        """Single answers go one after the other; each is a line of its own in the history."""
        draft = self._unsent.pop(0)
        then = self._send_next if self._unsent else partial(self._saved, 1)
        self._parts.work.do(patients.record_condition, draft, then=then, refused=self._refused)

    def _saved(self, count: int, done: Finished) -> None:
        asked = self._all_asked.isChecked()
        if asked:
            words = ngettext("Safety questions asked, {count} new answer", "Safety questions asked, {count} new answers", count)
            said = words.format(count=count) if count else _("Safety questions asked, nothing new")
        else:
            said = _("Answers of {patient} saved").format(patient=self._patient)
        undo = _("questions asked {patient}") if asked else _("last answer of {patient}")
        self._parts.toast(said, done.operation, undo.format(patient=self._patient))
        self.has_draft = False
        self.close()

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        self._parts.sentence(problem, self._trouble.say)


def _slot(line: ConditionLine) -> str:
    """A known answer's place among the editors; several may have the same key (two wounds)."""
    return f"#{line.id}"
