"""The fields of a patient's master data, in calm sections; names are those of PatientDraft, so refusals find their field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import read_birth_date
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.forms.language_words import language_choices
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.ticks import Tick

DRAFTED = tuple(field.name for field in fields(PatientDraft) if field.name not in {"id", "version"})


class PatientForm(Form):
    """All of it; a name and a phone are enough to register."""

    def __init__(self, practice: PracticeData, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_name(today)
        self._after_name = self._column.count()
        self._add_contact()
        self._add_language(practice)
        self._add_address()
        self._add_emergency()
        self._add_health()

    def patient(self, base: PatientDraft) -> PatientDraft | None:
        """What was entered, on top of `base`'s number and version; None when something cannot be read."""
        values = self.read()
        if values is None:
            return None
        return replace(base, **{name: values[name] for name in DRAFTED if name in values})

    def show_patient(self, draft: PatientDraft, names: Iterable[str] = DRAFTED) -> None:
        """Fill the fields called `names` from `draft`; nothing counts as changed by the person."""
        was_changed = self.is_changed
        self.fill({name: getattr(draft, name) for name in names})
        self.is_changed = was_changed

    def label_of(self, name: str) -> str:
        """How a field is called."""
        tick: Tick | None = self.ticks.get(name)
        return tick.text() if tick is not None else self.fields[name].label

    def insert_after_name(self, widget: QWidget) -> None:
        """Put a widget below the name: who may be the same person."""
        self._column.insertWidget(self._after_name, widget)

    # --- sections

    def _add_name(self, today: date) -> None:
        with self.row():
            self.text("first_name", _("First name"))
            self.text("last_name", _("Last name"))
        with self.row():
            self.text("native_name", _("As the patient writes it"), hint="陈琳")
            self.text("preferred_name", _("Goes by"))
        with self.row():
            self.day("born", _("Birth date"), read=partial(read_birth_date, today=today), stretch=2)
            self.text("pronouns", _("Pronouns"), hint=_("she/her"))
            self.text("sex", _("Sex"))

    def _add_contact(self) -> None:
        self._section(_("Contact"))
        with self.row():
            self.text("phone", _("Phone"), hint=_("(973) 555-0142"))
            self.text("phone_note", _("About the phone"), hint=_("mobile, best after 3 PM"))
        with self.row():
            self.tick("voicemail_ok", _("OK to leave voicemail"))
            self.tick("text_ok", _("OK to text"))
        self.text("email", _("E-mail"))

    def _add_language(self, practice: PracticeData) -> None:
        with self.row():
            self.choice("language", _("Language of papers"), language_choices())
            offices: list[tuple[Any, str]] = [(office.id, office.name) for office in practice.offices if office.active]
            self.choice("office_id", _("Office"), [(None, _("No office")), *offices])

    def _add_address(self) -> None:
        self._section(_("Address"))
        self.text("street", _("Street"))
        with self.row():
            self.text("city", _("City"), stretch=3)
            self.text("state", _("State"), hint=_("NJ"))
            self.text("zip_code", _("ZIP"), stretch=2)

    def _add_emergency(self) -> None:
        self._section(_("In an emergency"))
        with self.row():
            self.text("emergency_name", _("Name"))
            self.text("emergency_relation", _("Relation"), hint=_("husband"))
        self.text("emergency_phone", _("Phone in an emergency"))

    def _add_health(self) -> None:
        self._section(_("To know"))
        self.long_text("allergies", _("Allergies"), lines=1)
        self.long_text("medications", _("Medicines"), lines=1)
        self.long_text("desk_note", _("Note for the desk"), hint=_("Only the desk sees this"), lines=1)

    def _section(self, words: str) -> None:
        self.place(Label(words, "section"))


def merged(base: PatientDraft, mine: PatientDraft, theirs: PatientDraft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What somebody else changed since `base`: names that only they changed, and names that both changed differently."""
    changed = [name for name in DRAFTED if getattr(theirs, name) != getattr(base, name)]
    both = tuple(name for name in changed if getattr(mine, name) not in {getattr(base, name), getattr(theirs, name)})
    return tuple(name for name in changed if name not in both), both
