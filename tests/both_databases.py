"""One clinic, two databases: tests that ask for `database` run over the encrypted file and over a server.

In the fast suite every fourth of them runs on the server, and at least one of each module (by checksum of the test's name,
so always the same ones); `make test-long` and `--on server` run all. `--on file` or `--on server` runs them on one only;
without a server on this computer there is only the file. Where the database makes no difference that could be thought of,
tests ask for `one_database`: the file, unless the server is named. What tests how the file itself is kept asks for neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zlib import crc32

import pytest
from _pytest.mark import ParameterSet

from tests.builders import TestClinic, a_clinic
from tests.postgres import Server, needed_server, programs
from tests.server_resets import ServerClinics

FILE, SERVER = "file", "server"
ONE_OF = 12
_FIRST = pytest.StashKey[dict[str, str]]()
"""Of each module the first test that asks for a database."""


class Database(Protocol):
    """Where clinics of tests are kept."""

    def clinic(self, folder: Path) -> TestClinic:
        """The clinic of `tests.builders`, fresh, its owner signed in; the caller closes it."""
        ...


@dataclass(frozen=True)
class InFiles:
    """Each clinic is a folder with its encrypted file."""

    def clinic(self, folder: Path) -> TestClinic:
        return a_clinic(folder)


IN_FILES = InFiles()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on", choices=("both", FILE, SERVER), default="both", help="the database that tests of the clinic run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", _wanted(metafunc), indirect=True, scope="session")


def _wanted(metafunc: pytest.Metafunc) -> tuple[str | ParameterSet, ...]:
    option = metafunc.config.getoption("--on")
    if programs() is None or (option == "both" and "one_database" in metafunc.fixturenames):
        return (FILE,)
    if option != "both":
        return (option,)
    return (FILE, SERVER if _is_quick(metafunc) else pytest.param(SERVER, marks=pytest.mark.long))


def _is_quick(metafunc: pytest.Metafunc) -> bool:
    """Whether the fast suite runs this test on the server as well."""
    module, name = metafunc.module.__name__, metafunc.function.__name__
    first = metafunc.config.stash.setdefault(_FIRST, {}).setdefault(module, name)
    return name == first or crc32(f"{module}.{name}".encode()) % ONE_OF == 0


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of this process."""
    with needed_server() as server:
        yield server


@pytest.fixture(scope="session")
def server_clinics(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerClinics]:
    """The clinic made once on the server, and the databases that tests take turns in."""
    clinics = ServerClinics.made_on(postgres, tmp_path_factory.mktemp("server"))
    yield clinics
    clinics.close()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Database:
    """The database this test runs on: each test of the clinic runs on both."""
    return request.getfixturevalue("server_clinics") if request.param == SERVER else IN_FILES


@pytest.fixture(scope="session")
def one_database(database: Database) -> Database:
    """The file, or the database that was asked for by name."""
    return database
