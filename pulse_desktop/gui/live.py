"""Screens that stay true: who changes something announces it, who shows it asks anew.

    Follows(self, live, {"visit", "patient"}, self.reload)      # in a screen's __init__

A visible screen reloads once per burst of changes, a hidden one when it is next shown.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

EVERYTHING: Final = "*"
"""In place of a subject: nobody knows what changed while the server was away."""


class Live(QObject):
    """Tells which subjects changed. `announce` may be called from any thread; listeners hear it on the GUI thread."""

    changed = Signal(object)

    def announce(self, changes: Iterable[object]) -> None:
        """Say that something changed: subjects ("visit"), or changes that name one as `.subject`."""
        subjects = frozenset(str(getattr(change, "subject", change)) for change in changes)
        if subjects:
            self.changed.emit(subjects)

    def announce_all(self) -> None:
        """Anything may have changed: every screen asks anew."""
        self.changed.emit(frozenset({EVERYTHING}))


class Follows(QObject):
    """Calls `reload` when one of `subjects` changed: soon when `widget` is visible, else when it is next shown."""

    def __init__(self, widget: QWidget, live: Live, subjects: Iterable[str], reload: Callable[[], object]) -> None:
        super().__init__(widget)
        self._subjects = frozenset(subjects)
        self._reload = weakref.WeakMethod(reload)
        self._widget = widget
        self._is_stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._reload_if_seen)
        live.changed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_stale:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _hear(self, subjects: frozenset[str]) -> None:
        if subjects & self._subjects or EVERYTHING in subjects:
            self._is_stale = True
            self._soon.start()

    def _reload_if_seen(self) -> None:
        reload = self._reload()
        if reload is None or not self._is_stale or not self._widget.isVisible():
            return
        self._is_stale = False
        reload()
