"""Making and opening the slots of vault.json."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from secrets import token_bytes

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage import keys
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.keys import Keyring, PersonalKeys
from pulse_desktop.storage.passwords import normal
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.vault import ClinicCard, Entry, Kdf, Vault

register_sentences({"sign_in_failed": N_("That name and password do not open this clinic. Check both and try again.")})


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to be let in."""

    name: str
    roles: frozenset[Role]
    password: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right password opens. `intact` is False when vault.json was changed by somebody without the keys."""

    person_id: str
    own: PersonalKeys
    ring: Keyring
    intact: bool

    def without_signing(self) -> Unlocked:
        """The same without the private key that signs, which nobody needs between signatures."""
        return replace(self, own=self.own.without_signing())


def new_vault(card: ClinicCard, owner: Newcomer, *, weak_for_tests: bool = False) -> tuple[Vault, Unlocked]:
    """A vault with one person in it and a fresh master key."""
    ring, own = Keyring(token_bytes(keys.KEY_BYTES)), PersonalKeys.new()
    empty = Vault(vault_id=new_id(), card=card, people=(), revision=0, weak=weak_for_tests)
    vault = with_person(empty, ring, owner, own)
    return vault, Unlocked(vault.people[0].id, own, ring, intact=True)


def with_person(vault: Vault, ring: Keyring, newcomer: Newcomer, own: PersonalKeys | None = None) -> Vault:
    """The vault with one more person, their own key pairs and the master key sealed to them."""
    own = own or PersonalKeys.new()
    person_id = new_id()
    seal = keys.sealed(ring.master, own.exchange_key, _seal_info(vault, person_id, own.exchange_key.hex()))
    entry = Entry(
        id=person_id, name=newcomer.name, roles=tuple(sorted(newcomer.roles)), salt="", kdf=_kdf_for(vault), nonce="", wrapped="",
        exchange_key=own.exchange_key.hex(), signing_key=own.public_key.hex(), seal=seal.hex(),
    )  # fmt: skip
    return certified(vault.with_entry(_locked(entry, own, newcomer.password, vault)), ring)


def with_password(vault: Vault, unlocked: Unlocked, password: str) -> Vault:
    """The vault with a new password for the person who is signed in: two private keys wrapped anew, nothing else."""
    entry = vault.entry(unlocked.person_id)
    assert entry is not None
    return certified(vault.with_entry(_locked(entry, unlocked.own, password, vault)), unlocked.ring)


def certified(vault: Vault, ring: Keyring) -> Vault:
    """The vault with its roster and header MACs made anew."""
    listed = replace(vault, roster=ring.roster_mac(_roster(vault.people)))
    return replace(listed, mac=ring.header_mac(listed.content()))


def is_certified(vault: Vault, ring: Keyring) -> bool:
    """Whether nobody without the keys has changed the header."""
    whole = hmac.compare_digest(ring.header_mac(vault.content()), vault.mac)
    return whole and hmac.compare_digest(ring.roster_mac(_roster(vault.people)), vault.roster)


def unlock(vault: Vault, person_id: str, password: str, *, allow_weak: bool = False) -> Unlocked:
    """Opens the vault. A wrong password and an unknown person raise the same Refusal("sign_in_failed") after the same time."""
    if not vault.people or (vault.weak and not allow_weak):
        raise Refusal("vault_damaged")
    entry = vault.entry(person_id) or _nobody(vault)
    keys.check_kdf(entry.kdf, allow_weak=vault.weak and allow_weak)
    try:
        own = _own_keys(entry, password, vault)
        master = own and own.opened(bytes.fromhex(entry.seal), _seal_info(vault, entry.id, entry.exchange_key))
    except ValueError:  # what should be hexadecimal is not
        raise Refusal("vault_damaged") from None
    if own is None or not master:
        raise Refusal("sign_in_failed", "password")
    ring = Keyring(master)
    return Unlocked(entry.id, own, ring, is_certified(vault, ring))


def _own_keys(entry: Entry, password: str, vault: Vault) -> PersonalKeys | None:
    key = keys.wrapping_key(normal(password), bytes.fromhex(entry.salt), entry.kdf)
    return PersonalKeys.unwrapped(bytes.fromhex(entry.wrapped), key, bytes.fromhex(entry.nonce), _bound_to(entry, vault))


def _locked(entry: Entry, own: PersonalKeys, password: str, vault: Vault) -> Entry:
    fresh = replace(entry, salt=token_bytes(16).hex(), kdf=_kdf_for(vault), nonce=token_bytes(keys.NONCE_BYTES).hex())
    key = keys.wrapping_key(normal(password), bytes.fromhex(fresh.salt), fresh.kdf)
    return replace(fresh, wrapped=own.wrapped(key, bytes.fromhex(fresh.nonce), _bound_to(fresh, vault)).hex())


def _nobody(vault: Vault) -> Entry:
    """A slot that no password opens, as costly to try as a real one."""
    return replace(vault.people[0], id="", salt=token_bytes(16).hex(), wrapped=token_bytes(80).hex())


def _kdf_for(vault: Vault) -> Kdf:
    return keys.WEAK_FOR_TESTS if vault.weak else keys.STANDARD


def _bound_to(entry: Entry, vault: Vault) -> bytes:
    kdf = {"m": entry.kdf.m, "t": entry.kdf.t, "p": entry.kdf.p}
    return canonical({"v": vault.version, "suite": vault.suite, "id": entry.id, "salt": entry.salt, "kdf": kdf})


def _seal_info(vault: Vault, person_id: str, exchange_key: str) -> bytes:
    return canonical({"user": person_id, "epoch": vault.epoch, "vault": vault.vault_id, "key": exchange_key})


def _roster(people: Iterable[Entry]) -> bytes:
    return canonical([[entry.id, list(entry.roles), entry.exchange_key, entry.signing_key] for entry in people])
