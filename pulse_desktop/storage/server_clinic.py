"""A clinic on a server, from a seat's folder (vault.json, server.json) to a person signed in under a login of their own.

The database keeps the copies of both files that count; a seat follows them when somebody signs in, when people change and
when somebody leaves.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Outdated, Problem, Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.check import examine_door
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Change, Door
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.folder_lock import FolderLock, check_folder
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.header_copies import agreed, put_in_place
from pulse_desktop.storage.keys import leave_no_core
from pulse_desktop.storage.ledgers import VaultPerson, VaultState
from pulse_desktop.storage.migrations import head as newest_schema
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.postgres_moving import moved_to
from pulse_desktop.storage.schema import version_of
from pulse_desktop.storage.server_file import (
    ServerFile,
    is_certified,
    is_on_server,
    read_server_file,
    write_server_file,
)
from pulse_desktop.storage.server_people import WaysGiven, fresh_ways, give_ways, ways_of
from pulse_desktop.storage.unlocking import Unlocked, unlock
from pulse_desktop.storage.vault import Entry, Vault
from pulse_desktop.storage.way import Way, opened_way

register_sentences(
    {
        "server_older": N_(
            "The clinic's server was not updated to this version of the program yet. Nothing was changed. Ask whoever looks after the server to run “pulse-desktop server-update”, or use the former version until then."
        ),
        "server_unsound": N_(
            "The clinic's database on the server is not whole ({part}: {what}). Nothing was changed. Stop working with it and call whoever looks after the server."
        ),
        "clinic_moved": N_("This clinic has moved to a file on {seat}. Nothing was changed. Work there, or have it moved to a server again."),
        "clinic_moved_now": N_("This clinic has just moved to a file at another computer. Nothing was changed. Close the program and ask the owner where to work."),
        "password_elsewhere": N_("Your password was changed at another computer. Nothing was changed here. Use the new one."),
    }
)

on_guard("moved", lambda: Refusal("clinic_moved_now"))


class ServerClinic(OpenClinic):
    """A clinic on a server, opened by one person at one seat."""

    def __init__(
        self, folder: Path, engine: Engine, door: Door, unlocked: Unlocked, vault: Vault, *,
        audit_key: bytes, lock: FolderLock | None, way: Way,
    ) -> None:  # fmt: skip
        super().__init__(folder, engine, door, unlocked, vault, audit_key=audit_key, lock=lock)
        self._place = way.place

    def beside(self, person_id: str, password: str) -> OpenClinic:
        """Signs another person in at this computer, under their own login. Raises Refusal("sign_in_failed")."""
        vault = self._newest()
        unlocked = unlock(vault, person_id, password, allow_weak=vault.weak)
        way = _way_for(cleanly(self._ways), vault, unlocked)
        engine = _engine_for(way, vault, self.folder)
        try:
            door = self.door.beside(_actor(vault, person_id), engine)
            door.enter()
        except BaseException:
            engine.dispose()
            raise
        return ServerClinic(self.folder, engine, door, unlocked, vault, audit_key=self._audit_key, lock=None, way=way)

    def close(self) -> None:
        """As on a file. The seat's files follow the database first; a server that is gone keeps nobody from leaving."""
        with suppress(Problem):
            self.follow_files()
        try:
            with suppress(Problem):  # also one that has moved away meanwhile
                super().close()
        finally:
            self._engine.dispose()

    def follow_files(self) -> None:
        """Brings vault.json and server.json of this seat in step with the database."""
        vault, ways = self._newest(), cleanly(self._ways)
        self._vault = vault
        put_in_place(self.folder, vault)
        _put_ways_in_place(self.folder, ways)

    def _follow_header(self, changes: frozenset[Change]) -> None:
        """Another seat changed who may come in, and by which way."""
        if any(change.subject == VaultState.__tablename__ for change in changes):
            with suppress(Problem, OSError):  # the next opening puts it right, and says so if the header is not ours
                self.follow_files()

    def mend_people(self) -> None:
        """Gives everybody who may come in a way, and ends the sessions of those who may not; an owner's duty.

        Done after people changed and at an owner's sign-in, so that what was cut off is carried to its end.
        """
        vault, ways = self._newest(), cleanly(self._ways)
        missing = tuple(entry for entry in vault.shown() if entry.id not in ways.ways)
        if missing:
            given = cleanly(lambda: self._fresh(vault, ways, missing))
            self.door.do(give_ways, given)
        cleanly(self._end_sessions)

    def _fresh(self, vault: Vault, ways: ServerFile, missing: tuple[Entry, ...]) -> WaysGiven:
        with self._engine.begin() as connection:
            sealed, verifiers = fresh_ways(connection, self._place, vault, missing)
        return WaysGiven(ways.with_ways(sealed, self._unlocked.ring).text(), verifiers)

    def _end_sessions(self) -> None:
        with self._engine.begin() as connection:
            connection.exec_driver_sql("SELECT clinic_end_sessions()")

    def _follow_people(self, changes: frozenset[Change]) -> None:
        if not any(change.subject == VaultPerson.__tablename__ for change in changes):
            return
        if self.door.actor.may(Permission.MANAGE_PEOPLE):
            with suppress(Outdated):  # another owner's seat was quicker and did the same
                super()._follow_people(changes)
                self.mend_people()
        self.follow_files()

    def _ways(self) -> ServerFile:
        with self._engine.begin() as connection:
            return ways_of(connection)


