"""Seats of a clinic on a server, made as a real one is: by an administrator, then everybody under a login of their own.

The clinic is made once; each test gets a copy of its database and a seat's folder. Logins are shared by the copies, so a
test that shuts somebody out lets them in first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.founding import found_practice
from pulse_desktop.clinic.practice.sign_in import Desk, open_clinic
from pulse_desktop.clinic.practice.values import StaffDraft
from pulse_desktop.storage import clinic_folder, server_file
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.server_file import read_server_file, write_server_file
from pulse_desktop.storage.server_making import as_keeper, make_clinic_database
from pulse_desktop.storage.server_people import WAYS, let_in
from pulse_desktop.storage.unlocking import Newcomer, new_vault, unlock
from pulse_desktop.storage.vault import ClinicCard, Vault, read_vault, write_vault
from pulse_desktop.storage.way import Place, Way, opened_way
from tests.builders import LIN, MINA, NEW_CLINIC, NOW, OKAFOR, PASSWORD, TestClinic, let_work, with_pen_in_hand
from tests.postgres import Server

VERA = StaffDraft("Vera", "Stone", "", frozenset({Role.OWNER}))
"""An owner who treats nobody; Lin Hua is owner and practitioner, Okafor a practitioner, Mina Park at the front desk."""


@dataclass(frozen=True)
class SeatTemplate:
    """A closed clinic on a server: a folder as a seat has it, and the database it leads to."""

    server: Server
    folder: Path
    place: Place

    def seat(self, folder: Path) -> Seat:
        """A copy of the clinic, nobody signed in. Over TLS, as in a clinic."""
        database = str(self.server.make(template=self.place.database)["dbname"])
        shutil.copytree(self.folder, folder)
        vault = read_vault(folder)
        place = replace(self.place, database=database)
        _lead_to(folder, vault, place, self.server, f"{self.place.database}_people")
        return Seat(self.server, folder, place)


@dataclass(frozen=True)
class Seat:
    """One computer of a clinic on a server."""

    server: Server
    folder: Path
    place: Place

    def sign_in(self, name: str, clock: SteppedClock | None = None) -> TestClinic:
        """Whoever bears this name signs in."""
        clock = clock or SteppedClock(NOW)
        desk = open_clinic(self.folder, person_id(self.folder, name), PASSWORD, clock=clock, allow_weak=True)
        return TestClinic(self.folder, with_pen_in_hand(desk), clock)

    @contextmanager
    def signed_in(self, name: str) -> Iterator[TestClinic]:
        """As `sign_in`, until the end of the block."""
        clinic = self.sign_in(name)
        try:
            yield clinic
        finally:
            clinic.close()

    def another(self, folder: Path) -> Seat:
        """A second computer."""
        folder.mkdir()
        for name in ("vault.json", "vault.twin.json", "server.json"):
            shutil.copy(self.folder / name, folder / name)
        return replace(self, folder=folder)

    def way_of(self, name: str) -> Way:
        """What only this person can open."""
        return way_of(self.folder, person_id(self.folder, name))

    def connected_as(self, name: str) -> psycopg.Connection[Any]:
        """A bare connection under the person's login, as somebody with other tools would make it."""
        return psycopg.connect(**self.way_of(name).where(self.folder), autocommit=True)

    def administrator(self) -> psycopg.Connection[Any]:
        """The clinic's database, past every right."""
        return psycopg.connect(**self.server.where(self.place.database), autocommit=True)


def made_on(server: Server, folder: Path, database: str = "hill") -> SeatTemplate:
    """Makes the clinic by the commands that every clinic is made by, each person under their own login."""
    place = Place("127.0.0.1", server.port, database, server.authority.pem)
    found_on(server, folder, place)
    desk = open_clinic(folder, read_vault(folder).people[0].id, PASSWORD, clock=SteppedClock(NOW), allow_weak=True)
    desk.door.do(found_practice, NEW_CLINIC)
    clinic = TestClinic(folder, Desk(desk.clinic), SteppedClock(NOW))
    let_work(clinic)
    okafor = next(member for member in clinic.practice.staff if member.last_name == OKAFOR.last_name)
    clinic.lets_in(replace(OKAFOR, id=okafor.id, version=okafor.version))
    clinic.lets_in(MINA)
    clinic.lets_in(VERA)
    clinic.close()
    return SeatTemplate(server, folder, place)


def found_on(server: Server, folder: Path, place: Place) -> Vault:
    """An empty clinic database with Lin Hua in it, and a seat's folder that leads there."""
    where = make_clinic_database(server.where("postgres"), place.database)
    vault, unlocked = new_vault(ClinicCard("Pulse Acupuncture", ()), Newcomer("Lin Hua", LIN.roles, PASSWORD), weak_for_tests=True)
    engine = open_server_engine(where)
    clinic_folder.first_rows(engine, vault, unlocked, SteppedClock(NOW), "desk")
    ways = let_in(engine, place, vault, unlocked.ring)
    engine.dispose()
    folder.mkdir(exist_ok=True)
    write_vault(folder, vault)
    write_server_file(folder, ways)
    return vault


def person_id(folder: Path, name: str) -> str:
    """The vault id of whoever bears this name."""
    return next(entry.id for entry in read_vault(folder).people if name in entry.name)


def way_of(folder: Path, person: str) -> Way:
    """The way of a person whose password is the tests'."""
    vault = read_vault(folder)
    own = unlock(vault, person, PASSWORD, allow_weak=True).own
    way = opened_way(read_server_file(folder).ways[person], own, vault.vault_id, person)
    assert way is not None
    return way


def keeper(server: Server, database: str) -> Mapping[str, Any]:
    """How the administrator reaches a database as its keeper."""
    return as_keeper(server.where(database), database)


def _lead_to(folder: Path, vault: Vault, place: Place, server: Server, people: str) -> None:
    """Everybody's login is the same; where it leads is the copy."""
    ring = unlock(vault, vault.people[0].id, PASSWORD, allow_weak=True).ring
    sealed = {
        entry.id: replace(way_of(folder, entry.id), place=place).sealed_to(entry.exchange_key, vault.vault_id, entry.id) for entry in vault.people
    }
    ways = server_file.certified(replace(read_server_file(folder), ways=sealed), ring)
    write_server_file(folder, ways)
    with psycopg.connect(**server.where(place.database)) as connection:
        # a copy has its rows and their rights, but not the database's own
        connection.execute(f'REVOKE ALL ON DATABASE "{place.database}" FROM PUBLIC'.encode())
        connection.execute(f'GRANT CONNECT ON DATABASE "{place.database}" TO "{people}"'.encode())
        connection.execute("UPDATE vault_state SET value = %s WHERE name = %s", (ways.text(), WAYS))
