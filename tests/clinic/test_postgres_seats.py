"""Two seats at one clinic on a server: one list of people, kept in step by the seat that changed it and by no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.sign_in import Desk, add_person
from pulse_desktop.clinic.practice.values import StaffDraft
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.vault import read_vault
from tests.builders import MINA, PASSWORD
from tests.postgres import needed_server
from tests.seats_on_server import Shared, shared
from tests.server_clinics import ServerTemplate, made_on

PATIENCE = 20.0
DANA = StaffDraft("Dana", "Reyes", "", frozenset({Role.FRONT_DESK}))


@pytest.fixture(scope="module")
def made_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@pytest.fixture
def clinic(made_clinic: ServerTemplate, tmp_path: Path) -> Iterator[Shared]:
    with shared(made_clinic, tmp_path) as clinic:
        yield clinic


@pytest.fixture
def seats(clinic: Shared) -> Iterator[tuple[Desk, Desk]]:
    """Lin Hua, the owner, at the desk; Mina Park in a room."""
    with ExitStack() as closing:
        desks = []
        for seat, name in (("desk", "Lin Hua"), ("room", "Mina Park")):
            entrance = clinic.entrance(seat)
            person = next(tile.vault_id for tile in entrance.people() if name in tile.name)
            desks.append(entrance.seats(person, PASSWORD))
            closing.callback(desks[-1].close)
        yield desks[0], desks[1]


def names(desk: Desk) -> set[str]:
    """Who may sign in at this seat, as its vault.json says."""
    return {entry.name for entry in read_vault(desk.clinic.folder).shown()}


def waits_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.01)


def test_who_is_let_in_or_renamed_at_one_seat_may_sign_in_at_the_other(clinic: Shared, seats: tuple[Desk, Desk]) -> None:
    desk, room = seats
    add_person(desk, DANA, PASSWORD)
    waits_for(lambda: "Dana Reyes" in names(room))
    mina = next(member for member in desk.practice().staff if member.short_name == "Mina")
    desk.door.do(practice.save_member, replace(MINA, id=mina.id, version=mina.version, last_name="Parker"))
    waits_for(lambda: "Mina Parker" in names(room))
    assert names(room) == names(desk)
    assert read_vault(room.clinic.folder).text() == read_vault(desk.clinic.folder).text()
    with psycopg.connect(**clinic.where) as connection:
        found = connection.execute("SELECT count(*) FROM operation WHERE command = 'storage.people.keep_listing'").fetchone()
    assert found == (1,), "the seat that changed the list writes it down, and only that one"
