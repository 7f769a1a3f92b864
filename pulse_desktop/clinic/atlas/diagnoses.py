"""Diagnosis codes (ICD-10-CM): those common in such a clinic, all that can be billed, and how a few typed letters find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Final

from pulse_desktop.basics.names import fold
from pulse_desktop.clinic.atlas.billable import CodeTable, code_table, dotted, squeezed
from pulse_desktop.clinic.atlas.reading import rows_of

MOST_CODES: Final = 12
"""Diagnoses that a claim form takes."""

_SAID: Final = {
    "lbp": "low back pain",
    "neck pain": "cervicalgia",
    "pain in neck": "cervicalgia",
    "upper back pain": "pain thoracic spine",
    "mid back pain": "pain thoracic spine",
    "frozen shoulder": "adhesive capsulitis",
    "tennis elbow": "lateral epicondylitis",
    "golfers elbow": "medial epicondylitis",
    "plantar fasciitis": "plantar fascial",
    "whiplash": "sprain cervical spine",
    "pinched nerve": "radiculopathy",
    "tmj": "temporomandibular",
    "ibs": "irritable bowel",
    "gerd": "gastro esophageal reflux",
    "pms": "premenstrual tension",
    "period pain": "dysmenorrhea",
    "painful periods": "dysmenorrhea",
    "hot flashes": "menopausal",
    "hay fever": "allergic rhinitis",
    "high blood pressure": "hypertension",
    "htn": "hypertension",
    "oa": "osteoarthritis",
    "ddd": "disc degeneration",
    "cts": "carpal tunnel",
}
"""What people say and the titles do not."""
_SIDES: Final = {"r": "right", "rt": "right", "right": "right", "l": "left", "lt": "left", "left": "left", "bilateral": "bilateral", "both": "bilateral"}
_LATER: Final = re.compile(r"(subsequent encounter|sequela)", re.IGNORECASE)
_SPLIT: Final = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One billable code with its title; `side` left, right or "" where the code has none. Common codes have a group and a note."""

    code: str
    title: str
    group: str = ""
    side: str = ""
    note: str = ""


@cache
def diagnoses() -> Mapping[str, Diagnosis]:
    """Those common in such a clinic, by code."""
    return MappingProxyType({row["code"]: Diagnosis(**row) for row in rows_of("reference/diagnoses")})


def find_diagnosis(code: str) -> Diagnosis | None:
    """The billable code that was typed, with the dot or without; None when it cannot be billed."""
    wanted = dotted(squeezed(code))
    if wanted in diagnoses():
        return diagnoses()[wanted]
    title = code_table().title_of(wanted)
    return Diagnosis(wanted, title) if title is not None else None


def more_precise(code: str, limit: int = 4) -> tuple[Diagnosis, ...]:
    """The billable codes under one that cannot be billed itself ("M54.5"); () for a billable or an unknown one."""
    if find_diagnosis(code) is not None or len(squeezed(code)) < 3:
        return ()
    return tuple(_known(*found) for found in code_table().below(code, limit))


def find_diagnoses(text: str, limit: int = 8, favourites: Iterable[str] = ()) -> tuple[Diagnosis, ...]:
    """What a few letters find, the likeliest first. () for nothing typed.

    The code itself, codes that begin so, then titles that have every typed word: the practitioner's favourites, the common
    ones, the others. "l" or "left" puts codes of that side first.
    """
    typed = fold(text)
    if not typed:
        return ()
    table, liked = code_table(), tuple(favourites)
    return tuple(islice(dict.fromkeys(_ranked(table, typed, liked, limit)), limit))


def _ranked(table: CodeTable, typed: str, liked: tuple[str, ...], limit: int) -> Iterator[Diagnosis]:
    first = [_known(code, title) for code in liked if (title := table.title_of(code)) is not None]
    near = (*first, *diagnoses().values())
    code = squeezed(typed)
    if any(letter.isdigit() for letter in code) or len(code) == 1:
        exact = find_diagnosis(code)
        yield from [exact] if exact else []
        yield from (one for one in near if squeezed(one.code).startswith(code))
        yield from (_known(*found) for found in table.below(code, limit))
        if len(code) > 2 and " " not in typed:
            return
    words, side = _words_of(typed)
    yield from sorted((one for one in near if _has(one.title, words)), key=lambda one: _other_side(one, side))
    every = [_known(*found) for found in table.having([*words, side] if side else words)] if words else []
    yield from sorted(every, key=lambda one: (_other_side(one, side), bool(_LATER.search(one.title)), len(one.title)))


def _words_of(typed: str) -> tuple[list[str], str]:
    """The words that must stand in a title, and the side that is meant ("" for none)."""
    words = [word for word in _SPLIT.split(typed) if word]
    side = next((_SIDES[word] for word in words if word in _SIDES), "")
    rest = [word for word in words if word not in _SIDES] if len(words) > 1 else words
    side = side if len(words) > 1 else ""
    said = " ".join(rest)
    return (_SAID[said] if said in _SAID else " ".join(_SAID.get(word, word) for word in rest)).split(), side


def _has(title: str, words: list[str]) -> bool:
    own = _SPLIT.split(fold(title))
    return bool(words) and all(any(one.startswith(word) for one in own) for word in words)


def _other_side(one: Diagnosis, side: str) -> int:
    """0 when it lies on the side that was typed, 2 when it lies on another one."""
    if not side:
        return 0
    own = _SPLIT.split(fold(one.title))
    return 0 if side in own else 2 if {"left", "right", "bilateral"} & set(own) else 1


def _known(code: str, title: str) -> Diagnosis:
    return diagnoses().get(code) or Diagnosis(code, title)
