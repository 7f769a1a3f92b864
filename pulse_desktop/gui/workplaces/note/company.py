"""Who else has this note open: another person is named, and oneself at another seat is offered to continue here.

One person writes a note at one seat at a time. The seat that came later may read until "Continue here"; then the other one
stores what was typed there and reads. What decides about the text itself is its version: nothing here is needed for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment.values import NoteView
from pulse_desktop.gui.live import PRESENCE, Present
from pulse_desktop.gui.parts.desk_parts import DeskParts

if TYPE_CHECKING:
    from pulse_desktop.gui.workplaces.note.page import NotePage

_NOTE: Final = "note"


class Company(QObject):
    """The strip over the note. `stopped`: the person went on elsewhere; `freed`: the note may be written in here now."""

    stopped = Signal()
    freed = Signal()

    def __init__(self, parts: DeskParts, page: NotePage) -> None:
        super().__init__(page)
        self._parts, self._page, self._presence = parts, page, parts.live.presence
        self._note_id = 0
        self._wants = self._writes = self._is_on_its_way = False
        parts.live.changed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        page.company.asked.connect(self.go_on_here)

    def lets_write(self, view: NoteView) -> bool:
        """A note is shown: whether it may be written in at this seat now. From then on the others see who has it."""
        if view.id != self._note_id:
            self.leave()
        self._note_id, self._wants = view.id, view.may_write
        if not view.may_write:
            self._writes = False
            self._presence.leave(_NOTE, view.id)
        elif not self._writes and not self._elsewhere():
            self._begin()
        self._say()
        return self._writes

    def leave(self) -> None:
        """The note is out of sight here."""
        if self._note_id:
            self._presence.leave(_NOTE, self._note_id)
        self._note_id, self._wants, self._writes = 0, False, False

    def go_on_here(self) -> None:
        """The person writes at this seat from now on, if they do at another one."""
        if self._wants and not self._writes:
            self._writes = self._is_on_its_way = True
            self._presence.go_on_here(_NOTE, self._note_id, self._parts.practice.office.name)
            self.freed.emit()

    # --- what is heard

    def _hear(self, subjects: frozenset[str], _rows: object) -> None:
        if PRESENCE not in subjects or not self._note_id:
            return
        mine = next((one for one in self._there() if one.is_here), None)
        if mine is not None and not mine.went_on_elsewhere:
            self._is_on_its_way = False
        if self._writes and not self._is_on_its_way and self._has_lost(mine):
            self._writes = False
            self._say()
            self.stopped.emit()
        elif self._wants and not self._writes and not self._elsewhere():
            self.freed.emit()
        else:
            self._say()

    def _has_lost(self, mine: Present | None) -> bool:
        """The person went on elsewhere, or opened it at two seats in one moment and the other one was first."""
        if mine is None:
            return False  # the server was away for a while: the feed says it again
        first = next((one for one in self._there() if one.is_mine and not one.went_on_elsewhere), mine)
        return mine.went_on_elsewhere or not first.is_here

    def _there(self) -> Sequence[Present]:
        return self._presence.at(_NOTE, self._note_id)

    def _elsewhere(self) -> Present | None:
        """Where this person writes the note, if not here."""
        return next((one for one in self._there() if one.is_mine and not one.is_here and not one.went_on_elsewhere), None)

    # --- what is done

    def _begin(self) -> None:
        self._writes = self._is_on_its_way = True
        place = self._parts.practice.office.name
        if any(one.is_here for one in self._there()):
            self._presence.go_on_here(_NOTE, self._note_id, place)
        else:
            self._presence.enter(_NOTE, self._note_id, place)

    # --- what is said

    def _say(self) -> None:
        lead, text, act = self._words()
        self._page.company.show_words(lead, text, act)
        self._page.company.setVisible(bool(lead))

    def _words(self) -> tuple[str, str, str]:
        mine, other = self._elsewhere(), next((one for one in self._there() if not one.is_mine), None)
        if mine is not None and not self._writes and self._wants:
            if any(one.is_here for one in self._there()):
                lead = _("You went on with this note at {seat}.")
                return lead.format(seat=mine.seat), _("What you typed here is kept."), _("Continue here")
            return _("You have this note open at {seat}.").format(seat=mine.seat), "", _("Continue here")
        if other is not None and other.place:
            return other.name, _("has this note open in {office}.").format(office=other.place), ""
        return ("", "", "") if other is None else (other.name, _("has this note open at {seat}.").format(seat=other.seat), "")
