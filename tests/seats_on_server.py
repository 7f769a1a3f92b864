"""Seats at one clinic on a server: the way in for windows, each seat with a folder and connections of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from pulse_desktop.basics.times import Clock, SteppedClock
from pulse_desktop.clinic.practice.sign_in import Desk, _seated
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.storage import engine as storage_engine
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import parse, read_vault, write_vault
from tests.builders import MINA, NOW, OKAFOR, PASSWORD, TestClinic, a_patient, a_visit
from tests.server_clinics import ServerTemplate


class _OnServer(OpenClinic):
    """Has connections of its own, and no file that one seat must hold alone."""

    def close(self) -> None:
        """Signs out and lets the connections go."""
        super().close()
        self._engine.dispose()


class ServerEntrance(FolderEntrance):
    """As the program's own, but for the clinic's rows, which lie on a server."""

    def __init__(self, folder: Path, where: Mapping[str, Any], clock: Clock, seat: str) -> None:
        super().__init__(folder, clock, seat=seat, zone="America/New_York", allow_weak=True)
        self._where, self._at, self._called = where, clock, seat

    def open(self, vault_id: str, password: str) -> Desk:
        """Signs in at this seat; the thread that paints may not touch the database from now on."""
        self.prepare()
        storage_engine.forbid_thread(threading.main_thread().ident)
        return self.seats(vault_id, password)

    def seats(self, vault_id: str, password: str) -> Desk:
        """As `open`, where there is no window."""
        vault = read_vault(self.folder)
        unlocked = unlock(vault, vault_id, password, allow_weak=True)
        entry = vault.entry(vault_id)
        assert entry is not None
        engine = open_server_engine(self._where)
        actor = Actor(0, entry.id, entry.name, frozenset(map(Role, entry.roles)))
        door = Door(engine, actor, self._called, self._at, audit=AuditTrail(b"", self._called), signer=unlocked.own)
        door.enter()
        return _seated(_OnServer(self.folder, engine, door, unlocked, vault, audit_key=b"", lock=None), self._at)


@dataclass(frozen=True)
class Shared:
    """A clinic on a server that nobody has open: María has a visit today at 10 with Lin Hua, Mina Park keeps the desk."""

    where: Mapping[str, Any]
    folder: Path
    maria: int
    visit: int

    def entrance(self, seat: str, clock: Clock | None = None) -> ServerEntrance:
        """The way in for one seat, with the header as the server keeps it."""
        folder = self.folder / seat
        folder.mkdir()
        with psycopg.connect(**self.where) as connection:
            found = connection.execute("SELECT value FROM vault_state WHERE name = 'header'").fetchone()
        assert found is not None
        write_vault(folder, parse(found[0].encode()))
        return ServerEntrance(folder, self.where, clock or SteppedClock(NOW), seat)


@contextmanager
def shared(made: ServerTemplate, folder: Path) -> Iterator[Shared]:
    """A copy of the template, with what `Shared` says in it."""
    with made.opened(folder) as clinic:
        clinic.lets_in(MINA)
        clinic.lets_in(replace(OKAFOR, id=clinic.staff("Okafor"), version=1))
        maria = a_patient(clinic)
        visit = a_visit(clinic, maria).id
        where = _where(clinic)
    yield Shared(where, folder, maria, visit)


def _where(clinic: TestClinic) -> Mapping[str, Any]:
    with clinic.desk.clinic._engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        found: Mapping[str, Any] = driver.info.get_parameters()
    return found


__all__ = ["PASSWORD", "ServerEntrance", "Shared", "shared"]
