"""The clinic's keys: from a password to a person's key pairs, from those to the master key, from that to the rest.

password -> Argon2id -> HKDF -> key that wraps the person's X25519 and Ed25519 private keys (AES-256-GCM)
master key -> HPKE seal to each person's public key; so keys can be renewed without anybody's password.
"""

from __future__ import annotations

import hmac
from secrets import token_bytes
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage.vault import Kdf

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
STANDARD = Kdf(m=128 * 1024, t=3, p=4)
WEAK_FOR_TESTS = Kdf(m=64, t=1, p=1)
_LEAST_MEMORY, _MOST_MEMORY = 64 * 1024, 1024 * 1024  # KiB: RFC 9106's second choice; a gigabyte is no sign-in but an attack
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def check_kdf(kdf: Kdf, *, allow_weak: bool = False) -> None:
    """Raises Refusal("vault_damaged") for parameters too weak to protect or too heavy to be honest, before any work."""
    strong = _LEAST_MEMORY <= kdf.m <= _MOST_MEMORY and 3 <= kdf.t <= 16 and 1 <= kdf.p <= 16
    if not (strong or (allow_weak and kdf == WEAK_FOR_TESTS)):
        raise Refusal("vault_damaged")


def wrapping_key(password: bytes, salt: bytes, kdf: Kdf) -> bytes:
    """The key that wraps a person's private keys. Takes 0.3 to 1 s on purpose."""
    stretched = Argon2id(salt=salt, length=KEY_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m).derive(password)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"pulse/kek/1").derive(stretched)


def leave_no_core() -> None:
    """A crash must not write the keys in memory to disk. Windows writes no core files by itself."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


class PersonalKeys:
    """One person's key pairs: X25519 opens what is sealed to them, Ed25519 signs their notes.

    While somebody is signed in only the first is kept (`without_signing`); the second comes with password or PIN.
    """

    __slots__ = ("_exchange", "_public", "_signing")

    def __init__(self, exchange: bytes, signing: bytes) -> None:
        self._exchange = X25519PrivateKey.from_private_bytes(exchange)
        self._signing: Ed25519PrivateKey | None = Ed25519PrivateKey.from_private_bytes(signing)
        self._public = self._signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def new(cls) -> PersonalKeys:
        """Fresh pairs from the system's random source."""
        return cls(token_bytes(KEY_BYTES), token_bytes(KEY_BYTES))

    @property
    def exchange_key(self) -> bytes:
        """The public X25519 key."""
        return self._exchange.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def public_key(self) -> bytes:
        """The public Ed25519 key, against which signatures are checked."""
        return self._public

    def without_signing(self) -> PersonalKeys:
        """These pairs without the private key that signs."""
        kept = object.__new__(PersonalKeys)
        kept._exchange, kept._public, kept._signing = self._exchange, self._public, None
        return kept

    def sign(self, message: bytes, operation: str = "") -> bytes:  # noqa: ARG002 - as `storage.context.Signer`
        """An Ed25519 signature (64 bytes). Raises Refusal("not_proved") where the key was left out."""
        return self._whole().sign(message)

    def spend(self, operation: str) -> None:
        """Keys themselves sign as often as they are asked; a `Pen` lends them once."""

    def wrapped(self, key: bytes, nonce: bytes, bound_to: bytes) -> bytes:
        """The private keys, readable only with `key` and for the slot they are bound to."""
        private = [pair.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()) for pair in (self._exchange, self._whole())]
        return AESGCM(key).encrypt(nonce, b"".join(private), bound_to)

    @classmethod
    def unwrapped(cls, wrapped: bytes, key: bytes, nonce: bytes, bound_to: bytes) -> PersonalKeys | None:
        """The keys in a slot, or None when the key (the password) or anything it is bound to is wrong."""
        try:
            private = AESGCM(key).decrypt(nonce, wrapped, bound_to)
        except InvalidTag:
            return None
        return cls(private[:KEY_BYTES], private[KEY_BYTES:])

    def _whole(self) -> Ed25519PrivateKey:
        if self._signing is None:
            raise Refusal("not_proved")
        return self._signing

    def opened(self, seal: bytes, info: bytes) -> bytes | None:
        """What was sealed to this person, or None."""
        try:
            return _HPKE.decrypt(seal, self._exchange, info=info)
        except (InvalidTag, ValueError):
            return None


