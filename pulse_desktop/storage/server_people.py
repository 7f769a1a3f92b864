"""Lets people of the vault into the clinic's database: a login for each, with a password only their sealed way holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from pulse_desktop.basics.problems import Outdated
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.keys import Keyring
from pulse_desktop.storage.ledgers import VaultPerson, VaultState
from pulse_desktop.storage.people import keep_state, state_of
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.server_file import ServerFile, certified, parse_ways
from pulse_desktop.storage.vault import Entry, Vault
from pulse_desktop.storage.way import Place, Way

WAYS = "ways"
"""The value of the vault's state that keeps server.json in the database."""


@dataclass(frozen=True, slots=True)
class WaysGiven:
    """A new text of server.json, and for each person it has a new way for what the server keeps of their password."""

    text: str
    verifiers: Mapping[str, str]

    def __repr__(self) -> str:
        return f"WaysGiven({len(self.verifiers)})"


@command(needs=Permission.MANAGE_PEOPLE, audit="person.way")
def give_ways(context: Context, given: WaysGiven) -> None:
    """Gives people their logins' passwords and keeps server.json with the ways sealed to them. Raises Outdated."""
    context.about(None, VaultPerson.__tablename__)
    context.lock_numbers(VaultState)
    connection = context.session.connection()
    if parse_ways(given.text.encode()).revision != ways_of(connection).revision + 1:
        raise Outdated("vault", 0)
    for person_id, verifier in given.verifiers.items():
        connection.execute(select(func.clinic_set_password(person_id, verifier)))
    keep_state(context.session, WAYS, given.text)


def let_in(engine: Engine, place: Place, vault: Vault, ring: Keyring) -> ServerFile:
    """Makes the login of everybody in the vault and their ways; returns server.json, which the caller writes.

    `engine` is the keeper's, and the database has its rows already: `vault_person` says who may come in. Logins that are
    there get new passwords, so ways handed out before no longer lead anywhere.
    """
    return cleanly(lambda: _let_in(engine, place, vault, ring))


def fresh_ways(connection: Connection, place: Place, vault: Vault, people: Iterable[Entry]) -> tuple[dict[str, str], dict[str, str]]:
    """New passwords for these people's logins: the ways sealed to them, and what the server keeps. Nothing is sent yet."""
    ways, verifiers = {}, {}
    for person in people:
        way = Way.new(place, connection.execute(select(func.clinic_login(person.id))).scalar_one())
        ways[person.id] = way.sealed_to(person.exchange_key, vault.vault_id, person.id)
        verifiers[person.id] = _verifier(connection, way)
    return ways, verifiers


def ways_of(connection: Connection) -> ServerFile:
    """Server.json as the database keeps it."""
    return parse_ways(state_of(connection)[WAYS].encode())


def _let_in(engine: Engine, place: Place, vault: Vault, ring: Keyring) -> ServerFile:
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("SELECT clinic_follow_all()")
        sealed, verifiers = fresh_ways(connection, place, vault, vault.shown())
        for person_id, verifier in verifiers.items():
            connection.execute(select(func.clinic_set_password(person_id, verifier)))
        revision = ways_of(connection).revision + 1 if WAYS in state_of(connection) else 1
        ways = certified(ServerFile(vault.vault_id, sealed, revision), ring)
        connection.exec_driver_sql("DELETE FROM vault_state WHERE name = %s", (WAYS,))
        connection.exec_driver_sql("INSERT INTO vault_state (name, value) VALUES (%s, %s)", (WAYS, ways.text()))
    return ways


def _verifier(connection: Connection, way: Way) -> str:
    """The driver derives here what the server keeps; the password itself stays on this computer."""
    driver = connection.connection.driver_connection
    assert driver is not None
    found: bytes = driver.pgconn.encrypt_password(way.password.encode(), way.role.encode(), b"scram-sha-256")
    return found.decode()
