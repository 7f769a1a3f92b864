"""The chime: a sound when cups or needles are due, and again when they are late. Nothing ever blinks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from pulse_desktop.gui.parts.timers import TimerView

_ORDER = ("running", "due", "late")


class Chime(QObject):
    """Hears every timer's state and calls once for each step it takes; also while the seat is locked."""

    called = Signal(object)
    """A timer has become due or late (its key)."""

    def __init__(self, parent: QObject | None = None, sound: Callable[[], object] = QApplication.beep) -> None:
        super().__init__(parent)
        self._sound = sound
        self._heard: dict[Hashable, str] = {}

    def hear(self, views: Sequence[TimerView]) -> None:
        """Compare with the last time. A timer seen for the first time only calls if it becomes due later."""
        before, self._heard = self._heard, {(view.key, view.is_needles): view.state for view in views}
        for view in views:
            known = before.get((view.key, view.is_needles))
            if known is not None and _ORDER.index(view.state) > _ORDER.index(known):
                self._sound()
                self.called.emit(view.key)
