"""A clinic is a folder: the encrypted database, vault.json with its twin, and the lock. Made, opened and closed here.

A folder with a server.json is a seat of a clinic on a server (`server_clinic`).
"""

from __future__ import annotations

import socket
from pathlib import Path
from secrets import token_bytes

from sqlalchemy import Engine
from sqlalchemy.orm import configure_mappers
from sqlcipher3 import dbapi2

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage import ledger
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.check import examine_door
from pulse_desktop.storage.context import Actor, Context
from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.durable import sync_folder
from pulse_desktop.storage.engine import connect, open_engine, writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.folder_lock import FolderLock, check_folder
from pulse_desktop.storage.header_copies import AUDIT_KEY, EPOCH, VAULT_ID, agreed, audit_key_bound_to, put_in_place
from pulse_desktop.storage.keys import leave_no_core
from pulse_desktop.storage.migrations import head as newest_schema
from pulse_desktop.storage.migrations import known_versions
from pulse_desktop.storage.migrations.steps import migrate
from pulse_desktop.storage.moved_folder import DATABASE, finish_switch, has_arrived
from pulse_desktop.storage.notes import Notes
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.passwords import check_new_password
from pulse_desktop.storage.people import HEADER, add_person, keep_state
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.schema import VERSION_TABLE, declared_shape, make_schema
from pulse_desktop.storage.server_file import SERVER, is_on_server
from pulse_desktop.storage.sessions import ClinicSession
from pulse_desktop.storage.swapping import finish_restore
from pulse_desktop.storage.unlocking import Newcomer, Unlocked, new_vault, unlock
from pulse_desktop.storage.vault import TWIN, VAULT, ClinicCard, Vault, read_vault, write_vault

register_sentences(
    {
        "clinic_exists": N_("There is a clinic in this folder already. Nothing was changed. Open it, or choose another folder."),
        "clinic_file_missing": N_("The clinic's file (clinic.db) is missing from this folder. Nothing was changed. Restore a backup."),
        "clinic_newer": N_("This clinic was used with a newer version of the program. Nothing was changed. Install that version here."),
    }
)
__all__ = ["DATABASE", "ClinicCard", "Newcomer", "OpenClinic", "create", "open"]


def create(
    folder: Path, card: ClinicCard, owner: Newcomer, *, clock: Clock | None = None, seat: str = "", weak_for_tests: bool = False
) -> OpenClinic:
    """Makes a clinic with one person in it and opens it. `weak_for_tests` makes passwords cheap to guess, and says so.

    Raises Refusal for a folder that holds a clinic or is unfit, and for a poor password; then nothing was written.
    """
    check_new_password(owner.password, (card.name, owner.name))
    check_folder(folder)
    finish_restore(folder)
    if any((folder / name).exists() for name in (VAULT, TWIN, DATABASE, SERVER)):
        raise Refusal("clinic_exists")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FolderLock.take(folder)
    try:
        vault, unlocked = new_vault(card, owner, weak_for_tests=weak_for_tests)
        _make_database(folder / DATABASE, vault, unlocked, clock or SystemClock(), seat or socket.gethostname())
        write_vault(folder, vault)
        return _opened(folder, lock, vault, unlocked, clock, seat)
    except BaseException:
        lock.release()
        raise


def open(  # noqa: A001 - a clinic is opened; callers write clinic_folder.open
    folder: Path, person_id: str, password: str, *, clock: Clock | None = None, seat: str = "", allow_weak: bool = False
) -> OpenClinic:
    """Opens the clinic for one person. Raises Refusal (wrong password; missing, foreign, newer, used elsewhere) or
    Trouble (damaged). When it raises, nothing was written.
    """
    vault = read_vault(folder)
    finish_switch(folder)
    if is_on_server(folder):
        from pulse_desktop.storage.server_clinic import open_on_server  # noqa: PLC0415 - clinics in a file do without it

        try:
            return open_on_server(folder, vault, person_id, password, clock=clock, seat=seat, allow_weak=allow_weak)
        except Refusal as told:
            if not has_arrived(folder, told, (clock or SystemClock()).now()):
                raise
    if not (folder / DATABASE).is_file():
        raise Refusal("clinic_file_missing")
    check_folder(folder)
    unlocked = unlock(vault, person_id, password, allow_weak=allow_weak)
    lock = FolderLock.take(folder)
    try:
        return _opened(folder, lock, vault, unlocked, clock, seat)
    except BaseException:
        unlocked.ring.drop()
        lock.release()
        raise


