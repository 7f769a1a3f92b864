"""The head of Today: the clock to be read from two metres, the day in one line, the two buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.today.counting import Counts

_LARGE: Final = 1.4


class TodayHead(QWidget):
    """40 px."""

    walk_in_asked = Signal()
    booking_asked = Signal()

    def __init__(self, *, may_book: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Counts | None = None
        self._clock = Label("", "numeral")
        self._visits = Label("", weight=600)
        self._rest = Label("", ink="ink-soft")
        self._late = Label("", ink="cinnabar", weight=500)
        self._walk_in = Button(_("Walk-in"), icon="person-add")
        self._book = Button(_("Book visit"), "primary", icon="calendar-add", keys="Ctrl+B")
        if not may_book:
            self._walk_in.hide()
            self._book.hide()
        self._walk_in.clicked.connect(self.walk_in_asked)
        self._book.clicked.connect(self.booking_asked)
        self._lay_out()
        self._measure()

    def show_time(self, words: str) -> None:
        """The wall time of the office."""
        self._clock.set_words(words)
        self._clock.setAccessibleName(_("Time: {time}").format(time=words))

    def show_counts(self, counts: Counts) -> None:
        """The day in numbers."""
        self._counts = counts
        is_large = theme().scale >= _LARGE
        self._visits.setVisible(not is_large)
        self._visits.set_words(counts.visits_words)
        self._rest.set_words(counts.short_words if is_large else counts.rest_words)
        self._rest.setVisible(bool(self._rest.text()))
        self._late.set_words(counts.late_words)
        self._late.setVisible(bool(counts.late_words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            if self._counts is not None:
                self.show_counts(self._counts)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._clock)
        row.addSpacing(6)
        for label in (self._visits, self._rest, self._late):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self._walk_in)
        row.addSpacing(8)
        row.addWidget(self._book)

    def _measure(self) -> None:
        is_large = theme().scale >= _LARGE
        self.setFixedHeight(theme().tall(40))
        self._walk_in.set_icon_name("" if is_large else "person-add")
        self._book.set_icon_name("" if is_large else "calendar-add")
        self._book.set_words(_("Book visit"), "" if is_large else "Ctrl+B")
