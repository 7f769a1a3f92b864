"""The file's other pages: all visits, notes, screening, papers, money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.table import Table

Line = TypeVar("Line")


class TableCard(Card, Generic[Line]):
    """A titled table as tall as its rows; without rows a sentence. `opened` carries the line of Enter or a click."""

    opened = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[Line]],
        otherwise: str,
        *,
        key: Any,
        action: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, action=action, parent=parent)
        self._title_words = title
        self._model: RowsModel[Line] = RowsModel(columns, key=key, parent=self)
        self.table = Table(self._model, label=title, padding=6, whole=True)
        self._none = Card()
        self._none.set_colours("raised", "raised")
        self._none.add_padded(Paragraph(otherwise, "body", "ink-soft"))
        self.body.addWidget(self.table)
        self.body.addWidget(self._none)
        self.body.addSpacing(4)  # the rows end above the rounded corners
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[Line], aside: str = "") -> None:
        """Show these, and softer words in the head."""
        self._model.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.set_title(self._title_words, aside)

    def _open(self) -> None:
        if (line := self.table.current_line) is not None:
            self.opened.emit(line)


class Page(QScrollArea):
    """Cards one below the other, scrolling."""

    def __init__(self, *cards: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)


