"""Which broken bounds are news: a list of those not yet kept, which only grows shorter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.benchmarks.rows import Row

NOT_KEPT = Path(__file__).resolve().parent / "not_kept.txt"
_PERHAPS = "~"
_CLEARLY = 0.7
"""Of its limit: a row nearer to it is left on the list, since it would come and go with the machine."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run found: `broken` and `mended` turn it red."""

    broken: list[str]
    known_broken: list[str]
    mended: list[str]


def names_in(text: str) -> list[str]:
    """The patterns of a list, one a line; # begins a remark. One that begins with ~ may be kept or not, as the machine is:
    nobody is asked to take it off."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def judge(rows: Sequence[Row], known: Sequence[str]) -> Judged:
    """Rows against their bounds and against the list."""
    broken = [row for row in rows if not row.is_kept]
    listed = [row for row in broken if any(_names(pattern, row) for pattern in known)]
    surely = [pattern for pattern in known if not pattern.startswith(_PERHAPS)]
    return Judged(
        [_named(row) for row in broken if row not in listed], [_named(row) for row in listed],
        [pattern for pattern in surely if _is_mended([row for row in rows if _names(pattern, row)])],
    )  # fmt: skip


def _names(pattern: str, row: Row) -> bool:
    return fnmatchcase(row.name, pattern.removeprefix(_PERHAPS))


def _is_mended(rows: Sequence[Row]) -> bool:
    """Measured, and clearly kept wherever it was."""
    return bool(rows) and all(row.found <= row.bound.limit * _CLEARLY for row in rows)


def _named(row: Row) -> str:
    return f"{row.name} at {row.size:,} patients"
