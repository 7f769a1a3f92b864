"""One yes of the screening: since when, until when, where, and what the patient told."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas import Condition
from pulse_desktop.clinic.patients import rules
from pulse_desktop.clinic.patients.values import ConditionDraft, ConditionLine
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.workplaces.patient_file.condition_words import is_local
from pulse_desktop.gui.workplaces.patient_file.file_words import condition_detail
from pulse_desktop.gui.workplaces.patient_file.regions_field import RegionsField


class ConditionEditor(Card):
    """A known yes is one line until it is to be changed; a new one is open at once."""

    changed = Signal()
    removed = Signal(str)

    def __init__(self, condition: Condition | None, line: ConditionLine | None, today: date, parent: QWidget | None = None) -> None:
        """`condition` None is a key this version of the list does not know; such a line is shown and kept as it is."""
        super().__init__(parent=parent)
        self.condition, self.line, self._today = condition, line, today
        self.key = line.key if line is not None else (condition.key if condition else "")
        label = condition.label.en if condition else (line.label if line else "")
        self.setAccessibleName(label)
        self._detail = Paragraph(condition_detail(line, today) if line else "", "secondary", "ink-soft")
        self._form = self._made_form()
        self._button = Button(_("Change") if line else _("Not this"), "text")
        head = QHBoxLayout()
        head.addWidget(Label(label, weight=600), 1)
        head.addWidget(self._button)
        box = self.add_padded(self._detail, self._form)
        box.setContentsMargins(12, 4, 12, 12)
        box.insertLayout(0, head)
        self._detail.setVisible(line is not None)
        self._form.setVisible(line is None)
        self._button.setVisible(condition is not None)
        self._button.clicked.connect(self._press)
        self._form.changed.connect(self.changed)

    @property
    def is_changed(self) -> bool:
        """New, or changed since it was read."""
        return self.line is None or self._form.is_changed

    @property
    def is_only_one(self) -> bool:
        """The question need not be asked again: it is being answered, or has no place on the body that could differ."""
        return self.line is None or self.condition is None or not is_local(self.condition)

    def take_focus(self) -> None:
        """The cursor goes to what only the patient can tell."""
        self._form.fields["detail"].setFocus()

    def read(self, patient_id: int) -> ConditionDraft | None:
        """What was entered; None when it cannot stand, which is then said at the field."""
        values = self._form.read()
        if values is None:
            return None
        draft = ConditionDraft(
            patient_id, self.key, values["onset"], values["ends"], values["detail"], values.get("regions", ()),
            self.line.id if self.line else None, self.line.version if self.line else 0,
        )  # fmt: skip
        try:
            rules.condition_values(draft, self._today)
        except Refusal as problem:
            self._form.refuse(problem)
            return None
        return draft

    def _made_form(self) -> Form:
        form = Form()
        with form.row():
            form.day("onset", _("Since"), required=True)
            form.day("ends", _("Until"))
        if self.condition is not None and (is_local(self.condition) or (self.line and self.line.regions)):
            form.add("regions", RegionsField(_("Where")))
        form.text("detail", _("What the patient tells"))
        line = self.line
        form.fill(
            {
                "onset": line.onset if line else self._today,
                "ends": line.ends if line else None,
                "regions": line.regions if line else (),
                "detail": line.detail if line else "",
            }
        )
        return form

    def _press(self) -> None:
        if self.line is None:
            self.removed.emit(self.key)
            return
        self._detail.hide()
        self._button.hide()
        self._form.show()
        self._form.fields["onset"].setFocus()
