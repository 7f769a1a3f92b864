"""The line to the clinic's server: tries again for a moment when it breaks, then says so and stays ready for its return.

A clinic in a file has a line that never breaks. What is tried again is always whole: a transaction that was cut before
its COMMIT has left nothing, and one that was cut within it is known by its operation's id.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Trouble

R = TypeVar("R")

GONE: Final = "server_gone"
UNSURE: Final = "server_unsure"
PATIENCE: Final = 3.0
"""Seconds in which a broken line is tried anew before a person hears of it."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5


class Line:
    """Shared by all doors of a seat."""

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._patience = patience
        self.is_away = False
        """The server did not answer when it was last asked; nobody waits for it again before it did."""

    def keep_trying(self, attempt: Callable[[], R]) -> R:
        """What `attempt` answers; one that finds the line broken is made again while patience lasts."""
        until, pause = None, _FIRST_PAUSE
        while True:
            try:
                found = attempt()
            except Trouble as trouble:
                if trouble.key not in {GONE, UNSURE}:
                    raise
                self._engine.dispose()  # the others of the pool went the same way
                if until is None:  # patience begins when the line broke: what waited before that waited for somebody else
                    until = time.monotonic() + (0 if self.is_away else self._patience)
                if time.monotonic() + pause >= until:
                    self.is_away = True
                    raise
            else:
                self.is_away = False
                return found
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
