"""The place of a visit said outright: day, time, room, and when it is to end other than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import read_day, short_day
from pulse_desktop.gui.forms.fields import ChoiceField, Field, RefusalLine
from pulse_desktop.gui.forms.typed_fields import DayField, TimeField
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.theme import theme

_DAY, _TIME = 132, 96
_BLANK = "\u00a0"
"""Fields beside the first keep the height of its label."""


@dataclass(frozen=True, slots=True)
class StartEntered:
    """What stands in the fields; `ends` None lasts as long as the services."""

    day: date
    starts: int
    room_id: int | None
    ends: int | None


class StartFields(QWidget):
    """Three fields under one word, one refusal below them."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.day = DayField(_("Start"), read=self._read_day, write=self._written_day, required=True)
        self.time = TimeField(_BLANK, required=True)
        self.room = ChoiceField(_BLANK)
        self.ends = TimeField(_("Ends"), hint=_("when its services end"))
        self._other_length = Link(_("Other length"))
        self._refusal = RefusalLine()
        self.day.control.setAccessibleName(_("Day"))
        self.time.control.setAccessibleName(_("Time"))
        self.room.control.setAccessibleName(_("Room"))
        self._lay_out()
        for field in self._fields:
            field.share_refusal(self._refusal)
            field.changed.connect(self._tell)
        self._other_length.clicked.connect(self._ask_end)

    @property
    def _fields(self) -> tuple[Field, ...]:
        return (self.day, self.time, self.room, self.ends)

    @property
    def refusal(self) -> str:
        """The sentence below the fields; empty when nothing is refused."""
        return self._refusal.words

    def show_rooms(self, rooms: Sequence[tuple[int | None, str]]) -> None:
        """The rooms to choose from, "Any room" first."""
        self.room.show_choices(list(rooms))

    def show_start(self, day: date, starts: int, room_id: int | None) -> None:
        """Fill the fields without telling anybody."""
        self.accept()
        self.day.set_value(day)
        self.time.set_value(starts)
        self.room.set_value(room_id)

    def read(self) -> StartEntered | None:
        """What was entered; None when something is missing or cannot be read, which is then said below."""
        values: list[object] = []
        for field in self._fields:
            try:
                value = field.value()
            except ValueError as error:
                field.refuse(str(error))
                return None
            if value is None and field.required:
                field.refuse(_("Enter the day and the time."))
                return None
            values.append(value)
        day, starts, room_id, ends = values
        assert isinstance(day, date)
        assert isinstance(starts, int)
        return StartEntered(day, starts, _number(room_id), None if self.ends.isHidden() else _number(ends))

    def refuse(self, sentence: str, name: str) -> None:
        """Say below the fields why this place cannot be; the cursor goes to the field that is to blame."""
        named: dict[str, Field] = {"day": self.day, "room_id": self.room, "ends": self.ends}
        if name == "ends":
            self._ask_end()
        to_blame = named.get(name, self.time)
        shown: tuple[Field, ...] = (self.day, self.time, self.room)
        for field in (*(other for other in shown if other is not to_blame), to_blame):
            field.refuse(sentence)

    def accept(self) -> None:
        """Take the refusal away."""
        for field in self._fields:
            field.accept()

    def _ask_end(self) -> None:
        self.ends.show()
        self._other_length.hide()
        self.ends.setFocus()

    def _lay_out(self) -> None:
        self.day.setFixedWidth(theme().sized(_DAY))
        self.time.setFixedWidth(theme().sized(_TIME))
        self.room.add_aside(self._other_length)
        self.ends.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in (self.day, self.time, self.room):
            row.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.ends)
        column.addWidget(self._refusal)

    def _tell(self) -> None:
        self.accept()
        self.changed.emit()

    def _read_day(self, text: str) -> date:
        """As written here ("Tue Nov 24"), or any date people type; without a year the next one to come."""
        words = text.replace(",", " ").split()
        bare = words[1:] if len(words) > 2 and words[0][:1].isalpha() and words[1][:1].isalpha() else words
        for year in (self._today.year, self._today.year + 1):
            try:
                found = read_day(" ".join([*bare, str(year)]))
            except ValueError:
                continue
            if found >= self._today:
                return found
        return read_day(" ".join(bare) or text)

    def _written_day(self, day: date) -> str:
        return short_day(day) if day.year == self._today.year else f"{short_day(day)}, {day.year}"


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
