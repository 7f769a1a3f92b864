"""Clinics on a server of our own, made once as a template and copied for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from pulse_desktop.basics.times import Clock
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import Newcomer, new_vault
from pulse_desktop.storage.vault import ClinicCard
from tests.postgres import Server

PASSWORD = "green lantern over the harbour"


@dataclass
class ServerClinic:
    """A clinic on a server, with the door of its founder."""

    where: Mapping[str, Any]
    engine: Engine
    door: Door
    clock: Clock

    def another_door(self, seat: str) -> Door:
        """The founder at another seat, through connections of its own."""
        engine = open_server_engine(self.where)
        return Door(engine, self.door.actor, seat, self.clock, audit=AuditTrail(b"", seat))


def found(where: Mapping[str, Any], card: ClinicCard, owner: Newcomer, clock: Clock) -> Actor:
    """Makes the tables and the founder in an empty database; who the founder is."""
    vault, unlocked = new_vault(card, owner, weak_for_tests=True)
    engine = open_server_engine(where)
    clinic_folder._first_rows(engine, vault, unlocked, clock, "desk")
    engine.dispose()
    person = vault.people[0]
    return Actor(0, person.id, person.name, frozenset(map(Role, person.roles)))


@contextmanager
def opened(where: Mapping[str, Any], actor: Actor, clock: Clock) -> Iterator[ServerClinic]:
    """The clinic in a database."""
    engine = open_server_engine(where)
    door = Door(engine, actor, "desk", clock, audit=AuditTrail(b"", "desk"))
    door.enter()
    try:
        yield ServerClinic(where, engine, door, clock)
    finally:
        engine.dispose()


Template = Callable[[], tuple[Mapping[str, Any], Actor]]


def template(server: Server, name: str, make: Callable[[Mapping[str, Any]], Actor]) -> Template:
    """Makes a database once; each call hands out a copy of it."""
    actor = make(server.make(name=name))
    return lambda: (server.make(template=name), actor)
