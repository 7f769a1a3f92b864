"""Fresh clinics on a server in a hundredth of a second: a database is put back to its first rows, not copied anew.

The clinic is the one of `tests.builders`, moved there from its file; everybody comes in under their own login, so what a
role may not write on the server is seen here. The first rows of each copy lie in a schema `kept` beside the clinic's own,
and a function there puts them back. Whatever changed more than rows (a test that lifts a guard) is noticed by an event
trigger; such a database is thrown away, and the next test gets a copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.header_copies import agreed
from pulse_desktop.storage.moving_to_server import Target, to_server
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.server_clinic import ServerClinic
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault
from pulse_desktop.storage.way import Place
from tests.builders import NOW, PASSWORD, TestClinic, a_clinic, with_pen_in_hand
from tests.postgres import Server
from tests.server_seats import Seat, SeatTemplate, way_of

_TEMPLATE = "resets"

_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequences (name text, last_value bigint, is_called boolean);
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
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('INSERT INTO kept.sequences SELECT %L, last_value, is_called FROM public.%I', one, one);
    END LOOP;
    EXECUTE format('CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS %L', 'BEGIN '
        || 'SET LOCAL session_replication_role = replica; ' || steps
        || 'PERFORM setval(name::regclass, last_value, is_called) FROM kept.sequences; PERFORM public.clinic_follow_all(); END');
END $do$;
CREATE FUNCTION kept.note_reshaped() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO kept.reshaped VALUES (tg_tag);
END $$;
CREATE EVENT TRIGGER kept_reshaped ON ddl_command_end EXECUTE FUNCTION kept.note_reshaped();
"""


@dataclass(eq=False)
class _Copy:
    """One database, with the connections that go on from test to test: the owner's and the administrator's."""

    seat: Seat
    engine: Engine
    admin: psycopg.Connection[Any]

    def put_back(self) -> bool:
        """Gives the database its first rows; False when its tables or guards are not what they were."""
        with self.admin.transaction():
            if self.admin.execute("SELECT FROM kept.reshaped").fetchone() is not None:
                return False
            self.admin.execute("SELECT kept.put_back()")
        return True

    def close(self) -> None:
        self.admin.close()
        self.engine.really_dispose()  # type: ignore[attr-defined]


@dataclass
class ServerClinics:
    """Databases with the clinic of `tests.builders`: each is in one test's hands at a time."""

    template: SeatTemplate
    folder: Path
    idle: list[_Copy] = field(default_factory=list)
    copies: int = 0

    @classmethod
    def made_on(cls, server: Server, folder: Path) -> ServerClinics:
        """Moves the clinic from its file to the server, once, and keeps its first rows."""
        clinic = a_clinic(folder)
        clinic.close()
        place = Place("127.0.0.1", server.port, _TEMPLATE, server.authority.pem)
        target = Target(server.where("postgres"), place)
        to_server(
            clinic.folder, clinic.desk.clinic.person_id, PASSWORD, target, lambda _door: None, clock=SteppedClock(NOW), seat="desk", allow_weak=True
        )
        with psycopg.connect(**server.where(_TEMPLATE), autocommit=True) as connection:
            connection.execute(_KEEP)
        return cls(SeatTemplate(server, clinic.folder, place), folder)

    def clinic(self, folder: Path) -> TestClinic:
        """A fresh clinic on the server; `folder` gets what a seat keeps of it. The caller closes it."""
        copy, clock, folder = self._fresh(), SteppedClock(NOW), folder / "clinic"
        folder.mkdir()
        for name in ("vault.json", "vault.twin.json", "server.json"):
            shutil.copy(copy.seat.folder / name, folder / name)
        return _OnServer(folder, _owner_in(folder, copy.engine, clock), clock, copy=copy, owner=self)

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
        self.copies += 1
        seat = self.template.seat(self.folder / f"seat-{self.copies}")
        where = seat.way_of("Lin Hua").where(seat.folder)
        admin = psycopg.connect(**seat.server.where(seat.place.database), autocommit=True)
        admin.execute("UPDATE kept.vault_state SET value = led.value FROM public.vault_state AS led WHERE led.name = kept.vault_state.name")
        return _Copy(seat, _staying(open_server_engine(where)), admin)


@dataclass
class _OnServer(TestClinic):
    """The clinic while its database is in one test's hands."""

    __test__ = False

    copy: _Copy = field(kw_only=True)
    owner: ServerClinics = field(kw_only=True)

    def close(self) -> None:
        super().close()
        self.owner.idle.append(self.copy)

    @contextmanager
    def past_every_right(self) -> Iterator[Connection]:
        engine = open_server_engine(self.copy.seat.server.where(self.copy.seat.place.database))
        try:
            with writing(engine).begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def open_as(self, vault_id: str, password: str = PASSWORD) -> Desk:
        """As the program opens a clinic, with everything that is looked at on the way."""
        desk = super().open_as(vault_id, password)
        if self.copy in self.owner.idle:  # closed before, and taken up again
            self.owner.idle.remove(self.copy)
        return desk


def _owner_in(folder: Path, engine: Engine, clock: SteppedClock) -> Desk:
    """The owner at the desk without what opening looks at: tests of opening do that, and it would take most of the time."""
    vault = read_vault(folder)
    person = vault.people[0]
    unlocked = unlock(vault, person.id, PASSWORD, allow_weak=True)
    audit_key = agreed(engine, vault, unlocked)[1]
    actor = Actor(0, person.id, person.name, frozenset(map(Role, person.roles)))
    door = Door(engine, actor, "desk", clock, audit=AuditTrail(audit_key, "desk"), signer=unlocked.own)
    door.enter()
    desk = Desk(ServerClinic(folder, engine, door, unlocked, vault, audit_key=audit_key, lock=None, way=way_of(folder, person.id)))
    desk.practice()
    return with_pen_in_hand(desk)


def _staying(engine: Engine) -> Engine:
    """An engine whose connections a clinic that closes leaves alone; `_Copy.close` ends them."""
    engine.dispose, really = lambda close=True: None, engine.dispose  # type: ignore[method-assign]
    engine.really_dispose = really  # type: ignore[attr-defined]
    return engine
