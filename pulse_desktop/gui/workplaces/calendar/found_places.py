"""Below the question: the first openings, or the fields of one place, what is free instead, and the squeeze-in."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time, clock_time_full
from pulse_desktop.clinic.schedule.values import Booking, Opening
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.workplaces.calendar.keyed_rows import KeyedRows
from pulse_desktop.gui.workplaces.calendar.place_words import instead_row, length_words, opening_row, rooms_of
from pulse_desktop.gui.workplaces.calendar.proposals import Offered
from pulse_desktop.gui.workplaces.calendar.start_fields import StartEntered, StartFields

_SQUEEZABLE: Final = frozenset({"room_taken", "practitioner_taken", "practitioner_travels", "no_room", "place_taken"})


class FoundPlaces(QWidget):
    """Shows one of two things: openings to choose from (`is_start` False), or one place in fields."""

    chosen = Signal(object)
    changed = Signal()
    used = Signal(object)
    openings_wanted = Signal()
    start_wanted = Signal()
    squeezed = Signal()

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self._openings: tuple[Opening, ...] = ()
        self._wanted: Booking | None = None
        self._refused_key = ""
        self.is_start = False
        self.start = StartFields(practice.today())
        self._length = Label("", "secondary", "ink-faint", align=drawing.RIGHT)
        self._hint = Paragraph("", "secondary", "ink-soft")
        self._rows = KeyedRows(_("First openings"))
        self._to_start = Link(_("Another day and time"))
        self._to_openings = Link(_("Show the first openings"))
        self._instead = KeyedRows(_("Free instead, nearest first"), verb=_("Use"), main=96)
        self._squeeze = _SqueezeIn()
        self._lay_out()
        self._connect()
        self._show_parts()

    # --- openings

    def show_openings(self, openings: tuple[Opening, ...]) -> None:
        """Offer these; the first is chosen."""
        self.is_start, self._wanted, self._openings = False, None, openings
        data, today = self._practice.data, self._practice.today()
        self._rows.show_rows([opening_row(opening, data, today) for opening in openings], choose_first=True)
        self._length.set_words(length_words(openings[0]) if openings else "")
        self._show_parts()

    def show_hint(self, words: str) -> None:
        """A soft sentence above the openings."""
        self._hint.set_words(words)
        self._hint.setVisible(bool(words) and not self.is_start)

    def offered(self, chosen: Opening | None) -> tuple[Offered, ...]:
        """The openings as the calendar draws them."""
        return tuple(Offered(opening, number, opening == chosen) for number, opening in enumerate(self._openings, 1))

    # --- one place in fields

    def show_start(self, office_id: int, day: date, starts: int | None, room_id: int | None) -> None:
        """Fields with this place; nothing is refused any more."""
        self.is_start, self._wanted = True, None
        self.start.show_rooms(rooms_of(self._practice.data, office_id))
        self.start.accept()
        self.start.day.set_value(day)
        self.start.time.set_value(starts)
        self.start.room.set_value(room_id)
        self._show_parts()

    def start_value(self) -> StartEntered | None:
        """What stands in the fields; None when it cannot be read. Says nothing."""
        try:
            day, starts = self.start.day.value(), self.start.time.value()
            ends = None if self.start.ends.isHidden() else self.start.ends.value()
        except ValueError:
            return None
        return None if day is None or starts is None else StartEntered(day, starts, self.start.room.value(), ends)

    def refuse(self, problem: Problem, sentence: str, wanted: Booking) -> None:
        """Say why the wanted place cannot be."""
        self.show_start(wanted.office_id, wanted.day, wanted.starts, wanted.room_id)
        self._wanted, self._refused_key = wanted, problem.key
        self._instead.show_rows(())
        self._squeeze.show_time(wanted.starts if problem.key in _SQUEEZABLE else None)
        self._show_parts()
        self.start.refuse(sentence, problem.field)

    @property
    def is_refused(self) -> bool:
        return self._wanted is not None

    @property
    def refusal_words(self) -> str:
        """"2:30 Room 2: taken", while the place is refused; else ""."""
        wanted = self._wanted
        if wanted is None:
            return ""
        room = ""
        if self._refused_key == "room_taken" and wanted.room_id is not None:
            room = " " + self._practice.data.room(wanted.room_id).name
        return _("{time}{room}: taken").format(time=clock_time(wanted.starts), room=room)

    def show_instead(self, openings: tuple[Opening, ...]) -> None:
        """What is free near the refused place."""
        if self._wanted is None:
            return
        data, today = self._practice.data, self._practice.today()
        self._instead.show_rows([instead_row(opening, self._wanted, data, today) for opening in openings])
        self._show_parts()

    # --- keys

    def take_focus(self) -> None:
        """Put the keyboard on the answers."""
        if self.is_start:
            field = self.start.day if self.start.time.is_empty() else self.start.time
            (self._instead if self._instead.isVisible() else field).setFocus()
        elif self._openings:
            self._rows.setFocus()

    def press(self, digit: int) -> bool:
        """A digit meant for the list that is shown."""
        rows = self._instead if self.is_start else self._rows
        return rows.isVisible() and rows.press(digit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a place is refused: digits take a row where digits are not typed, Down goes to the rows where they are."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._instead.isVisible():
            if watched is self.start.room.control and event.text().isdecimal() and event.text().isascii():
                return self.press(int(event.text()))
            if watched is self.start.time.control and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self._instead.setFocus()
                return True
        return super().eventFilter(watched, event)

    # --- how it is put together

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._head = _headed(Label(_("First openings"), "secondary", "ink-soft", weight=500), self._length)
        self._none = Paragraph("", "body", "ink-soft")
        self._none.set_words(_("Nothing fits. Ask for another day or practitioner, or enter the time yourself."))
        self._instead_head = Label(_("Free instead, nearest first"), "secondary", "ink-soft", weight=500)
        for widget in (
            self._head, self._hint, self._rows, self._none, self._to_start, self.start, self._instead_head,
            self._instead, self._squeeze, self._to_openings,
        ):  # fmt: skip
            is_link = widget in {self._to_start, self._to_openings}
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0))

    def _connect(self) -> None:
        self._rows.chosen.connect(self.chosen)
        self._rows.taken.connect(self.chosen)
        self._instead.taken.connect(self.used)
        self._to_start.clicked.connect(self.start_wanted)
        self._to_openings.clicked.connect(self.openings_wanted)
        self._squeeze.asked.connect(self.squeezed)
        self.start.changed.connect(self._take_change)
        self.start.room.control.installEventFilter(self)
        self.start.time.control.installEventFilter(self)

    def _take_change(self) -> None:
        self._wanted = None
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        is_list, is_refused = not self.is_start, self._wanted is not None
        for widget in (self._head, self._to_start):
            widget.setVisible(is_list)
        self._rows.setVisible(is_list and bool(self._openings))
        self._none.setVisible(is_list and not self._openings)
        self._hint.setVisible(is_list and bool(self._hint.text()))
        for widget in (self.start, self._to_openings):
            widget.setVisible(not is_list)
        has_instead = is_refused and self._instead.count > 0
        for widget in (self._instead_head, self._instead):
            widget.setVisible(has_instead)
        self._squeeze.setVisible(is_refused and self._squeeze.is_offered)


class _SqueezeIn(QWidget):
    """The deliberate act of taking a place that is not free."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_offered = False
        self._link = Link("", ink="amber", weight=600)
        self._link.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("info", "amber", 18), 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(_("Must it be now? A squeeze-in is written on the visit."), "secondary", "ink-soft"))
        words.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)

    def show_time(self, starts: int | None) -> None:
        """Offer to squeeze in at this minute; None offers nothing."""
        self.is_offered = starts is not None
        if starts is not None:
            time = clock_time_full(starts)
            self._link.set_words(_("Squeeze in at {time}").format(time=time))


def _headed(left: QWidget, right: QWidget) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return head