def warm_up() -> None:
    """Does what any opening does and no key is needed for: the tables are put together and their shape is told."""
    load_tables()
    configure_mappers()
    declared_shape()


# ---- making


def _make_database(path: Path, vault: Vault, unlocked: Unlocked, clock: Clock, seat: str) -> None:
    """Under another name until it is complete, so that half a database is never taken for a clinic."""
    beside = path.with_suffix(".making")
    for left_over in beside.parent.glob(beside.name + "*"):
        left_over.unlink()  # of an attempt that never finished: no key to it was ever kept
    engine = open_engine(beside, unlocked.ring.database)
    try:
        _first_rows(engine, vault, unlocked, clock, seat)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    beside.replace(path)
    sync_folder(path.parent)


def _first_rows(engine: Engine, vault: Vault, unlocked: Unlocked, clock: Clock, seat: str) -> None:
    with writing(engine).begin() as connection:
        make_schema(connection)
    first_rows(engine, vault, unlocked, clock, seat)


def first_rows(engine: Engine, vault: Vault, unlocked: Unlocked, clock: Clock, seat: str) -> None:
    """Writes what every clinic begins with, into tables that are empty: its founder, its keys, its first event."""
    owner, audit_key, notes = vault.people[0], token_bytes(32), Notes()
    actor = Actor(0, owner.id, owner.name, frozenset(map(Role, owner.roles)))
    with ClinicSession(writing(engine), notes) as session:
        context = Context(session, actor, seat, clock, new_id(), notes=notes)
        add_person(context, owner, None)
        wrapped = unlocked.ring.wrap_audit_key(audit_key, audit_key_bound_to(vault))
        states = {VAULT_ID: vault.vault_id, EPOCH: str(vault.epoch), AUDIT_KEY: wrapped.hex(), HEADER: vault.text()}
        for name, value in states.items():
            keep_state(session, name, value)
        at = clock.now()
        ledger.write(session.connection(), context, "storage.clinic_folder.create", "null", at)
        trail = AuditTrail(audit_key, seat)
        trail.append(session.connection(), actor, "clinic.create", at, event_id=context.operation, subject=context.subject, outcome="done")
        session.commit()


# ---- opening


def _opened(folder: Path, lock: FolderLock, vault: Vault, unlocked: Unlocked, clock: Clock | None, seat: str) -> OpenClinic:
    leave_no_core()
    path, key = folder / DATABASE, unlocked.ring.database
    clock, seat = clock or SystemClock(), seat or socket.gethostname()
    version = schema_in(path, key)
    if version != newest_schema():
        migrate(path, key, version)
    engine = open_engine(path, key)
    try:
        vault, audit_key = cleanly(lambda: agreed(engine, vault, unlocked))
        cleanly(lambda: _sound(engine, audit_key, vault))
        put_in_place(folder, vault)
        entry = vault.entry(unlocked.person_id)
        assert entry is not None
        actor = Actor(0, entry.id, entry.name, frozenset(map(Role, entry.roles)))
        door = Door(engine, actor, seat, clock, audit=AuditTrail(audit_key, seat))
        door.enter()
    except BaseException:
        engine.dispose()
        raise
    return OpenClinic(folder, engine, door, unlocked, vault, audit_key=audit_key, lock=lock)


def schema_in(path: Path, key: bytes) -> str:
    """The schema version, read without writing a byte."""
    try:
        connection = connect(path, key, options="mode=ro" if _has_wal(path) else "mode=ro&immutable=1")
        try:
            found = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - a constant
        finally:
            connection.close()
    except dbapi2.Error:
        raise Trouble("file_damaged") from None
    if found is None:
        raise Trouble("file_damaged")
    if found[0] > newest_schema():
        raise Refusal("clinic_newer")
    if found[0] not in {*known_versions(), newest_schema()}:
        raise Refusal("clinic_foreign")
    return str(found[0])


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.is_file() and wal.stat().st_size > 0


def _sound(engine: Engine, audit_key: bytes, vault: Vault) -> None:
    with engine.begin() as connection:
        report = examine_door(connection, audit_key, vault)
    for finding in report.findings:
        if finding.part == "people":
            raise Refusal("roster_differs")
        raise Trouble("file_unsound", part=finding.part, what=finding.what)
