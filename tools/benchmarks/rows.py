"""What a measurement is compared with, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal["at most", "ratio", "more"]


@dataclass(frozen=True, slots=True)
class Bound:
    """`at most`: ours alone; `ratio`: ours over the floor; `more`: ours less the floor."""

    kind: Kind
    limit: float

    def found(self, ours: float, floor: float | None) -> float:
        """The figure that the limit is for."""
        if self.kind == "at most":
            return ours
        if floor is None:
            raise ValueError("this bound needs a floor")
        return ours / floor if self.kind == "ratio" else ours - floor


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing: medians (or a worst) of interleaved runs in `unit`."""

    name: str
    size: int
    ours: float
    floor: float | None
    bound: Bound
    unit: str = "ms"
    grows: bool = False
    """Whether this row takes part in the comparison of sizes."""

    @property
    def found(self) -> float:
        return self.bound.found(self.ours, self.floor)

    @property
    def is_kept(self) -> bool:
        return self.found <= self.bound.limit

    def as_data(self) -> dict[str, object]:
        """For build/bench.json."""
        return asdict(self) | {"found": self.found, "ok": self.is_kept}


_GROWS_AT_MOST = 1.3


def growth(rows: Sequence[Row]) -> list[Row]:
    """One row for each thing measured in more than one size: the largest over the smallest."""
    found = []
    for name in dict.fromkeys(row.name for row in rows if row.grows):
        same = sorted((row for row in rows if row.name == name and row.grows), key=lambda row: row.size)
        if len(same) > 1:
            bound = Bound("ratio", _GROWS_AT_MOST)
            label = f"growth from {same[0].size:,} patients: {name}"
            found.append(Row(label, same[-1].size, same[-1].ours, same[0].ours, bound, same[-1].unit))
    return found


def table(rows: Sequence[Row]) -> str:
    """All rows for a screen or the README."""
    lines = ["| | patients | ours | floor | compared | bound | |", "|---|--:|--:|--:|--:|--:|---|"]
    lines.extend(_line(row) for row in rows)
    return "\n".join(lines)


def _line(row: Row) -> str:
    floor = "" if row.floor is None else f"{row.floor:.2f} {row.unit}"
    compared = f"{row.found:.2f}{'x' if row.bound.kind == 'ratio' else ' ' + row.unit}"
    sign = "+" if row.bound.kind == "more" else ""
    limit = f"{sign}{row.bound.limit:g}{'x' if row.bound.kind == 'ratio' else ' ' + row.unit}"
    return f"| {row.name} | {row.size:,} | {row.ours:.2f} {row.unit} | {floor} | {compared} | {limit} | {'ok' if row.is_kept else 'BROKEN'} |"
