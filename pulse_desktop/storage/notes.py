"""What one operation wrote, gathered while it runs: images for history, changes for the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pulse_desktop.storage.images import image_of
from pulse_desktop.storage.tables import Base, Record

Kind = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of one subject (its table's name) was added, changed or removed."""

    subject: str
    row_id: int
    kind: Kind


@dataclass(slots=True)
class Notes:
    """Images and changes of one operation."""

    images: dict[tuple[str, int, int], str] = field(default_factory=dict)
    kinds: dict[tuple[str, int], Kind] = field(default_factory=dict)

    def wrote(self, table_class: type[Base], values: Mapping[str, Any], kind: Kind) -> int:
        """Notes one row as it stands now; returns its number (0 for a table without one)."""
        name, row_id = table_class.__tablename__, values.get("id", 0)
        if issubclass(table_class, Record) and kind != "removed":
            self.images[name, row_id, values["version"]] = image_of(values)
        if table_class.__announced__ and isinstance(row_id, int):
            self._kept(name, row_id, kind)
        return row_id if isinstance(row_id, int) else 0

    def touched(self, subject: str) -> None:
        """Notes that something changed which is no row of a subject (the vault's header): other seats must know."""
        self._kept(subject, 0, "changed")

    def _kept(self, name: str, row_id: int, kind: Kind) -> None:
        if kind == "changed" and self.kinds.get((name, row_id)) == "added":
            return
        self.kinds[name, row_id] = kind

    def changes(self) -> frozenset[Change]:
        """One change for each row."""
        return frozenset(Change(name, row_id, kind) for (name, row_id), kind in self.kinds.items())
