"""The clinic while somebody is signed in: the door, and what only the holder of the keys can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock
from pulse_desktop.storage.check import Report, examine
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Change, Door
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.folder_lock import FolderLock
from pulse_desktop.storage.ledgers import VaultPerson, VaultState
from pulse_desktop.storage.line import GONE
from pulse_desktop.storage.looking_over import LookingOver
from pulse_desktop.storage.passwords import check_new_password
from pulse_desktop.storage.pen import Pen
from pulse_desktop.storage.people import (
    HEADER,
    Enrolment,
    HeaderKept,
    enrol,
    keep_card,
    keep_listing,
    keep_own_password,
    listed,
    may_check,
    state_of,
)
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.pins import check_new_pin
from pulse_desktop.storage.presence import ALONE, Presence
from pulse_desktop.storage.spool import Spool
from pulse_desktop.storage.unlocking import (
    Newcomer,
    Unlocked,
    certified,
    is_certified,
    unlock,
    with_password,
    with_person,
)
from pulse_desktop.storage.vault import ClinicCard, Vault, parse, write_vault

if TYPE_CHECKING:
    from pulse_desktop.storage.feed import Feed

R = TypeVar("R")

register_sentences(
    {
        "wrong_password": N_("That is not your password. Nothing was changed. Try again."),
        "same_password": N_("The new password is the old one. Nothing was changed. Choose another."),
    }
)


class OpenClinic:
    """One clinic, opened by one person at one seat. Close it, or nobody else can open it."""

    def __init__(
        self, folder: Path, engine: Engine, door: Door, unlocked: Unlocked, vault: Vault, *, audit_key: bytes, lock: FolderLock | None
    ) -> None:
        """`lock` None: another OpenClinic holds the folder and its connections, and outlives this one."""
        self.folder = folder
        self.door = door
        self._engine = engine
        self._unlocked = unlocked.without_signing()
        self.pen = Pen(unlocked.own.public_key, weak=vault.weak)
        """Signs for this person: once for each time they give their password or PIN."""
        door.signs_with(self.pen)
        self._vault = vault
        self._audit_key = audit_key
        self._lock = lock
        self._looking_over = LookingOver(engine)
        self._feed: Feed | None = None
        self.ahead_of_server = timedelta()
        """How far this seat's clock was ahead of the server's when it began to follow the others."""
        self._spool = Spool(folder, unlocked.ring.typed_by(unlocked.person_id)) if door.is_far else None
        door.listeners.append(self._follow_people)
        door.listeners_elsewhere.append(self._follow_header)

    @property
    def person_id(self) -> str:
        """The vault id of the person who is signed in."""
        return self._unlocked.person_id

    @property
    def card(self) -> ClinicCard:
        """What the sign-in window shows."""
        return self._vault.card

    @property
    def presence(self) -> Presence:
        """Who has what open at which seat."""
        return ALONE if self._feed is None else self._feed.presence

    def follow_others(self, clock: Clock) -> None:
        """From now on the door also hears what other seats write (a file has one seat: nothing runs). Raises Trouble."""
        if self._feed is None and self._engine.dialect.name != "sqlite":
            from pulse_desktop.storage.feed import Feed  # noqa: PLC0415 - clinics in a file do without it

            self._feed = feed = Feed(self._engine, self.door)
            self.ahead_of_server = cleanly(lambda: feed.start(clock))

    @property
    def spool(self) -> Spool | None:
        """Where typing waits at this seat while the server does not answer; a clinic in a file needs none."""
        return self._spool

    def confirms(self, password: str) -> bool:
        """Whether this is the signed-in person's password; asked anew before unlocking. Takes up to a second."""
        return self._confirmed(password) is not None

    def may_sign(self, password: str, new_pin: str = "", known: tuple[str, ...] = ()) -> bool:
        """Whether this is the signed-in person's password; then they may sign once. Takes up to a second.

        `new_pin`: and may sign with this PIN until they sign out here. Raises Refusal("pin_…"); then nothing may be signed.
        """
        if new_pin:
            check_new_pin(new_pin, known)
        unlocked = self._confirmed(password)
        if unlocked is None:
            return False
        if new_pin:
            self.pen.set_pin(unlocked.own, new_pin, known)
            self.door.note("person.pin_set")
        self.pen.lend(unlocked.own)
        return True

    def may_sign_by_pin(self, pin: str) -> bool:
        """Whether this is the PIN chosen at this seat; then its owner may sign once. Refusal("pin_gone") when there is none."""
        if self.pen.open_with(pin):
            return True
        self.door.note("person.pin", "failed")
        return False

    def _confirmed(self, password: str) -> Unlocked | None:
        try:
            return unlock(self._vault, self.person_id, password, allow_weak=self._vault.weak)
        except Refusal:
            self.door.note("person.confirm", "failed")
            return None

    def beside(self, person_id: str, password: str) -> OpenClinic:
        """Signs another person in at this computer while the clinic stays open. Raises Refusal("sign_in_failed")."""
        unlocked = unlock(self._vault, person_id, password, allow_weak=self._vault.weak)
        entry = self._vault.entry(person_id)
        assert entry is not None
        door = self.door.beside(Actor(0, entry.id, entry.name, frozenset(map(Role, entry.roles))))
        door.enter()
        return OpenClinic(self.folder, self._engine, door, unlocked, self._vault, audit_key=self._audit_key, lock=None)

    def add_person(self, newcomer: Newcomer, staff_id: int | None = None) -> str:
        """Lets a person in (needs MANAGE_PEOPLE); returns their vault id. Raises Denied and the passwords' Refusals."""
        check_new_password(newcomer.password, (self.card.name, newcomer.name))
        vault = with_person(self._newest(), self._unlocked.ring, newcomer)
        entry = vault.people[-1]
        self.door.do(enrol, Enrolment(entry, vault.text(), staff_id))
        self._keep(vault)
        return entry.id

    def change_password(self, old: str, new: str) -> None:
        """Gives the signed-in person a new password. Raises Refusal("wrong_password" | "same_password" | "password_…")."""
        unlocked = self._confirmed(old)
        if unlocked is None:
            raise Refusal("wrong_password", "old_password")
        if old == new:
            raise Refusal("same_password", "new_password")
        check_new_password(new, (self.card.name, self.door.actor.name), field="new_password")
        vault = with_password(self._newest(), unlocked, new)
        self.door.do(keep_own_password, HeaderKept(vault.text()))
        self._keep(vault)

    def show_card(self, card: ClinicCard) -> None:
        """Changes what the sign-in window shows (needs SET_UP)."""
        newest = self._newest()
        if card == newest.card:
            return
        vault = certified(replace(newest, card=card, revision=newest.revision + 1), self._unlocked.ring)
        self.door.do(keep_card, HeaderKept(vault.text()))
        self._keep(vault)

    def check(self) -> Report:
        """Examines the whole file (needs CHECK_FILE). May take seconds for a large clinic."""
        self.door.look(may_check)
        return cleanly(self._examined)

    def look_over(self) -> None:
        """Examines every row while people work; ends early, without a finding, when the clinic is closed.

        Raises Trouble("file_unsound"); from then on the door takes no commands, so that nothing is written into damage.
        """
        if self._lock is None:  # whoever opened the file looks it over
            return
        finding = self._looking_over.first_finding()
        if finding is not None:
            trouble = Trouble("file_unsound", part=finding.part, what=finding.what)
            self.door.only_show(trouble)
            raise trouble

    def stop_looking_over(self) -> None:
        """Somebody leaves: they do not wait for a look that may take a minute. Callable from any thread."""
        self._looking_over.stop()

    def below(self, work: Callable[[Engine, Unlocked], R]) -> R:
        """Does work of the storage room that needs the engine and the keys, which must not be kept (a backup)."""
        return work(self._engine, self._unlocked)

    def close(self) -> None:
        """Signs out and lets go of everything, in this order: news, events, connections, keys, folder.

        A server that does not answer keeps nobody from leaving; the trail then has no sign-out for this sitting.
        """
        if self._feed is not None:
            self._feed.close()
        try:
            self.door.note("person.sign_out")
        except Trouble as trouble:
            if trouble.key != GONE:
                raise
        finally:
            self.door.close()
            self.pen.drop()
            if self._lock is not None:
                self._engine.dispose()
            self._unlocked.ring.drop()
            if self._lock is not None:
                self._lock.release()

    def hand_over(self) -> FolderLock:
        """Lets go of everything but the folder, which is the caller's from now on. No event: the trail goes on elsewhere."""
        assert self._lock is not None
        if self._feed is not None:
            self._feed.close()
        self.door.close()
        self.pen.drop()
        self._engine.dispose()
        self._unlocked.ring.drop()
        return self._lock

    def _follow_people(self, changes: frozenset[Change]) -> None:
        """Names, roles and access changed in the database: vault.json, which the sign-in window reads, follows."""
        if not any(change.subject == VaultPerson.__tablename__ for change in changes):
            return
        newest = self._newest()
        vault = cleanly(lambda: self._listed(newest))
        if vault is not newest:
            vault = certified(vault, self._unlocked.ring)
            self.door.do(keep_listing, HeaderKept(vault.text()))
            self._keep(vault)

    def _follow_header(self, changes: frozenset[Change]) -> None:
        """Another seat changed who may come in and wrote the header with it: only vault.json is left to follow here."""
        if not any(change.subject == VaultState.__tablename__ for change in changes):
            return
        try:
            newest = self._newest()
            if newest.revision > self._vault.revision and is_certified(newest, self._unlocked.ring):
                self._keep(newest)
        except (Problem, OSError):
            return  # as in `_keep`: the next opening puts it right, and says so if the header is not ours

    def _listed(self, vault: Vault) -> Vault:
        with self._engine.begin() as connection:
            return listed(connection, vault)

    def _newest(self) -> Vault:
        """The header as the database keeps it now: another person at this computer may have changed it."""
        return cleanly(self._kept_header)

    def _kept_header(self) -> Vault:
        with self._engine.begin() as connection:
            return parse(state_of(connection)[HEADER].encode())

    def _examined(self) -> Report:
        with self._engine.begin() as connection:
            return examine(connection, self._audit_key, parse(state_of(connection)[HEADER].encode()))

    def _keep(self, vault: Vault) -> None:
        """The database has it already; should this fail, the next opening puts the file right."""
        self._vault = vault
        write_vault(self.folder, vault)