def sealed(secret: bytes, exchange_key: bytes, info: bytes) -> bytes:
    """`secret`, readable only by the owner of this public key and in this context."""
    return _HPKE.encrypt(secret, X25519PublicKey.from_public_bytes(exchange_key), info=info)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether `signature` is the owner's of `public_key` over `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Keyring:
    """The master key and what follows from it. Kept in a bytearray so that it can be overwritten when locked."""

    __slots__ = ("_master",)

    def __init__(self, master: bytes) -> None:
        self._master = bytearray(master)

    def __repr__(self) -> str:
        return "Keyring(…)"

    @property
    def master(self) -> bytes:
        """The master key itself; only for sealing it to a person."""
        return bytes(self._master)

    @property
    def database(self) -> bytes:
        """The raw SQLCipher key."""
        return self._expand(b"pulse/db/1")

    @property
    def attachments(self) -> bytes:
        """Wraps keys of files outside the database."""
        return self._expand(b"pulse/attach/1")

    @property
    def backup(self) -> bytes:
        """The raw SQLCipher key of the copy in a backup: who has only the live file's key cannot read backups."""
        return self._expand(b"pulse/backup/1")

    @property
    def backup_seal(self) -> bytes:
        """The key of the MAC over a whole backup."""
        return self._expand(b"pulse/backup-seal/1")

    def wrap_facts(self, facts: bytes, bound_to: bytes) -> bytes:
        """What a backup says of its content (how many rows, how many events): a thief is not to count patients."""
        nonce = token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._expand(b"pulse/backup-facts/1")).encrypt(nonce, facts, bound_to)

    def unwrap_facts(self, wrapped: bytes, bound_to: bytes) -> bytes | None:
        """The facts, or None when they were not wrapped under this master key for this backup."""
        try:
            return AESGCM(self._expand(b"pulse/backup-facts/1")).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)
        except InvalidTag:
            return None

    def typed_by(self, person_id: str) -> bytes:
        """The key of what one person typed at a seat while the server did not answer."""
        return self._expand(b"pulse/spool/1/" + person_id.encode())

    def header_mac(self, content: bytes) -> str:
        """The MAC over vault.json."""
        return hmac.new(self._expand(b"pulse/header/1"), content, "sha256").hexdigest()

    def roster_mac(self, content: bytes) -> str:
        """The MAC over the list of people and their public keys."""
        return hmac.new(self._expand(b"pulse/roster/1"), content, "sha256").hexdigest()

    def ways_mac(self, content: bytes) -> str:
        """The MAC over server.json."""
        return hmac.new(self._expand(b"pulse/ways/1"), content, "sha256").hexdigest()

    def wrap_audit_key(self, audit_key: bytes, bound_to: bytes) -> bytes:
        """The audit key is random, not derived: after a renewal of the master key old events stay verifiable."""
        nonce = token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._expand(b"pulse/audit-wrap/1")).encrypt(nonce, audit_key, bound_to)

    def unwrap_audit_key(self, wrapped: bytes, bound_to: bytes) -> bytes | None:
        """The audit key, or None when it was not wrapped by this master key for this vault."""
        try:
            return AESGCM(self._expand(b"pulse/audit-wrap/1")).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)
        except InvalidTag:
            return None

    def drop(self) -> None:
        """Overwrites the master key. Python cannot promise that no copy remains in memory."""
        self._master[:] = bytes(len(self._master))

    def _expand(self, label: bytes) -> bytes:
        return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=label).derive(bytes(self._master))
