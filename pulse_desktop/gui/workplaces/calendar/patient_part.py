"""For whom a visit is booked: a known patient with what the desk must know, or a new caller."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import boards, patients
from pulse_desktop.clinic.boards.values import PatientBanner
from pulse_desktop.clinic.patients.values import PatientDraft, PatientLine, PatientRecord
from pulse_desktop.gui.forms.language_words import language_name
from pulse_desktop.gui.forms.patient_field import PatientField
from pulse_desktop.gui.parts.chips import ChipRow, ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.calendar.caller_fields import CallerFields


class PatientPart(QWidget):
    """The patient field with its chips, or the caller's fields in its place."""

    changed = Signal()
    """Somebody else (or nobody) is chosen."""
    typed = Signal()

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.field = PatientField(parts, new=parts.may("edit_patients"))
        self.caller = CallerFields(parts)
        self._chips = ChipRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.field, self.caller, self._chips):
            column.addWidget(widget)
        self.setFocusProxy(self.field)
        self.caller.hide()
        self.field.picked.connect(self._take)
        self.field.cleared.connect(self._let_go)
        self.field.new_asked.connect(self._begin_caller)
        self.caller.changed.connect(self.typed)
        self.caller.known.connect(self._take_known)
        self.caller.given_up.connect(self._give_up_caller)

    @property
    def is_new(self) -> bool:
        """A new caller is being entered."""
        return not self.caller.isHidden()

    @property
    def patient_id(self) -> int | None:
        """The chosen patient's id; None for nobody and for a new caller."""
        return None if self.is_new or self.field.patient is None else self.field.patient.id

    @property
    def name(self) -> str:
        """What the parked chip calls them."""
        return self.caller.name if self.is_new else (self.field.patient.name if self.field.patient else "")

    def begin(self, patient_id: int) -> None:
        """Start with a known patient."""
        self._parts.work.look(patients.patient, patient_id, then=self._show_record)

    def read_caller(self) -> PatientDraft | None:
        """The new caller as entered, or None with a sentence below what is missing."""
        return self.caller.read()

    def is_ready(self) -> bool:
        """Whether somebody is chosen; else it is said below the field."""
        if self.is_new or self.field.patient is not None:
            return True
        self.field.refuse(_("Say for whom. Type a name or a phone number."))
        return False

    def refuse(self, problem: Problem, sentence: str) -> bool:
        """Show what is wrong with the patient; False when the problem is about something else."""
        if self.is_new:
            return self.caller.refuse(problem)
        if problem.field != "patient_id":
            return False
        self.field.refuse(sentence)
        return True

    def _show_record(self, record: PatientRecord) -> None:
        draft = record.draft
        line = PatientLine(record.id, record.number, record.name, draft.born, draft.phone, draft.language, record.active, draft.office_id)
        self._take_known(line)

    def _take_known(self, line: PatientLine) -> None:
        self._show_field()
        self.field.set_value(line)
        self._take(line)

    def _take(self, line: PatientLine) -> None:
        self._chips.show_chips(())
        self._parts.work.look(boards.patient_banner, line.id, then=self._show_chips, latest="banner")
        self.changed.emit()

    def _show_chips(self, banner: PatientBanner) -> None:
        if self.field.patient is not None and self.field.patient.id == banner.patient_id:
            self._chips.show_chips(patient_chips(banner))

    def _let_go(self) -> None:
        self._chips.show_chips(())
        self.changed.emit()

    def _begin_caller(self, words: str) -> None:
        self.field.hide()
        self._chips.show_chips(())
        self.caller.show()
        self.setFocusProxy(self.caller)
        self.caller.begin(words)
        self.changed.emit()

    def _give_up_caller(self) -> None:
        self._show_field()
        self.field.clear()

    def _show_field(self) -> None:
        self.caller.hide()
        self.field.show()
        self.setFocusProxy(self.field)


def patient_chips(banner: PatientBanner) -> tuple[ChipView, ...]:
    """Language, whether texts are welcome, and what the banner warns of."""
    chips = [ChipView(language_name(banner.language))]
    if banner.phone_words:
        chips.append(ChipView(banner.phone_words[:1].upper() + banner.phone_words[1:]))
    kinds = {"chip": "neutral"}
    chips += [ChipView(flag.text, kinds.get(flag.tone, flag.tone), flag.icon) for flag in banner.flags]
    return tuple(chips)
