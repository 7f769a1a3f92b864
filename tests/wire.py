"""A wire between a seat and the test's own server that can be slow, be cut at any byte, and stay dead for a while."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

R = TypeVar("R")
Way = Literal["up", "down"]


@dataclass
class _Cut:
    """After so many more bytes this way the wire is cut."""

    way: Way
    left: int


class Wire:
    """Listens on a port of this computer and passes everything on to the server's socket. Runs on a thread of its own."""

    def __init__(self, where: Mapping[str, Any], delay: float = 0) -> None:
        """`delay` in seconds, each way."""
        self._socket = f"{where['host']}/.s.PGSQL.{where['port']}"
        self._delay = delay
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._cut: _Cut | None = None
        self._at_commit = self._stays_dead = False
        self._server: asyncio.Server | None = None
        self.is_dead = False
        self.passed: dict[Way, int] = {"up": 0, "down": 0}
        """Bytes since `counts_anew`."""
        self.cuts = 0
        self.journeys = 0
        """Times a seat spoke after the server had, since `counts_anew`: each costs the way there and back."""
        self.port = 0

    def where(self, where: Mapping[str, Any]) -> dict[str, Any]:
        """The same database through this wire."""
        return {**where, "host": "127.0.0.1", "port": self.port}

    def counts_anew(self) -> None:
        self.passed, self.journeys = {"up": 0, "down": 0}, 0

    def cut_after(self, way: Way, count: int, *, stays_dead: bool = False) -> None:
        """Cuts everything once `count` more bytes went this way; `stays_dead`: and lets nobody in afterwards."""
        self._cut, self._stays_dead = _Cut(way, count), stays_dead

    def cut_at_commit(self) -> None:
        """Lets the next COMMIT through, and cuts when its answer comes; nobody is let in afterwards."""
        self._at_commit, self._stays_dead = True, True

    def goes_dead(self) -> None:
        """Cuts everything now and lets nobody in."""
        self.is_dead = True
        self._do(self._cut_all())

    def comes_back(self) -> None:
        self.is_dead, self._cut, self._at_commit = False, None, False

    def start(self) -> None:
        self._thread.start()
        self._do(self._listen())

    def stop(self) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._cut_all()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _cut_all(self) -> None:
        self.cuts += 1
        for end in tuple(self._ends):
            end.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_dead:
            writer.close()
            return
        try:
            there_reader, there_writer = await asyncio.open_unix_connection(self._socket)
        except OSError:  # the server is down
            writer.close()
            return
        self._ends |= {writer, there_writer}
        last: list[Way] = ["down"]
        for way, source, sink in (("up", reader, there_writer), ("down", there_reader, writer)):
            task = self._loop.create_task(self._pass(way, source, sink, {writer, there_writer}, last))  # type: ignore[arg-type]
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass(self, way: Way, source: asyncio.StreamReader, sink: asyncio.StreamWriter, both: set[asyncio.StreamWriter], last: list[Way]) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                self.passed[way] += len(data)
                self.journeys += way == "up" and last[0] == "down"
                last[0] = way
                if self._at_commit and way == "up" and b"COMMIT\0" in data:
                    self._at_commit, self._cut = False, _Cut("down", 0)
                cut = self._cut
                if cut is not None and cut.way == way:
                    if cut.left < len(data):
                        self._cut = None
                        sink.write(data[: cut.left])
                        self.is_dead = self._stays_dead
                        await self._cut_all()
                        break
                    cut.left -= len(data)
                if self._delay:
                    self._loop.call_later(self._delay, _write, sink, data)
                else:
                    _write(sink, data)
        for end in both:
            end.close()
        self._ends -= both


def _write(sink: asyncio.StreamWriter, data: bytes) -> None:
    if not sink.is_closing():
        sink.write(data)


@contextmanager
def laid(where: Mapping[str, Any], delay: float = 0) -> Iterator[Wire]:
    """A wire, taken up again at the end."""
    wire = Wire(where, delay)
    wire.start()
    try:
        yield wire
    finally:
        wire.stop()
