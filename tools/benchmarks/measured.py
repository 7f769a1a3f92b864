"""Which parts there are, and the order in which they are measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from tools.benchmarks import reading_rows
from tools.benchmarks.clinics import Kept, kept
from tools.benchmarks.rows import Row

PARTS: dict[str, Callable[[Kept], Iterator[Row]]] = {"reading": reading_rows.rows}
"""Measured on every size of clinic."""


def everything(sizes: Sequence[int], only: Collection[str]) -> Iterator[Row]:
    """All rows of the wanted parts (all when none is named)."""
    for size in sizes:
        clinic = kept(size)
        for name, rows in PARTS.items():
            if not only or name in only:
                print(f"{size:,} patients: {name}")
                yield from rows(clinic)
