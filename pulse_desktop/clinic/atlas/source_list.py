"""Where each fact comes from and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pulse_desktop.clinic.atlas.reading import contents


@dataclass(frozen=True, slots=True)
class Source:
    """A source. `tier` A (government, standard, the clinic) to E (not looked up); `read` says how much of it was seen."""

    key: str
    tier: str
    title: str
    read: str


@cache
def sources() -> Mapping[str, Source]:
    """All sources by key (S1, C6, …)."""
    rows: Mapping[str, tuple[str, str, str]] = contents("reference/sources")["rows"]
    return MappingProxyType({key: Source(key, *row) for key, row in rows.items()})
