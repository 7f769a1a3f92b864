"""Is the clinic's file whole? Pages, structure, references, guards, audit chain, people: named when they are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage import prepared
from pulse_desktop.storage.audit import first_break, head
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.schema import declared_shape, differences, shape_of
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.vault import Vault

Part = Literal["pages", "structure", "references", "schema", "audit", "people"]
_SHOWN = 20
_NEWEST = 300
_UNREADABLE = (DBAPIError, dbapi2.Error, ValueError, TypeError)

register_sentences(
    {
        "file_unsound": N_(
            "The clinic's file is not whole ({part}: {what}). Nothing was changed. Stop working with it and restore the last good backup."
        ),
        "roster_differs": N_(
            "The list of people in vault.json is not the one in the clinic's file. Somebody may have tampered with it. Nothing was changed; ask the owner to restore vault.json from a backup."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. `what` holds names of tables and numbers, never data of people."""

    part: Part
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an examination found; `events` is the number of the newest audit event."""

    findings: tuple[Finding, ...]
    events: int

    @property
    def is_sound(self) -> bool:
        """Nothing was found."""
        return not self.findings


def examine(connection: Connection, audit_key: bytes, vault: Vault) -> Report:
    """Examines everything, to the last page and event. Takes time with size."""
    return _report(
        connection,
        ("pages", lambda: _pages(connection)),
        ("structure", lambda: _structure(connection)),
        ("references", lambda: _references(connection)),
        ("schema", lambda: _schema(connection)),
        ("people", lambda: _people(connection, vault)),
        ("audit", lambda: _audit(connection, audit_key)),
    )


def examine_door(connection: Connection, audit_key: bytes, vault: Vault) -> Report:
    """What must hold before anybody is let in, whatever the size: tables and guards, people, the newest events."""
    return _report(
        connection,
        ("schema", lambda: _schema(connection)),
        ("people", lambda: _people(connection, vault)),
        ("audit", lambda: _newest_events(connection, audit_key)),
    )


def examine_rows(connection: Connection) -> Report:
    """Structure and references of every row: seconds for a large file, so it is done while people already work.

    A server watches references itself and checks each page it reads, so there it is enough to ask what it found.
    """
    if not _in_file(connection):
        return _report(connection, ("structure", lambda: _structure(connection)), ("pages", lambda: _pages(connection)))
    return _report(connection, ("structure", lambda: _structure(connection)), ("references", lambda: _references(connection)))


def _report(connection: Connection, *looks: tuple[Part, Callable[[], Iterator[str]]]) -> Report:
    findings = [finding for part, look in looks for finding in _found(connection, part, look)]
    return Report(tuple(findings), _events(connection))


def _found(connection: Connection, part: Part, look: Callable[[], Iterator[str]]) -> list[Finding]:
    """What one look finds; a look that the damage itself breaks off has found something.

    A server ends a transaction in which anything failed, so there each look is a part of it that can be taken back.
    """
    findings: list[Finding] = []
    try:
        with nullcontext() if _in_file(connection) else connection.begin_nested():
            findings.extend(Finding(part, what) for what in look())
    except _UNREADABLE as error:
        findings.append(Finding(part, f"unreadable ({type(error).__name__})"))
    return findings[:_SHOWN]


def _events(connection: Connection) -> int:
    try:
        return head(connection).seq
    except _UNREADABLE:
        return 0  # the findings name the damage


def _in_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _of_server() -> ModuleType:
    from pulse_desktop.storage import postgres_check  # noqa: PLC0415 - clinics in a file do without it

    return postgres_check


def _pages(connection: Connection) -> Iterator[str]:
    if not _in_file(connection):
        yield from _of_server().damaged_pages(connection)
        return
    for (what,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield str(what)


def _structure(connection: Connection) -> Iterator[str]:
    if not _in_file(connection):
        yield from _of_server().invalid_objects(connection)
        return
    for (what,) in connection.exec_driver_sql(f"PRAGMA quick_check({_SHOWN})"):
        if what != "ok":
            yield str(what)


def _references(connection: Connection) -> Iterator[str]:
    if not _in_file(connection):
        yield from _of_server().broken_references(connection)
        return
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} {row} points at a missing {parent}"


def _schema(connection: Connection) -> Iterator[str]:
    if not _in_file(connection):
        return iter(_of_server().changed_shape(connection))
    return iter(differences(shape_of(connection), declared_shape()))


def _audit(connection: Connection, key: bytes) -> Iterator[str]:
    if (broken := first_break(connection, key)) is not None:
        yield f"event {broken.seq} {broken.kind}"


def _newest_events(connection: Connection, key: bytes) -> Iterator[str]:
    if (broken := first_break(connection, key, newest=_NEWEST)) is not None:
        yield f"event {broken.seq} {broken.kind}"


_PEOPLE = table_of(VaultPerson)
_LISTED = select(_PEOPLE.c.vault_id, _PEOPLE.c.exchange_key, _PEOPLE.c.signing_key, _PEOPLE.c.active)


def _people(connection: Connection, vault: Vault) -> Iterator[str]:
    """Everybody with a slot must be in the database with the same keys, and everybody active there must have a slot."""
    rows = prepared.ask(connection, _LISTED, {}).all()
    listed = {(row.vault_id, row.exchange_key, row.signing_key) for row in rows}
    active = {(row.vault_id, row.exchange_key, row.signing_key) for row in rows if row.active}
    slots = {(entry.id, entry.exchange_key, entry.signing_key) for entry in vault.people}
    for person_id, *_ in sorted((slots - listed) | (active - slots)):
        yield f"person {person_id} differs from vault.json"
