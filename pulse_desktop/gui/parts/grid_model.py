"""The visits of the time grid as list items, so that keys and screen readers find them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pulse_desktop.gui.parts.grid_values import GridVisit

VISIT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractListModel):
    """Visits in reading order: column by column, each from the morning on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.visits: list[GridVisit] = []

    def show_visits(self, visits: Sequence[GridVisit]) -> None:
        """Show these visits instead."""
        if [visit.key for visit in visits] == [visit.key for visit in self.visits]:
            before, self.visits = self.visits, list(visits)
            for row, (old, new) in enumerate(zip(before, self.visits, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.visits = list(visits)
        self.endResetModel()

    def row_of(self, key: Hashable | None) -> int:
        """The row of a visit; -1 when it is not shown."""
        return next((row for row, visit in enumerate(self.visits) if visit.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.visits):
            return None
        visit = self.visits[index.row()]
        if role == VISIT_ROLE:
            return visit
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return visit.words or f"{visit.time} {visit.name}, {visit.detail}"
        return None
