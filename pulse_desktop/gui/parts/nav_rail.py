"""The rail at the left edge: where one can go.

rail = NavRail((RailItem("today", "Today", "today"), ...), bottom=(RailItem("settings", "Settings", "settings"),))
rail.chosen.connect(self._go_to)      # key
rail.choose("today"); rail.show_count("patients", 3)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.icons import MARK
from pulse_desktop.gui.parts.labels import Icon
from pulse_desktop.gui.parts.theme import theme

_MARGIN: Final = 6
_ICONS_ONLY_FROM: Final = 1.5


@dataclass(frozen=True, slots=True)
class RailItem:
    """One place to go to."""

    key: str
    words: str
    icon: str


class RailButton(QPushButton):
    """56 px: icon above its word; jade with a bar at the left edge when chosen. With large text the icon stands alone."""

    def __init__(self, item: RailItem) -> None:
        super().__init__(item.words)
        self.item = item
        self._count = 0
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setToolTip(item.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """Show how many things need somebody there; 0 hides it."""
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 52 if _icons_only() else theme().tall(56, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        is_on = self.isChecked()
        role = "jade" if is_on else "ink-soft"
        body = QRectF(self.rect()).adjusted(_MARGIN, 0, -_MARGIN, 0)
        if is_on or self.underMouse():
            drawing.box(painter, body, 6, look.color("jade-tint" if is_on else "hover"))
        if is_on:
            self._paint_mark(painter, body)
        side = look.icon_side(20) if not _icons_only() else 28
        words = 0 if _icons_only() else look.line("secondary") + 4
        top = (self.height() - side - words) / 2
        look.draw_icon(painter, self.item.icon, role, QRectF((self.width() - side) / 2, round(top), side, side))
        if words:
            font = look.font("secondary", 600 if is_on else 400)
            place = QRectF(0, round(top) + side + 4, self.width(), look.line("secondary"))
            drawing.words(painter, place, self.item.words, font, look.color(role), align=drawing.CENTRE)
        if self._count:
            self._paint_count(painter, body)

    def _paint_mark(self, painter: QPainter, body: QRectF) -> None:
        look = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(-2, 12, 5, self.height() - 24), 2, 2)
        painter.fillPath(path, look.color("jade"))
        if look.is_high_contrast:
            drawing.box(painter, body, 6, None, look.color("jade"), width=2)

    def _paint_count(self, painter: QPainter, body: QRectF) -> None:
        look = theme()
        text, height = str(self._count), look.sized(16)
        width = max(height, drawing.text_width(text, look.font("mark")) + 8)
        rect = QRectF(body.right() - 8 - width + _MARGIN, 4, width, height)
        drawing.box(painter, rect, height / 2, look.color("amber-fill"))
        drawing.words(painter, rect, text, look.font("mark"), look.color("amber-fill-on"), align=drawing.CENTRE)


class NavRail(QWidget):
    """72 px wide; the program's mark on top. Up and Down move between the items."""

    chosen = Signal(str)

    def __init__(
        self, items: Sequence[RailItem], *, bottom: Sequence[RailItem] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons: list[RailButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 4)
        column.setSpacing(0)
        mark = Band(48, 24)
        marked = QVBoxLayout(mark)
        marked.setContentsMargins(0, 0, 0, 0)
        marked.addWidget(Icon(MARK, "jade", 28, grows=False), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(mark)
        for item in items:
            column.addWidget(self._made(item))
        column.addStretch(1)
        for item in bottom:
            column.addWidget(self._made(item))
        self._size()

    @property
    def current(self) -> str:
        """The key of the chosen item; empty when none is."""
        return next((button.item.key for button in self._buttons if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show `key` as where one is, without telling anybody."""
        for button in self._buttons:
            button.setChecked(button.item.key == key)

    def show_count(self, key: str, count: int) -> None:
        """Show a count at the item `key`."""
        for button in self._buttons:
            if button.item.key == key:
                button.show_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        focused = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), None)
        if event.key() in steps and focused is not None:
            target = self._buttons[(focused + steps[Qt.Key(event.key())]) % len(self._buttons)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        right = self.width() - 1
        drawing.line(QPainter(self), QPointF(right, 0), QPointF(right, self.height()), theme().color("line"))

    def _size(self) -> None:
        width = 64 if _icons_only() else round(72 * max(1.0, theme().scale * 0.9))
        if self.width() != width or self.minimumWidth() != width:
            self.setFixedWidth(width)

    def _made(self, item: RailItem) -> RailButton:
        button = RailButton(item)
        button.clicked.connect(self._go)
        self._buttons.append(button)
        return button

    def _go(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.choose(button.item.key)
            self.chosen.emit(button.item.key)


def _icons_only() -> bool:
    return theme().scale >= _ICONS_ONLY_FROM
