"""Keeps what is typed on this computer while the clinic's server does not take it, and brings it back after the program died.

Nothing is written for a clinic in a file. A kept draft goes only when the server has all of what was typed.
"""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pulse_desktop.basics.problems import Problem
from pulse_desktop.clinic.treatment.typed import Typed, TypedShelf
from pulse_desktop.clinic.treatment.values import NoteView
from pulse_desktop.gui.work import Work, is_line_broken
from pulse_desktop.gui.workplaces.note.keeper import Keeper
from pulse_desktop.gui.workplaces.note.writing import Writing

LATE_MS: Final = 1000
"""A save that takes longer than this is not waited for: what is typed is kept here meanwhile."""
STEP_MS: Final = 500
"""While the server is away, what is typed is kept here within this time."""


class Shelter(QObject):
    """Watches the keeper of one screen."""

    found = Signal(object)
    """A draft of the note on screen was kept here: a Typed that the clinic does not have."""
    not_kept = Signal(object)
    """This computer's disk does not take it either: a Problem."""

    def __init__(self, work: Work, shelf: TypedShelf | None, writing: Writing, keeper: Keeper) -> None:
        super().__init__(keeper)
        self._work, self._shelf, self._writing, self._keeper = work, shelf, writing, keeper
        self._is_needed = self._holds = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._keep_if_behind)
        if shelf is not None:
            writing.changed.connect(self._note_change)
            keeper.sent.connect(self._note_sending)
            keeper.saved.connect(self._note_saved)
            keeper.failed.connect(self._note_failure)

    def look_for(self, view: NoteView) -> None:
        """Whether something of this note is kept here that the clinic does not have; `found` tells."""
        if self._shelf is not None and view.may_write:
            self._holds = False
            self._work.aside(functools.partial(self._shelf.kept_of, view.id), then=functools.partial(self._tell_found, view))

    def settle(self) -> None:
        """The seat is about to be locked or left: whether the server takes the last save will not be heard any more."""
        self._keep_if_behind()

    def _tell_found(self, view: NoteView, typed: Typed | None) -> None:
        if typed is None or view.id != self._keeper.note_id:
            return
        self._holds = True
        if typed.draft == view.draft:
            self._drop()
        else:
            self.found.emit(typed)

    def _note_change(self) -> None:
        if self._is_needed and not self._soon.isActive():
            self._soon.start(STEP_MS)

    def _note_sending(self) -> None:
        if not self._soon.isActive():
            self._soon.start(LATE_MS)

    def _note_failure(self, problem: Problem) -> None:
        if is_line_broken(problem):
            self._is_needed = True
            self._keep_if_behind()

    def _note_saved(self) -> None:
        if self._keeper.is_behind:
            return
        self._is_needed = False
        self._soon.stop()
        if self._holds:
            self._drop()

    def _keep_if_behind(self) -> None:
        keeper = self._keeper
        if self._shelf is None or not keeper.is_behind or not keeper.note_id:
            return
        self._is_needed = self._holds = True
        typed = Typed(keeper.note_id, keeper.version, self._writing.draft, keeper.unsure_draft)
        self._work.aside(functools.partial(self._shelf.keep, typed), refused=self.not_kept.emit)

    def _drop(self) -> None:
        self._holds = False
        if self._shelf is not None:
            self._work.aside(functools.partial(self._shelf.drop, self._keeper.note_id))
