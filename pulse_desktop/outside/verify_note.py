"""Checks a signed note in a file, without the program and without the clinic: `python verify_note.py FILE`.

It needs Python and the package "cryptography", nothing else; this one file may be copied and read by itself. It says
what the file is, who signed it, when and under which license, and whether anything in it is not what was signed.

How a signature is checked here:
1. The file's last member is the SHA-256 of all bytes before it: a slip in copying shows at once.
2. "sealed" is the text that was signed, letter for letter. Its Ed25519 signature must fit the key beside it.
3. That key must be the signer's, by the list of people in the file, and must stand in the signed text as well.
4. What was added later must name this very note: its number and the SHA-256 of its signed text.

What this cannot know: whether the list of people is the clinic's. The signers' keys are shown in short for that, to be
compared with what the clinic itself says. Exit codes: 0 all intact, 1 something is not, 2 no file of this kind.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

INTACT, ALTERED, UNREADABLE = 0, 1, 2
_MARK = b',"sha256":"'
_KINDS = {"addendum": "Addendum", "correction": "Correction", "late_entry": "Late entry", "in_error": "Marked as entered in error"}


def verify(content: bytes) -> tuple[list[str], int]:
    """What is to be said of a file with this content, line by line, and the exit code."""
    try:
        return _checked(content, json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
        return ["This is no signed note, or it was damaged: it cannot be read."], UNREADABLE


def _checked(content: bytes, whole: dict[str, Any]) -> tuple[list[str], int]:
    if (whole["kind"], whole["format"]) != ("pulse.signed_note", 1):
        return ["This is no signed note of a kind that can be checked here."], UNREADABLE
    note, added, people = whole["note"], list(whole["amendments"]), list(whole["people"])
    said = json.loads(note["sealed"])
    wrongs = [_trouble(note, "pulse.note", people)]
    lines = [*_about(whole, said), _verdict("The note", wrongs[0])]
    for number, one in enumerate(added, 1):
        told, wrong = _amendment(number, one, said, note["sealed"], people)
        lines += told
        wrongs.append(wrong)
    lines += _keys([note, *added], people)
    if not _is_copied_whole(content):
        wrongs.append("checksum")
        lines.append("NOT INTACT: this file was changed after it was written; it differs from its checksum.")
    lines.append("Something in this file is not what was signed." if any(wrongs) else "Everything in this file is what was signed.")
    return lines, ALTERED if any(wrongs) else INTACT


def _is_copied_whole(content: bytes) -> bool:
    """Whether the checksum at the end is that of everything before it."""
    body, mark, rest = content.rpartition(_MARK)
    return bool(mark) and rest == hashlib.sha256(body).hexdigest().encode() + b'"}\n'


def _trouble(signed: dict[str, Any], kind: str, people: list[dict[str, Any]]) -> str:
    """What is wrong with one signature, in words; "" for nothing."""
    sealed, key = signed["sealed"].encode(), bytes.fromhex(signed["key"])
    said = json.loads(sealed)
    signer = said["signer"]
    if not _fits(sealed, bytes.fromhex(signed["signature"]), key):
        return "its signature does not fit its text"
    if signer["public_key"] != key.hex():
        return "the text names another key than the one that signed it"
    theirs = [person["key"] for person in people if person["staff_id"] == signer["staff_id"]]
    if key.hex() not in theirs:
        return "the key that signed it is not the signer's, by the list of people"
    if said["kind"] != kind:
        return "what was signed is something else"
    return ""


def _fits(sealed: bytes, signature: bytes, key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, sealed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _amendment(
    number: int, one: dict[str, Any], note: dict[str, Any], note_sealed: str, people: list[dict[str, Any]]
) -> tuple[list[str], str]:
    said = json.loads(one["sealed"])
    wrong = _trouble(one, "pulse.amendment", people)
    if not wrong and said["note"] != {"id": note["note"]["id"], "hash": hashlib.sha256(note_sealed.encode()).hexdigest()}:
        wrong = "it was signed under another note"
    what = f"{_KINDS.get(said['amendment'], said['amendment'])} ({number})"
    return ["", f"{what}: {said['text']}", f"  Why: {said['reason']}", "  " + _signed_by(said), "  " + _verdict(what, wrong)], wrong


def _about(whole: dict[str, Any], said: dict[str, Any]) -> list[str]:
    patient, visit, office, draft = said["patient"], said["visit"], said["office"], said["draft"]
    born = f", born {patient['born']}" if patient["born"] else ""
    return [
        f"Signed treatment note of {whole['clinic']}, number {said['note']['id']}, version {said['note']['version']}",
        f"  Patient: {patient['name']}, {patient['number']}{born}",
        f"  Visit: {visit['day']}, {', '.join(visit['services'])}, at {office['name']}, {office['city']}, {office['state']}",
        f"  Complaint: {draft['complaint']}",
        f"  Pain {draft['pain_before']} before, {draft['pain_after']} after; {len(draft['cups'])} cups, {len(draft['needles'])} points",
        "  " + _signed_by(said),
    ]


def _signed_by(said: dict[str, Any]) -> str:
    signer = said["signer"]
    licence = f"{signer['licence_state']} license {signer['licence_number']}"
    return f"Signed by {signer['name']}, {licence}, on {said['signed']['wall']} ({said['meaning']})"


def _verdict(what: str, wrong: str) -> str:
    return f"{what} is NOT INTACT: {wrong}." if wrong else f"{what} is intact: this is what was signed."


def _keys(signed: list[dict[str, Any]], people: list[dict[str, Any]]) -> list[str]:
    """The keys that signed here, in short, to be compared with the clinic's own word."""
    names = {person["key"]: person["name"] for person in people}
    used = dict.fromkeys(one["key"] for one in signed)
    shown = [f"  {names.get(key, 'nobody in the list')}: {_short(key)}" for key in used]
    return ["", "Keys that signed here; ask the clinic whether they are theirs:", *shown]


def _short(key: str) -> str:
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:24]
    return " ".join(digest[at : at + 4] for at in range(0, 24, 4))


def main(arguments: list[str]) -> int:
    """Checks the file named on the command line."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("Usage: python verify_note.py FILE\n")
        return UNREADABLE
    try:
        content = Path(arguments[0]).read_bytes()
    except OSError as error:
        sys.stderr.write(f"{error.strerror}: {arguments[0]}\n")
        return UNREADABLE
    lines, code = verify(content)
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
