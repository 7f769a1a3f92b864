"""What the database itself refuses, whoever asks and however: the last word behind every rule.

A table declares its guards in `__guards__`; `sqlite_guards` and `postgres_guards` write them as triggers. A refused write carries the
guard's name, which a subject turns into a sentence with `on_guard`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pulse_desktop.basics.problems import Problem


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Rows are added and then stay as they are."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """Each change raises `version` by one, the number stays, nothing is deleted. Every Record table has it."""


@dataclass(frozen=True, slots=True)
class FrozenWhen:
    """Rows that satisfy `condition` no longer change, except for the columns named."""

    condition: str
    except_for: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class NoOverlap:
    """Two rows with equal kind and key never share a moment of [starts, ends)."""

    kind: str
    key: str
    starts: str
    ends: str
    longest: int
    name: str
    kinds: tuple[str, ...] = ()


Guard = AppendOnly | Versioned | FrozenWhen | NoOverlap


def append_only() -> AppendOnly:
    """Blocks UPDATE, DELETE, REPLACE and UPSERT."""
    return AppendOnly()


def frozen_when(condition: str, *, except_for: tuple[str, ...] = (), name: str = "frozen") -> FrozenWhen:
    """Blocks changes of rows whose *old* values satisfy `condition` (SQL over the table's columns).

    On a Record table name "version" among `except_for` whenever another column may still change.
    """
    return FrozenWhen(condition, except_for, name)


def no_overlap(kind: str, key: str, starts: str, ends: str, longest: int, *, name: str = "taken", kinds: tuple[str, ...] = ()) -> NoOverlap:
    """Refuses a row whose span overlaps another of the same kind and key, as guard "taken:<kind>".

    Spans are BIGINT milliseconds, none longer than `longest`, which bounds the search: give the table an index over
    (kind, key, starts). On PostgreSQL only the kinds named in `kinds` are told by name; others are refused as "taken".
    """
    return NoOverlap(kind, key, starts, ends, longest, name, kinds)


Answer = Callable[[], Problem]
_answers: dict[str, Answer] = {}
_NAMED = re.compile(r"guard:([\w:.-]+)")
_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)$")


def on_guard(name: str, answer: Answer) -> None:
    """Say what a person hears when guard `name` refuses ("taken:room"; "unique:table.column" for a unique index)."""
    if name in _answers:
        message = f"two answers to guard {name!r}"
        raise ValueError(message)
    _answers[name] = answer


def answers() -> Mapping[str, Answer]:
    """All guards that have an answer."""
    return MappingProxyType(_answers)


def guard_in(message: str) -> str | None:
    """The name of the guard in a database's error message, if it is one."""
    if found := _NAMED.search(message):
        return found.group(1)
    if found := _UNIQUE.search(message):
        return "unique:" + found.group(1).replace(" ", "")
    return None


def answer_for(message: str) -> Problem | None:
    """The problem a subject registered for the guard in this message."""
    name = guard_in(message)
    if name not in _answers:
        return None
    problem = _answers[name]()
    problem.by_guard = True
    return problem
