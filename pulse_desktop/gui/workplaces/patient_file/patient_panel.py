"""Registering a patient, or changing one's details."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.names import digits
from pulse_desktop.basics.problems import Outdated, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day, read_birth_date
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.values import PatientDraft, PatientLine, PatientRecord, display_name
from pulse_desktop.gui.forms.fields import RefusalLine
from pulse_desktop.gui.live import PRESENCE, Follows
from pulse_desktop.gui.parts.card import CardLine, TitledLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.key_rows import KeyRow, KeyRows
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.places import PatientPlace, PatientRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.patient_file.both_versions import BothVersions
from pulse_desktop.gui.workplaces.patient_file.patient_form import PatientForm, merged

_SUBJECT: Final = "patient"
_PAUSE_MS: Final = 200
_WATCHED: Final = ("first_name", "last_name", "born", "phone")
_PHONE_DIGITS: Final = 5


class PatientPanel(SidePanel):
    """The form, who may be the same person, and what somebody else changed meanwhile."""

    def __init__(self, parts: DeskParts, request: PatientRequest, parent: QWidget | None = None) -> None:
        is_new = request.patient_id is None
        title = _("Add a patient") if is_new else _("Patient's details")
        primary = _("Add patient") if is_new else _("Save details")
        super().__init__(title, primary=primary, wide=True, parent=parent)
        self._parts, self._request = parts, request
        self._base = PatientDraft("", "", office_id=parts.practice.office.id)
        self._theirs: PatientDraft | None = None
        self._mine: PatientDraft | None = None
        self._alike_lines: tuple[PatientLine, ...] = ()
        self._form = PatientForm(parts.practice.data, parts.practice.today())
        self._alike = _AlikeBox()
        self._others = TitledLine(CardLine("", icon="seat", ink="indigo"))
        self._both = BothVersions()
        self._trouble = RefusalLine()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_alike)
        for widget in (self._others, self._both, self._form, self._trouble):
            self.body.addWidget(widget)
        self._others.hide()
        self._form.insert_after_name(self._alike)
        self._both.hide()
        self._alike.hide()
        self._alike.rows.used.connect(self._open_alike)
        self._both.theirs_wanted.connect(self._use_theirs)
        self._form.changed.connect(self._keep)
        self.confirmed.connect(self._save)
        self._begin(request)

    def _begin(self, request: PatientRequest) -> None:
        if request.patient_id is not None:
            self.primary.setEnabled(False)
            self._parts.work.look(patients.patient, request.patient_id, then=self._show_record)
            return
        self._form.show_patient(self._base)
        first, last, phone = split_words(request.words)
        self._form.fill({"first_name": first, "last_name": last, "phone": phone})
        if request.words:
            self._keep()

    def _show_record(self, record: PatientRecord) -> None:
        draft = record.draft
        self._base = _numbered(record)
        self._form.show_patient(draft)
        self._form.is_changed = False
        self.primary.setEnabled(True)
        self.set_title(_("Patient's details"), record.number)
        self._call(draft)
        self._parts.live.presence.enter(_SUBJECT, record.id, self._parts.practice.office.name)
        self.closed.connect(self._say_closed)
        Follows(self, self._parts.live, {PRESENCE}, self._say_others)
        self._say_others()

    # --- who else has the form open

    def _say_others(self) -> None:
        there = self._parts.live.presence.at(_SUBJECT, self._request.patient_id or 0)
        other = next((one for one in there if not one.is_here), None)
        self._others.setVisible(other is not None)
        if other is None:
            return
        words = _("You have these details open at {seat}.") if other.is_mine else _("{name} has these details open in {office}.")
        said = words.format(seat=other.seat, name=other.name, office=other.place)
        self._others.show_line(CardLine(said, _("Whoever saves second sees both."), "seat", "indigo"))

    def _say_closed(self) -> None:
        self._parts.live.presence.leave(_SUBJECT, self._request.patient_id or 0)

    # --- typing

    def _keep(self) -> None:
        self.has_draft = True
        self._trouble.say("")
        typed = self._form.fields
        self._call(PatientDraft(typed["first_name"].draft().strip(), typed["last_name"].draft().strip()))
        self._pause.start()

    def _call(self, draft: PatientDraft) -> None:
        name = display_name(draft.first_name, draft.last_name)
        kind = _("New patient, {name}") if self._request.patient_id is None else _("Details, {name}")
        self.name = kind.format(name=name or "…")

    def _look_for_alike(self) -> None:
        if self._request.patient_id is not None:
            return
        typed = {name: self._form.fields[name].draft() for name in _WATCHED}
        try:
            born = read_birth_date(typed["born"], self._parts.practice.today()) if typed["born"].strip() else None
        except ValueError:
            born = None
        look = self._parts.work.look
        look(patients.like, typed["first_name"], typed["last_name"], born, typed["phone"], then=self._show_alike, latest="alike")

    def _show_alike(self, lines: tuple[PatientLine, ...]) -> None:
        self._alike_lines = lines
        self._alike.show_lines(lines)

    def _open_alike(self, index: int) -> None:
        """It is somebody known: their file, and nothing is registered."""
        line = self._alike_lines[index]
        self.has_draft = False
        self.close()
        self._parts.go_to(PatientPlace(line.id))

    # --- saving

    def _save(self) -> None:
        draft = self._form.patient(self._base)
        if draft is None:
            return
        self._mine = draft
        self.primary.setEnabled(False)
        command = patients.register if draft.id is None else patients.edit
        self._parts.work.do(command, draft, then=self._saved, refused=self._refused)

    def _saved(self, done: Finished) -> None:
        draft = self._mine
        assert draft is not None
        name = display_name(draft.first_name, draft.last_name, draft.native_name)
        is_new = draft.id is None
        said = _("{name} is registered") if is_new else _("Details of {name} are saved")
        undo = _("registered {name}") if is_new else _("details of {name}")
        self._parts.toast(said.format(name=name), done.operation, undo.format(name=name))
        self.has_draft = False
        self.close()
        if is_new:
            self._parts.go_to(PatientPlace(done.answer))

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, Outdated) and self._request.patient_id is not None:
            self._parts.work.look(patients.patient, self._request.patient_id, then=self._show_both)
        elif not self._form.refuse(problem):
            self._parts.sentence(problem, self._trouble.say)

    def _show_both(self, record: PatientRecord) -> None:
        """Take over what only they changed; show both where both changed. Saving again is then a decision."""
        theirs, mine = _numbered(record), self._mine
        assert mine is not None
        taken_over, both = merged(self._base, mine, theirs)
        self._theirs, self._base = theirs, theirs
        self._form.show_patient(theirs, taken_over)
        label = self._form.label_of
        words = _("Somebody saved this patient while you were typing. Nothing of yours is lost; look, then save again.")
        rows = [(name, label(name), getattr(theirs, name), getattr(mine, name)) for name in both]
        self._both.show_versions(words, [label(name) for name in taken_over], rows)
        self._both.show()
        self.scroller.verticalScrollBar().setValue(0)

    def _use_theirs(self, name: str) -> None:
        if self._theirs is not None:
            self._form.show_patient(self._theirs, (name,))


class _AlikeBox(QWidget):
    """Who may be the person being entered."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = KeyRows(_("Is it one of these?"), verb=_("Open"), main=104)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_("Is it one of these?"), "secondary", "amber", weight=500))
        column.addWidget(self.rows)

    def show_lines(self, lines: tuple[PatientLine, ...]) -> None:
        """Offer these."""
        self.rows.show_rows([KeyRow(line.name, _facts(line)) for line in lines])
        self.setVisible(bool(lines))


def split_words(words: str) -> tuple[str, str, str]:
    """First name, last name and phone from what was searched for in vain."""
    if len(digits(words)) >= _PHONE_DIGITS:
        return "", "", words.strip()
    parts = words.split()
    return (" ".join(parts[:-1]), parts[-1], "") if len(parts) > 1 else (" ".join(parts), "", "")


def _facts(line: PatientLine) -> str:
    return ", ".join(part for part in (full_day(line.born) if line.born else "", line.phone, line.number) if part)


def _numbered(record: PatientRecord) -> PatientDraft:
    """The record's data with the number and version a change must name."""
    return replace(record.draft, id=record.id, version=record.version)
