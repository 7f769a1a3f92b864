"""Signed notes by the hundred thousand: each kind of note is sealed once by the real code, then its changing parts are filled in.

What is filled in are numbers and short texts at marked places of the canonical bytes, so the result is, to the last
byte, what `sealing.seal` would have written (a test compares them). Then it is signed with the practitioner's own key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from pulse_desktop.clinic.treatment.draft_json import draft_to_json
from pulse_desktop.clinic.treatment.sealing import Author, Moment, seal
from pulse_desktop.clinic.treatment.values import NeedlePlacement, NoteDraft
from pulse_desktop.rehearsal.practice_visits import COMPLAINTS, cups_for, finished
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.keys import PersonalKeys
from pulse_desktop.storage.types import to_milliseconds

# Instants of the draft are minutes after the visit's start while it is a form: this instant and so many minutes.
_ZERO = datetime(2200, 1, 1, tzinfo=UTC)
_ZERO_MS = to_milliseconds(_ZERO)
_MINUTE = 60_000
_INTEGERS = ("note_id", "signed_ms", "patient_id", "visit_id", "minute", "minutes", "starts_ms")
_NUMBER_OF = {name: 9_000_000_000_000_000 + at for at, name in enumerate(_INTEGERS)}
_NAME_OF = {number: name for name, number in _NUMBER_OF.items()}
_MARK = re.compile(r"⟦(\w+)⟧|(90{13}\d\d|72581\d{8})")


@dataclass(frozen=True, slots=True)
class Signing:
    """A practitioner who signs, at their office."""

    author: Author
    keys: PersonalKeys
    public_key: bytes
    office: Mapping[str, Any]


def draft_of(template: int, techniques: tuple[str, ...], pain: int = 6) -> NoteDraft:
    """The finished note of a template for a visit with these techniques; instants count from `_ZERO`."""
    complaint, pattern, code, points, _sites = COMPLAINTS[template % len(COMPLAINTS)]
    out = _ZERO + timedelta(minutes=28)
    needles = tuple(
        NeedlePlacement(point, "both", "even", 10, _ZERO + timedelta(minutes=9), out)
        for point in points[: 2 + template % 3]
    )
    cups = tuple(
        replace(cup, on_at=_ZERO + timedelta(minutes=11), off_at=_ZERO + timedelta(minutes=19))
        for cup in cups_for(template, 2 + template % 5)
    )
    draft = NoteDraft(
        complaint=complaint, pain_before=pain - template % 3, tongue_body=("pink",), tongue_coat=("thin", "white"), pulse=("wiry",),
        pattern=pattern, icd10=code, findings="⟦findings⟧", techniques=techniques,
        needles=needles if "acupuncture" in techniques else (), cups=cups if "dry_cupping" in techniques else (),
    )  # fmt: skip
    return finished(draft, max(0, pain - 2 - template % 3))


class NoteForm:
    """One practitioner's note of one kind, ready to be filled in."""

    def __init__(self, signing: Signing, draft: NoteDraft, service: str, zone: str) -> None:
        self._signing = signing
        self.draft = draft
        moment = Moment(_ZERO, zone)
        content = draft_to_json(draft)
        sealed = seal(
            "pulse.note", "author", signing.author, moment, signing.public_key,
            note={"id": _NUMBER_OF["note_id"], "turn": 1, "version": 2}, draft=content,
            patient={"id": _NUMBER_OF["patient_id"], "number": "⟦patient_number⟧", "name": "⟦patient_name⟧", "born": "⟦born⟧"},
            visit={
                "id": _NUMBER_OF["visit_id"], "day": "⟦day⟧", "minute": _NUMBER_OF["minute"], "minutes": _NUMBER_OF["minutes"],
                "starts": {"instant": _NUMBER_OF["starts_ms"], "wall": "⟦starts_wall⟧"}, "services": [service],
            },
            office=dict(signing.office),
        ).decode()  # fmt: skip
        told = json.dumps(moment.as_json(), sort_keys=True, separators=(",", ":"))
        filled = f'{{"instant":{_NUMBER_OF["signed_ms"]},"wall":"⟦signed_wall⟧"}}'
        self._sealed = _pieces(sealed.replace(told, filled))
        self._draft = _pieces(canonical(content).decode())

    def signed(self, values: Mapping[str, Any]) -> tuple[str, bytes, bytes]:
        """The draft's text, the sealed bytes and the signature for these values."""
        sealed = _filled(self._sealed, values).encode()
        return _filled(self._draft, values), sealed, self._signing.keys.sign(sealed)


def minutes_after_start(moment: datetime | None) -> int | None:
    """How long after the visit's start an instant of a form is."""
    return None if moment is None else (to_milliseconds(moment) - _ZERO_MS) // _MINUTE


def _pieces(text: str) -> tuple[tuple[str, str, int], ...]:
    """The text cut at its marks: (text, name of what follows, or milliseconds after the start of the visit)."""
    found, at = [], 0
    for mark in _MARK.finditer(text):
        number = int(mark[2] or 0)
        name = mark[1] or _NAME_OF.get(number, "")
        found.append((text[at : mark.start()], name, number - _ZERO_MS))
        at = mark.end()
    return (*found, (text[at:], "end", 0))


def _filled(pieces: tuple[tuple[str, str, int], ...], values: Mapping[str, Any]) -> str:
    parts: list[str] = []
    starts = values["starts_ms"]
    for text, name, after in pieces:
        parts.append(text)
        if not name:
            parts.append(str(starts + after))
        elif name != "end":
            value = values[name]
            parts.append(str(value) if isinstance(value, int) else quoted(value))
    return "".join(parts)


@cache
def quoted(text: str) -> str:
    """Text as it stands between the quotation marks of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
