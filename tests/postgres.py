"""A PostgreSQL server of our own for tests: one for each test process, gone afterwards.

Tests get in as its administrator through a private socket; the program may come over TLS, as in a clinic.
"""

from __future__ import annotations

import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.certificates import Authority

_until_the_end = ExitStack()
_started: list[Server] = []


@dataclass
class Server:
    """A running server that only this test process knows."""

    folder: Path
    user: str
    port: int
    authority: Authority
    _numbers: Iterator[int] = field(default_factory=count)

    def where(self, database: str) -> Mapping[str, Any]:
        """How to reach one of its databases."""
        return {"host": str(self.folder), "port": self.port, "user": self.user, "dbname": database}

    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "log").read_text(errors="replace")

    def set(self, **settings: str) -> None:
        """Settings of the whole server; returns once new connections see them."""
        self.told(*(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()), "SELECT pg_reload_conf()")
        for _ in range(1000):
            with psycopg.connect(**self.where("postgres")) as connection:
                if all(connection.execute(f"SHOW {name}".encode()).fetchone() == (value,) for name, value in settings.items()):
                    return
        message = f"the server never came to {settings}"
        raise TimeoutError(message)

    def told(self, *statements: str) -> None:
        """Statements of the administrator, each on its own."""
        with psycopg.connect(**self.where("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

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
    data, port, authority = folder / "data", _free_port(), Authority.new()
    try:
        _run(user, bin_folder / "initdb", "-k", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _settle(data, user, port, authority)
        _run(user, bin_folder / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start")
        try:
            yield Server(folder, user, port, authority)
        finally:
            _run(user, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(data: Path, user: str, port: int, authority: Authority) -> None:
    """Settings, who gets in how, and the server's certificate."""
    settings = {
        "listen_addresses": "127.0.0.1", "unix_socket_directories": data.parent, "port": port, "max_connections": 60, "fsync": "off", "ssl": "on",
    }  # fmt: skip
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    (data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
    certificate, key = authority.vouch_for("127.0.0.1")
    (data / "server.crt").write_text(certificate)
    (data / "server.key").touch(mode=0o600)
    (data / "server.key").write_text(key)
    for name in ("server.crt", "server.key"):
        _give(data / name, user)


def _free_port() -> int:
    """Below the ports that outgoing connections take by themselves, so that none is taken before the server starts."""
    while True:
        port = random.randint(15_000, 32_000)
        with socket.socket() as asked, suppress(OSError):
            asked.bind(("127.0.0.1", port))
            return port


def _give(folder: Path, user: str) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, user)


def _run(user: str, *words: str | Path) -> None:
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        list(map(str, words)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/", timeout=60,
        **as_user,  # type: ignore[call-overload]
    )  # fmt: skip
