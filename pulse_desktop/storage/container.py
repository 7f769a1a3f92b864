"""The file a backup is: one file that shows any changed byte, first without a password and then against forgery.

    magic line | length of the header, 4 bytes | header, canonical JSON | database | HMAC-SHA256 | SHA-256

The header tells what anybody may know and holds vault.json's text, so that a password opens it; the sum finds damage,
the MAC (under a key of the clinic, over everything before it) finds a changed file whose sum was made anew.
The database inside is encrypted under a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.vault import Vault, parse

MAGIC = b"PULSE BACKUP 1\n"
_FAMILY = b"PULSE BACKUP "
_LENGTH_BYTES, _MAC_BYTES, _SUM_BYTES = 4, 32, 32
_LARGEST_HEADER = 4_000_000
_CHUNK = 1 << 20
_SYNCED_EVERY = 4  # chunks

register_sentences(
    {
        "backup_missing": N_("There is no such backup file. Nothing was changed. Check the name and the drive."),
        "backup_foreign": N_("This file is not a backup made by Pulse Desktop, or its beginning is damaged. Nothing was changed. Choose another file."),
        "backup_newer": N_("This backup was made by a newer version of the program. Nothing was changed. Install that version here."),
        "backup_cut": N_("This backup is damaged: it has {found} bytes instead of {expected}. Nothing was changed. Use another backup."),
        "backup_changed": N_("This backup is damaged: its content is not what was written. Nothing was changed. Use another backup."),
        "backup_forged": N_("Somebody without this clinic's keys has changed this backup. Nothing was changed here. Use another backup."),
    }
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What anybody may know of a backup. `made_at` in UTC milliseconds, `size` of the database in bytes, `facts` sealed, in hex."""

    vault_id: str
    epoch: int
    schema: str
    made_at: int
    program: str
    size: int
    facts: str

    def bound_to(self) -> bytes:
        """What the facts are sealed to: this backup and no other."""
        return canonical({name: value for name, value in asdict(self).items() if name != "facts"})


@dataclass(frozen=True, slots=True)
class Container:
    """A backup whose sum is right. Whether it was forged only the clinic's keys can tell (`check_seal`)."""

    path: Path
    manifest: Manifest
    vault: Vault
    start: int

    def check_seal(self, key: bytes) -> None:
        """Raises Refusal("backup_forged") unless the whole file was written by somebody with `key`."""
        end = self.start + self.manifest.size
        with self.path.open("rb") as file:
            mac = hmac.new(key, digestmod="sha256")
            for chunk in _chunks(file, end):
                mac.update(chunk)
            if not hmac.compare_digest(mac.digest(), file.read(_MAC_BYTES)):
                raise Refusal("backup_forged")

    def unpack(self, target: Path) -> None:
        """Writes the database inside to `target`, still under the backup's key."""
        with self.path.open("rb") as file, _made(target) as made:
            file.seek(self.start)
            for number, chunk in enumerate(_chunks(file, self.manifest.size), 1):
                made.write(chunk)
                _sync_now_and_then(made, number)


def write_container(path: Path, manifest: Manifest, vault: Vault, database: Path, key: bytes) -> None:
    """Writes a durable container at `path`, readable by this user only. Raises OSError; then the caller removes it."""
    header = canonical({"manifest": asdict(manifest), "vault": vault.text()})
    mac, digest = hmac.new(key, digestmod="sha256"), hashlib.sha256()
    with _made(path) as made, database.open("rb") as pages:
        for chunk in (MAGIC, len(header).to_bytes(_LENGTH_BYTES, "big"), header):
            _put(made, chunk, mac, digest)
        for number, chunk in enumerate(_chunks(pages, manifest.size), 1):
            _put(made, chunk, mac, digest)
            _sync_now_and_then(made, number)
        digest.update(mac.digest())
        made.write(mac.digest() + digest.digest())
        made.flush()
        os.fsync(made.fileno())


def read_container(path: Path) -> Container:
    """The backup at `path`. Raises Refusal for any damage, to the last bit, before a password is asked for."""
    if not path.is_file():
        raise Refusal("backup_missing")
    with path.open("rb") as file:
        start, header = _header(file)
        is_whole = _sum_is_right(file, path.stat().st_size)
    try:
        told = json.loads(header)
        manifest = Manifest(**told["manifest"])
        _check_length(path, start + manifest.size + _MAC_BYTES + _SUM_BYTES)
        if not is_whole:
            raise Refusal("backup_changed")
        vault = parse(told["vault"].encode())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refusal("backup_changed") from None
    return Container(path, manifest, vault, start)


def _header(file: IO[bytes]) -> tuple[int, bytes]:
    """Where the database starts, and the header before it, unchecked."""
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        tail = magic.removeprefix(_FAMILY).strip()
        is_newer = magic.startswith(_FAMILY) and tail.isdigit() and int(tail) > 1
        raise Refusal("backup_newer" if is_newer else "backup_foreign")
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    if length > _LARGEST_HEADER:
        raise Refusal("backup_changed")
    return len(MAGIC) + _LENGTH_BYTES + length, file.read(length)


def _check_length(path: Path, expected: int) -> None:
    found = path.stat().st_size
    if found != expected:
        raise Refusal("backup_cut", found=found, expected=expected)


def _sum_is_right(file: IO[bytes], size: int) -> bool:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in _chunks(file, size - _SUM_BYTES):
        digest.update(chunk)
    return digest.digest() == file.read(_SUM_BYTES)


def _chunks(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length > 0 and (chunk := file.read(min(_CHUNK, length))):
        length -= len(chunk)
        yield chunk


def _sync_now_and_then(file: IO[bytes], number: int) -> None:
    """One long sync at the end would hold up those who save meanwhile: measured, 350 ms for 124 MB."""
    if number % _SYNCED_EVERY == 0:
        file.flush()
        os.fsync(file.fileno())


def _put(file: IO[bytes], chunk: bytes, mac: hmac.HMAC, digest: hashlib._Hash) -> None:
    file.write(chunk)
    mac.update(chunk)
    digest.update(chunk)


def _made(path: Path) -> IO[bytes]:
    """A new file for this user only; raises FileExistsError rather than write over one."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb")
