"""Entering a score of an outcome measure, correcting one, or saying that it does not belong here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import patients, treatment
from pulse_desktop.clinic.atlas.measures import Measure, measures, recommended
from pulse_desktop.clinic.treatment.outcomes import REASONS
from pulse_desktop.clinic.treatment.values import ScoreDraft, ScoreInError, ScoreLine
from pulse_desktop.gui.forms.fields import Field, RefusalLine
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph, Rule
from pulse_desktop.gui.parts.places import ScoreRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.patient_file.score_fields import ActivitiesField, Asked, field_for


class ScorePanel(SidePanel):
    """Measure and day, then the questions in our words where the licence allows them, else the score itself."""

    def __init__(self, parts: DeskParts, request: ScoreRequest, parent: QWidget | None = None) -> None:
        title = _("Enter score") if request.score_id is None else _("Correct score")
        super().__init__(title, primary=_("Save score"), wide=True, parent=parent)
        self._parts, self._request = parts, request
        self._patient, self._known, self._line = "", (), None  # type: str, tuple[ScoreLine, ...], ScoreLine | None
        self._form = Form()
        self._form.choice("measure", _("Measure"), _choices())
        self._form.day("taken_on", _("Taken on"), required=True)
        self._form.fill({"measure": request.measure or recommended()[0], "taken_on": parts.practice.today()})
        self._about = Paragraph("", "secondary", "ink-soft")
        self._form.place(self._about)
        self._asked: Field = field_for(self._measure)
        self._form.add("score", self._asked)
        self._reason = Form()
        self._reason.choice("reason", _("Does it belong here?"), [("", _("Yes, it counts")), *((key, _(words)) for key, words in REASONS.items())])
        self._rule = Rule()
        self._trouble = RefusalLine()
        for widget in (self._form, self._trouble, self._rule, self._reason):
            self.body.addWidget(widget)
        for widget in (self._rule, self._reason):
            widget.setVisible(request.score_id is not None)
        self._form.fields["measure"].changed.connect(self._ask_measure)
        for form in (self._form, self._reason):
            form.changed.connect(self._keep)
        self.confirmed.connect(self._save)
        self._say_about()
        parts.work.look(patients.name_of, request.patient_id, then=self._show_name)
        parts.work.look(treatment.scores_of, request.patient_id, then=self._show_known)

    def focus_first(self) -> None:
        (self._asked if self._request.measure or self._line else self._form.fields["measure"]).setFocus()

    @property
    def _measure(self) -> Measure:
        return measures()[self._form.fields["measure"].value()]

    # --- showing

    def _show_name(self, name: str) -> None:
        self._patient = name
        self.name = _("Score, {patient}").format(patient=name)
        self.set_title(_("Enter score") if self._request.score_id is None else _("Correct score"), name)

    def _show_known(self, lines: tuple[ScoreLine, ...]) -> None:
        self._known = tuple(line for line in lines if line.is_valid)
        self._line = next((line for line in self._known if line.id == self._request.score_id), None)
        if self._line is None:
            self._name_activities()
            return
        self._form.fill({"measure": self._line.measure, "taken_on": self._line.taken_on})
        self._ask_measure()
        self._asked.set_value(Asked(self._line.answers, self._line.score_tenths))
        self._form.is_changed = self.has_draft = False

    def _ask_measure(self) -> None:
        """Another measure is asked in another way."""
        before = self._asked
        self._asked = field_for(self._measure)
        self._form.add("score", self._asked)
        before.hide()
        before.deleteLater()
        self._name_activities()
        self._say_about()

    def _say_about(self) -> None:
        measure = self._measure
        parts = (measure.name, "" if measure.has_questions else measure.scoring.rstrip("."), measure.credit)
        self._about.set_words(". ".join(part for part in parts if part) + ".")

    def _name_activities(self) -> None:
        last = next((line for line in reversed(self._known) if line.measure == self._measure.key), None)
        if isinstance(self._asked, ActivitiesField) and last is not None:
            self._asked.name_activities([answer.words for answer in last.answers])

    def _keep(self) -> None:
        self.has_draft = True
        self._trouble.say("")
        is_wrong = bool(self._reason.fields["reason"].value())
        self.say_primary(_("Mark as in error") if is_wrong else _("Save score"))

    # --- saving

    def _save(self) -> None:
        reason = self._reason.fields["reason"].value()
        if self._line is not None and reason:
            wrong = ScoreInError(self._request.patient_id, self._line.id, self._line.version, reason)
            self.primary.setEnabled(False)
            self._parts.work.do(treatment.mark_score_in_error, wrong, then=self._marked, refused=self._refused)
            return
        values = self._form.read()
        if values is None:
            return
        asked: Asked = values["score"]
        draft = ScoreDraft(self._request.patient_id, values["measure"], values["taken_on"], asked.score_tenths, asked.answers)
        if self._line is not None:
            draft = replace(draft, id=self._line.id, version=self._line.version)
        self.primary.setEnabled(False)
        self._parts.work.do(treatment.record_score, draft, then=self._saved, refused=self._refused)

    def _saved(self, done: Finished) -> None:
        self._leave_with(_("{measure} of {patient} saved"), done)

    def _marked(self, done: Finished) -> None:
        self._leave_with(_("{measure} of {patient} marked as in error"), done)

    def _leave_with(self, words: str, done: Finished) -> None:
        names = {"measure": self._measure.short, "patient": self._patient}
        self._parts.toast(words.format(**names), done.operation, _("score {patient}").format(patient=self._patient))
        self.has_draft = False
        self.close()

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        if problem.field == "answers":
            self._parts.sentence(problem, self._asked.refuse)
        elif not self._form.refuse(problem):
            self._parts.sentence(problem, self._trouble.say)


def _choices() -> list[tuple[str, str]]:
    """Those that serve most patients first; each with its range."""
    keys = dict.fromkeys((*recommended(), *measures()))
    found = (measures()[key] for key in keys)
    return [(measure.key, f"{measure.short}, {measure.range_words}") for measure in found]


