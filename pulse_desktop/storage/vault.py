"""vault.json: who may come in, and the sealed keys that let them. Read before anything heavy is loaded.

The file is canonical JSON, so every bit of it counts. `sum` finds accidental damage without a key; `mac`, under a
key only people of this clinic can derive, finds tampering. A twin lies beside it, another copy in the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.durable import write_file
from pulse_desktop.storage.swapping import finish_restore

VAULT = "vault.json"
TWIN = "vault.twin.json"
VERSION = 1
SUITE = "argon2id+hkdf-sha256+x25519-hpke-aes256gcm+ed25519"
_LARGEST = 1_000_000

register_sentences(
    {
        "no_clinic": N_("There is no clinic in this folder. Nothing was changed. Check the folder, or create a clinic."),
        "vault_foreign": N_("The folder's vault.json was not made by Pulse Desktop. Nothing was changed. Check the folder."),
        "vault_damaged": N_(
            "The clinic's key file (vault.json) is damaged and so is its twin. Nothing was changed. Put back a copy from a backup."
        ),
        "vault_newer": N_("This clinic was used with a newer version of the program. Nothing was changed. Install that version here."),
    }
)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office as the sign-in window shows it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ClinicCard:
    """What anybody at the door may read: the practice's name and where its offices are."""

    name: str
    offices: tuple[OfficeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id: memory in KiB, passes, lanes."""

    m: int
    t: int
    p: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's slot. Keys and salts as lower-case hex."""

    id: str
    name: str
    roles: tuple[str, ...]
    salt: str
    kdf: Kdf
    nonce: str
    wrapped: str
    exchange_key: str
    signing_key: str
    seal: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Vault:
    """The whole header. `epoch` counts master keys, `revision` counts versions of this file."""

    vault_id: str
    card: ClinicCard
    people: tuple[Entry, ...]
    epoch: int = 1
    revision: int = 1
    weak: bool = False
    recovery: Mapping[str, Any] | None = None
    version: int = VERSION
    suite: str = SUITE
    roster: str = ""
    mac: str = field(default="", compare=False)

    def entry(self, person_id: str) -> Entry | None:
        """The slot of one person."""
        return next((entry for entry in self.people if entry.id == person_id), None)

    def shown(self) -> tuple[Entry, ...]:
        """The people the sign-in window offers: those who have left keep a slot until the keys are renewed."""
        return tuple(entry for entry in self.people if entry.active)

    def with_entry(self, entry: Entry) -> Vault:
        """The next revision, with this slot added or in place of the person's former one."""
        if self.entry(entry.id) is None:
            return replace(self, people=(*self.people, entry), revision=self.revision + 1)
        people = tuple(entry if known.id == entry.id else known for known in self.people)
        return replace(self, people=people, revision=self.revision + 1)

    def content(self) -> bytes:
        """What the MAC is over: everything but itself."""
        return canonical({name: value for name, value in asdict(self).items() if name != "mac"})

    def text(self) -> str:
        """The file's text."""
        body = asdict(self)
        return canonical({**body, "sum": hashlib.sha256(canonical(body)).hexdigest()}).decode() + "\n"


class _Damaged(ValueError):
    """This copy cannot be used; the twin may."""


def read_vault(folder: Path) -> Vault:
    """The header in `folder`, from its twin if it is damaged. Raises Refusal; writes nothing.

    But for a restore that was cut off while its files were put in place: that is carried to its end first.
    """
    finish_restore(folder)
    found = [path for path in (folder / VAULT, folder / TWIN) if path.is_file()]
    if not found:
        raise Refusal("no_clinic")
    for path in found:
        try:
            return parse(path.read_bytes()[: _LARGEST + 1])
        except _Damaged:
            continue
    raise Refusal("vault_damaged" if any(_is_ours(path) for path in found) else "vault_foreign")


def parse(content: bytes) -> Vault:
    """The header in these bytes. Raises Refusal("vault_newer") and ValueError for any damage, to the last bit."""
    try:
        body: dict[str, Any] = json.loads(content)
        version = body["version"]
        if isinstance(version, int) and version > VERSION and len(content) <= _LARGEST:
            raise Refusal("vault_newer")
        told = body.pop("sum")
        vault = _vault(body)
        whole = vault.text().encode() == content
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Damaged(type(error).__name__) from None
    if not whole or told != hashlib.sha256(canonical(body)).hexdigest():
        message = "checksum"
        raise _Damaged(message)
    return vault


def write_vault(folder: Path, vault: Vault) -> None:
    """Writes the header and then its twin, so that one of them is whole at every moment."""
    for name in (VAULT, TWIN):
        write_file(folder / name, vault.text().encode())


def _vault(body: Mapping[str, Any]) -> Vault:
    card = ClinicCard(body["card"]["name"], tuple(OfficeLine(**office) for office in body["card"]["offices"]))
    people = tuple(Entry(**{**person, "roles": tuple(person["roles"]), "kdf": Kdf(**person["kdf"])}) for person in body["people"])
    if set(body) != {item.name for item in fields(Vault)}:
        message = "fields"
        raise ValueError(message)
    return Vault(**{**body, "card": card, "people": people})


def _is_ours(path: Path) -> bool:
    """Damaged or cut off, but made by this program."""
    content = path.read_bytes()
    return content.startswith(b'{"card":') or b'"suite":"argon2id' in content or b'"vault_id":' in content
