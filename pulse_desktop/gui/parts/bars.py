"""Bars across the work: the tool row, strips that need somebody, tabs.

bar = ToolRow("Packages", "115 open, 684 sessions owed")      # 48 px; bar.add(Segments(...)), bar.add(Button(...))
strip = Strip("amber", "history", "From yesterday:", "2 unsigned notes", "Settle these"); strip.asked.connect(...)
tabs = Tabs(("Summary", "Visits", "Notes")); tabs.chosen.connect(self._show_tab)      # index
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Icon, Label
from pulse_desktop.gui.parts.theme import theme

_TAB_PADDING: Final = 12


class ToolRow(QWidget):
    """The row above a workplace: title at the left, switches and one primary button at the right."""

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 1)
        self._row.setSpacing(8)
        self._title = Label(title, "title")
        self._aside = Label(aside, "body", "ink-soft")
        self._before = 0
        self._title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # the aside gives way, never the title
        self._row.addWidget(self._title)
        self._row.addSpacing(8)
        self._row.addWidget(self._aside)
        self._row.addStretch(1)

    def set_title(self, title: str, aside: str = "") -> None:
        """Change the words at the left."""
        self._title.set_words(title)
        self._aside.set_words(aside)

    def add(self, widget: QWidget) -> QWidget:
        """Add a control at the right end."""
        self._row.addWidget(widget)
        return widget

    def add_left(self, widget: QWidget) -> QWidget:
        """Add a control before the title (back, Today, forward)."""
        self._row.insertWidget(self._before, widget)
        self._before += 1
        return widget

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().tall(48, 28))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().tall(48, 28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        bottom = self.height() - 1
        drawing.line(QPainter(self), QPointF(0, bottom), QPointF(self.width(), bottom), theme().color("line"))


class Strip(QWidget):
    """A tinted row of 36 px that says what needs somebody, with one thing to do about it. Kinds: amber, indigo, cinnabar."""

    asked = Signal()

    def __init__(
        self, kind: str, icon: str, lead: str, text: str, action: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        self._lead, self._text = Label(lead, weight=600), Label(text)
        self._button = Button(action, "text", ink=kind)
        row.addWidget(Icon(icon, kind))
        row.addWidget(self._lead)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._row = row
        row.setSpacing(8)
        self._button.clicked.connect(self.asked)
        self.show_words(lead, text, action)

    def show_words(self, lead: str, text: str, action: str = "") -> None:
        """Change what it says."""
        self._lead.set_words(lead)
        self._text.set_words(text)
        self._button.set_words(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{lead} {text}".strip())

    def focus_action(self) -> bool:
        """Put the keyboard on the one thing to do; False when there is none."""
        if self._button.isHidden() or self.isHidden():
            return False
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().tall(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(120), theme().tall(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        edge = look.color("ink") if look.is_high_contrast else None
        drawing.box(QPainter(self), QRectF(self.rect()), 6, look.color(f"{self._kind}-tint"), edge)


class Tabs(QWidget):
    """Tabs of 36 px on raised ground; Left and Right choose."""

    focus_radius = 0
    chosen = Signal(int)

    def __init__(self, words: Sequence[str], label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._label, self._current = list(words), label, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def current(self) -> int:
        return self._current

    @property
    def words(self) -> str:
        """The words of the chosen tab."""
        return self._words[self._current]

    def choose(self, index: int) -> None:
        """Choose a tab and tell it; nothing is told when it was chosen already."""
        if index != self._current and 0 <= index < len(self._words):
            self._current = index
            self._say()
            self.update()
            self.chosen.emit(index)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 16, theme().tall(37))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(120), theme().tall(37))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.choose(self._current + steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, rect in enumerate(self._rects()):
            if rect.contains(event.position()):
                self.choose(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        bottom = self.height() - 1
        drawing.line(painter, QPointF(0, bottom), QPointF(self.width(), bottom), look.color("line"))
        for index, rect in enumerate(self._rects()):
            is_on = index == self._current
            font = look.font("body", 600 if is_on else 400)
            role = "jade" if is_on else "ink-soft"
            drawing.words(painter, rect, self._words[index], font, look.color(role), align=drawing.CENTRE)
            if is_on:
                painter.fillRect(QRectF(rect.left(), bottom - 2, rect.width(), 2), look.color("jade"))

    def _widths(self) -> list[float]:
        look = theme()
        return [
            round(drawing.text_width(word, look.font("body", 600 if index == self._current else 400)))
            + 2.0 * _TAB_PADDING
            for index, word in enumerate(self._words)
        ]

    def _rects(self) -> list[QRectF]:
        rects, x = [], 8.0
        for width in self._widths():
            rects.append(QRectF(x, 0, width, self.height() - 1))
            x += width
        return rects

    def _say(self) -> None:
        self.setAccessibleName(f"{self._label}: {self.words}" if self._label else self.words)
