"""A seat file brings one more computer into a clinic on a server: vault.json and server.json, sealed under a code.

The code is shown once to the owner, who says it on the phone or carries it on paper, never with the file. Whoever has both
within seven days has what a seat's folder holds: still nobody's password.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from secrets import choice, token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock
from pulse_desktop.storage import keys
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.durable import write_file
from pulse_desktop.storage.folder_lock import check_folder
from pulse_desktop.storage.server_file import SERVER, parse_ways, write_server_file
from pulse_desktop.storage.vault import TWIN, VAULT, Kdf, parse, write_vault

SUFFIX = ".pulseseat"
VALID_FOR = timedelta(days=7)
_KIND, _VERSION, _LARGEST = "pulse seat", 1, 8_000_000
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which look like figures; 24 of them carry 110 bits
_GROUPS, _EACH = 6, 4

register_sentences(
    {
        "seat_code_wrong": N_("That is not the code of this seat file. Nothing was changed. Read it again from the owner's paper: six groups of four letters."),
        "seat_file_unread": N_("This file cannot be read. Nothing was changed. Check its name and whether the stick is in."),
        "seat_file_damaged": N_("This is no seat file, or it is damaged. Nothing was changed. Ask the owner for a new one."),
        "seat_file_expired": N_("This seat file was good until {day}. Nothing was changed. Ask the owner for a new one."),
        "seat_folder_taken": N_("There is a clinic in this folder already. Nothing was changed. Choose a folder that is empty or not there yet."),
        "seat_without_server": N_("This clinic is kept in a file on one computer, so no other computer can join it. Nothing was written. Move it to a server first."),
        "seat_file_exists": N_("There is a file of that name already. Nothing was written over it. Choose another name."),
    }
)


@dataclass(frozen=True, slots=True)
class SeatFile:
    """A seat file's content, and the code that opens it: to be shown once and kept nowhere."""

    content: bytes
    code: str
    good_until: date


def make_seat_file(folder: Path, clock: Clock, *, weak_for_tests: bool = False) -> SeatFile:
    """What another computer needs, from a seat's folder. Raises Refusal("seat_without_server")."""
    if not (folder / SERVER).is_file():
        raise Refusal("seat_without_server")
    code = "-".join("".join(choice(_LETTERS) for _ in range(_EACH)) for _ in range(_GROUPS))
    good_until = (clock.now() + VALID_FOR).astimezone(UTC).date()
    kdf, salt, nonce = keys.WEAK_FOR_TESTS if weak_for_tests else keys.STANDARD, token_bytes(16), token_bytes(keys.NONCE_BYTES)
    open_part = {
        "kind": _KIND, "version": _VERSION, "good_until": good_until.isoformat(), "salt": salt.hex(), "nonce": nonce.hex(),
        "kdf": {"m": kdf.m, "t": kdf.t, "p": kdf.p},
    }  # fmt: skip
    inside = canonical({name: (folder / name).read_text(encoding="utf-8") for name in (VAULT, SERVER)})
    sealed = AESGCM(keys.wrapping_key(_letters(code).encode(), salt, kdf)).encrypt(nonce, inside, canonical(open_part))
    return SeatFile(canonical({**open_part, "sealed": sealed.hex()}) + b"\n", code, good_until)


def join_clinic(folder: Path, content: bytes, code: str, clock: Clock, *, allow_weak: bool = False) -> None:
    """Makes `folder` a seat of the clinic. Raises Refusal with a sentence; then nothing was written."""
    check_folder(folder)
    if folder.exists() and any((folder / name).exists() for name in (VAULT, TWIN, SERVER, "clinic.db")):
        raise Refusal("seat_folder_taken")
    inside = _opened(content, code, clock, allow_weak=allow_weak)
    vault, ways = parse(inside[VAULT].encode()), parse_ways(inside[SERVER].encode())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_server_file(folder, ways)  # first: a vault alone would look like a clinic whose file is missing
    write_vault(folder, vault)


def write_seat_file(path: Path, made: SeatFile) -> None:
    """Writes it to a file that does not exist yet. Raises Refusal("seat_file_exists")."""
    if path.exists():
        raise Refusal("seat_file_exists")
    write_file(path, made.content)


def read_seat_file(path: Path) -> bytes:
    """The file's bytes. Raises Refusal("seat_file_unread")."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError:
        raise Refusal("seat_file_unread", "file") from None


def _opened(content: bytes, code: str, clock: Clock, *, allow_weak: bool) -> dict[str, str]:
    try:
        found = _parsed(content)
        keys.check_kdf(found.kdf, allow_weak=allow_weak)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refusal):
        raise Refusal("seat_file_damaged", "file") from None
    if clock.now().astimezone(UTC).date() > found.good_until:
        raise Refusal("seat_file_expired", "file", day=found.good_until)
    key = keys.wrapping_key(_letters(code).encode(), found.salt, found.kdf)
    try:
        inside: dict[str, str] = json.loads(AESGCM(key).decrypt(found.nonce, found.sealed, found.bound_to))
    except (InvalidTag, ValueError):
        raise Refusal("seat_code_wrong", "code") from None
    return inside


@dataclass(frozen=True, slots=True)
class _Parsed:
    good_until: date
    kdf: Kdf
    salt: bytes
    nonce: bytes
    sealed: bytes
    bound_to: bytes


def _parsed(content: bytes) -> _Parsed:
    body: dict[str, Any] = json.loads(content[: _LARGEST + 1])
    sealed = bytes.fromhex(body.pop("sealed"))
    if (body["kind"], body["version"]) != (_KIND, _VERSION):
        raise ValueError(body["kind"])
    salt, nonce = bytes.fromhex(body["salt"]), bytes.fromhex(body["nonce"])
    return _Parsed(date.fromisoformat(body["good_until"]), Kdf(**body["kdf"]), salt, nonce, sealed, canonical(body))


def _letters(code: str) -> str:
    """As it was read aloud: blanks, hyphens and small letters do not matter."""
    return "".join(letter for letter in code.upper() if letter.isalpha())

