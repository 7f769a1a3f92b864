"""Lets people of the vault into the clinic's database: a login for each, with a password only their sealed way holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine

from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.keys import Keyring
from pulse_desktop.storage.postgres_logins import login_of
from pulse_desktop.storage.server_file import ServerFile, certified
from pulse_desktop.storage.vault import Entry, Vault
from pulse_desktop.storage.way import Place, Way

WAYS = "ways"
"""The value of the vault's state that keeps server.json in the database."""


def let_in(engine: Engine, place: Place, vault: Vault, ring: Keyring) -> ServerFile:
    """Makes the login of everybody in the vault and their ways; returns server.json, which the caller writes.

    `engine` is the keeper's, and the database has its rows already: `vault_person` says who may come in. Logins that are
    there get new passwords, so ways handed out before no longer lead anywhere.
    """
    return cleanly(lambda: _let_in(engine, place, vault, ring))


def _let_in(engine: Engine, place: Place, vault: Vault, ring: Keyring) -> ServerFile:
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("SELECT clinic_follow_all()")
        ways = certified(ServerFile(vault.vault_id, new_ways(connection, place, vault, vault.people)), ring)
        connection.exec_driver_sql("DELETE FROM vault_state WHERE name = %s", (WAYS,))
        connection.exec_driver_sql("INSERT INTO vault_state (name, value) VALUES (%s, %s)", (WAYS, ways.text()))
    return ways


def new_ways(connection: Connection, place: Place, vault: Vault, people: Iterable[Entry]) -> Mapping[str, str]:
    """Fresh passwords for the logins of these people, sealed to them. By the keeper or an owner."""
    found = {}
    for person in people:
        if person.active:
            way = Way.new(place, login_of(place.database, person.id))
            _set_password(connection, person.id, way)
            found[person.id] = way.sealed_to(person.exchange_key, vault.vault_id, person.id)
    return found


def _set_password(connection: Connection, person_id: str, way: Way) -> None:
    """The driver derives here what the server keeps; the password itself stays on this computer."""
    driver = connection.connection.driver_connection
    assert driver is not None
    verifier = driver.pgconn.encrypt_password(way.password.encode(), way.role.encode(), b"scram-sha-256").decode()
    connection.exec_driver_sql("SELECT clinic_set_password(%s, %s)", (person_id, verifier))
