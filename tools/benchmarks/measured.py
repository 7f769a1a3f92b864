"""Which parts there are, and the order in which they are measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from tools.benchmarks import paper_rows, reading_rows, screen_rows, window_rows, writing_rows
from tools.benchmarks.clinics import Kept, kept
from tools.benchmarks.rows import Row

Part = Callable[[Kept], Iterator[Row]]
EACH: dict[str, Part] = {"reading": reading_rows.rows, "writing": writing_rows.rows}
"""Measured on every size of clinic."""

ONCE: dict[str, Part] = {"window": window_rows.rows, "paper": paper_rows.rows, "screen": screen_rows.rows}
"""Measured with the largest one only."""


def everything(sizes: Sequence[int], only: Collection[str]) -> Iterator[Row]:
    """All rows of the wanted parts (all when none is named)."""
    for size in sorted(sizes):
        clinic = kept(size)
        parts = EACH | ONCE if size == max(sizes) else EACH
        for name, rows in parts.items():
            if not only or name in only:
                print(f"{size:,} patients: {name}", flush=True)
                yield from rows(clinic)
