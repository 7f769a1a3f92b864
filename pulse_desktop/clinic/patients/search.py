"""Finding patients while a word is typed, and finding the same person twice.

Prefix ranges over the keys give at most some hundred candidates, alike on every database; they are ranked here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from difflib import SequenceMatcher

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

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
    found = _found(context, _having(wanted)) or _found(context, _slipped(context, wanted))
    return tuple(sorted(found, key=lambda line: _rank(line, wanted))[:limit])


@query(needs=Permission.SEE_PATIENTS)
def like(context: Context, first: str, last: str, born: date | None, phone: str) -> tuple[PatientLine, ...]:
    """Patients who may be the one being entered: the same phone, or a like name, with the same birth date first."""
    first, last = _typed(first), _typed(last)
    same_phone = _same_phone(_typed(phone))
    words = sorted(names.name_keys([first, last]), key=len, reverse=True)
    found = {line.id: line for line in _found(context, _having(same_phone))} if same_phone else {}
    if first.strip() and last.strip():
        found |= {line.id: line for line in _found(context, _having(_beginnings(first, last)))}
    if born is not None and words:
        found |= {line.id: line for line in _found(context, _born_on(born)) if _shares_word(line, words)}
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


def _born_on(born: date) -> Select[int]:
    return select(PatientRow.id).where(PatientRow.born == born).limit(_MOST_CANDIDATES)


def _shares_word(line: PatientLine, words: Collection[str]) -> bool:
    return bool(names.name_keys([line.name]).intersection(words))


def _having(prefixes: tuple[str, ...]) -> Select[int]:
    """Numbers of patients who have a key with each prefix.

    The longest prefix, the rarest, is walked up to `_MOST_WALKED` keys, and each patient found is asked for the others:
    to gather everybody with an "r" first would take half a second in a large clinic.
    """
    if len(prefixes) == 1:
        return select(SearchKeyRow.patient_id).distinct().where(_begins(SearchKeyRow, prefixes[0])).limit(_MOST_CANDIDATES)
    walked = select(SearchKeyRow.patient_id).where(_begins(SearchKeyRow, prefixes[0])).limit(_MOST_WALKED).subquery()
    statement = select(walked.c.patient_id).distinct()
    for prefix in prefixes[1:]:
        other = aliased(SearchKeyRow)
        statement = statement.where(exists().where(other.patient_id == walked.c.patient_id, _begins(other, prefix)))
    return statement.limit(_MOST_CANDIDATES)


def _begins(keys: type[SearchKeyRow], prefix: str) -> ColumnElement[bool]:
    return keys.key.between(prefix, prefix + _AFTER_EVERY_LETTER)


def _found(context: Context, patient_ids: Select[int] | None) -> tuple[PatientLine, ...]:
    if patient_ids is None:
        return ()
    return queries.lines(context, PatientRow.id.in_(patient_ids), _MOST_CANDIDATES)


def _slipped(context: Context, wanted: tuple[str, ...]) -> Select[int] | None:
    """The patients under the keys most like the typed words: "alvares" finds Alvarez. None when nothing is alike."""
    mended = tuple(word if _is_known(context, word) else _most_like(context, word) for word in wanted)
    if "" in mended or mended == wanted:
        return None
    return _having(mended)


def _is_known(context: Context, word: str) -> bool:
    return context.session.scalar(select(SearchKeyRow.patient_id).where(_begins(SearchKeyRow, word)).limit(1)) is not None


def _most_like(context: Context, word: str) -> str:
    if len(word) < _SLIP_FROM or word.isdecimal():
        return ""
    near = select(SearchKeyRow.key).distinct().where(SearchKeyRow.kind == NAME, _begins(SearchKeyRow, word[:1])).limit(_MOST_NEAR)
    likeness = {key: SequenceMatcher(None, word, key[: len(word) + 1]).ratio() for key in context.session.scalars(near)}
    best = max(likeness, key=lambda key: (likeness[key], key), default="")
    return best if best and likeness[best] >= _SLIP_ALIKE else ""


def _rank(line: PatientLine, wanted: tuple[str, ...]) -> tuple[bool, int, str]:
    """Active people first, then those with most of the words exactly, then by name."""
    exact = names.name_keys([line.name]) | phone_keys(line.phone)
    return (not line.active, -len(exact.intersection(wanted)), names.fold(line.name))
