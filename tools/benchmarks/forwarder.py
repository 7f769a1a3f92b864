"""A line to a server: takes bytes here and hands them on there, counts the journeys, and may take its time.

    python -m tools.benchmarks.forwarder --listen 127.0.0.1:7001 --to /run/socket/.s.PGSQL.5432 --one-way-ms 15

A piece that is lost (`--loss-percent`) arrives with all behind it 0.2 s late: so long TCP waits before it sends again.
Prints "ready", then for each line on its standard input the journeys made since the last one: how often the server
answered after the client had spoken. Uses nothing but the standard library.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

_CHUNK = 1 << 16
_SENT_AGAIN_AFTER = 0.2  # the least time Linux waits for an acknowledgement before it sends again
_PORT_SEPARATOR = ":"


@dataclass
class Line:
    """What all connections share."""

    one_way: float
    loss: float
    journeys: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - which pieces are lost

    async def joins(self, near: tuple[asyncio.StreamReader, asyncio.StreamWriter], to: str) -> None:
        """Forwards one connection both ways until either side closes it."""
        far = await _connected(to)
        turn = _Turn()
        ways = (self._hands_on(near[0], far[1], turn, is_client=True), self._hands_on(far[0], near[1], turn, is_client=False))
        await asyncio.gather(*ways)

    async def _hands_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, turn: _Turn, *, is_client: bool) -> None:
        """Each piece leaves when it has been under way long enough; pieces do not wait for each other."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                due, piece = await under_way.get()
                if (left := due - time.monotonic()) > 0:
                    await asyncio.sleep(left)
                if not piece:
                    break
                target.write(piece)
            with contextlib.suppress(OSError):
                target.close()

        arriving = asyncio.create_task(arrive())
        with contextlib.suppress(OSError):
            while piece := await source.read(_CHUNK):
                if turn.is_clients and not is_client:
                    self.journeys += 1
                turn.is_clients = is_client
                again = _SENT_AGAIN_AFTER if self.chance.random() < self.loss else 0.0
                under_way.put_nowait((time.monotonic() + self.one_way + again, piece))
        under_way.put_nowait((time.monotonic() + self.one_way, b""))
        await arriving


@dataclass
class _Turn:
    """Who spoke last on a connection."""

    is_clients: bool = False


async def _connected(to: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if Path(to).is_absolute():
        return await asyncio.open_unix_connection(to)
    host, _, port = to.rpartition(_PORT_SEPARATOR)
    return await asyncio.open_connection(host, int(port))


async def serve(listen: str, to: str, one_way: float, loss: float) -> None:
    """Forwards until standard input ends."""
    line = Line(one_way, loss)

    async def near(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(asyncio.CancelledError):  # the forwarder ends before those it served
            await line.joins((reader, writer), to)

    host, _, port = listen.rpartition(_PORT_SEPARATOR)
    server = await asyncio.start_server(near, host, int(port))
    print("ready", flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(line.journeys, flush=True)
        line.journeys = 0
    server.close()


def main() -> None:
    """Reads the command line."""
    reader = argparse.ArgumentParser(prog="forwarder")
    reader.add_argument("--listen", required=True, metavar="HOST:PORT")
    reader.add_argument("--to", required=True, metavar="SOCKET or HOST:PORT")
    reader.add_argument("--one-way-ms", type=float, default=0.0)
    reader.add_argument("--loss-percent", type=float, default=0.0)
    told = reader.parse_args()
    asyncio.run(serve(told.listen, told.to, told.one_way_ms / 1000, told.loss_percent / 100))


if __name__ == "__main__":
    main()
