"""The clinic of `tests.builders` on a PostgreSQL server: made once, copied for each test, with all the same builders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.founding import found_practice
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import Newcomer, new_vault, unlock
from pulse_desktop.storage.vault import ClinicCard, Vault
from tests.builders import LIN, NEW_CLINIC, NOW, PASSWORD, TestClinic, let_work, with_pen_in_hand
from tests.postgres import Server

_TEMPLATE = "pulse_acupuncture"


@dataclass(frozen=True)
class ServerTemplate:
    """A closed clinic on a server, to be copied."""

    server: Server
    vault: Vault

    @contextmanager
    def opened(self, folder: Path) -> Iterator[TestClinic]:
        """A copy, its owner signed in."""
        with _clinic(folder, self.server.make(template=_TEMPLATE), self.vault) as clinic:
            yield clinic


def _once(make: Callable[[Server, Path], ServerTemplate]) -> Callable[[Server, Path], ServerTemplate]:
    """A server makes it for whoever asks first, and has it for all others."""
    made: dict[Path, ServerTemplate] = {}

    def one(server: Server, folder: Path) -> ServerTemplate:
        if server.folder not in made:
            made[server.folder] = make(server, folder)
        return made[server.folder]

    return one


@_once
def made_on(server: Server, folder: Path) -> ServerTemplate:
    """Makes the clinic by the commands that every clinic is made by."""
    owner = Newcomer("Lin Hua, L.Ac.", LIN.roles, PASSWORD)
    vault, unlocked = new_vault(ClinicCard("Pulse Acupuncture", ()), owner, weak_for_tests=True)
    where = server.make(name=_TEMPLATE)
    engine = open_server_engine(where)
    clinic_folder._first_rows(engine, vault, unlocked, SteppedClock(NOW), "desk")
    engine.dispose()
    with _clinic(folder, where, vault) as clinic:
        clinic.door.do(found_practice, NEW_CLINIC)
        let_work(clinic)
    return ServerTemplate(server, vault)


@contextmanager
def _clinic(folder: Path, where: Mapping[str, Any], vault: Vault) -> Iterator[TestClinic]:
    clock = SteppedClock(NOW)
    engine = open_server_engine(where)
    person = vault.people[0]
    unlocked = unlock(vault, person.id, PASSWORD, allow_weak=True)
    actor = Actor(0, person.id, person.name, frozenset(map(Role, person.roles)))
    door = Door(engine, actor, "desk", clock, audit=AuditTrail(b"", "desk"), signer=unlocked.own)
    clinic = OpenClinic(folder, engine, door, unlocked, vault, audit_key=b"", lock=None)
    door.enter()
    try:
        yield TestClinic(folder, with_pen_in_hand(Desk(clinic)), clock)
    finally:
        clinic.close()
        engine.dispose()
