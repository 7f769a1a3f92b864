"""A drop-down of our look: `Choice(label="Service")`, filled with (value, words) pairs.

box = Choice("Practitioner"); box.show_choices([(None, "Anyone"), (3, "Okafor")]); box.picked.connect(self._ask)   # value
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_PAD: Final = 8


class Choice(QComboBox):
    """32 px high, words at the left, a chevron at the right. Space or Alt+Down opens it, letters go to an entry."""

    picked = Signal(object)

    def __init__(self, label: str = "", *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.is_refused = False
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setItemDelegate(QStyledItemDelegate(self))  # the combo box's own one ignores the stylesheet
        self.activated.connect(self._tell)

    @property
    def value(self) -> Any:
        """The value of the chosen entry; None when nothing is chosen."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def show_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace the entries; the chosen value stays chosen if it is still there, else the first is."""
        before = self.value
        self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.blockSignals(False)
        if not self.choose(before) and choices:
            self.setCurrentIndex(0)

    def choose(self, value: Hashable | None) -> bool:
        """Choose the entry with `value` without telling anybody; False when there is none."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return True
        return False

    def refuse(self, *, refused: bool) -> None:
        """Show or take away the cinnabar edge."""
        self.is_refused = refused
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        widest = max((drawing.text_width(self.itemText(i), look.font()) for i in range(self.count())), default=40.0)
        return QSize(round(widest) + 2 * _PAD + look.icon_side(16) + 10, look.tall(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(72), theme().tall(32))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page must not change what is under the pointer."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        is_usable = self.isEnabled()
        edge = (
            "line" if not is_usable else "cinnabar" if self.is_refused else "jade" if self.hasFocus() else "line-strong"
        )
        width = 2 if self.is_refused else 1
        drawing.box(painter, QRectF(self.rect()), 6, look.color("raised"), look.color(edge), width=width)
        side = look.icon_side(16)
        right = self.width() - _PAD - side
        look.draw_icon(
            painter,
            "chevron-down",
            "ink" if is_usable else "disabled",
            QRectF(right, (self.height() - side) // 2, side, side),
        )
        text = self.currentText()
        role = "disabled" if not is_usable else "ink" if text else "ink-faint"
        place = QRectF(_PAD, 0, right - _PAD - 4, self.height())
        drawing.words(painter, place, text or self._hint, look.font(), look.color(role))

    def _tell(self) -> None:
        self.picked.emit(self.value)
