"""server.json: that this clinic is on a server, and each person's way there, sealed to them. It lies beside vault.json.

Like vault.json it is canonical JSON with a checksum against accidents and a MAC against tampering; the database keeps the
copy that counts, so a damaged file is brought to a seat anew rather than mended there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.durable import write_file
from pulse_desktop.storage.keys import Keyring

SERVER = "server.json"
VERSION = 1
_LARGEST = 4_000_000

register_sentences(
    {
        "server_file_damaged": N_(
            "The file with the way to the clinic's server (server.json) is damaged. Nothing was changed, and the clinic on the server is safe. Bring this computer into the clinic anew with a seat file."
        ),
        "server_file_foreign": N_(
            "The way to the server (server.json) and the key file (vault.json) do not belong together, or somebody has changed one of them. Nothing was sent. Bring this computer into the clinic anew with a seat file."
        ),
        "server_file_newer": N_("This clinic was used with a newer version of the program. Nothing was changed. Install that version here."),
        "no_way": N_("There is no way to the clinic's server for you at this computer yet. Nothing was changed. Let an owner sign in here once, then try again."),
    }
)


@dataclass(frozen=True, slots=True)
class ServerFile:
    """Sealed ways by person (vault id to hex)."""

    vault_id: str
    ways: Mapping[str, str]
    revision: int = 1
    version: int = VERSION
    mac: str = field(default="", compare=False)

    def with_ways(self, ways: Mapping[str, str], ring: Keyring) -> ServerFile:
        """The next revision, with these ways added or in place of former ones."""
        return certified(replace(self, ways={**self.ways, **ways}, revision=self.revision + 1), ring)

    def content(self) -> bytes:
        """What the MAC is over: everything but itself."""
        return canonical({name: value for name, value in asdict(self).items() if name != "mac"})

    def text(self) -> str:
        """The file's text."""
        body = asdict(self)
        return canonical({**body, "sum": hashlib.sha256(canonical(body)).hexdigest()}).decode() + "\n"


def is_on_server(folder: Path) -> bool:
    """Whether the clinic of this folder is on a server."""
    return (folder / SERVER).is_file()


def read_server_file(folder: Path) -> ServerFile:
    """Raises Refusal("server_file_damaged" | "server_file_newer")."""
    return parse_ways((folder / SERVER).read_bytes()[: _LARGEST + 1])


def parse_ways(content: bytes) -> ServerFile:
    """The ways in these bytes, to the last bit. Raises as `read_server_file`."""
    try:
        found = _parsed(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found = None
    if found is None or found.text().encode() != content:
        raise Refusal("server_file_damaged")
    return found


def _parsed(content: bytes) -> ServerFile | None:
    body: dict[str, Any] = json.loads(content)
    version = body["version"]
    if isinstance(version, int) and version > VERSION and len(content) <= _LARGEST:
        raise Refusal("server_file_newer")
    told = body.pop("sum")
    whole = set(body) == {item.name for item in fields(ServerFile)} and told == hashlib.sha256(canonical(body)).hexdigest()
    found = ServerFile(**body)
    return found if whole and all(isinstance(way, str) for way in found.ways.values()) else None


def write_server_file(folder: Path, ways: ServerFile) -> None:
    """Puts the file in place for good."""
    write_file(folder / SERVER, ways.text().encode())


def certified(ways: ServerFile, ring: Keyring) -> ServerFile:
    """With its MAC made anew."""
    return replace(ways, mac=ring.ways_mac(ways.content()))


def is_certified(ways: ServerFile, ring: Keyring) -> bool:
    """Whether nobody without the clinic's keys has written it: anybody could seal a way to a stranger's server."""
    return hmac.compare_digest(ring.ways_mac(ways.content()), ways.mac)
