"""Gathers what the note of one visit needs: the visit, the note (begun if there is none), the patient, the last visit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic import boards, patients, schedule, treatment
from pulse_desktop.clinic.boards.values import PatientBanner
from pulse_desktop.clinic.patients.values import ConditionLine
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.rules import REQUIRED_AT_FIRST
from pulse_desktop.clinic.treatment.values import FadingCup, NoteLine, NoteView
from pulse_desktop.gui.parts.desk_parts import DeskParts


class Sitting(QObject):
    """One visit's note, from the moment somebody goes there. The signals come one by one, as answers do."""

    visit_found = Signal()
    banner_found = Signal()
    note_found = Signal()
    last_found = Signal()
    skin_found = Signal()
    """Conditions or fading marks: what the map must show."""
    required_found = Signal()
    not_to_show = Signal(str, str)
    """There is no note to show here: a sentence and why."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.visit_id = 0
        self.visit: VisitLine | None = None
        self.note: NoteView | None = None
        self.last: NoteView | None = None
        self.banner: PatientBanner | None = None
        self.conditions: tuple[ConditionLine, ...] = ()
        self.fading: tuple[FadingCup, ...] = ()
        self.course: tuple[NoteLine, ...] = ()
        self.required: tuple[str, ...] = REQUIRED_AT_FIRST
        """What this clinic needs before a note is signed."""

    def begin(self, visit_id: int) -> None:
        """Ask for everything about this visit."""
        self._forget(visit_id)
        self.read_required()
        self._parts.work.look(schedule.visit, visit_id, then=self._take_visit, latest="visit", refused=self._no_visit)

    def read_note(self) -> None:
        """Ask for the note anew: it was signed, or something was added."""
        if self.note is not None:
            self._parts.work.look(treatment.note, self.note.id, then=self._take_note, latest="note", refused=self._no_note)

    def begin_anew(self) -> None:
        """A note of its own for a visit whose note was entered in error."""
        self._parts.work.do(treatment.open_note, self.visit_id, then=self._opened, refused=self._no_note)

    def read_patient(self) -> None:
        """Ask anew for what may have changed about the patient meanwhile."""
        if self.visit is not None:
            patient_id, look = self.visit.patient_id, self._parts.work.look
            look(boards.patient_banner, patient_id, then=self._take_banner, latest="banner")
            look(patients.conditions, patient_id, then=self._take_conditions, latest="conditions", refused=self._pass_over)

    def read_required(self) -> None:
        """Ask which parts this clinic needs before a note is signed."""
        self._parts.work.look(treatment.required_parts, then=self._take_required, latest="required", refused=self._pass_over)

    def read_visit(self) -> None:
        """Ask anew for the visit: it may have moved to another room."""
        if self.visit is not None:
            self._parts.work.look(schedule.visit, self.visit_id, then=self._show_visit, latest="visit", refused=self._pass_over)

    # --- what comes back

    def _take_visit(self, visit: VisitLine) -> None:
        self._show_visit(visit)
        self.read_patient()
        look, patient_id = self._parts.work.look, visit.patient_id
        look(treatment.note_of_visit, visit.id, then=self._take_first, latest="note", refused=self._no_note)
        look(treatment.fading_cups, patient_id, visit.day, then=self._take_fading, latest="fading", refused=self._pass_over)
        look(treatment.notes_of, patient_id, then=self._take_course, latest="course", refused=self._pass_over)

    def _show_visit(self, visit: VisitLine) -> None:
        self.visit = visit
        self.visit_found.emit()

    def _take_first(self, view: NoteView | None) -> None:
        """The note as it is, or a new one where this person may begin it."""
        if self._is_to_be_opened(view):
            self._parts.work.do(treatment.open_note, self.visit_id, then=self._opened, refused=self._no_note)
        elif view is None:
            self.not_to_show.emit(
                _("No note has been written for this visit"), _("The practitioner who treats begins it from the Today board.")
            )
        else:
            self._take_note(view)

    def _is_to_be_opened(self, view: NoteView | None) -> bool:
        if not self._parts.may("write_note") or self.visit is None:
            return False
        if view is None:
            return True
        untouched = view.saved_at is None and view.state == "draft"
        return untouched and not view.may_write and self.visit.staff_id == self._parts.person.staff_id

    def _opened(self, done: Any) -> None:
        self._parts.work.look(treatment.note, int(done.answer), then=self._take_note, latest="note", refused=self._no_note)

    def _take_note(self, view: NoteView) -> None:
        if view.visit_id == self.visit_id:
            self.note = view
            self.note_found.emit()

    def _take_required(self, required: tuple[str, ...]) -> None:
        self.required = required
        self.required_found.emit()

    def _take_banner(self, banner: PatientBanner) -> None:
        self.banner = banner
        self.banner_found.emit()

    def _take_conditions(self, lines: tuple[ConditionLine, ...]) -> None:
        self.conditions = lines
        self.skin_found.emit()

    def _take_fading(self, marks: tuple[FadingCup, ...]) -> None:
        self.fading = marks
        self.skin_found.emit()

    def _take_course(self, lines: tuple[NoteLine, ...]) -> None:
        self.course = lines
        if self.visit is not None:
            look = self._parts.work.look
            look(treatment.last_signed, self.visit.patient_id, self.visit.day, then=self._take_last, latest="last", refused=self._pass_over)

    def _take_last(self, view: NoteView | None) -> None:
        self.last = view
        self.last_found.emit()

    # --- what does not come

    def _no_visit(self, problem: Problem) -> None:
        self.not_to_show.emit(_("This visit cannot be shown"), sentence(problem))

    def _no_note(self, problem: Problem) -> None:
        self.not_to_show.emit(_("This note cannot be shown"), sentence(problem))

    def _pass_over(self, problem: Problem) -> None:
        """What stands beside the note is missing; the note itself can be written."""
        self._parts.tell(problem)

    def _forget(self, visit_id: int) -> None:
        self.visit_id = visit_id
        self.visit = self.note = self.last = self.banner = None
        self.conditions, self.fading, self.course = (), (), ()
