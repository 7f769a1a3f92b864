"""Notices that nobody touches the seat.

    watch = IdleWatch(minutes * 60_000, window)
    watch.idle.connect(lock)
    watch.begin()                      # and stop() while nothing is to be locked

It listens to the windows of the desktop, where keys, clicks and movements of people arrive first, and not to the
application: there every event of every widget would come by, thousands for each screen that is shown.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Tells when no key, click or movement came for a while. Watches `window` and whatever window has the keyboard."""

    idle = Signal()

    def __init__(self, milliseconds: int, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(milliseconds)
        self._rest.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)

    def begin(self) -> None:
        """Count from now."""
        self._watch(self._window.windowHandle())
        self._rest.start()

    def stop(self) -> None:
        """Count no more."""
        self._rest.stop()

    def minutes_left(self) -> float:
        """Minutes until it tells; 0 while it does not count."""
        return max(0, self._rest.remainingTime()) / 60_000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any sign of life starts the rest anew."""
        if event.type() in _SIGNS_OF_LIFE and self._rest.isActive():
            self._rest.start()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWindow | None) -> None:
        """One window is listened to once, however often it is given."""
        if window is not None:
            window.installEventFilter(self)
