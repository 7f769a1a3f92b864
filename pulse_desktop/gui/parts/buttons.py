"""Buttons.

    Button("Book visit", "primary", icon="calendar-add", keys="Ctrl+B")
    Button("Walk-in"), Button("Reply", "text"), Button("Take back signature", "danger"), Button("Park", "quiet", keys="Esc")
    IconButton("lock", "Lock this seat")          # the words are its accessible name and tool tip
    Link("Practice clinic")                       # small text button without a ground

`keys` is only shown; the shortcut itself belongs to the action. One primary button a panel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_GAP: Final = 6
_ICON: Final = 18


@dataclass(frozen=True, slots=True)
class _Kind:
    ink: str
    ground: str = ""
    edge: str = ""
    hover: str = "hover"
    pressed: str = "sunken"
    weight: int = 500
    padding: int = 8


KINDS: Final = {
    "primary": _Kind("jade-on", "jade", "", "jade-hover", "jade-pressed", weight=600, padding=13),
    "plain": _Kind("ink", "raised", "line-strong", padding=13),
    "quiet": _Kind("ink-soft", padding=9),
    "text": _Kind("jade", padding=9),
    "danger": _Kind("cinnabar", "raised", "cinnabar", "cinnabar-tint", "cinnabar-tint", padding=13),
    "parked": _Kind("ink-soft", "raised", "line", padding=13),
}


class Button(QPushButton):
    """A button with words, an optional icon before them and an optional key hint after them."""

    def __init__(
        self,
        text: str = "",
        kind: str = "plain",
        *,
        icon: str = "",
        keys: str = "",
        ink: str = "",
        after: str = "",
        icon_ink: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`after` names a small icon behind the words (a chevron), `ink` another colour role (`icon_ink` for the icons
        alone), `large` is 40 px high."""
        super().__init__(parent)
        self._icon_ink = icon_ink
        self._kind = KINDS[kind]
        self._icon, self._keys, self._ink, self._after, self._large = icon, keys, ink, after, large
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_words(text)

    @property
    def words(self) -> str:
        """What stands on it."""
        return self._words

    def set_words(self, text: str, keys: str | None = None) -> None:
        """Change what stands on it (and its key hint)."""
        self._words = text
        self._keys = self._keys if keys is None else keys
        self.setText(text.replace("&", "&&"))
        self.setAccessibleDescription(self._keys)
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Change how it looks: one of KINDS."""
        self._kind = KINDS[kind]
        self.updateGeometry()
        self.update()

    def set_icon_name(self, name: str) -> None:
        """Change its icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        padding = self._kind.padding + (4 if self._large else 0)
        width = 2 * padding + drawing.text_width(self._words, self._font()) + self._extras_width()
        return QSize(round(width), look.tall(40 if self._large else 32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_plain_enter(event) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        self._paint_content(painter)

    def _font(self) -> QFont:
        return theme().font("body", self._kind.weight)

    def _extras_width(self) -> float:
        look = theme()
        width = 0.0
        if self._icon:
            width += look.icon_side(_ICON) + (_GAP if self._words else 0)
        if self._after:
            width += look.icon_side(14) + _GAP
        if self._keys:
            width += drawing.key_hint_width(self._keys) + _GAP
        return width

    def _is_hot(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.property("look") == "hover")

    def _is_pressed(self) -> bool:
        return self.isEnabled() and (self.isDown() or self.property("look") == "pressed")

    def _paint_ground(self, painter: QPainter) -> None:
        look, kind, rect = theme(), self._kind, QRectF(self.rect())
        if not self.isEnabled():
            if kind.edge or kind.ground:
                drawing.box(painter, rect, 6, look.color("raised"), look.color("line"))
            return
        if self.isChecked():
            drawing.box(painter, rect, 6, look.color("jade-tint"), look.color("jade"))
            return
        ground = kind.pressed if self._is_pressed() else kind.hover if self._is_hot() else kind.ground
        if ground or kind.edge:
            edge = look.color(kind.edge) if kind.edge else None
            drawing.box(painter, rect, 6, look.color(ground) if ground else None, edge)

    def ink(self) -> str:
        """The colour role of its words now."""
        if not self.isEnabled():
            return "disabled"
        return "jade" if self.isChecked() else self._ink or self._kind.ink

    def _paint_content(self, painter: QPainter) -> None:
        look, role = theme(), self.ink()
        font, extras = self._font(), self._extras_width()
        room = self.width() - extras - 2 * min(self._kind.padding, 8)
        text_width = min(drawing.text_width(self._words, font), room)
        x = (self.width() - text_width - extras) / 2
        middle = self.height() / 2
        if self._icon:
            side = look.icon_side(_ICON)
            icon_role = self._icon_ink if self._icon_ink and self.isEnabled() else role
            look.draw_icon(painter, self._icon, icon_role, QRectF(round(x), round(middle - side / 2), side, side))
            x += side + _GAP
        drawing.words(painter, QRectF(x, 0, text_width + 1, self.height()), self._words, font, look.color(role))
        x += text_width + _GAP
        if self._after:
            side = look.icon_side(14)
            icon_role = self._icon_ink if self._icon_ink and self.isEnabled() else role
            look.draw_icon(painter, self._after, icon_role, QRectF(round(x), round(middle - side / 2), side, side))
            x += side + _GAP
        if self._keys:
            self._paint_keys(painter, x, middle, role)

    def _paint_keys(self, painter: QPainter, x: float, middle: float, role: str) -> None:
        look = theme()
        right = x + drawing.key_hint_width(self._keys)
        if self._kind.ground != "jade" or not self.isEnabled():
            ink = look.color("ink-soft" if self.isEnabled() else "disabled")
            ground = look.color("hover" if look.is_dark else "sunken")
            edge = look.color("line") if look.is_high_contrast else None
            drawing.key_hint(painter, right, middle, self._keys, ink=ink, ground=ground, edge=edge)
            return
        ground = QColor(0, 0, 0, 31) if look.is_dark else QColor(255, 255, 255, 46)
        drawing.key_hint(painter, right, middle, self._keys, ink=look.color(role), ground=ground)


class IconButton(Button):
    """A square button with an icon only; `label` is its accessible name and tool tip."""

    def __init__(
        self,
        icon: str,
        label: str,
        kind: str = "quiet",
        *,
        checkable: bool = False,
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, parent=parent)
        self._side = size
        self.setCheckable(checkable)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme().tall(32)
        return QSize(side, side)

    def _paint_content(self, painter: QPainter) -> None:
        side = theme().icon_side(self._side)
        rect = QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        theme().draw_icon(painter, self._icon, self.ink(), rect)


class Link(QPushButton):
    """Small jade words that do something beside the main way, such as "15 more" or "Practice clinic"."""

    focus_radius = 3

    def __init__(
        self, text: str, size: str = "secondary", ink: str = "jade", weight: int = 500, parent: QWidget | None = None
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._words, self._size, self._ink, self._weight = text, size, ink, weight
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str) -> None:
        """Change what stands on it."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = drawing.text_width(self._words, theme().font(self._size, self._weight))
        return QSize(round(width) + 2, theme().line(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_plain_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        font = QFont(look.font(self._size, self._weight))
        font.setUnderline(self.underMouse() and self.isEnabled())
        role = self._ink if self.isEnabled() else "disabled"
        drawing.words(QPainter(self), QRectF(self.rect()), self._words, font, look.color(role))


def _is_plain_enter(event: QKeyEvent) -> bool:
    """Enter by itself: Ctrl+Enter belongs to the panel's primary button, wherever the keyboard is."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held
