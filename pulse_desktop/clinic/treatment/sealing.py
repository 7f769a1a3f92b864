"""What a signature is about: the canonical bytes of a note or an amendment, and whether they still tell the truth.

Bytes are RFC 8785 JSON and hold everything a reader needs without the database: patient, visit, office, the author's
printed name and licence, the version of the reference data, and the note itself. A note is intact when its signature
fits its bytes, the key is the author's, and the row still says what the bytes say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import ATLAS_VERSION
from pulse_desktop.clinic.treatment.values import SignatureBlock
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.keys import is_signed
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.tables import table_of
from pulse_desktop.storage.types import from_milliseconds, to_milliseconds

FORMAT: Final = 1
_PEOPLE = table_of(VaultPerson)
_SIGNING_KEYS = select(_PEOPLE.c.staff_id, _PEOPLE.c.signing_key)

SigningKeys = Mapping[int, frozenset[bytes]]
"""Staff member to the public keys that are theirs."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs: as printed, with the licence that holds in the office's state."""

    staff_id: int
    name: str
    credential: str
    licence_state: str
    licence_number: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is signed, with the office's zone."""

    at: datetime
    zone: str

    def as_json(self) -> dict[str, Any]:
        """The instant in milliseconds and the wall time with its offset from UTC."""
        return {"instant": to_milliseconds(self.at), "wall": wall(self.at, self.zone).isoformat(timespec="milliseconds")}


def seal(kind: str, meaning: str, author: Author, moment: Moment, public_key: bytes, **content: Any) -> bytes:
    """The canonical bytes to be signed."""
    return canonical(
        {
            "format": FORMAT,
            "kind": kind,
            "meaning": meaning,
            "atlas_version": ATLAS_VERSION,
            "signed": moment.as_json(),
            "signer": {
                "staff_id": author.staff_id, "name": author.name, "credential": author.credential,
                "licence_state": author.licence_state, "licence_number": author.licence_number, "public_key": public_key.hex(),
            },
            **content,
        }
    )  # fmt: skip


def signing_keys(context: Context) -> SigningKeys:
    """Whose key is whose, from the clinic's own list of people."""
    found: dict[int, frozenset[bytes]] = {}
    for staff_id, key in context.read(_SIGNING_KEYS):
        if staff_id is not None:
            found[staff_id] = found.get(staff_id, frozenset()) | {bytes.fromhex(key)}
    return found


def note_is_intact(row: Any, keys: SigningKeys) -> bool:
    """Whether a note's row is what was signed. A draft is; a signed one altered behind the program's back is not."""
    if row.sealed is None:
        return row.signature is None and row.signed_at is None
    content = _intact_content(row, keys)
    if content is None:
        return False
    return _says(
        content, note={"id": row.id, "turn": row.turn, "version": row.version}, visit={"id": row.visit_id},
        patient={"id": row.patient_id}, draft=row.draft,
    )  # fmt: skip


def stored_note_is_intact(row: Any, keys: SigningKeys) -> bool:
    """As `note_is_intact`, of a row as it is stored: its draft is text, the instant of its signature milliseconds.

    A row found intact once is remembered by a digest of all that was looked at; any of it altered is another digest and is
    looked at anew. Whose key it is, is asked every time.
    """
    if row.sealed is None:
        return row.signature is None and row.signed_at is None
    if not row.signature or row.signer_key not in keys.get(row.author_id, ()):
        return False
    facts = (row.id, row.turn, row.version, row.visit_id, row.patient_id, row.author_id, row.signed_at)
    digest = _digest(repr(facts).encode(), row.draft.encode(), row.signer_key, row.signature, row.sealed)
    if digest in _intact:
        return True
    signed_at = None if row.signed_at is None else from_milliseconds(row.signed_at)
    if not note_is_intact(_Loaded(*facts[:-1], signed_at, json.loads(row.draft), row.sealed, row.signature, row.signer_key), keys):
        return False
    _intact.add(digest)
    return True


class _Loaded(NamedTuple):
    """A note's row with its draft and its instant as values."""

    id: int
    turn: int
    version: int
    visit_id: int
    patient_id: int
    author_id: int
    signed_at: datetime | None
    draft: Any
    sealed: bytes
    signature: bytes
    signer_key: bytes


def amendment_is_intact(row: Any, note_sealed: bytes, keys: SigningKeys) -> bool:
    """Whether an amendment's row is what was signed, and under this very note."""
    content = _intact_content(row, keys)
    return content is not None and _says(
        content, note={"id": row.note_id, "hash": hash_of(note_sealed)}, text=row.text, reason=row.reason, amendment=row.kind
    )


def _intact_content(row: Any, keys: SigningKeys) -> dict[str, Any] | None:
    """What the bytes say, when signature, key, author and moment fit; None when anything does not."""
    if not row.signature or row.signer_key not in keys.get(row.author_id, ()):
        return None
    if not _signature_fits(row.sealed, row.signature, row.signer_key):
        return None
    content: dict[str, Any] = json.loads(row.sealed)
    fits = _says(
        content, signer={"staff_id": row.author_id, "public_key": row.signer_key.hex()},
        signed={"instant": to_milliseconds(row.signed_at)} if row.signed_at else None,
    )  # fmt: skip
    return content if fits else None


class _Remembered:
    """Digests of what was found good; so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: set[bytes] = set()

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._known

    def add(self, digest: bytes) -> None:
        if len(self._known) >= self._most:
            self._known.clear()
        self._known.add(digest)


_fitting, _intact = _Remembered(20_000), _Remembered(20_000)


def _digest(*parts: bytes) -> bytes:
    """Of the parts and where each ends."""
    return hashlib.sha256(b"%a " % [len(part) for part in parts] + b"".join(parts)).digest()


def _signature_fits(sealed: bytes, signature: bytes, key: bytes) -> bool:
    """Whether this is the key's signature over these bytes.

    What fitted once fits for ever, so it is remembered by a digest of all three: a file with two hundred notes opens
    again without as many verifications. Bytes, signature or key altered meanwhile have another digest and are verified.
    """
    digest = _digest(key, signature, sealed)
    if digest in _fitting:
        return True
    if not is_signed(sealed, signature, key):
        return False
    _fitting.add(digest)
    return True


def _says(content: Mapping[str, Any], **expected: Any) -> bool:
    """Each expected value stands in the content; of a dict only the named keys are compared, but for the draft all."""
    for name, value in expected.items():
        found = content.get(name)
        if isinstance(value, dict) and name != "draft":
            if not isinstance(found, dict) or any(found.get(key) != part for key, part in value.items()):
                return False
        elif found != value:
            return False
    return True


def hash_of(sealed: bytes) -> str:
    """SHA-256 of the signed bytes, hex."""
    return hashlib.sha256(sealed).hexdigest()


def signature_block(sealed: bytes, *, is_valid: bool) -> SignatureBlock:
    """Who signed, when and as what, from the signed bytes themselves."""
    content = json.loads(sealed)
    signer = content["signer"]
    return SignatureBlock(
        signer["name"], signer["credential"], signer["licence_state"], signer["licence_number"],
        from_milliseconds(content["signed"]["instant"]), content["meaning"], hash_of(sealed)[:12], is_valid,
    )  # fmt: skip
