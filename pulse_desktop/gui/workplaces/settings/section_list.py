"""The list of sections at the left of the settings: 208 px, items of 36, the chosen one jade."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListWidget, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_WIDTH, _ITEM, _EDGE = 208, 36, 8


class SectionList(QListWidget):
    """Up and Down choose a section."""

    paints_own_focus = True

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(_("Sections"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setSpacing(1)
        self.setViewportMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self.setItemDelegate(_Items(self))
        self.addItems(list(titles))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_is_made"):
            self._fit()

    def _fit(self) -> None:
        self._is_made = True
        self.setFixedWidth(theme().sized(_WIDTH))
        self.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().color("paper"))
        painter.end()
        super().paintEvent(event)


class _Items(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme().tall(_ITEM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        look = theme()
        state = option.state
        place = QRectF(option.rect)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "jade-tint" if is_chosen else "hover" if state & QStyle.StateFlag.State_MouseOver else ""
        if ground:
            drawing.box(painter, place, 6, look.color(ground))
        if is_chosen and state & QStyle.StateFlag.State_HasFocus:
            drawing.focus_ring(painter, place.adjusted(3, 3, -3, -3), 3)
        words = place.adjusted(12, 0, -8, 0)
        ink, weight = ("jade", 600) if is_chosen else ("ink", 400)
        drawing.words(painter, words, str(index.data(Qt.ItemDataRole.DisplayRole)), look.font("body", weight), look.color(ink))
