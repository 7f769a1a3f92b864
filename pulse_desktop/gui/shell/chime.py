"""The chime: a sound at the planned minute, at 15 minutes and at the site's cap. Nothing ever blinks.

Who has put something on hears every moment of it at whatever seats they are signed in, also while these are locked; all
others hear only that a cap is reached, since then somebody must go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from pulse_desktop.gui.parts.timers import TimerView


class Chime(QObject):
    """Hears every timer and calls once for each moment it passes; also while the seat is locked."""

    called = Signal(object)
    """A timer has passed a moment (its key). Said also where the sound is off."""

    def __init__(self, parent: QObject | None = None, sound: Callable[[], object] = QApplication.beep) -> None:
        super().__init__(parent)
        self._sound = sound
        self._heard: dict[Hashable, TimerView] = {}
        self.is_on = True
        """Off at a seat whose room must be quiet; colours and words stay."""

    def hear(self, views: Sequence[TimerView]) -> None:
        """Compare with the last time. What had passed before a timer was first seen here was heard elsewhere."""
        before, self._heard = self._heard, {(view.key, view.is_needles): view for view in views}
        for key, view in self._heard.items():
            known = before.get(key)
            if known is not None and known.planned == view.planned and view.elapsed >= known.elapsed and self._passed(known, view):
                if self.is_on:
                    self._sound()
                self.called.emit(view.key)

    @staticmethod
    def _passed(known: TimerView, view: TimerView) -> bool:
        if view.is_mine:
            return view.calls > known.calls
        return view.is_at_cap and not known.is_at_cap
