"""A table model over frozen lines: columns are values, rows are lines.

    COLUMNS = (
        Column("When", lambda v: v.when, weight=600),
        Column("Service", lambda v: v.service, stretch=1),
        Column("Price", lambda v: cents.dollars(v.price), align="right"),
        Column("State", lambda v: "", chip=lambda v: ChipView(v.state, "amber")),
        Column("Package", lambda v: v.name, detail=lambda v: v.what, weight=600),
    )
    model = RowsModel(COLUMNS, key=lambda v: v.id, parent=self)
    model.show_rows(lines)

The same keys in the same order mean `dataChanged`, so selection and scrolling stay; else the table finds its chosen row
again by key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pulse_desktop.gui.parts.chips import ChipView

Line = TypeVar("Line")
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column. `text` gives its words; `detail` a second softer line, `chip` a chip instead of words, `bar` a share from
    0 to 1 drawn before the words. `ink` is a colour role or a function of the line. Without `stretch` it is as wide as its content."""

    title: str
    text: Callable[[Line], str]
    align: str = "left"
    weight: int | Callable[[Line], int] = 400
    ink: str | Callable[[Line], str] = "ink"
    detail: Callable[[Line], str] | None = None
    chip: Callable[[Line], ChipView | None] | None = None
    bar: Callable[[Line], float] | None = None
    icon: Callable[[Line], str] | None = None
    stretch: int = 0

    def words(self, line: Line) -> str:
        """All its words in one string, for screen readers and tests."""
        pieces = [self.text(line)]
        if self.detail is not None:
            pieces.append(self.detail(line))
        if self.chip is not None and (chip := self.chip(line)) is not None:
            pieces.append(chip.text)
        return ", ".join(piece for piece in pieces if piece)


class RowsModel(QAbstractTableModel, Generic[Line]):
    """Lines as a table."""

    def __init__(
        self, columns: Sequence[Column[Line]], *, key: Callable[[Line], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[Line], ...] = tuple(columns)
        self._key = key
        self._lines: list[Line] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return tuple(self._lines)

    def show_rows(self, lines: Sequence[Line]) -> None:
        """Show `lines` instead of what is shown now."""
        if [self._key(line) for line in lines] == [self._key(line) for line in self._lines]:
            self._renew(lines)
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def key_at(self, row: int) -> Hashable | None:
        """The key of a row; None when there is no such row."""
        return self._key(self._lines[row]) if 0 <= row < len(self._lines) else None

    def row_of(self, key: Hashable) -> int:
        """The row of a key; -1 when it is not shown."""
        return next((row for row, line in enumerate(self._lines) if self._key(line) == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.columns[index.column()].words(line)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def _renew(self, lines: Sequence[Line]) -> None:
        before, self._lines = self._lines, list(lines)
        last = len(self.columns) - 1
        for row, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))
