"""What the palette finds: openings for "alvarez thu after 5 brooklyn", people, actions, days.

Everything is asked off the GUI thread; what has come is shown, what is still on its way joins it. Enter pressed before
the answers are here waits for them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day, long_day
from pulse_desktop.clinic import boards, schedule
from pulse_desktop.clinic.boards.values import Found
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.clinic.schedule.values import Opening, VisitLine, Wish
from pulse_desktop.gui.actions import Installed
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import BookingRequest, CalendarPlace, PatientPlace, PatientRequest
from pulse_desktop.gui.shell.navigation import Navigation
from pulse_desktop.gui.shell.palette_list import Entry
from pulse_desktop.gui.shell.quick_booking import QuickBooking, opening_words
from pulse_desktop.gui.shell.wish_words import first_day, name_words

_MOST_PEOPLE: Final = 6
_MOST_ACTIONS: Final = 6
_MOST_OPENINGS: Final = 2


class Finder(QObject):
    """Answers the words in the palette's field with entries."""

    found = Signal(object)

    def __init__(self, parts: DeskParts, navigation: Navigation, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._navigation = parts, navigation
        self._words, self._name = "", ""
        self._wish: Wish | None = None
        self._people: tuple[PatientLine, ...] = ()
        self._where: tuple[str, ...] = ()
        self._openings: tuple[Opening, ...] = ()
        self._services: tuple[int, ...] = ()
        self._under_way = 0
        self._after: Callable[[], object] | None = None
        self._entries: list[Entry] = []
        self._is_over = False

    def find(self, words: str) -> None:
        """Look for `words`; `found` tells the entries, more than once."""
        if self._is_over:
            return
        self._words = words.strip()
        data = self._parts.practice.data
        self._wish = schedule.read_wish(self._words, data, self._parts.practice.today()) if self._words else None
        self._name = name_words(self._words, self._wish, data, self._parts.practice.today())
        self._openings, self._services = (), ()
        if self._name and self._parts.may("see_patients"):
            self._ask(boards.find, self._name, then=self._take_people)
        else:
            self._people, self._where = (), ()
        self._tell()

    def settle_then(self, call: Callable[[], object]) -> None:
        """Call once all answers are here."""
        if self._under_way:
            self._after = call
        else:
            call()

    def entry_with_key(self, keys: str) -> Entry | None:
        """The entry that shows this key."""
        return next((entry for entry in self._entries if entry.keys == keys), None)

    def stop(self) -> None:
        """Look for nothing more."""
        self._is_over = True
        self._after = None

    # --- asking

    def _ask(self, query: Callable[..., object], *args: object, then: Callable[[str, object], object]) -> None:
        self._under_way += 1
        words = self._words
        self._parts.work.look(
            query, *args, then=functools.partial(self._take, words, then), refused=functools.partial(self._miss, words)
        )

    def _take(self, words: str, then: Callable[[str, object], object], answer: object) -> None:
        if words == self._words:
            then(words, answer)
        self._finish_one()

    def _miss(self, _words: str, _problem: Problem) -> None:
        self._finish_one()

    def _finish_one(self) -> None:
        self._under_way -= 1
        if self._is_over:
            return
        self._tell()
        if not self._under_way and self._after is not None:
            call, self._after = self._after, None
            call()

    def _take_people(self, _words: str, answer: object) -> None:
        assert isinstance(answer, Found)
        pairs = sorted(zip(answer.people, answer.where_now, strict=True), key=self._nearness)[:_MOST_PEOPLE]
        self._people, self._where = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
        if self._wish is not None and self._people and self._parts.may("book"):
            self._ask(schedule.visits_of, self._people[0].id, then=self._take_visits)

    def _nearness(self, found: tuple[PatientLine, str]) -> tuple[bool, bool]:
        """Whole names before beginnings of names, and those who are or were here before those who never came."""
        person, where = found
        own = set(fold(person.name).split())
        return not set(fold(self._name).split()) <= own, not where

    def _take_visits(self, _words: str, answer: object) -> None:
        """The person's last services say how long an opening must be, unless the words name some."""
        assert self._wish is not None
        visits: tuple[VisitLine, ...] = answer  # type: ignore[assignment]
        self._services = self._wish.service_ids or self._usual_services(visits)
        if self._services:
            wish = replace(self._wish, service_ids=self._services, patient_id=self._people[0].id)
            self._ask(schedule.openings, wish, then=self._take_openings)

    def _take_openings(self, _words: str, answer: object) -> None:
        self._openings = answer[:_MOST_OPENINGS]  # type: ignore[index]

    def _usual_services(self, visits: tuple[VisitLine, ...]) -> tuple[int, ...]:
        offered = {service.id for service in self._parts.practice.data.services if service.active}
        for visit in sorted(visits, key=lambda line: line.starts, reverse=True):
            kept = tuple(line.service_id for line in visit.services if line.service_id in offered)
            if kept:
                return kept
        first = next((one.id for one in self._parts.practice.data.services if one.active and not one.is_addon), None)
        return (first,) if first is not None else ()

    # --- telling

    def _tell(self) -> None:
        groups = (
            (_("Do it"), self._booking_entries()),
            (_("People"), self._people_entries()),
            (_("Actions"), self._action_entries()),
            (_("Elsewhere"), [*self._elsewhere_entries(), *self._unknown_entries()]),
        )
        self._entries = []
        for title, entries in groups:
            if entries:
                self._entries += [Entry("", title), *entries]
        self.found.emit(self._entries)

    def _booking_entries(self) -> list[Entry]:
        if self._wish is not None and not self._name and self._parts.may("book"):
            run = functools.partial(self._parts.open_panel, BookingRequest(words=self._words))
            return [Entry("calendar-add", _("Book a visit"), self._words, run)]
        if not self._openings or not self._people:
            return []
        person = self._people[0]
        booking = QuickBooking.of(self._navigation, self._parts)
        entries = []
        for number, opening in enumerate(self._openings):
            run = functools.partial(booking.book, person, opening, self._services)
            instead = functools.partial(self._parts.open_panel, self._request(person, opening))
            title = _("Book {name}").format(name=person.name)
            words = opening_words(opening, self._parts.practice.data)
            entries.append(Entry("calendar-add", title, words, run, instead, f"Alt+{number + 1}" if number else ""))
        return entries

    def _request(self, person: PatientLine, opening: Opening) -> BookingRequest:
        return BookingRequest(
            person.id, opening.office_id, opening.staff_id, opening.room_id, opening.day, opening.starts, self._services
        )

    def _people_entries(self) -> list[Entry]:
        entries = []
        for number, person in enumerate(self._people):
            where = self._where[number] if number < len(self._where) else ""
            born = full_day(person.born) if person.born else ""
            detail = ", ".join(part for part in (born, person.phone, where) if part)
            run = functools.partial(self._parts.go_to, PatientPlace(person.id))
            instead = functools.partial(self._parts.open_panel, BookingRequest(person.id, words=self._wish_words()))
            entries.append(Entry("patients", person.name, detail, run, instead))
        return entries

    def _unknown_entries(self) -> list[Entry]:
        """Nobody of this name is known: register them."""
        if not self._name or self._people or self._under_way or not self._parts.may("edit_patients"):
            return []
        title = _("Register “{name}”").format(name=self._name)
        run = functools.partial(self._parts.open_panel, PatientRequest(words=self._name))
        return [Entry("person-add", title, _("nobody of this name is known"), run)]

    def _wish_words(self) -> str:
        """What was typed beside the name."""
        name = set(self._name.split())
        return " ".join(word for word in self._words.split() if word not in name)

    def _action_entries(self) -> list[Entry]:
        offered = [known for known in self._parts.actions.offered(self._words) if known.action.id != "search"]
        return [_action_entry(known) for known in offered[:_MOST_ACTIONS]]

    def _elsewhere_entries(self) -> list[Entry]:
        wish = self._wish
        if wish is None or not self._parts.may("see_schedule"):
            return []
        data = self._parts.practice.data
        office = data.office(wish.office_id) if wish.office_id is not None else self._parts.practice.office
        day = self._openings[0].day if self._openings else first_day(wish)
        title = _("Show {day}, {office}").format(day=long_day(day), office=office.name)
        closed = [one.reason for one in data.closures if one.office_id == office.id and one.day == day]
        detail = _("closed: {reason}").format(reason=closed[0]) if closed else ""
        run = functools.partial(self._parts.go_to, CalendarPlace(day, office_id=office.id))
        return [Entry("calendar", title, detail, run)]


def _action_entry(known: Installed) -> Entry:
    return Entry(known.action.icon or "keyboard", known.action.words, "", known.made.trigger, keys=known.action.keys)
