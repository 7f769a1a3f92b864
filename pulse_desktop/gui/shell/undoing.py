"""Toasts with a named undo, and taking back.

While a toast is shown Ctrl+Z takes back what it names. Later Ctrl+Z first says again what would be taken back: a desk
that was interrupted has forgotten what it did last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.toast import Toast
from pulse_desktop.gui.shell.seat import Seat


@dataclass(frozen=True, slots=True)
class _Last:
    words: str
    operation: str
    undo: str


class Undoing(QObject):
    """Remembers the last thing that can be taken back."""

    def __init__(self, seat: Seat, toast: Toast, tell: Callable[[Problem], object]) -> None:
        super().__init__(toast)
        self._seat, self._toast, self._tell = seat, toast, tell
        self._last: _Last | None = None
        self._taken: _Last | None = None
        self._action: QAction | None = None
        toast.gone.connect(self._free_keys)

    def use(self, action: QAction | None) -> None:
        """The frame's own Ctrl+Z; it rests while a toast answers to the same keys."""
        self._action = action

    def say(self, words: str, operation: str = "", undo: str = "") -> None:
        """Say one sentence; `undo` names what taking the operation back means ("arrived D. Walker")."""
        if self._action is not None:
            self._action.setEnabled(not (operation and undo))
        if operation and undo:
            self._last = _Last(words, operation, undo)
            self._toast.say(words, undo=_("Undo: {what}").format(what=undo), run=self._take_back)
        else:
            self._toast.say(words)

    def remind(self) -> None:
        """Ctrl+Z without a toast: say again what can be taken back."""
        if self._last is not None:
            self.say(self._last.words, self._last.operation, self._last.undo)

    def _free_keys(self) -> None:
        if self._action is not None:
            self._action.setEnabled(True)

    def _take_back(self) -> None:
        self._taken, self._last = self._last, None
        if self._taken is not None:
            command, value = self._seat.entrance.taking_back(self._taken.operation)
            self._seat.work.do(command, value, then=self._taken_back, refused=self._refused)

    def _taken_back(self, _done: object) -> None:
        if self._taken is not None:
            self._toast.say(_("Taken back: {what}").format(what=self._taken.undo))

    def _refused(self, problem: Problem) -> None:
        self._tell(problem)
