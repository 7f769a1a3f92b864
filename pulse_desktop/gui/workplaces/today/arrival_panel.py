""""Anything new? Medicine, pregnancy, fever, skin, fall, surgery." One key says no; what is new is written down at once."""

from __future__ import annotations

import functools
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Outdated, Problem
from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic import atlas, flows, patients, schedule
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.patients.values import ConditionDraft
from pulse_desktop.clinic.schedule.values import Progress, VisitLine
from pulse_desktop.gui.forms.fields import LongTextField, RefusalLine
from pulse_desktop.gui.parts.chips import ToggleChip
from pulse_desktop.gui.parts.choice import Choice
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.flow import FlowLayout
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.places import ArrivalRequest
from pulse_desktop.gui.parts.side_panel import SidePanel

ASKED: Final = (
    ("anticoagulant", N_("Blood thinner")),
    ("pregnancy", N_("Pregnant")),
    ("fever_acute_infection", N_("Fever or infection")),
    ("skin_infection", N_("Skin infection")),
    ("fracture", N_("Fall, broken bone")),
    ("surgery_recent", N_("Surgery")),
)
"""The usual news at the desk, each a condition of the screening list; all others are in the list below them."""


class ArrivalPanel(SidePanel):
    """Arrives the patient with the answer; for one who is here already it only writes down what is new."""

    def __init__(self, parts: DeskParts, request: ArrivalRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Anything new?"), primary=_("Nothing new"), leave=_("Later"), parent=parent)
        self._parts, self._visit_id = parts, request.visit_id
        self._visit: VisitLine | None = None
        self._chips: dict[str, ToggleChip] = {}
        self._other = Choice(_("Another condition"))
        self._detail = LongTextField(_("What exactly, if it matters"), hint=_("Name of the medicine, place of the wound"))
        self._refusal = RefusalLine()
        self._fill_body()
        self.primary.setEnabled(False)
        self.confirmed.connect(self._arrive)
        parts.work.look(schedule.visit, request.visit_id, then=self._show, refused=self._refuse)

    def focus_first(self) -> None:
        """Enter says that nothing is new."""
        self.primary.setFocus()

    def _fill_body(self) -> None:
        self.body.addWidget(Paragraph(_("Ask: medicine, pregnancy, fever, skin, fall, surgery.")))
        row = QWidget()
        flow = FlowLayout(row, 6)
        for key, words in ASKED:
            if key in atlas.conditions():
                chip = ToggleChip(_(words), "add", parent=row)
                chip.switched.connect(self._weigh)
                self._chips[key] = chip
                flow.addWidget(chip)
        self.body.addWidget(row)
        others = [(key, known.label.en) for key, known in atlas.conditions().items() if key not in self._chips]
        self._other.show_choices([(None, _("None")), *others])
        self._other.picked.connect(self._weigh)
        self.body.addWidget(Label(_("Another condition"), "secondary", "ink-soft", weight=500))
        self.body.addWidget(self._other)
        self.body.addWidget(self._detail)
        self.body.addWidget(self._refusal)
        self._refusal.say("")

    def _show(self, visit: VisitLine) -> None:
        self._visit = visit
        self.set_title(_("Anything new?"), visit.patient)
        self.name = _("Anything new, {name}").format(name=visit.patient_short)
        self.primary.setEnabled(True)
        self._weigh()
        self.focus_first()

    def _keys(self) -> list[str]:
        other = self._other.value
        return [key for key, chip in self._chips.items() if chip.isChecked()] + ([str(other)] if other else [])

    def _weigh(self, _on: object = None) -> None:
        count = len(self._keys())
        self.has_draft = bool(count or self._detail.draft())
        is_coming = self._visit is None or self._visit.progress == Progress.EXPECTED
        if count:
            arrives = ngettext("{count} new thing, arrived", "{count} new things, arrived", count)
            words = ngettext("Write down {count} thing", "Write down {count} things", count)
            self.say_primary((arrives if is_coming else words).format(count=count))
        else:
            self.say_primary(_("Nothing new, arrived") if is_coming else _("Nothing new"))

    def _news(self, visit: VisitLine, today: date) -> tuple[ConditionDraft, ...]:
        detail = self._detail.draft().strip()
        return tuple(ConditionDraft(visit.patient_id, key, today, detail=detail) for key in self._keys())

    def _arrive(self) -> None:
        visit = self._visit
        if visit is None:
            return
        news = self._news(visit, self._parts.practice.today())
        if visit.progress == Progress.EXPECTED:
            arrival = Arrival(visit.id, visit.version, asked=True, news=news)
            self.primary.setEnabled(False)
            self._parts.work.do(flows.check_in, arrival, then=self._arrived, refused=self._refuse)
        else:
            self._write_down(list(news))

    def _write_down(self, news: list[ConditionDraft]) -> None:
        """One after the other; the panel closes after the last."""
        if not news:
            self.has_draft = False
            self.close()
            return
        then = functools.partial(self._written, news[1:])
        self._parts.work.do(patients.record_condition, news[0], then=then, refused=self._refuse)

    def _written(self, rest: list[ConditionDraft], _done: object) -> None:
        self._write_down(rest)

    def _arrived(self, done: Any) -> None:
        visit = self._visit
        self.has_draft = False
        if visit is not None:
            time = clock_time(self._parts.practice.wall_now())
            words = _("{name} arrived, {time}").format(name=visit.patient, time=time)
            self._parts.toast(words, done.operation, _("arrived {name}").format(name=visit.patient_short))
        self.close()

    def _refuse(self, problem: Problem) -> None:
        self.primary.setEnabled(self._visit is not None)
        self._parts.sentence(problem, self._refusal.say)
        if isinstance(problem, Outdated):
            self._parts.work.look(schedule.visit, self._visit_id, then=self._show)
