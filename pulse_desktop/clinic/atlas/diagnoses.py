"""Diagnosis codes common in such a clinic (ICD-10-CM), and how a few typed letters find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pulse_desktop.basics.names import fold
from pulse_desktop.clinic.atlas.reading import rows_of


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One billable code with its title; `side` left, right or "" where the code has none."""

    code: str
    title: str
    group: str
    side: str
    note: str


@cache
def diagnoses() -> Mapping[str, Diagnosis]:
    """All of the list by code."""
    return MappingProxyType({row["code"]: Diagnosis(**row) for row in rows_of("reference/diagnoses")})


def find_diagnoses(text: str, limit: int = 8) -> tuple[Diagnosis, ...]:
    """Those whose code starts with what was typed, then those whose title has every typed word. () for nothing typed."""
    typed = fold(text)
    if not typed:
        return ()
    code = typed.replace(".", "").replace(" ", "")
    by_code = [found for found in diagnoses().values() if fold(found.code).replace(".", "").startswith(code)]
    by_title = [found for found in diagnoses().values() if all(word in fold(found.title) for word in typed.split())]
    return tuple(dict.fromkeys([*by_code, *by_title]))[:limit]
