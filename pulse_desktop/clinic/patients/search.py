"""Finding patients while a word is typed, and finding the same person twice.

Prefix ranges over the keys give at most some hundred candidates, alike on every database; the best of them are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, case, exists, func, select

from pulse_desktop.basics import names
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.patients import queries
from pulse_desktop.clinic.patients.keys import NAME, asked, phone_keys
from pulse_desktop.clinic.patients.tables import PatientRow, SearchKeyRow
from pulse_desktop.clinic.patients.values import PatientLine
from pulse_desktop.clinic.practice.contact import phone_number
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_KEYS, _PATIENTS = table_of(SearchKeyRow), table_of(PatientRow)
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
    return _best(context, wanted, limit) or _best(context, _slipped(context, wanted), limit)


@query(needs=Permission.SEE_PATIENTS)
def like(context: Context, first: str, last: str, born: date | None, phone: str) -> tuple[PatientLine, ...]:
    """Patients who may be the one being entered: the same phone, or a like name, with the same birth date first."""
    first, last = _typed(first), _typed(last)
    words = sorted(names.name_keys([first, last]), key=len, reverse=True)
    found = {line.id: line for line in _best(context, _same_phone(_typed(phone)), _MOST_CANDIDATES)}
    if first.strip() and last.strip():
        found |= {line.id: line for line in _best(context, _beginnings(first, last), _MOST_CANDIDATES)}
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


def _best(context: Context, prefixes: tuple[str, ...], limit: int) -> tuple[PatientLine, ...]:
    """Patients who have a key with each prefix: active ones first, then those with most of the words whole, then by name.

    Who is among the first so many, the database decides by the order of the keys; only they are brought here and put in
    order, since it could fold no name.
    """
    if not prefixes:
        return ()
    prefixes = _rarest_first(context, prefixes)
    found = context.read(_candidates(len(prefixes)), **_ranges(prefixes), limit=limit).all()
    lines = queries.lines_of(row[:-1] for row in found)
    whole = {row[0]: row[-1] for row in found}
    return tuple(sorted(lines, key=lambda line: (not line.active, -whole[line.id], names.fold(line.name), -line.id)))


def _rarest_first(context: Context, prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Of prefixes with few keys the one with the fewest comes first, else the longest."""
    if len(prefixes) == 1:
        return prefixes
    counts = context.read(_counts(len(prefixes)), **_ranges(prefixes)).one()
    return tuple(prefix for _count, prefix in sorted(zip(counts, prefixes, strict=True), key=lambda pair: pair[0]))


@cache
def _counts(words: int) -> Select[*tuple[Any, ...]]:
    """How many keys have each prefix; counting ends where it is many."""
    few = (select(_KEYS.c.key).where(_begins(_KEYS, at)).limit(_MOST_CANDIDATES).subquery() for at in range(words))
    return select(*(select(func.count()).select_from(found).scalar_subquery() for found in few))


@cache
def _candidates(words: int) -> Select[*tuple[Any, ...]]:
    """The statement for so many prefixes: the columns of a line, and how many of the prefixes are whole keys.

    The first prefix, the rarest, is walked up to `_MOST_WALKED` keys, and each patient found is asked for the others:
    to gather everybody with an "r" first would take half a second in a large clinic.
    """
    others = [(at, _KEYS.alias(f"key{at}"), _KEYS.alias(f"whole{at}")) for at in range(1, words)]
    walked = select(_KEYS.c.patient_id, _KEYS.c.key).where(_begins(_KEYS, 0)).order_by(_KEYS.c.key)
    if others:
        some = walked.limit(_MOST_WALKED).subquery()
        has_all = (exists().where(key.c.patient_id == some.c.patient_id, _begins(key, at)) for at, key, _whole in others)
        walked = select(some).where(*has_all)
    keys = walked.limit(_MOST_CANDIDATES).subquery()
    found = select(keys.c.patient_id, func.min(keys.c.key).label("key")).group_by(keys.c.patient_id).subquery()
    whole = _one_if(found.c.key == bindparam("from0"))
    for at, _key, other in others:
        whole += _one_if(exists().where(other.c.patient_id == found.c.patient_id, other.c.key == bindparam(f"from{at}")))
    return (
        select(*queries.LINE, whole.label("whole"))
        .join_from(found, _PATIENTS, _PATIENTS.c.id == found.c.patient_id)
        .order_by(_PATIENTS.c.active.desc(), whole.desc(), found.c.key, _PATIENTS.c.id.desc())
        .limit(bindparam("limit"))
    )


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _begins(keys: FromClause, at: int) -> ColumnElement[bool]:
    key: ColumnElement[str] = keys.c.key
    return key.between(bindparam(f"from{at}"), bindparam(f"to{at}"))


def _ranges(prefixes: Iterable[str]) -> dict[str, object]:
    starts = {f"from{at}": prefix for at, prefix in enumerate(prefixes)}
    return {**starts, **{f"to{at}": prefix + _AFTER_EVERY_LETTER for at, prefix in enumerate(starts.values())}}


MADE_READY = (_candidates(1), _candidates(2), _counts(2))
"""What most searches ask: found here by whoever compiles questions while the password is typed."""


# --- one slip -----------------------------------------------------------------------------------------------------------

_KNOWN = select(_KEYS.c.patient_id).where(_begins(_KEYS, 0)).limit(1)
_NEAR = select(_KEYS.c.key).distinct().where(_KEYS.c.kind == NAME, _begins(_KEYS, 0)).limit(_MOST_NEAR)


def _slipped(context: Context, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The keys most like the typed words: "alvares" asks for Alvarez. Empty when nothing is alike."""
    mended = tuple(word if _is_known(context, word) else _most_like(context, word) for word in wanted)
    return () if "" in mended or mended == wanted else mended


def _is_known(context: Context, word: str) -> bool:
    return context.read(_KNOWN, **_ranges([word])).first() is not None


def _most_like(context: Context, word: str) -> str:
    if len(word) < _SLIP_FROM or word.isdecimal():
        return ""
    near = context.read(_NEAR, **_ranges([word[:1]])).scalars()
    likeness = {key: SequenceMatcher(None, word, key[: len(word) + 1]).ratio() for key in near}
    best = max(likeness, key=lambda key: (likeness[key], key), default="")
    return best if best and likeness[best] >= _SLIP_ALIKE else ""
