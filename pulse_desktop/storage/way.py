"""A person's way to the clinic's server: where it is, whom to trust, and a login of their own that no other person has.

It lies sealed in server.json and is opened by the person's password only. The server's certificate must be signed by the
authority pinned here and bear the server's name; the password is never sent, and a server that is not bound to the
encrypted channel (SCRAM with channel binding) is not talked to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage import keys
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.durable import write_file
from pulse_desktop.storage.grants import DESK

CA_FILE = "server-ca.pem"
PORT = 5432

register_sentences(
    {
        "way_unsafe": N_("A clinic's server is reached over an encrypted connection only. Nothing was sent. Name the server, not a file on it."),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clinic's database is, and the authority (PEM) that vouches for the server."""

    host: str
    port: int
    database: str
    ca: str

    def where(self, folder: Path, *, socket_for_tests: bool = False) -> dict[str, Any]:
        """In libpq's words, without a person. Writes the authority's certificate to `folder`, from where libpq reads it.

        Raises Refusal("way_unsafe") for a socket file, which has no encryption to check, unless a test says that it is one.
        """
        reached = {"host": self.host, "port": self.port, "dbname": self.database, "connect_timeout": 10}
        if self.host.startswith(("/", "@")) or not self.host:
            if not socket_for_tests:
                raise Refusal("way_unsafe")
            return reached
        path = folder / CA_FILE
        if not path.is_file() or path.read_bytes() != self.ca.encode():
            write_file(path, self.ca.encode())
        # Named to the last: libpq would take what is missing here from the environment or from files of this computer.
        return reached | {
            "sslmode": "verify-full", "sslrootcert": str(path), "ssl_min_protocol_version": "TLSv1.2", "sslcertmode": "disable",
            "require_auth": "scram-sha-256", "channel_binding": "require", "gssencmode": "disable",
            "hostaddr": "", "sslcrl": "", "sslcrldir": "",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way to a place."""

    place: Place
    role: str
    password: str

    def __repr__(self) -> str:
        return f"Way({self.role})"

    @classmethod
    def new(cls, place: Place, role: str) -> Way:
        """With a fresh password of 32 random bytes."""
        return cls(place, role, token_urlsafe(keys.KEY_BYTES))

    def where(self, folder: Path, *, socket_for_tests: bool = False) -> Mapping[str, Any]:
        """In libpq's words, veiled tables first (`grants.DESK`). See `Place.where`."""
        own = {"user": self.role, "password": self.password, "options": f"-c search_path={DESK},public"}
        return self.place.where(folder, socket_for_tests=socket_for_tests) | own

    def sealed_to(self, exchange_key: str, vault_id: str, person_id: str) -> str:
        """Readable by one person of one vault; as hex."""
        body = canonical({**asdict(self.place), "role": self.role, "password": self.password})
        return keys.sealed(body, bytes.fromhex(exchange_key), _info(vault_id, person_id)).hex()


def opened_way(sealed: str, own: keys.PersonalKeys, vault_id: str, person_id: str) -> Way | None:
    """The way sealed to this person, or None when it is not theirs or was damaged."""
    try:
        body = own.opened(bytes.fromhex(sealed), _info(vault_id, person_id))
        told: dict[str, Any] = json.loads(body) if body else {}
        return Way(Place(**{item.name: told[item.name] for item in fields(Place)}), told["role"], told["password"])
    except (ValueError, KeyError, TypeError):
        return None


def _info(vault_id: str, person_id: str) -> bytes:
    return canonical({"way of": person_id, "vault": vault_id})
