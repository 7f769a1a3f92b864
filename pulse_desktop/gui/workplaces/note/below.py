"""What stands below the form: as tall as it is, but never more than two thirds of the column; then it scrolls."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.gui.workplaces.note.column_scroll import ColumnScroll

_SHARE: Final = 0.68
_SIDES: Final = 16


class Below(ColumnScroll):
    """The signature with what was added, and the form in which something is; the form is scrolled to when it opens."""

    def __init__(self, width: int, signature: QWidget, amendment: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(width, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._amendment = amendment
        self._inner = QWidget()
        self._column = column = QVBoxLayout(self._inner)
        column.setContentsMargins(_SIDES, 0, _SIDES, 0)
        column.setSpacing(8)
        column.addWidget(signature)
        column.addWidget(amendment)
        self.setWidget(self._inner)
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """As tall as what is in it, up to the share of the column."""
        layout = self._column
        wanted = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        parent = self.parentWidget()
        most = round(parent.height() * _SHARE) if parent is not None else wanted
        return QSize(self.width(), min(max(wanted, 0), max(most, 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _follow(self, _least: int, most: int) -> None:
        if self._amendment.isVisible():
            self.verticalScrollBar().setValue(most)
