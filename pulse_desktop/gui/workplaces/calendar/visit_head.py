"""The visit a panel is about: who, when, what, with whom."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.workplaces.calendar.place_words import when_words


class VisitHead(Card):
    """A quiet box above the panel's fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="sunken", edge="sunken", parent=parent)
        self._name = Label("", weight=600)
        self._when = Label("", "secondary", "ink-soft")
        self._what = Label("", "secondary", "ink-soft")
        self.add_padded(self._name, self._when, self._what, gap=2)

    def show_visit(self, visit: VisitLine, practice: PracticeData, today: date) -> None:
        """Tell the visit as it is booked now."""
        self._name.set_words(visit.patient)
        office = practice.office(visit.office_id).name
        place = ", ".join(part for part in (visit.staff, visit.room, office) if part)
        self._when.set_words(f"{when_words(visit.day, visit.minute, today)}, {place}")
        minutes = _("{minutes} min").format(minutes=visit.minutes)
        self._what.set_words(f"{visit.services_words}, {minutes}")