def open_on_server(
    folder: Path, vault: Vault, person_id: str, password: str, *, clock: Clock | None, seat: str, allow_weak: bool
) -> OpenClinic:
    """Opens the clinic that server.json leads to. Raises Refusal (wrong password, no way, files of different clinics,
    another version) or Trouble (no server, a server that is not the clinic's, damage). When it raises, nothing was written.
    """
    ways = read_server_file(folder)
    check_folder(folder)
    unlocked = unlock(vault, person_id, password, allow_weak=allow_weak)
    try:
        lock = FolderLock.take(folder)
    except BaseException:
        unlocked.ring.drop()
        raise
    try:
        way = _way_for(ways, vault, unlocked)
        clinic = _opened(folder, lock, vault, unlocked, way, clock or SystemClock(), seat or socket.gethostname())
    except BaseException:
        unlocked.ring.drop()
        lock.release()
        raise
    return clinic


def _opened(folder: Path, lock: FolderLock, vault: Vault, unlocked: Unlocked, way: Way, clock: Clock, seat: str) -> OpenClinic:
    leave_no_core()
    engine = _engine_for(way, vault, folder)
    try:
        _check_let_in(engine, vault, unlocked.person_id)
        cleanly(lambda: _check_here(engine))
        newest, audit_key = cleanly(lambda: agreed(engine, vault, unlocked))
        _check_slot(folder, vault, newest, unlocked.person_id)
        cleanly(lambda: _sound(engine, audit_key, newest))
        door = Door(engine, _actor(newest, unlocked.person_id), seat, clock, audit=AuditTrail(audit_key, seat))
        door.enter()
        clinic = ServerClinic(folder, engine, door, unlocked, newest, audit_key=audit_key, lock=lock, way=way)
        clinic.follow_files()
        if door.actor.may(Permission.MANAGE_PEOPLE):
            clinic.mend_people()
    except BaseException:
        engine.dispose()
        raise
    return clinic


def _way_for(ways: ServerFile, vault: Vault, unlocked: Unlocked) -> Way:
    if ways.vault_id != vault.vault_id or not is_certified(ways, unlocked.ring):
        raise Refusal("server_file_foreign")
    sealed = ways.ways.get(unlocked.person_id)
    if sealed is None:
        raise Refusal("no_way")
    way = opened_way(sealed, unlocked.own, vault.vault_id, unlocked.person_id)
    if way is None:
        raise Refusal("server_file_foreign")
    return way


def _engine_for(way: Way, vault: Vault, folder: Path) -> Engine:
    """A vault whose passwords cost nothing is a test's or invented, and only that may be reached through a socket file."""
    return open_server_engine(way.where(folder, socket_for_tests=vault.weak))


def _check_let_in(engine: Engine, vault: Vault, person_id: str) -> None:
    """The server turns away whoever was shut out, and cannot say why; they hear what they hear on a file."""
    try:
        cleanly(lambda: _check_version(engine))
    except Trouble as trouble:
        if trouble.key != "server_refuses" or _is_let_in(vault, person_id):
            raise
    else:
        return
    raise Refusal("person_inactive")


def _is_let_in(vault: Vault, person_id: str) -> bool:
    entry = vault.entry(person_id)
    return entry is not None and entry.active


def _check_version(engine: Engine) -> None:
    """People may not change tables, so a server is brought to a newer version by whoever looks after it."""
    with engine.begin() as connection:
        version = version_of(connection)
    if version is None:
        raise Refusal("clinic_foreign")
    if version > newest_schema():
        raise Refusal("clinic_newer")
    if version < newest_schema():
        raise Refusal("server_older")


def _check_here(engine: Engine) -> None:
    """A clinic that moved to a file at some seat leaves its database behind, shut."""
    with engine.begin() as connection:
        told = moved_to(connection)
    if told is not None:
        moved = json.loads(told)
        raise Refusal("clinic_moved", seat=moved["seat"], token=moved["token"])


def _check_slot(folder: Path, vault: Vault, newest: Vault, person_id: str) -> None:
    """A password changed at another seat no longer opens this one once this seat has heard of it."""
    used, counts = vault.entry(person_id), newest.entry(person_id)
    if used is None or counts is None or used.wrapped != counts.wrapped:
        put_in_place(folder, newest)
        raise Refusal("password_elsewhere", "password")


def _sound(engine: Engine, audit_key: bytes, vault: Vault) -> None:
    with engine.begin() as connection:
        report = examine_door(connection, audit_key, vault)
    for finding in report.findings:
        if finding.part == "people":
            raise Refusal("roster_differs")
        raise Trouble("server_unsound", part=finding.part, what=finding.what)


def _actor(vault: Vault, person_id: str) -> Actor:
    entry = vault.entry(person_id)
    assert entry is not None
    return Actor(0, entry.id, entry.name, frozenset(map(Role, entry.roles)))


def _put_ways_in_place(folder: Path, ways: ServerFile) -> None:
    if not is_on_server(folder) or read_server_file(folder) != ways:
        write_server_file(folder, ways)
