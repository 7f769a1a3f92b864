"""Floor and ours turn by turn in one go, so that a busy minute of the machine meets both alike."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

FLOORS = Path(__file__).resolve().parent / "floors"
Timed = Callable[[], float]


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that `act` takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def interleaved(floor: Timed, ours: Timed, times: int, *, warm: int = 3) -> tuple[float, float]:
    """Medians of floor and ours; the first `warm` rounds do not count."""
    rounds = [(floor(), ours()) for _ in range(times + warm)][warm:]
    floors, own = zip(*rounds, strict=True)
    return statistics.median(floors), statistics.median(own)


def median_of(ours: Timed, times: int, *, warm: int = 3) -> float:
    """The median of ours where there is no floor."""
    return statistics.median([ours() for _ in range(times + warm)][warm:])


class Floor(AbstractContextManager["Floor"]):
    """A floor's process. What it must not show (path and key) goes in by its standard input."""

    def __init__(self, script: str, told: dict[str, Any]) -> None:
        command = [sys.executable, str(FLOORS / script)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self._tell(told)

    def asks(self, told: dict[str, Any]) -> dict[str, Any]:
        """One turn; the floor takes the time itself."""
        self._tell(told)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the floor has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def takes(self, told: dict[str, Any]) -> float:
        """Milliseconds of one turn."""
        return float(self.asks(told)["ms"])

    def _tell(self, told: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()
