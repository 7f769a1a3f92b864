"""Seats as processes of their own, each with its own door into one clinic, that act at the same moment."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor, Context
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import open_engine
from pulse_desktop.storage.postgres_engine import open_server_engine

_AHEAD = 0.05
"""Seconds between the word and the moment all act."""


@dataclass(frozen=True)
class Way:
    """How a seat reaches the clinic: a server, or a file with its keys; who sits there and when."""

    actor: Actor
    now: datetime
    where: Mapping[str, Any] | None = None
    path: Path | None = None
    key: bytes = b""
    audit_key: bytes = b""
    without_locks: bool = False
    """The control: commands do not wait for each other's rows."""

    def door(self, seat: str) -> Door:
        if self.where is not None:
            engine = open_server_engine(self.where, pool_size=1, max_overflow=2)
        else:
            assert self.path is not None
            engine = open_engine(self.path, self.key)
        return Door(engine, self.actor, seat, SteppedClock(self.now), audit=AuditTrail(self.audit_key, seat))


@dataclass(frozen=True)
class Told:
    """What one seat heard: the answer, or the problem's key and details; and how long it took in seconds."""

    answer: Any
    key: str
    details: Mapping[str, object]
    seconds: float

    @property
    def won(self) -> bool:
        return not self.key


Deed = tuple[Callable[..., Any], Any]


def _sit(way: Way, seat: str, line: Connection) -> None:
    """One process: does what it is told when it is time, until told nothing more."""
    if way.without_locks:
        Context.lock = lambda *_: None  # type: ignore[method-assign]
    door = way.door(seat)
    door.reach()
    line.send("here")
    while (word := line.recv()) is not None:
        at, every, deeds = word
        told = []
        for number, deed in enumerate(deeds):
            time.sleep(max(0.0, at + every * number - time.monotonic()))
            told.append(_told(door, *deed))
        line.send(told)
    door._writing.dispose()


def _told(door: Door, command: Callable[..., Any], value: Any) -> Told:
    began = time.perf_counter()
    while True:
        try:
            answer, key, details = door.do(command, value).answer, "", {}
        except Problem as problem:
            answer, key, details = None, problem.key, dict(problem.details)
        if key not in {"busy", "server_busy"}:  # fifty at once on a small machine: who did not get in in time presses again
            break
    return Told(answer, key, details, time.perf_counter() - began)


class Seats:
    """So many processes, waiting."""

    def __init__(self, lines: Sequence[Connection]) -> None:
        self._lines = lines

    def act(self, deeds: Sequence[Deed]) -> list[Told]:
        """One deed for each seat, all at once."""
        return [told for (told,) in self.act_often([[deed] for deed in deeds])]

    def act_often(self, deeds: Sequence[Sequence[Deed]], every: float = 0) -> list[list[Told]]:
        """For each seat some deeds one after the other. With `every` (seconds) as people do: paced, and not in step."""
        at = time.monotonic() + _AHEAD
        for number, (line, mine) in enumerate(zip(self._lines, deeds, strict=True)):
            line.send((at + every * number / len(self._lines), every, list(mine)))
        return [line.recv() for line in self._lines]


@contextmanager
def seated(way: Way, count: int) -> Iterator[Seats]:
    """Seats until the end of the block."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.seats", "pulse_desktop.clinic.boards", "pulse_desktop.clinic.flows"])
    with ExitStack() as stack:
        lines, programs = [], []
        for number in range(count):
            mine, theirs = context.Pipe()
            program = context.Process(target=_sit, args=(way, f"seat {number}", theirs), daemon=True)
            program.start()
            theirs.close()
            stack.callback(mine.close)
            lines.append(mine)
            programs.append(program)
        for line in lines:
            assert line.recv() == "here"
        yield Seats(lines)
        for line in lines:
            line.send(None)
        for program in programs:
            program.join(30)
