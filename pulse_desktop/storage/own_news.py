"""What this seat wrote itself: it announces that at once, so the news from the server must not tell it a second time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from pulse_desktop.storage.notes import Change

_REMEMBERED: Final = 1000
"""Operations whose news may still be on its way; a seat writes far fewer in the seconds that takes."""


class OwnNews:
    """Operations of one seat, from before they begin. Used by the door and by the feed, on their own threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: set[str] = set()
        self._announced: dict[str, None] = {}
        self._held: dict[str, set[Change]] = {}
        self._left_over: set[Change] = set()

    @contextmanager
    def of(self, operation: str) -> Iterator[None]:
        """While it lasts, its news is held back: nobody knows yet whether it will be announced here."""
        with self._lock:
            self._under_way.add(operation)
        try:
            yield
        finally:
            with self._lock:
                self._under_way.discard(operation)
                self._left_over |= self._held.pop(operation, set())

    def announced(self, operation: str) -> None:
        """This seat has told its screens. An operation whose answer was lost on the way is never told so, and is news."""
        with self._lock:
            self._announced[operation] = None
            self._held.pop(operation, None)
            if len(self._announced) > _REMEMBERED:
                del self._announced[next(iter(self._announced))]

    def foreign(self, news: Iterable[tuple[str, Change]]) -> frozenset[Change]:
        """Of these changes with their operations, what this seat has not told yet and will not tell by itself."""
        with self._lock:
            found, self._left_over = self._left_over, set()
            for operation, change in news:
                if operation in self._under_way:
                    self._held.setdefault(operation, set()).add(change)
                elif operation not in self._announced:
                    found.add(change)
        return frozenset(found)
