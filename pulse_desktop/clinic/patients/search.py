"""Finding patients while a word is typed, and finding the same person twice.

Prefix ranges over the keys give at most some hundred candidates, alike on every database; they are ranked here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, exists, select

from pulse_desktop.basics import names
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.patients import queries
from pulse_desktop.clinic.patients.keys import NAME, asked, phone_keys
from pulse_desktop.clinic.patients.tables import PatientRow, SearchKeyRow
from pulse_desktop.clinic.patients.values import PatientLine, display_name
from pulse_desktop.clinic.practice.contact import phone_number
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_KEYS, _PATIENTS = table_of(SearchKeyRow), table_of(PatientRow)
_Candidate = Row[*tuple[Any, ...]]
_MOST_CANDIDATES = 300
_MOST_NEAR = 3000
_MOST_WALKED = 2000
_AFTER_EVERY_LETTER = "\U0010ffff"
_SLIP_FROM = 4
_SLIP_ALIKE = 0.75
_LONGEST_SEARCH = 200
_ALIKE_SHOWN = 4


@query(needs=Permission.SEE_PATIENTS)
def search(context: Context, text: str, limit: int = 12) -> tuple[PatientLine, ...]:
    """Patients whose names, phone, birth date or number begin with every typed word, best first; one slip is forgiven."""
    wanted = asked(_typed(text))
    if not wanted:
        return ()
    found = _having(context, wanted) or _having(context, _slipped(context, wanted))
    return _lines(_best(found, wanted, limit))


@query(needs=Permission.SEE_PATIENTS)
def like(context: Context, first: str, last: str, born: date | None, phone: str) -> tuple[PatientLine, ...]:
    """Patients who may be the one being entered: the same phone, or a like name, with the same birth date first."""
    first, last = _typed(first), _typed(last)
    words = sorted(names.name_keys([first, last]), key=len, reverse=True)
    found = {line.id: line for line in _lines(_having(context, _same_phone(_typed(phone))))}
    if first.strip() and last.strip():
        found |= {line.id: line for line in _lines(_having(context, _beginnings(first, last)))}
    if born is not None and words:
        born_then = queries.lines(context, PatientRow.born == born, _MOST_CANDIDATES)
        found |= {line.id: line for line in born_then if _shares_word(line, words)}
    lines = sorted(found.values(), key=lambda line: (born is None or line.born != born, line.name))
    return tuple(lines[:_ALIKE_SHOWN])


def _typed(text: str) -> str:
    """Half a surrogate pair, which no database holds, is nothing to look for."""
    return text[:_LONGEST_SEARCH].encode("utf-8", "ignore").decode()


def _same_phone(phone: str) -> tuple[str, ...]:
    try:
        keys = phone_keys(phone_number(phone))
    except Refusal:
        return ()
    return (max(keys, key=len),) if keys else ()


def _beginnings(first: str, last: str) -> tuple[str, ...]:
    """The whole last name and the first letters of the first: Maria is found for Mary."""
    return (names.transliterated(last.rsplit(maxsplit=1)[-1]), names.transliterated(first.split(maxsplit=1)[0])[:3])


def _shares_word(line: PatientLine, words: Collection[str]) -> bool:
    return bool(names.name_keys([line.name]).intersection(words))


# --- candidates ---------------------------------------------------------------------------------------------------------


def _having(context: Context, prefixes: tuple[str, ...]) -> Sequence[_Candidate]:
    """Patients who have a key with each prefix: the columns of a line, and whether the first prefix is a whole key.

    One who has two such keys may be there twice.
    """
    if not prefixes:
        return ()
    values: dict[str, object] = {}
    for at, prefix in enumerate(prefixes):
        values |= _between(at, prefix)
    return context.read(_candidates(len(prefixes)), **values).all()


@cache
def _candidates(words: int) -> Select[*tuple[Any, ...]]:
    """The statement for so many prefixes.

    The longest prefix, the rarest, is walked up to `_MOST_WALKED` keys, and each patient found is asked for the others:
    to gather everybody with an "r" first would take half a second in a large clinic.
    """
    is_whole = (_KEYS.c.key == bindparam("from0")).label("is_whole")
    keys = select(_KEYS.c.patient_id, is_whole).where(_begins(_KEYS, 0))
    if words == 1:
        found = keys.distinct().limit(_MOST_CANDIDATES).subquery()
    else:
        walked = keys.limit(_MOST_WALKED).subquery()
        others = [(at, _KEYS.alias(f"key{at}")) for at in range(1, words)]
        has_all = (exists().where(key.c.patient_id == walked.c.patient_id, _begins(key, at)) for at, key in others)
        found = select(walked).distinct().where(*has_all).limit(_MOST_CANDIDATES).subquery()
    return select(*queries.LINE, found.c.is_whole).join_from(found, _PATIENTS, _PATIENTS.c.id == found.c.patient_id)


def _begins(keys: FromClause, at: int) -> ColumnElement[bool]:
    key: ColumnElement[str] = keys.c.key
    return key.between(bindparam(f"from{at}"), bindparam(f"to{at}"))


def _between(at: int, prefix: str) -> dict[str, object]:
    return {f"from{at}": prefix, f"to{at}": prefix + _AFTER_EVERY_LETTER}


def _best(found: Sequence[_Candidate], wanted: tuple[str, ...], limit: int) -> Sequence[_Candidate]:
    """Active people first, then those with most of the words exactly, then by name.

    There may be three hundred at a keystroke: they are ranked as they were read, and only the best become lines.
    """
    best: dict[int, _Candidate] = {}
    for row in sorted(found, key=lambda row: _rank(row, wanted[1:])):
        best.setdefault(row[0], row)
        if len(best) == limit:
            break
    return tuple(best.values())


def _rank(row: _Candidate, others: tuple[str, ...]) -> tuple[bool, int, str, int]:
    """`others` are the words that `is_whole` does not speak of."""
    patient_id, _number, first, last, native, _born, _phone, _language, active, _office, is_whole = row
    name = display_name(first, last, native)
    whole = is_whole + len(names.name_keys([name]).intersection(others)) if others else is_whole
    return (not active, -whole, names.fold(name), -patient_id)


def _lines(found: Sequence[_Candidate]) -> tuple[PatientLine, ...]:
    return queries.lines_of(row[:-1] for row in found)


# --- one slip -----------------------------------------------------------------------------------------------------------

_KNOWN = select(_KEYS.c.patient_id).where(_begins(_KEYS, 0)).limit(1)
_NEAR = select(_KEYS.c.key).distinct().where(_KEYS.c.kind == NAME, _begins(_KEYS, 0)).limit(_MOST_NEAR)


def _slipped(context: Context, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The keys most like the typed words: "alvares" asks for Alvarez. Empty when nothing is alike."""
    mended = tuple(word if _is_known(context, word) else _most_like(context, word) for word in wanted)
    return () if "" in mended or mended == wanted else mended


def _is_known(context: Context, word: str) -> bool:
    return context.read(_KNOWN, **_between(0, word)).first() is not None


def _most_like(context: Context, word: str) -> str:
    if len(word) < _SLIP_FROM or word.isdecimal():
        return ""
    near = context.read(_NEAR, **_between(0, word[:1])).scalars()
    likeness = {key: SequenceMatcher(None, word, key[: len(word) + 1]).ratio() for key in near}
    best = max(likeness, key=lambda key: (likeness[key], key), default="")
    return best if best and likeness[best] >= _SLIP_ALIKE else ""
