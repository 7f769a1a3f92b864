"""Chips: small facts with a colour that says what to do about them.

    Chip(ChipView("NJ consent missing", "amber", "signature"))
    row = ChipRow(); row.show_chips((ChipView("New", "indigo"), ...))      # wraps; at most three, the rest under "+2"
    ToggleChip("Cupping 15", icon="add")                                    # 28 px, can be on: add-ons of a booking

Kinds: neutral (a fact), amber (needs you), cinnabar (must not), indigo (know this), jade (good), outline, or a
visit's progress ("progress.cups-on"). Painters use `draw_chip` and `chip_width`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.flow import FlowLayout
from pulse_desktop.gui.parts.theme import theme

_PADDING: Final = 6
_GAP: Final = 4
_ICON: Final = 14
MOST: Final = 3
_KINDS: Final = {
    "neutral": ("chip", "ink-soft"),
    "amber": ("amber-tint", "amber"),
    "cinnabar": ("cinnabar-tint", "cinnabar"),
    "indigo": ("indigo-tint", "indigo"),
    "jade": ("jade-tint", "jade"),
    "outline": ("", "ink-soft"),
    "solid-cinnabar": ("cinnabar", "cinnabar-on"),
}


@dataclass(frozen=True, slots=True)
class ChipView:
    """What a chip shows. `tip` says more on hover and to screen readers."""

    text: str
    kind: str = "neutral"
    icon: str = ""
    tip: str = ""


def chip_roles(kind: str) -> tuple[str, str]:
    """Ground and ink roles of a chip kind."""
    if kind.startswith("progress."):
        return f"{kind}.tint", f"{kind}.solid"
    return _KINDS[kind]


def chip_height() -> int:
    return theme().tall(20, 16)


def chip_width(chip: ChipView) -> int:
    """Width of a chip that shows all its words."""
    look = theme()
    icon = look.icon_side(_ICON) + (_GAP if chip.text else 0) if chip.icon else 0
    return round(2 * _PADDING + icon + drawing.text_width(chip.text, look.font("secondary", 500)))


def draw_chip(painter: QPainter, rect: QRectF, chip: ChipView) -> None:
    """Draw `chip` into `rect`; words that do not fit end in an ellipsis."""
    look = theme()
    ground, ink = chip_roles(chip.kind)
    edge = "line" if chip.kind == "outline" else "ink" if look.is_high_contrast else ""
    drawing.box(painter, rect, 4, look.color(ground) if ground else None, look.color(edge) if edge else None)
    x = rect.left() + _PADDING
    if chip.icon:
        side = look.icon_side(_ICON)
        look.draw_icon(painter, chip.icon, ink, QRectF(x, round(rect.center().y() - side / 2), side, side))
        x += side + _GAP
    place = QRectF(x, rect.top(), rect.right() - _PADDING - x + 1, rect.height())
    drawing.words(painter, place, chip.text, look.font("secondary", 500), look.color(ink))


class Chip(QWidget):
    """One chip; only looked at."""

    def __init__(self, chip: ChipView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip = chip
        self.show_chip(chip)

    @property
    def chip(self) -> ChipView:
        return self._chip

    def show_chip(self, chip: ChipView) -> None:
        """Show another chip."""
        self._chip = chip
        self.setAccessibleName(f"{chip.text}. {chip.tip}" if chip.tip else chip.text)
        self.setToolTip(chip.tip or chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._chip), chip_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(chip_width(self._chip), theme().sized(32)), chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_chip(QPainter(self), QRectF(self.rect()), self._chip)


class ChipRow(QWidget):
    """Chips that wrap. With `most`, only that many are shown and the rest is named under "+2"."""

    def __init__(
        self, chips: Sequence[ChipView] = (), *, most: int | None = None, gap: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._layout = FlowLayout(self, gap)
        self.show_chips(chips)

    def show_chips(self, chips: Sequence[ChipView]) -> None:
        """Replace the chips."""
        self._layout.clear()
        for chip in few_chips(chips, self._most):
            self._layout.addWidget(Chip(chip, self))
        self.setVisible(bool(chips))
        self.updateGeometry()


def few_chips(chips: Sequence[ChipView], most: int | None = MOST) -> list[ChipView]:
    """The first `most` chips and, if there are more, a neutral "+2" whose tip names the rest."""
    if most is None or len(chips) <= most:
        return list(chips)
    rest = chips[most:]
    more = ChipView(_("+{count}").format(count=len(rest)), tip=", ".join(chip.text for chip in rest))
    return [*chips[:most], more]


class ToggleChip(QPushButton):
    """A 28 px outlined chip that is chosen by a click, Space or Enter; several may be on."""

    focus_radius = 4
    switched = Signal(bool)

    def __init__(self, text: str, icon: str = "", *, checkable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._text, self._icon = text, icon
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.switched)

    def sizeHint(self) -> QSize:
        icon = theme().icon_side(_ICON) + _GAP if self._icon else 0
        font = theme().font("secondary", 600)
        return QSize(round(drawing.text_width(self._text, font)) + icon + 16, theme().tall(28, 16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        is_on = self.isChecked()
        role = "disabled" if not self.isEnabled() else "jade" if is_on else "ink-soft"
        ground = "jade-tint" if is_on else "hover" if self.underMouse() and self.isEnabled() else ""
        edge = look.color("jade" if is_on else "line")
        drawing.box(painter, QRectF(self.rect()), 4, look.color(ground) if ground else None, edge)
        x = 8.0
        if self._icon:
            side = look.icon_side(_ICON)
            icon = "check" if is_on else self._icon
            look.draw_icon(painter, icon, role, QRectF(x, (self.height() - side) // 2, side, side))
            x += side + _GAP
        place = QRectF(x, 0, self.width() - x - 4, self.height())
        drawing.words(painter, place, self._text, look.font("secondary", 600 if is_on else 500), look.color(role))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def chips_words(chips: Iterable[ChipView]) -> str:
    """The chips as a sentence for screen readers."""
    return ", ".join(chip.text for chip in chips)
