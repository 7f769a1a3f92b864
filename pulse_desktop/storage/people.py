"""Who may come in: the commands that keep the list in the database, which counts, in step with vault.json."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from pulse_desktop.basics.problems import Denied, Outdated
from pulse_desktop.storage import prepared
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import VaultPerson, VaultState
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command, query
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.vault import Entry, Vault, parse

HEADER = "header"
_PEOPLE = table_of(VaultPerson)
_ALL_STATES = select(table_of(VaultState).c.name, table_of(VaultState).c.value)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person who may come in."""

    vault_id: str
    version: int
    staff_id: int | None
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new slot, and the text of vault.json that holds it."""

    entry: Entry
    header: str
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class HeaderKept:
    """A new text of vault.json."""

    header: str


@command(needs=Permission.MANAGE_PEOPLE, audit="person.enrol")
def enrol(context: Context, enrolment: Enrolment) -> str:
    """Lets a person in; returns their vault id. The caller writes vault.json once this is committed."""
    add_person(context, enrolment.entry, enrolment.staff_id)
    _keep_header(context, enrolment.header)
    return enrolment.entry.id


@command(needs=Permission.SEE_SCHEDULE, audit="person.password")
def keep_own_password(context: Context, kept: HeaderKept) -> None:
    """Keeps the header after the person at this seat changed their own password; everybody may."""
    context.about(None, VaultPerson.__tablename__)
    if _others(_kept_header(context), context.actor.vault_id) != _others(parse(kept.header.encode()), context.actor.vault_id):
        raise Denied  # nobody's slot but one's own, and not the clinic's card
    _keep_header(context, kept.header)


@command(needs=Permission.SET_UP, audit="clinic.card")
def keep_card(context: Context, kept: HeaderKept) -> None:
    """Keeps the header after the sign-in window's card (practice name, offices) changed."""
    _keep_header(context, kept.header)


@command(needs=Permission.MANAGE_PEOPLE, audit="person.listing")
def keep_listing(context: Context, kept: HeaderKept) -> None:
    """Keeps the header after names, roles or access of people changed in the database."""
    context.about(None, VaultPerson.__tablename__)
    _keep_header(context, kept.header)


@query(needs=Permission.SEE_PRACTICE)
def people(context: Context) -> tuple[PersonLine, ...]:
    """Everybody who may come in, by name."""
    columns = (_PEOPLE.c.vault_id, _PEOPLE.c.version, _PEOPLE.c.staff_id, _PEOPLE.c.name, _PEOPLE.c.roles)
    found = context.session.execute(select(*columns).where(_PEOPLE.c.active).order_by(_PEOPLE.c.name).limit(500))
    return tuple(PersonLine(vault_id, version, staff_id, name, frozenset(map(Role, roles))) for vault_id, version, staff_id, name, roles in found)


@query(needs=Permission.CHECK_FILE, audit="file.check")
def may_check(context: Context) -> None:
    """Writes down that the file is being checked; the check itself reads below the tables."""


@query(needs=Permission.BACK_UP, audit="backup.make")
def may_back_up(context: Context) -> None:
    """Writes down that a backup is being made; the copy itself is taken below the tables."""


@query(needs=Permission.MOVE_CLINIC, audit="clinic.move")
def may_move(context: Context) -> None:
    """Writes down that the clinic is being moved; the rows themselves are carried below the tables."""


@query(needs=Permission.MANAGE_PEOPLE, audit="seat.file")
def may_bring_seats(context: Context) -> None:
    """Writes down that a file is made with which another computer joins; it holds what this seat's folder holds."""


def listed(connection: Connection, vault: Vault) -> Vault:
    """The header with names, roles and access of its people as the database has them; the same one if nothing differs."""
    rows = connection.execute(select(_PEOPLE.c.vault_id, _PEOPLE.c.name, _PEOPLE.c.roles, _PEOPLE.c.active))
    known = {row.vault_id: (row.name, tuple(sorted(row.roles)), row.active) for row in rows}
    entries = []
    for entry in vault.people:
        name, roles, active = known[entry.id]
        entries.append(replace(entry, name=name, roles=roles, active=active))
    return vault if tuple(entries) == vault.people else replace(vault, people=tuple(entries), revision=vault.revision + 1)


def link_staff(context: Context, vault_id: str, staff_id: int) -> None:
    """Tells which staff member a person is; for commands of the practice, which own the staff list."""
    person = context.session.execute(select(_PEOPLE.c.id, _PEOPLE.c.version).where(_PEOPLE.c.vault_id == vault_id)).one()
    context.update(VaultPerson, person.id, person.version, staff_id=staff_id)


def add_person(context: Context, entry: Entry, staff_id: int | None) -> None:
    """Writes a slot's public half into the list that counts."""
    row_id = context.insert(
        VaultPerson, version=1, vault_id=entry.id, staff_id=staff_id, name=entry.name, roles=list(entry.roles),
        exchange_key=entry.exchange_key, signing_key=entry.signing_key, active=True,
    )  # fmt: skip
    context.about(None, VaultPerson.__tablename__, row_id)


def state_of(connection: Connection) -> dict[str, str]:
    """All single values of the vault, by name."""
    return {row.name: row.value for row in prepared.ask(connection, _ALL_STATES, {})}


def _keep_header(context: Context, header: str) -> None:
    """Raises Outdated when the new header was not made from the one kept now: somebody else's change would be lost."""
    context.lock_numbers(VaultState)
    if parse(header.encode()).revision != _kept_header(context).revision + 1:
        raise Outdated("vault", 0)
    keep_state(context.session, HEADER, header)
    context.notes.touched(VaultState.__tablename__)


def _kept_header(context: Context) -> Vault:
    return parse(state_of(context.session.connection())[HEADER].encode())


def _others(vault: Vault, person_id: str) -> tuple[object, ...]:
    """Everything of a header that is not this person's own slot."""
    return (vault.vault_id, vault.card, vault.epoch, vault.weak, *(entry for entry in vault.people if entry.id != person_id))


def keep_state(session: Session, name: str, value: str) -> None:
    """Puts one value of the vault in place. On a server people may change such a row and neither add nor remove one."""
    states = table_of(VaultState)
    connection = session.connection()
    if connection.execute(update(states).where(states.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(states).values(name=name, value=value))
