"""Pick lists of the note: tongue, pulse, patterns, techniques, cup sizes, adverse events and others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pulse_desktop.clinic.atlas.reading import contents


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `word` for the chip, `meaning` for its tooltip ("" where the word says it), hanzi, `group`, and what else
    is known of it (`more`: fade_days, inner_mm, default_min, mmhg, pinyin, …)."""

    key: str
    word: str
    meaning: str
    hanzi: str
    group: str
    more: Mapping[str, Any]


def vocabulary_names() -> Iterable[str]:
    """Names of all vocabularies."""
    return tuple(contents("reference/vocabularies")["lists"])


@cache
def vocabulary(name: str) -> tuple[Term, ...]:
    """The terms of a vocabulary in their usual order; KeyError when there is none of that name."""
    rows = contents("reference/vocabularies")["lists"][name]
    return tuple(
        Term(key, said, meaning, hanzi, group, MappingProxyType(more))
        for key, said, meaning, hanzi, group, more in rows
    )


@cache
def term(name: str, key: str) -> Term:
    """One term of a vocabulary; KeyError when there is none."""
    found = next((candidate for candidate in vocabulary(name) if candidate.key == key), None)
    if found is None:
        raise KeyError(f"{name}.{key}")
    return found
