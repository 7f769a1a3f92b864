"""Problems as sentences: names of people, rooms and offices are filled in here, where they are shown."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.work import Work

Then = Callable[[str], object]


class Sentences(QObject):
    """Makes sentences; a patient's name is looked up first, so the answer comes a moment later."""

    def __init__(self, work: Work, practice: Practice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._practice = work, practice

    def make(self, problem: Problem, then: Then) -> None:
        """`then(text)` gets the sentence of `problem`."""
        patient_id = problem.details.get("patient_id")
        if not isinstance(patient_id, int):
            then(self._said(problem, {}))
            return
        named = functools.partial(self._say_with_patient, problem, then)
        unnamed = functools.partial(self._say_without_patient, problem, then)
        self._work.look(patients.patient, patient_id, then=named, refused=unnamed)

    def _say_with_patient(self, problem: Problem, then: Then, record: PatientRecord) -> None:
        then(self._said(problem, {"patient": record.name}))

    def _say_without_patient(self, problem: Problem, then: Then, _why: Problem) -> None:
        then(self._said(problem, {"patient": _("another patient")}))

    def _said(self, problem: Problem, names: dict[str, object]) -> str:
        data, found = self._practice.data, dict(names)
        rows = (("room", data.rooms), ("office", data.offices), ("service", data.services))
        for key, known in rows:
            found.update((key, row.name) for row in known if row.id == problem.details.get(f"{key}_id"))
        for key in ("staff", "by", "who"):
            found.update((key, one.short_name) for one in data.staff if one.id == problem.details.get(f"{key}_id"))
        return sentence(problem, found)
