"""What one person typed and the server has not taken yet: encrypted files in the folder of their seat, nothing else.

Clinics in a file need none of this. A file is written whole and for good, and goes only when the clinic has what it
holds. The key follows from the master key and the person, so nobody else at this computer reads it.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from secrets import token_bytes
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.durable import sync_folder, write_file
from pulse_desktop.storage.keys import NONCE_BYTES

_FOLDER: Final = "typed"
_TAIL: Final = ".draft"

register_sentences(
    {
        "not_kept_here": N_(
            "What you type cannot be kept on this computer's disk just now. It stays in this window: leave it open until the server answers."
        ),
    }
)


class Spool:
    """One person's files at one seat. Usable from any thread; the last word about a name wins."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """`folder` is the clinic's at this seat; it gets a folder of drafts once there is something to keep."""
        self._folder = folder / _FOLDER
        self._key = key
        self._turn = threading.Lock()

    def keep(self, name: str, text: str) -> None:
        """Keeps `text` under `name` in place of what was there. Raises Trouble("not_kept_here")."""
        path, nonce = self._path(name), token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._key).encrypt(nonce, json.dumps([name, text]).encode(), path.name.encode())
        with self._turn:
            try:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                write_file(path, nonce + sealed)
            except OSError:
                failed = True
            else:
                failed = False
        if failed:
            raise Trouble("not_kept_here")

    def kept(self) -> Mapping[str, str]:
        """All that is kept, by name. Other people's files, and damaged ones, are passed over and left alone."""
        with self._turn:
            found = (self._opened(path) for path in sorted(self._folder.glob("*" + _TAIL)))
            return dict(one for one in found if one is not None)

    def drop(self, name: str) -> None:
        """The clinic has it now."""
        with self._turn:
            path = self._path(name)
            if path.exists():
                path.unlink(missing_ok=True)
                sync_folder(self._folder)

    def _path(self, name: str) -> Path:
        """A name that says nothing to whoever looks into the folder."""
        return self._folder / (hmac.new(self._key, name.encode(), "sha256").hexdigest()[:32] + _TAIL)

    def _opened(self, path: Path) -> tuple[str, str] | None:
        try:
            content = path.read_bytes()
            name, text = json.loads(AESGCM(self._key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], path.name.encode()))
        except (OSError, InvalidTag, ValueError):
            return None
        return str(name), str(text)
