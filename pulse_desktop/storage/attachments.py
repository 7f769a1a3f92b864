"""Bytes kept as they are, found by their checksum: documents we handed out, pictures that came in.

They lie in the encrypted database, so that one file and one backup hold everything.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import Attachment
from pulse_desktop.storage.tables import table_of

LARGEST = 25_000_000  # bytes; larger things wait for encrypted files beside the database
_TABLE = table_of(Attachment)

register_sentences(
    {
        "attachment_large": N_("This is too large to keep in the clinic's file ({size} MB). Nothing was saved."),
        "attachment_missing": N_("The clinic's file does not hold this any more, or it is damaged. Nothing was changed. Restore a backup to see it."),
    }
)


def keep(context: Context, kind: str, content: bytes) -> str:
    """Keeps `content` (of a kind such as "application/pdf") and returns its SHA-256 as hex. Equal bytes are kept once."""
    if len(content) > LARGEST:
        raise Refusal("attachment_large", size=len(content) // 1_000_000)
    checksum = hashlib.sha256(content).hexdigest()
    known = select(_TABLE.c.id).where(_TABLE.c.checksum == checksum)
    if context.session.connection().execute(known).first() is None:
        context.insert(Attachment, checksum=checksum, kind=kind, size=len(content), at=context.now(), content=content)
    return checksum


def fetch(context: Context, checksum: str) -> bytes:
    """The bytes of this checksum, proved to be those that were kept. Raises Trouble("attachment_missing")."""
    found = context.session.connection().execute(select(_TABLE.c.content).where(_TABLE.c.checksum == checksum)).scalar()
    if found is None or hashlib.sha256(found).hexdigest() != checksum:
        raise Trouble("attachment_missing")
    return bytes(found)
