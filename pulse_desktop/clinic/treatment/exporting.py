"""A signed note as a file that can be checked without the program and without the clinic (`outside/verify_note.py`).

It holds the very bytes that were signed, the signatures, and whose key is whose by the clinic's own list of people. The
last member is a checksum over everything before it, so that a slip in copying is told apart from a signature that is wrong.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice.settings import PRACTICE_NAME, value_of
from pulse_desktop.clinic.treatment.note_lines import NOTES
from pulse_desktop.clinic.treatment.tables import NoteAmendment
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_AMENDMENTS, _PEOPLE = table_of(NoteAmendment), table_of(VaultPerson)
_ONE = select(NOTES).where(NOTES.c.id == bindparam("note"))
_ADDED = select(_AMENDMENTS).where(_AMENDMENTS.c.note_id == bindparam("note")).order_by(_AMENDMENTS.c.id)
_KEYS = select(_PEOPLE.c.staff_id, _PEOPLE.c.name, _PEOPLE.c.signing_key).order_by(_PEOPLE.c.staff_id, _PEOPLE.c.signing_key)

register_sentences({"no_signature": N_("This note is not signed yet, so there is nothing in it to check. Sign it first.")})


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file to hand out: its name and what is in it."""

    name: str
    content: str


@query(needs=Permission.SEE_CLINICAL, audit="note.export")
def signed_file(context: Context, note_id: int) -> SignedFile:
    """The signed note with what was added, to be checked anywhere. Raises Refusal("no_signature")."""
    with context.together() as asks:
        found, added = asks(context.read, _ONE, note=note_id), asks(context.read, _ADDED, note=note_id)
        people, practice = asks(context.read, _KEYS), asks(value_of, context, PRACTICE_NAME)
    row = found.answer.one_or_none()
    if row is None:
        raise Denied
    context.about(row.patient_id, "note", row.id, version_id=row.version)
    if row.sealed is None:
        raise Refusal("no_signature")
    body = canonical(
        {
            "amendments": [_signed(one) for one in added.answer],
            "clinic": practice.answer,
            "format": 1,
            "kind": "pulse.signed_note",
            "note": _signed(row),
            "people": [
                {"staff_id": one.staff_id, "name": one.name, "key": one.signing_key} for one in people.answer if one.staff_id is not None
            ],
        }
    )[:-1]
    content = body + b',"sha256":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'
    return SignedFile(f"note-{row.id}.signed.json", content.decode())


def _signed(row: Row[Any]) -> dict[str, str]:
    """Bytes as the text they are; should somebody have altered them, what is no text is kept as a mark of it."""
    return {
        "sealed": bytes(row.sealed).decode("utf-8", "replace"), "signature": bytes(row.signature or b"").hex(),
        "key": bytes(row.signer_key or b"").hex(),
    }  # fmt: skip
