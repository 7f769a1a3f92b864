"""When, with whom, where: what the booking and the move panel share.

The desk asks in the caller's words and gets the first openings; who names one place outright, or clicks one in the
calendar, gets the fields of the start instead. A place that is refused says who has it and what is free near by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.practice.values import Room
from pulse_desktop.clinic.schedule.values import Booking, Opening, Wish
from pulse_desktop.gui.forms.fields import ChoiceField, TextField
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.calendar.asking import (
    Asked,
    exact_place,
    is_understood,
    named_services,
    wish_of,
    working_office,
)
from pulse_desktop.gui.workplaces.calendar.found_places import FoundPlaces
from pulse_desktop.gui.workplaces.calendar.place_words import practitioners
from pulse_desktop.gui.workplaces.calendar.proposals import EmptyPlaceClicked, Offered, Proposals

_OPENINGS: Final = 5
_FREE_INSTEAD: Final = 3
_PAUSE_MS: Final = 120
_NOBODY: Final = 0
_TO_ANSWERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})


@dataclass(frozen=True, slots=True)
class ChosenPlace:
    """Where the visit is to stand. `minutes` 0 when only its services tell."""

    office_id: int
    staff_id: int
    room_id: int | None
    day: date
    starts: int
    ends: int | None = None
    minutes: int = 0


class TimeChoice(QObject):
    """Three widgets that belong together: `ask`, `practitioner` and, below whatever stands between, `found`."""

    changed = Signal()
    """The chosen place is another one (or none)."""
    services_named = Signal(tuple)
    settled = Signal()
    """No search is under way any more."""
    squeezed = Signal()

    def __init__(self, parts: DeskParts, owner: QWidget) -> None:
        super().__init__(owner)
        self._parts, self._owner = parts, owner
        self._office_id = parts.practice.office.id
        self._service_ids: tuple[int, ...] = ()
        self._patient_id: int | None = None
        self._after: int | None = None
        self._searches = 0
        self._answered = ""
        self._opening: Opening | None = None
        self._clashing: frozenset[int] = frozenset()
        self.ask = TextField(_("Ask"), hint=_("thursday after 5, brooklyn"))
        self.practitioner = ChoiceField(_("Practitioner"), practitioners(parts.practice.data))
        self.found = FoundPlaces(parts.practice)
        self.proposals = Proposals.of(parts)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._connect()

    # --- what the panel says

    def look_from(self, office_id: int | None, *, after: int | None = None) -> None:
        """Search in this office, today only from the minute `after` on (somebody stands at the desk)."""
        self._office_id = office_id or self._office_id
        self._after = after

    def concern(self, patient_id: int | None, service_ids: tuple[int, ...]) -> None:
        """Search for this patient and these services from now on."""
        if (patient_id, service_ids) != (self._patient_id, self._service_ids):
            self._patient_id, self._service_ids = patient_id, service_ids
            self.search()

    def ask_for(self, words: str) -> None:
        """Begin with these words."""
        self.ask.set_value(words)
        self.search()

    def show_start(self, place: ChosenPlace) -> None:
        """Propose one place outright."""
        self._office_id = place.office_id
        self.practitioner.set_value(place.staff_id or None)
        self.found.show_start(place.office_id, place.day, place.starts, place.room_id)
        self._opening = None
        self._tell()

    @property
    def is_searching(self) -> bool:
        return self._pause.isActive() or self._searches > 0

    @property
    def place(self) -> ChosenPlace | None:
        """The chosen place as far as it can be read; nothing is said about what is missing."""
        if not self.found.is_start:
            opening = self._opening
            if opening is None:
                return None
            return ChosenPlace(opening.office_id, opening.staff_id, opening.room_id, opening.day, opening.starts, minutes=opening.minutes)
        entered = self.found.start_value()
        staff_id = self.practitioner.value()
        if entered is None or staff_id is None:
            return None
        return ChosenPlace(self._office_id, staff_id, entered.room_id, entered.day, entered.starts, entered.ends)

    def read(self) -> ChosenPlace | None:
        """The chosen place; None when something is missing, which is then said at the field."""
        if self.found.is_start and self.found.start.read() is not None and self.practitioner.value() is None:
            self.practitioner.refuse(_("Choose the practitioner."))
        if not self.found.is_start and self._opening is None:
            self.found.show_hint(_("Choose an opening, or another day and time."))
        return self.place

    def refuse(self, problem: Problem, sentence: str, wanted: Booking) -> None:
        """The place is not to be had: say so at the start, look for what is free instead."""
        self._clashing = _visit_in_the_way(problem)
        self._office_id = wanted.office_id
        self.practitioner.set_value(wanted.staff_id)
        self.found.refuse(problem, sentence, wanted)
        self._parts.work.look(schedule.free_instead, wanted, _FREE_INSTEAD, then=self._show_instead, latest="instead")
        self._draw()

    # --- searching

    def search(self) -> None:
        """Look for openings once the desk pauses."""
        self._pause.start()

    def search_now(self) -> None:
        """Look at once."""
        self._pause.stop()
        self._search()

    def _search(self) -> None:
        words, practice, today = self.ask.value(), self._parts.practice.data, self._parts.practice.today()
        if named := named_services(words, practice, today):
            self.services_named.emit(named)
        if self.found.is_start and not words:
            self._end_search()
            return
        self.found.show_hint("" if is_understood(words, practice, today) else _("Not understood: showing the first openings."))
        wish = self._wish(words, today)
        exact = exact_place(wish) if words else None
        if exact is not None and self.found.is_start and words == self._answered:
            self._end_search()  # the place asked for was shown; what was chosen since then stays
        elif exact is not None:
            self._answered = words
            self._end_search()
            self.show_start(ChosenPlace(exact.office_id, exact.staff_id, exact.room_id, exact.day, exact.starts))
        elif wish.service_ids:
            self._searches += 1
            self._parts.work.look(schedule.openings, wish, _OPENINGS, then=self._show_openings, refused=self._give_up)

    def _wish(self, words: str, today: date) -> Wish:
        asked = Asked(words, today, self._office_id, self._service_ids, self.practitioner.value(), self._patient_id)
        wish = wish_of(asked, self._parts.practice.data)
        if self._after is not None and not words:
            wish = replace(wish, after=self._after, to_day=today)
        return wish

    def _show_openings(self, openings: tuple[Opening, ...]) -> None:
        self._searches -= 1
        if self._searches or self._pause.isActive():
            return
        self.found.show_openings(openings)
        self.settled.emit()

    def _give_up(self, problem: Problem) -> None:
        self._searches -= 1
        self._parts.tell(problem)
        self._end_search()

    def _end_search(self) -> None:
        if not self.is_searching:
            self.settled.emit()

    def _show_instead(self, openings: tuple[Opening, ...]) -> None:
        self.found.show_instead(openings)

    # --- choosing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down in the question go to the answers."""
        if watched is self.ask.edit and _is_bare_press(event, _TO_ANSWERS):
            self.found.take_focus()
            return True
        return super().eventFilter(watched, event)

    def press_digit(self, digit: int) -> bool:
        """A digit pressed where digits are not typed."""
        return self.found.press(digit)

    def _connect(self) -> None:
        self.ask.changed.connect(self.search)
        self.ask.edit.installEventFilter(self)
        self.practitioner.changed.connect(self._change_practitioner)
        self.found.chosen.connect(self._choose)
        self.found.changed.connect(self._tell)
        self.found.used.connect(self._use)
        self.found.openings_wanted.connect(self._return_to_openings)
        self.found.start_wanted.connect(self._begin_start)
        self.found.squeezed.connect(self.squeezed)
        self.proposals.place_clicked.connect(self._take_click)

    def _choose(self, opening: Opening | None) -> None:
        self._opening = opening
        self._tell()

    def _use(self, opening: Opening) -> None:
        """One of what is free instead."""
        self.show_start(ChosenPlace(opening.office_id, opening.staff_id, opening.room_id, opening.day, opening.starts))

    def _change_practitioner(self) -> None:
        if self.found.is_start:
            self.found.start.accept()
            self._clashing = frozenset()
            self._tell()
        else:
            self.search()

    def _return_to_openings(self) -> None:
        self.found.show_openings(())
        self.ask.set_value("")
        self.search_now()
        self.ask.setFocus()

    def _begin_start(self) -> None:
        """From the chosen opening, or from today, on to fields."""
        opening = self._opening
        if opening is not None:
            self._use(opening)
        else:
            today = self._parts.practice.today()
            self.found.show_start(self._office_id, today, None, None)
            self._tell()
        self.found.take_focus()

    def _take_click(self, clicked: EmptyPlaceClicked) -> None:
        """A place clicked in the calendar while this panel is open."""
        if not self._owner.isVisible():
            return
        staff_id = clicked.staff_id or self.practitioner.value() or _NOBODY
        self.show_start(ChosenPlace(clicked.office_id, staff_id, clicked.room_id, clicked.day, clicked.minute))

    def _tell(self) -> None:
        if not self.found.is_refused:
            self._clashing = frozenset()
        self._draw()
        self.changed.emit()

    # --- drawing in the calendar

    def take_over(self) -> None:
        """The panel is shown: the calendar draws its proposals."""
        self.proposals.take(self._owner)
        self._draw()

    def _draw(self) -> None:
        if not self.proposals.is_taken:
            return
        if not self.found.is_start:
            self.proposals.show(self.found.offered(self._opening), frozenset())
            return
        place = self.place
        if place is None:
            self.proposals.show((), frozenset())
            return
        minutes = self._minutes(place)
        drawn = Opening(place.office_id, place.staff_id, place.room_id or 0, place.day, place.starts, minutes, self._cleanup(place))
        self.proposals.show((Offered(drawn, is_chosen=True, refusal=self.found.refusal_words),), self._clashing)

    def _minutes(self, place: ChosenPlace) -> int:
        if place.ends is not None and place.ends > place.starts:
            return place.ends - place.starts
        practice = self._parts.practice.data
        return sum(practice.service(service_id).minutes for service_id in self._service_ids) or 30

    def _cleanup(self, place: ChosenPlace) -> int:
        room = self._room(place.room_id)
        return room.cleanup_minutes if room else 0

    def _room(self, room_id: int | None) -> Room | None:
        return None if room_id is None else self._parts.practice.data.room(room_id)


def office_for(parts: DeskParts, staff_id: int | None, day: date, minute: int) -> int:
    """Where a click in a practitioner's column is meant: their office at that time, else the chosen one."""
    found = None if staff_id is None else working_office(parts.practice.data, staff_id, day, minute)
    return found or parts.practice.office.id


def _visit_in_the_way(problem: Problem) -> frozenset[int]:
    visit_id = problem.details.get("visit_id")
    return frozenset({visit_id}) if isinstance(visit_id, int) else frozenset()


def _is_bare_press(event: QEvent, keys: frozenset[Qt.Key]) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return not event.modifiers() and event.key() in keys
