"""A PostgreSQL server of our own for tests: one for each test process, on a private socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_until_the_end = ExitStack()
_started: list[Server] = []


@dataclass
class Server:
    """A running server that only this test process knows."""

    folder: Path
    user: str
    _numbers: Iterator[int] = field(default_factory=count)

    def where(self, database: str) -> Mapping[str, Any]:
        """How to reach one of its databases."""
        return {"host": str(self.folder), "port": 5432, "user": self.user, "dbname": database}

    def make(self, *, template: str | None = None, name: str | None = None) -> Mapping[str, Any]:
        """A new database, a copy of `template` if one is named."""
        name = name or f"clinic_{next(self._numbers)}"
        with psycopg.connect(**self.where("postgres"), autocommit=True) as connection:
            folder = connection.execute("SHOW data_directory").fetchone()
            assert folder == (str(self.folder / "data"),), "somebody else's server"
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"'.encode())
        return self.where(name)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    by_path = shutil.which("pg_ctl")
    return Path(by_path).resolve().parent if by_path else None


@contextmanager
def needed_server() -> Iterator[Server]:
    """The one server of this process: starting another takes longer than most tests. Whoever stops it starts their own.

    Where the server's programs are missing, tests/conftest.py does not collect what needs it.
    """
    if not _started:
        _started.append(_until_the_end.enter_context(running_server()))
    yield _started[0]


def let_server_go() -> None:
    """At the end of the process (tests/conftest.py)."""
    _started.clear()
    _until_the_end.close()


@contextmanager
def running_server() -> Iterator[Server]:
    """Starts a server and stops it at the end. Root may not run one, so root lets `nobody` do it."""
    bin_folder = programs()
    assert bin_folder is not None
    user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="pulse-pg-"))
    _give(folder, user)
    data = folder / "data"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60 -c port=5432"
    try:
        _run(user, bin_folder / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _run(user, bin_folder / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start")
        try:
            yield Server(folder, user)
        finally:
            _run(user, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give(folder: Path, user: str) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, user)


def _run(user: str, *words: str | Path) -> None:
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        list(map(str, words)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/", timeout=60,
        **as_user,  # type: ignore[call-overload]
    )  # fmt: skip
