"""A server of its own that keeps what it acknowledged (fsync on), for crashing it at will."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.certificates import Authority
from tests.postgres import Server, _give, _run, programs


class CrashingServer(Server):
    """Goes down at once, as at a power cut of the program, and comes up again."""

    def crash(self) -> None:
        _pg_ctl(self, "stop", "-m", "immediate")

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=on -c max_connections=60 -c port=5432"
        _pg_ctl(self, "-l", self.folder / "log", "-o", settings, "start")


def _pg_ctl(server: Server, *words: str | Path) -> None:
    bin_folder = programs()
    assert bin_folder is not None
    _run(server.user, bin_folder / "pg_ctl", "-D", server.folder / "data", "-w", *words)


@contextmanager
def crashing_server() -> Iterator[CrashingServer]:
    """Running until it is crashed."""
    bin_folder = programs()
    assert bin_folder is not None
    user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="pulse-pg-"))
    server = CrashingServer(folder, user, 5432, Authority.new())
    try:
        _give(folder, user)
        _run(user, bin_folder / "initdb", "-D", folder / "data", "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        server.start()
        yield server
        server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
