"""Screens that stay true: who changes something announces it, who shows it asks anew.

    Follows(self, live, {"visit", "patient"}, self.reload)      # in a screen's __init__

A visible screen reloads once per burst of changes, a hidden one when it is next shown; one that can look at single rows
anew hands over `rows` and is told which. What other seats of a clinic on a
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


Row = tuple[str, int]
"""A subject and the number of one of its rows."""


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

    changed = Signal(object, object)
    """Subjects, and (subject, row number) of each row; number 0 where nobody knows which."""
    elsewhere = Signal(object)
    """(subject, row number) of each row that another seat wrote."""

    def __init__(self, parent: QObject | None = None, presence: Presence | None = None) -> None:
        super().__init__(parent)
        self.presence = presence or NobodyElse()

    def announce(self, changes: Iterable[object]) -> None:
        """Say that something changed: subjects ("visit"), or changes that name one as `.subject`."""
        rows = frozenset((str(getattr(change, "subject", change)), int(getattr(change, "row_id", 0))) for change in changes)
        if rows:
            self.changed.emit(frozenset(subject for subject, _row_id in rows), rows)

    def announce_elsewhere(self, changes: Iterable[object]) -> None:
        """As `announce`, for what another seat wrote."""
        changes = tuple(changes)
        self.elsewhere.emit(frozenset((str(getattr(one, "subject", "")), int(getattr(one, "row_id", 0))) for one in changes))
        self.announce(changes)

    def announce_all(self) -> None:
        """Anything may have changed: every screen asks anew."""
        self.changed.emit(frozenset({EVERYTHING}), frozenset({(EVERYTHING, 0)}))


class Follows(QObject):
    """Calls `reload` when one of `subjects` changed: soon when `widget` is visible, else when it is next shown.

    `rows` is called in its place with the (subject, row number)s of what changed; it answers whether that was enough.
    """

    def __init__(
        self, widget: QWidget, live: Live, subjects: Iterable[str], reload: Callable[[], object],
        rows: Callable[[frozenset[Row]], bool] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(widget)
        self._subjects = frozenset(subjects)
        self._reload = weakref.WeakMethod(reload)
        self._rows = None if rows is None else weakref.WeakMethod(rows)
        self._widget = widget
        self._stale: frozenset[Row] = frozenset()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._reload_if_seen)
        live.changed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _hear(self, _subjects: frozenset[str], rows: frozenset[Row]) -> None:
        if mine := frozenset(row for row in rows if row[0] in self._subjects or row[0] == EVERYTHING):
            self._stale |= mine
            self._soon.start()

    def _reload_if_seen(self) -> None:
        reload, stale = self._reload(), self._stale
        if reload is None or not stale or not self._widget.isVisible():
            return
        self._stale = frozenset()
        some = self._rows() if self._rows is not None else None
        if some is None or not all(row_id for _subject, row_id in stale) or not some(stale):
            reload()
