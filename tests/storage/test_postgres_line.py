"""What is waited for on the line to a server, counted on the wire by a forwarder between us and a real one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.ledgers import Operation, VaultPerson
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.together import Together
from tests.storage.postgres_shop import ServerClinic

_PEOPLE = table_of(VaultPerson)


@dataclass
class Wire:
    """An engine whose journeys are counted."""

    engine: Engine
    forwarder: subprocess.Popen[str]

    def journeys(self, act: Callable[[], object]) -> int:
        """How often `act` waited for the server."""
        self._count()
        act()
        return self._count()

    def _count(self) -> int:
        assert self.forwarder.stdin is not None
        assert self.forwarder.stdout is not None
        self.forwarder.stdin.write("\n")
        self.forwarder.stdin.flush()
        return int(self.forwarder.stdout.readline())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def wire(server_clinic: ServerClinic) -> Iterator[Wire]:
    where = dict(server_clinic.where)
    port = _free_port()
    command = [sys.executable, "-m", "tools.benchmarks.forwarder", "--listen", f"127.0.0.1:{port}", "--to", f"{where['host']}/.s.PGSQL.{where['port']}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as forwarder:
        assert forwarder.stdout is not None
        assert forwarder.stdout.readline() == "ready\n"
        engine = open_server_engine({**where, "host": "127.0.0.1", "port": port, "sslmode": "disable"})
        with engine.connect() as connection:  # what ends a look travels with the next one, so there is one before
            connection.exec_driver_sql("SELECT 1")
        yield Wire(engine, forwarder)
        engine.dispose()
        assert forwarder.stdin is not None
        forwarder.stdin.close()


def _names(connection: Connection) -> list[str]:
    return list(connection.scalars(select(_PEOPLE.c.name)))


def _names_by_number(connection: Connection) -> list[tuple[int, str]]:
    """Two questions, the second of which needs the first one's answer."""
    numbers = list(connection.scalars(select(_PEOPLE.c.id)))
    return [(number, connection.scalar(select(_PEOPLE.c.name).where(_PEOPLE.c.id == number)) or "") for number in numbers]


def _nested(connection: Connection) -> tuple[list[str], int]:
    with Together(connection) as asks:
        names = asks(_names, connection)
        one = asks(connection.scalar, text("SELECT 1"))
    return names.answer, one.answer or 0


def test_a_look_waits_once_for_each_question_and_never_for_its_ends(wire: Wire) -> None:
    def look() -> None:
        with wire.engine.connect() as connection:
            _names(connection)
            connection.scalar(text("SELECT 1"))

    assert [wire.journeys(look) for _ in range(3)] == [2, 2, 2]


def test_questions_together_share_a_journey_those_within_questions_too(wire: Wire) -> None:
    found: list[Any] = []

    def ask() -> None:
        with wire.engine.connect() as connection:
            with Together(connection) as asks:
                names, numbers, nested = asks(_names, connection), asks(_names_by_number, connection), asks(_nested, connection)
            found.extend((names.answer, numbers.answer, nested.answer))

    assert wire.journeys(ask) == 2  # the second for the question that needs an answer first
    assert found == [["Ann Gray"], [(1, "Ann Gray")], (["Ann Gray"], 1)]


def test_without_the_block_each_of_them_waits_by_itself(wire: Wire) -> None:
    def ask() -> None:
        with wire.engine.connect() as connection:
            found = [question(connection) for question in (_names, _names_by_number)]
            assert len(found) == 2

    assert wire.journeys(ask) == 3


def test_the_first_question_that_refuses_is_the_one_that_is_heard(wire: Wire) -> None:
    def refuse(connection: Connection, words: str, questions: int) -> None:
        for _ in range(questions):
            connection.scalar(text("SELECT 1"))
        raise ValueError(words)

    with wire.engine.connect() as connection:
        with pytest.raises(ValueError, match="slow"), Together(connection) as asks:  # noqa: PT012 - raised when the block is left
            asks(refuse, connection, "slow", 3)
            asks(refuse, connection, "quick", 1)
        assert _names(connection) == ["Ann Gray"]


def test_an_error_of_the_server_is_raised_and_the_next_look_is_none_the_worse(wire: Wire) -> None:
    for _ in range(2):
        with wire.engine.connect() as connection, pytest.raises(DBAPIError), Together(connection) as asks:  # noqa: PT012 - as above
            asks(_names, connection)
            asks(connection.scalar, text("SELECT 1 / 0"))
            asks(_names_by_number, connection)
        with wire.engine.connect() as connection:
            assert _names(connection) == ["Ann Gray"]


def test_what_is_written_without_an_answer_goes_with_commit_and_fails_with_it(wire: Wire) -> None:
    add = "INSERT INTO operation (id, command, person, at, answer) VALUES ('{}', 'x', 'x', 0, 'null')"

    def write() -> None:
        with writing(wire.engine).begin() as connection:
            connection.connection.cursor().execute(add.format("twice"))

    assert wire.journeys(write) == 1
    with pytest.raises(DBAPIError, match="pk_operation"), writing(wire.engine).begin() as connection:  # noqa: PT012 - raised at COMMIT
        connection.exec_driver_sql(add.format("lost with it"))
        connection.connection.cursor().execute(add.format("twice"))
    with wire.engine.connect() as connection:
        known = set(connection.scalars(select(table_of(Operation).c.id)))
    assert "twice" in known
    assert "lost with it" not in known


def test_a_connection_the_server_has_closed_is_replaced_before_it_is_used(wire: Wire, server_clinic: ServerClinic) -> None:
    with wire.engine.connect() as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
    with server_clinic.engine.connect() as other:
        assert other.scalar(text(f"SELECT pg_terminate_backend({number}, 5000)"))
    with wire.engine.connect() as connection:
        assert _names(connection) == ["Ann Gray"]
