"""What an open booking or move panel proposes, so that the calendar can draw it; and places clicked in the calendar for it.

    proposals = Proposals.of(parts)          # one for the signed-in person, shared by the panels and the calendar
    proposals.show((Offered(1, opening, is_chosen=True), ...))
    proposals.changed.connect(self._draw)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pulse_desktop.clinic.schedule.values import Opening
from pulse_desktop.gui.parts.desk_parts import DeskParts


@dataclass(frozen=True, slots=True)
class Offered:
    """An opening as the calendar draws it; `number` is its key in the panel's list, 0 for a place without one."""

    opening: Opening
    number: int = 0
    is_chosen: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class EmptyPlaceClicked:
    """An empty place of the calendar: a practitioner's or a room's column, and the minute of the day."""

    day: date
    minute: int
    office_id: int
    staff_id: int | None = None
    room_id: int | None = None


class Proposals(QObject):
    """Shared by the calendar and the panel over it."""

    changed = Signal()
    place_clicked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offered: tuple[Offered, ...] = ()
        self.clashing: frozenset[int] = frozenset()
        self._owner: QWidget | None = None

    @classmethod
    def of(cls, parts: DeskParts) -> Proposals:
        """The one of the signed-in person."""
        known = parts.practice.findChild(cls)
        return known if isinstance(known, cls) else cls(parts.practice)

    @property
    def is_taken(self) -> bool:
        """A panel that asks for a place is open: a click in the calendar is meant for it."""
        return self._owner is not None and shiboken6.isValid(self._owner) and self._owner.isVisible()

    def take(self, owner: QWidget) -> None:
        """From now on the proposals are those of `owner`."""
        self._owner = owner

    def let_go(self, owner: QWidget) -> None:
        """The panel is away; nothing is proposed any more."""
        if owner is self._owner:
            self._owner = None
            self.show(())

    def show(self, offered: tuple[Offered, ...], clashing: frozenset[int] = frozenset()) -> None:
        """Propose these openings; `clashing` visits stand in the way."""
        if (offered, clashing) != (self.offered, self.clashing):
            self.offered, self.clashing = offered, clashing
            self.changed.emit()
