"""Fresh clinics on a server in a hundredth of a second: a database is put back to its first rows, not copied anew.

The copies come from one template. The first rows of each lie in a schema `kept` beside the clinic's own, and a function
there puts them back. Whatever changed more than rows (a test that lifts a guard) is noticed by an event trigger; such a
database is thrown away, and the next test gets a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault, write_vault
from tests.builders import NOW, PASSWORD, TestClinic
from tests.postgres import Server
from tests.server_clinics import ServerTemplate, made_on

_TEMPLATE = "pulse_to_reset"

_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequences AS
    SELECT format('%I.%I', schemaname, sequencename) AS name, last_value, start_value FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE kept.reshaped (tag text);
DO $do$
DECLARE
    one text;
    steps text := '';
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', one, one);
        steps := steps || format('DELETE FROM public.%I; INSERT INTO public.%I SELECT * FROM kept.%I; ', one, one, one);
    END LOOP;
    EXECUTE format('CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS %L', 'BEGIN '
        || 'SET LOCAL session_replication_role = replica; ' || steps
        || 'PERFORM setval(name, coalesce(last_value, start_value), last_value IS NOT NULL) FROM kept.sequences; END');
END $do$;
CREATE FUNCTION kept.note_reshaped() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kept.reshaped VALUES (tg_tag);
END $$;
CREATE EVENT TRIGGER kept_reshaped ON ddl_command_end EXECUTE FUNCTION kept.note_reshaped();
"""


@dataclass(eq=False)
class _Copy:
    """One database, with the connections that go on from test to test."""

    where: Mapping[str, Any]
    engine: Engine
    keeper: psycopg.Connection[Any]

    def put_back(self) -> bool:
        """Gives the database its first rows; False when its tables or guards are not what they were."""
        with self.keeper.transaction():
            if self.keeper.execute("SELECT FROM kept.reshaped").fetchone() is not None:
                return False
            self.keeper.execute("SELECT kept.put_back()")
        return True

    def close(self) -> None:
        self.keeper.close()
        self.engine.dispose()


@dataclass
class ServerClinics:
    """Databases with the clinic of `tests.builders`: each is in one test's hands at a time."""

    template: ServerTemplate
    idle: list[_Copy] = field(default_factory=list)

    @classmethod
    def made_on(cls, server: Server, folder: Path) -> ServerClinics:
        """Makes the clinic once, by the commands that every clinic is made by, and keeps its first rows."""
        template = made_on(server, folder, name=_TEMPLATE)
        with psycopg.connect(**server.where(_TEMPLATE), autocommit=True) as connection:
            connection.execute(_KEEP)
        return cls(template)

    def clinic(self, folder: Path) -> TestClinic:
        """A fresh clinic on the server; `folder` holds what a seat keeps of it. The caller closes it."""
        folder = folder / "clinic"
        folder.mkdir()
        vault = self.template.vault
        write_vault(folder, vault)
        copy, clock = self._fresh(), SteppedClock(NOW)
        return _ServerClinic(folder, _seated(folder, copy.engine, vault.people[0].id, PASSWORD, clock), clock, copy=copy, owner=self)

    def close(self) -> None:
        """Lets all databases go."""
        while self.idle:
            self.idle.pop().close()

    def _fresh(self) -> _Copy:
        while self.idle:
            copy = self.idle.pop()
            if copy.put_back():
                return copy
            copy.close()
        where = self.template.server.make(template=_TEMPLATE)
        return _Copy(where, open_server_engine(where), psycopg.connect(**where, autocommit=True))


@dataclass
class _ServerClinic(TestClinic):
    """The clinic while its database is in one test's hands."""

    __test__ = False

    copy: _Copy = field(kw_only=True)
    owner: ServerClinics = field(kw_only=True)

    def close(self) -> None:
        super().close()
        self.owner.idle.append(self.copy)

    def open_as(self, vault_id: str, password: str = PASSWORD) -> Desk:
        desk = _seated(self.folder, self.copy.engine, vault_id, password, self.clock)
        if self.copy in self.owner.idle:  # closed before, and taken up again
            self.owner.idle.remove(self.copy)
        return desk


def _seated(folder: Path, engine: Engine, vault_id: str, password: str, clock: SteppedClock) -> Desk:
    vault = read_vault(folder)
    unlocked = unlock(vault, vault_id, password, allow_weak=True)
    person = vault.entry(vault_id)
    assert person is not None
    actor = Actor(0, person.id, person.name, frozenset(map(Role, person.roles)))
    door = Door(engine, actor, "desk", clock, audit=AuditTrail(b"", "desk"), signer=unlocked.own)
    door.enter()
    desk = Desk(OpenClinic(folder, engine, door, unlocked, vault, audit_key=b"", lock=None))
    desk.practice()
    return desk
