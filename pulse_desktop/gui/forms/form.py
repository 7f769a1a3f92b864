"""A form: named fields, read together on the GUI thread, refused one by one in the rule's own words.

class PatientForm(Form):
    def __init__(self) -> None:
        super().__init__()
        with self.row():
            self.text("given_name", "Given name", required=True)
            self.text("family_name", "Family name", required=True)
        self.day("born", "Date of birth", read=read_birth)
        self.choice("language", "Language", [("en", "English"), ("es", "Español")])

values = form.read()                   # None when something cannot be read; it then says so under the field
if not form.refuse(problem): ...       # a Refusal from the door: under its field, or False if no such field
form.changed.connect(...)              # something was typed; form.is_changed
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.gui.forms.fields import ChoiceField, Field, LongTextField, RefusalLine, TextField
from pulse_desktop.gui.forms.typed_fields import DayField, MoneyField, NumberField, TimeField
from pulse_desktop.gui.parts.ticks import Tick

AnyField = TypeVar("AnyField", bound=Field)


class Form(QWidget):
    """Fields one below the other with gaps of 12; inside `row()` side by side with gaps of 8."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.ticks: dict[str, Tick] = {}
        self.is_changed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._row: QHBoxLayout | None = None
        self._row_refusal = RefusalLine(self)

    # --- building

    @contextmanager
    def row(self) -> Iterator[None]:
        """Fields made inside stand side by side."""
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row_refusal = RefusalLine()
        both = QVBoxLayout()
        both.setSpacing(4)
        both.addLayout(self._row)
        both.addWidget(self._row_refusal)
        self._column.addLayout(both)
        try:
            yield
        finally:
            self._row = None

    def add(self, name: str, field: AnyField, *, stretch: int = 1) -> AnyField:
        """Add any field under `name`; refusals find it by this name."""
        self.fields[name] = field
        field.setObjectName(name)
        field.changed.connect(self._note_change)
        self.place(field, stretch=stretch)
        return field

    def place(self, widget: QWidget, *, stretch: int = 1) -> None:
        """Put any widget into the form."""
        if self._row is not None:
            self._row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
            if isinstance(widget, Field):
                widget.share_refusal(self._row_refusal)
        else:
            self._column.addWidget(widget)

    def text(self, name: str, label: str, *, hint: str = "", required: bool = False, stretch: int = 1) -> TextField:
        """A line of words."""
        return self.add(name, TextField(label, hint=hint, required=required), stretch=stretch)

    def long_text(
        self, name: str, label: str, *, hint: str = "", required: bool = False, lines: int = 3
    ) -> LongTextField:
        """Several lines of words."""
        return self.add(name, LongTextField(label, hint=hint, required=required, lines=lines))

    def day(
        self,
        name: str,
        label: str,
        *,
        read: Callable[[str], date] = times.read_day,
        required: bool = False,
        stretch: int = 1,
    ) -> DayField:
        """A date."""
        return self.add(name, DayField(label, read=read, required=required), stretch=stretch)

    def time(self, name: str, label: str, *, required: bool = False, stretch: int = 1) -> TimeField:
        """A time of day (minute from midnight)."""
        return self.add(name, TimeField(label, required=required), stretch=stretch)

    def money(self, name: str, label: str, *, required: bool = False, stretch: int = 1) -> MoneyField:
        """An amount in cents."""
        return self.add(name, MoneyField(label, required=required), stretch=stretch)

    def number(
        self,
        name: str,
        label: str,
        *,
        smallest: int = 0,
        largest: int = 1_000_000,
        required: bool = False,
        stretch: int = 1,
    ) -> NumberField:
        """A whole number."""
        field = NumberField(label, smallest=smallest, largest=largest, required=required)
        return self.add(name, field, stretch=stretch)

    def choice(
        self, name: str, label: str, choices: list[tuple[Any, str]] | None = None, *, hint: str = "", stretch: int = 1
    ) -> ChoiceField:
        """One of a list of (value, words)."""
        return self.add(name, ChoiceField(label, choices, hint=hint), stretch=stretch)

    def tick(self, name: str, words: str, *, ticked: bool = False) -> Tick:
        """A box to tick."""
        tick = Tick(words, ticked=ticked)
        self.ticks[name] = tick
        tick.toggled.connect(self._note_change)
        self.place(tick, stretch=0)
        return tick

    # --- reading and filling

    def read(self) -> dict[str, Any] | None:
        """All values by name, read now; None when a field is empty that must not be or cannot be read, which it then says."""
        values: dict[str, Any] = {name: tick.isChecked() for name, tick in self.ticks.items()}
        wrong: list[tuple[Field, str]] = []
        for name, field in self.fields.items():
            field.accept()
            try:
                values[name] = field.value()
            except ValueError as error:
                wrong.append((field, str(error)))
            else:
                if field.required and field.is_empty():
                    wrong.append((field, _("Please fill in: {field}.").format(field=field.label)))
        for field, words in reversed(wrong):
            field.refuse(words)
        return None if wrong else values

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show `values`; names the form does not have are passed over. Nothing counts as changed."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)
            elif name in self.ticks:
                self.ticks[name].blockSignals(True)
                self.ticks[name].setChecked(bool(value))
                self.ticks[name].blockSignals(False)
        self.is_changed = False

    def draft(self) -> dict[str, str]:
        """What stands in the fields as it was typed, to be kept."""
        return {name: field.draft() for name, field in self.fields.items() if field.draft()}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back."""
        for name, text in draft.items():
            if name in self.fields:
                self.fields[name].restore(text)
                self.is_changed = True

    # --- refusing

    def refuse(self, problem: Problem, names: Mapping[str, object] | None = None) -> bool:
        """Shows the problem under its field, cursor there; False if the form has no such field."""
        field = self.fields.get(problem.field)
        if field is None:
            return False
        field.refuse(sentence(problem, names))
        return True

    def accept(self) -> None:
        """Take all refusals away."""
        for field in self.fields.values():
            field.accept()

    def _note_change(self) -> None:
        self.is_changed = True
        self.changed.emit()
