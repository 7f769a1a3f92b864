"""Words on the screen.

Label("First openings", "secondary", "ink-soft", weight=500)
Label(name, "title").set_words(other)        # shortened with an ellipsis and a tool tip when there is no room
Paragraph("Brings complaint, points, cups and plan.", "secondary", "ink-soft")       # wraps
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme


class Label(QLabel):
    """One line in a type style and a colour role; never cut without an ellipsis and a tool tip."""

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        ink: str = "ink",
        *,
        weight: int | None = None,
        align: Qt.AlignmentFlag = drawing.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._ink, self._weight = size, ink, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Show `text`."""
        if text != self.text():
            self.setText(text)
            self._remeasure()

    def set_ink(self, role: str) -> None:
        """Show it in the colour of `role`."""
        self._ink = role
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        width = drawing.text_width(self.text(), look.font(self._size, self._weight))
        return QSize(int(width) + 2, look.line(self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().sized(24)), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        role = self._ink if self.isEnabled() else "disabled"
        font = look.font(self._size, self._weight)
        drawing.words(QPainter(self), QRectF(self.rect()), self.text(), font, look.color(role), align=self.alignment())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_all_when_cut()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._remeasure()

    def _remeasure(self) -> None:
        self.updateGeometry()
        self._tell_all_when_cut()
        self.update()

    def _tell_all_when_cut(self) -> None:
        tip = self.text() if self.sizeHint().width() > self.width() + 2 else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class Paragraph(QLabel):
    """Words that wrap, in a type style and a colour role."""

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        ink: str = "ink",
        *,
        weight: int | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._ink, self._weight = size, ink, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(align)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()

    def set_words(self, text: str) -> None:
        """Show `text`."""
        self.setText(text)

    def set_ink(self, role: str) -> None:
        """Show it in the colour of `role`."""
        self._ink = role
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        look = theme()
        font = look.font(self._size, self._weight)
        if self.font() != font:
            self.setFont(font)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != look.color(self._ink):
            palette.setColor(QPalette.ColorRole.WindowText, look.color(self._ink))
            self.setPalette(palette)


class Icon(QWidget):
    """An icon that only decorates or repeats what words beside it say."""

    def __init__(
        self, name: str, ink: str = "ink-soft", size: int = 20, *, grows: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size, self._grows = name, ink, size, grows
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: str = "") -> None:
        """Change to icon `name`, and its colour role if given."""
        self._name, self._ink = name, ink or self._ink
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().icon_side(self._size) if self._grows else self._size
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme().draw_icon(QPainter(self), self._name, self._ink, QRectF(self.rect()))


class Rule(QWidget):
    """A 1 px line, level or upright (20 px, between things in a bar)."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        if upright:
            self.setFixedSize(1, 20)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("line"))
