"""Books an opening straight from the palette; what it says afterwards can be taken back."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtCore import QObject

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time_full, short_day
from pulse_desktop.clinic import flows
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Booking, Opening
from pulse_desktop.gui.parts.desk_parts import DeskParts


class QuickBooking(QObject):
    """Outlives the palette, so that the answer finds somebody."""

    def __init__(self, parent: QObject, parts: DeskParts) -> None:
        super().__init__(parent)
        self._parts = parts

    @classmethod
    def of(cls, owner: QObject, parts: DeskParts) -> QuickBooking:
        """The one of `owner`, made when first asked for."""
        known = owner.findChild(cls)
        return known if isinstance(known, cls) else cls(owner, parts)

    def book(
        self, person: PatientLine, opening: Opening, service_ids: tuple[int, ...], consents: frozenset[str] = frozenset()
    ) -> None:
        """Book the person at the opening."""
        booking = Booking(
            person.id, opening.office_id, opening.staff_id, opening.day, opening.starts, service_ids, opening.room_id
        )
        self._parts.work.do(
            flows.book_visit,
            booking,
            then=functools.partial(self._booked, person, opening),
            refused=functools.partial(self._refused, person, opening, service_ids),
            consents=consents,
        )

    def _booked(self, person: PatientLine, opening: Opening, done: Any) -> None:
        when = f"{short_day(opening.day)}, {clock_time_full(opening.starts)}"
        words = _("Booked {name}, {when}").format(name=person.name, when=when)
        self._parts.toast(words, done.operation, _("booked {name}").format(name=person.name))

    def _refused(self, person: PatientLine, opening: Opening, service_ids: tuple[int, ...], problem: Problem) -> None:
        if isinstance(problem, NeedsConsent):
            agreed = functools.partial(self.book, person, opening, service_ids)
            self._parts.ask(problem, _("Book anyway"), _("Choose another time"), agreed)
        else:
            self._parts.tell(problem)


def opening_words(opening: Opening, data: PracticeData) -> str:
    """"Thu Dec 3, 5:15 PM, Reyes, Brooklyn"."""
    parts = (
        short_day(opening.day),
        clock_time_full(opening.starts),
        data.member(opening.staff_id).short_name,
        data.office(opening.office_id).name,
    )
    return ", ".join(parts)
