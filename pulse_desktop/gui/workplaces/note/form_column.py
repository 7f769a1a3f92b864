"""The written part of the note: today's complaint and its history, pain, tongue and pulse, pattern, findings, plan, response."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.column_scroll import ColumnScroll
from pulse_desktop.gui.workplaces.note.form_fields import NoteField, NoteMinutes, NotePain, NoteText, name_of
from pulse_desktop.gui.workplaces.note.measures import form_width
from pulse_desktop.gui.workplaces.note.pattern_field import NotePattern
from pulse_desktop.gui.workplaces.note.phrase_keys import PhraseKeys
from pulse_desktop.gui.workplaces.note.pick_field import NotePick, terms_of
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand
from pulse_desktop.gui.workplaces.note.words import TECHNIQUE_WORDS
from pulse_desktop.gui.workplaces.note.writing import Writing

_ADVERSE: Final = (
    ("none", N_("none")),
    ("fainting_or_near_fainting", N_("felt faint")),
    ("bleeding_over_1_minute", N_("bleeding")),
    ("bruise_larger_than_expected", N_("bruise")),
    ("other", N_("other")),
)
"""The five most used, in the words of the room; the whole list waits behind "more"."""

_TECHNIQUES: Final = ("dry_cupping", "fire_cupping", "acupuncture", "tuina", "wet_cupping", "estim", "moxa", "gua_sha")

_NEXT_TOO: Final = 72
"""Px kept in sight below and above the field one writes in: what comes next is seen before one gets there."""


class FormColumn(ColumnScroll):
    """All fields one below the other. `left` when the keyboard leaves a field of it."""

    left = Signal()

    def __init__(self, writing: Writing, shorthand: OwnShorthand, parent: QWidget | None = None) -> None:
        super().__init__(form_width() - 1, parent)
        self._writing, self._shorthand = writing, shorthand
        self._is_showing = False
        self.fields: dict[str, NoteField] = {}
        self._column = QVBoxLayout()
        self._make_fields()
        self._lay_out()
        writing.copied_changed.connect(self._show_copied)

    # --- what is shown

    def show_draft(self, draft: NoteDraft) -> None:
        """Show the whole draft without telling anybody."""
        self._is_showing = True
        for name, field in self.fields.items():
            field.set_value(getattr(draft, name))
            field.accept()
        pattern = self.fields["pattern"]
        if isinstance(pattern, NotePattern):
            pattern.set_code(draft.icd10)
        self._is_showing = False
        self._show_copied()

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether one may write."""
        for field in self.fields.values():
            field.set_usable(usable)

    def refuse(self, name: str, words: str) -> bool:
        """Say under the field why it cannot stand; False when there is no such field."""
        field = self.fields.get("pattern" if name == "icd10" else name)
        if field is None:
            return False
        field.refuse(words)
        return True

    # --- where the keyboard is

    def put_cursor(self, name: str, at: int) -> bool:
        """Go on writing where it was left; False when there is no such field."""
        field = self.fields.get("pattern" if name == "icd10" else name)
        if field is None:
            return False
        field.put_cursor(at)
        self.ensureWidgetVisible(field, 0, 24)
        return True

    def focus_first_empty(self) -> None:
        """Put the keyboard into the first field that signing waits for."""
        draft = self._writing.draft
        for name in ("complaint", "pain_before", "findings"):
            if getattr(draft, name) in {None, ""}:
                self.put_cursor(name, 0)
                return
        self.put_cursor("findings", len(draft.findings))

    @property
    def current(self) -> tuple[str, int]:
        """The field with the keyboard and where its cursor stands; "" for none."""
        name = name_of(QApplication.focusWidget())
        field = self.fields.get(name)
        return (name, field.caret) if field is not None else (name, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        elif event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            field = self.fields.get(name_of(watched))
            if field is not None:
                self.ensureWidgetVisible(field, 0, theme().tall(_NEXT_TOO))
        return super().eventFilter(watched, event)

    # --- how it is put together

    def _make_fields(self) -> None:
        when_off = Label(_("when the cups are off"), "secondary", "ink-faint")
        body = terms_of("tongue_body_color", "tongue_shape", first=("pale", "pink", "red", "dark_red", "purple"))
        coat = terms_of("tongue_coat_color", "tongue_coat_quality", first=("thin", "white", "thick", "yellow", "none"))
        pulse = terms_of("pulse_28", first=("wiry", "slippery", "fine", "sunken", "tight"))
        adverse = [(key, _(words)) for key, words in _ADVERSE]
        adverse += terms_of("adverse_event", leave=[key for key, _words in _ADVERSE])
        techniques = [(key, _(TECHNIQUE_WORDS[key])) for key in _TECHNIQUES]
        self._add(NoteText("complaint", _("Complaint"), hint=_("What brings them, in their words")))
        self._add(NotePain("pain_before", _("Pain before")))
        self._add(NotePain("pain_after", _("Pain after"), aside=when_off))
        self._add(NoteText("history", _("History"), hint=_("What belongs to it from before")))
        self._add(NotePick("tongue_body", _("Tongue body"), body))
        self._add(NotePick("tongue_coat", _("Tongue coat"), coat))
        self._add(NotePick("pulse", _("Pulse"), pulse))
        self._add(NotePattern(_("Pattern and code"), self._shorthand))
        self._add(NoteText("findings", _("Findings"), lines=3))
        self._add(NoteText("plan", _("Plan"), hint=_("Next time, and until then")))
        self._add(NoteText("response", _("Response"), hint=_("Better, same or worse, and how")))
        self._add(NotePick("adverse", _("Adverse events"), adverse, alone="none"))
        self._add(NotePick("techniques", _("Techniques used"), techniques, most=4))
        minutes = (
            NoteMinutes("tuina_minutes", _("Tuina, minutes")),
        )
        self._add_beside(*minutes)

    def _add(self, field: NoteField) -> None:
        self._column.addWidget(field)
        self._register(field)

    def _add_beside(self, *fields: NoteField) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self._register(field)
        self._column.addLayout(row)

    def _register(self, field: NoteField) -> None:
        self.fields[field.name] = field
        field.setObjectName(field.name)
        field.told.connect(self._write)
        field.confirmed.connect(self._writing.confirm)
        field.control.installEventFilter(self)
        if isinstance(field, NotePattern):
            field.code.installEventFilter(self)
        if isinstance(field, NoteText):
            PhraseKeys(field.edit, self._shorthand)

    def _lay_out(self) -> None:
        content = QWidget()
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        content.setLayout(self._column)
        self.setWidget(content)

    def _write(self, name: str, value: object) -> None:
        if not self._is_showing:
            self._writing.write(**{name: value})

    def _show_copied(self) -> None:
        copied = frozenset(self._writing.draft.copied)
        for name, field in self.fields.items():
            field.show_copied(copied=name in copied)
