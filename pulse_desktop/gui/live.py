"""Screens that stay true: who changes something announces it, who shows it asks anew.

    Follows(self, live, {"visit", "patient"}, self.reload)      # in a screen's __init__

A visible screen reloads once per burst of changes, a hidden one when it is next shown. What other seats of a clinic on a
server write comes the same way; a screen in which somebody types asks `elsewhere` instead of reloading under their hands.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

EVERYTHING: Final = "*"
"""In place of a subject: nobody knows what changed while the server was away."""

PRESENCE: Final = "presence"
"""The subject that changes when somebody opens, leaves or takes over something at another seat."""


class Present(Protocol):
    """One thing that somebody has open at one seat (storage's own keeps to this)."""

    @property
    def person(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def is_here(self) -> bool: ...
    @property
    def is_mine(self) -> bool: ...
    @property
    def went_on_elsewhere(self) -> bool: ...


class Presence(Protocol):
    """Who has what open at which seat; every call answers at once (storage's own keeps to this)."""

    def enter(self, subject: str, subject_id: int, place: str) -> None: ...
    def leave(self, subject: str, subject_id: int) -> None: ...
    def go_on_here(self, subject: str, subject_id: int, place: str) -> None: ...
    def at(self, subject: str, subject_id: int) -> Sequence[Present]: ...


class NobodyElse:
    """One seat, and nobody to know of."""

    def enter(self, subject: str, subject_id: int, place: str) -> None:
        """Nobody could see it."""

    def leave(self, subject: str, subject_id: int) -> None:
        """Nobody could see it."""

    def go_on_here(self, subject: str, subject_id: int, place: str) -> None:
        """There is no other seat."""

    def at(self, _subject: str, _subject_id: int) -> Sequence[Present]:
        """Nobody."""
        return ()


class Live(QObject):
    """Tells which subjects changed. `announce` may be called from any thread; listeners hear it on the GUI thread."""

    changed = Signal(object)
    elsewhere = Signal(object)
    """(subject, row number) of each row that another seat wrote."""

    def __init__(self, parent: QObject | None = None, presence: Presence | None = None) -> None:
        super().__init__(parent)
        self.presence = presence or NobodyElse()

    def announce(self, changes: Iterable[object]) -> None:
        """Say that something changed: subjects ("visit"), or changes that name one as `.subject`."""
        subjects = frozenset(str(getattr(change, "subject", change)) for change in changes)
        if subjects:
            self.changed.emit(subjects)

    def announce_elsewhere(self, changes: Iterable[object]) -> None:
        """As `announce`, for what another seat wrote."""
        changes = tuple(changes)
        self.elsewhere.emit(frozenset((str(getattr(one, "subject", "")), int(getattr(one, "row_id", 0))) for one in changes))
        self.announce(changes)

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
