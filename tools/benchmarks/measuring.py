"""Floor and ours turn by turn in one go, so that a busy minute of the machine meets both alike."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

FLOORS = Path(__file__).resolve().parent / "floors"
Timed = Callable[[], float]


def best(taken: Sequence[float]) -> float:
    """The quietest turn: what it takes when nobody is in the way. Others can only add to it."""
    return min(taken)


_of: Callable[[Sequence[float]], float] = statistics.median


def take_best() -> None:
    """From now on the quietest turn stands for all, of floor and ours alike: for a gate on a machine that others use too."""
    global _of  # noqa: PLW0603 - said once, when the program starts
    _of = best


def is_best() -> bool:
    """Whether the quietest turn stands for all."""
    return _of is best


def of(taken: Sequence[float]) -> float:
    """The figure that stands for many turns: their median, unless the best was asked for."""
    return _of(taken)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that `act` takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def spent(act: Callable[[], object]) -> float:
    """Milliseconds of something that never waits. Where the best is asked for, those of the processor on this thread: on a
    machine that others use, whatever takes longer than a turn of the processor is always interrupted."""
    if not is_best():
        return timed(act)
    begun = time.thread_time()
    act()
    return (time.thread_time() - begun) * 1000


def interleaved(floor: Timed, ours: Timed, times: int, *, warm: int = 3) -> tuple[float, float]:
    """Medians (or the best) of floor and ours; the first `warm` rounds do not count."""
    rounds = [(floor(), ours()) for _ in range(times + warm)][warm:]
    floors, own = zip(*rounds, strict=True)
    return of(floors), of(own)


def median_of(ours: Timed, times: int, *, warm: int = 3) -> float:
    """The median of ours where there is no floor."""
    return of([ours() for _ in range(times + warm)][warm:])


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
