"""Fields that read numbers, days, times and money from what people type.

    DayField("Date of birth", read=read_birth)      # read(text) -> date, raising ValueError with a sentence
    TimeField("Start")                              # minute of the day
    MoneyField("Amount")                            # whole cents
    NumberField("Minutes", smallest=5, largest=240)

What can be read is shown again in the house's way of writing when the field is left ("2:30" becomes "2:30 PM").
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pulse_desktop.basics import cents, times
from pulse_desktop.basics.texts import _
from pulse_desktop.gui.forms.fields import Field, LineEdit
from pulse_desktop.gui.parts.day_calendar import DayCalendar
from pulse_desktop.gui.parts.theme import theme


class _TypedEdit(LineEdit):
    """A line that tells its field when it is left."""

    def __init__(self, hint: str, field_left: Callable[[], None], *, large: bool = False) -> None:
        super().__init__(hint, large=large)
        self._field_left = field_left

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field_left()


class TypedField(Field):
    """A line that is read into a value by `read` and shown by `write`."""

    def __init__(
        self,
        label: str,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        *,
        hint: str = "",
        required: bool = False,
        aside: QWidget | None = None,
    ) -> None:
        self._read, self._write = read, write
        self.edit = _TypedEdit(hint, self._tidy)
        super().__init__(label, self.edit, aside=aside, required=required)
        self.edit.textEdited.connect(self._tell)

    def value(self) -> Any:
        """What was typed, read; None when the field is empty."""
        text = self.edit.text().strip()
        return self._read(text) if text else None

    def is_empty(self) -> bool:
        return not self.edit.text().strip()

    def set_value(self, value: Any) -> None:
        self.edit.setText("" if value is None else self._write(value))

    def draft(self) -> str:
        return self.edit.text()

    def restore(self, text: str) -> None:
        self.edit.setText(text)

    def _tidy(self) -> None:
        try:
            value = self.value()
        except ValueError:
            return
        if value is not None:
            self.set_value(value)


class DayField(TypedField):
    """A date, typed in any usual form or picked from a small calendar (Down opens it)."""

    def __init__(
        self,
        label: str,
        *,
        read: Callable[[str], date] = times.read_day,
        hint: str = "",
        required: bool = False,
        write: Callable[[date], str] = times.full_day,
    ) -> None:
        super().__init__(label, read, write, hint=hint or _("m/d/yyyy"), required=required)
        self._opener = QAction(theme().icon("calendar", size=18), _("Show a calendar"), self)
        self._opener.setShortcut(Qt.Key.Key_Down)
        self._opener.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._opener.triggered.connect(self._open)
        self.edit.addAction(self._opener, QLineEdit.ActionPosition.TrailingPosition)

    def _open(self) -> None:
        today = date.today()  # noqa: DTZ011 - where the calendar opens, not a record
        try:
            day = self.value() or today
        except ValueError:
            day = today
        calendar = DayCalendar(day, self.label, self)
        calendar.picked.connect(self._take)
        calendar.open_below(self.edit)

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.edit.setFocus()
        self._tell()


class TimeField(TypedField):
    """A time of day as a minute from midnight: "2:30", "230p", "14:30"."""

    def __init__(self, label: str, *, hint: str = "", required: bool = False) -> None:
        super().__init__(label, times.read_time, times.clock_time_full, hint=hint, required=required)


class MoneyField(TypedField):
    """An amount in whole cents."""

    def __init__(self, label: str, *, hint: str = "", required: bool = False, negative: bool = False) -> None:
        self._negative = negative
        super().__init__(label, self._read_amount, cents.dollars, hint=hint or "$0.00", required=required)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _read_amount(self, text: str) -> int:
        try:
            amount = cents.read_dollars(text)
        except ValueError:
            raise ValueError(_("Write an amount like 47.80.")) from None
        if amount < 0 and not self._negative:
            raise ValueError(_("An amount cannot be less than nothing."))
        return amount


class NumberField(TypedField):
    """A whole number between `smallest` and `largest`."""

    def __init__(
        self,
        label: str,
        *,
        smallest: int = 0,
        largest: int = 1_000_000,
        unit: str = "",
        required: bool = False,
        aside: QWidget | None = None,
    ) -> None:
        self._smallest, self._largest = smallest, largest
        super().__init__(label, self._read_number, str, hint=unit, required=required, aside=aside)

    def _read_number(self, text: str) -> int:
        wrong = _("A whole number between {smallest} and {largest}, please.").format(
            smallest=f"{self._smallest:,}", largest=f"{self._largest:,}"
        )
        digits = text.replace(",", "")
        if not digits.lstrip("-").isascii() or not digits.lstrip("-").isdigit():
            raise ValueError(wrong)
        number = int(digits)
        if not self._smallest <= number <= self._largest:
            raise ValueError(wrong)
        return number
