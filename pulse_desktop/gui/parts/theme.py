"""The one object that knows how the program looks.

    Theme("dark", scale=1.5).wear(app)           # once, and again whenever the person changes it
    theme().color("progress.arrived.solid")      # anywhere below, while painting
    theme().font("section"), theme().icon("add", "jade"), theme().tall(32)

Painters ask `theme()` each time they paint; nobody keeps a colour. When the look changes Qt sends every widget a
`StyleChange`, so a painted widget that caches measures forgets them in `changeEvent`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from pulse_desktop.gui.parts.fonts import screen_font
from pulse_desktop.gui.parts.icons import draw_icon, icon_pixmap
from pulse_desktop.gui.parts.stylesheet import stylesheet
from pulse_desktop.gui.parts.tokens import PALETTES, design_tokens, palette_tokens, type_size

SMALLEST, LARGEST = 1.0, 2.0
_EXTRA_SIZES: Final[dict[str, tuple[int, int, int]]] = {
    "key": (11, 16, 500),
    "mark": (11, 14, 600),
    "ring": (56, 64, 600),
}
_ICON_GROWTH: Final = 0.65
_LETTER_SPACING: Final = {"title": -1.0, "numeral": -2.0, "ring": -3.0}


class Theme:
    """Colours, type, icons and measures of one look; values only, so that two may exist side by side in a test."""

    def __init__(self, palette: str = "light", scale: float = 1.0, *, calm: bool = False) -> None:
        """`palette` is one of PALETTES, `scale` enlarges text from 1.0 to 2.0, `calm` takes all motion away."""
        if palette not in PALETTES:
            raise KeyError(palette)
        self.palette = palette
        self.scale = min(max(scale, SMALLEST), LARGEST)
        self.calm = calm
        self._roles = palette_tokens(palette)
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int | None], QFont] = {}

    @property
    def is_dark(self) -> bool:
        return self.palette == "dark"

    @property
    def is_high_contrast(self) -> bool:
        return self.palette == "high-contrast"

    # --- colour

    def hex(self, role: str) -> str:
        """The colour of `role` as "#RRGGBB" (the scrim carries its alpha: "#AARRGGBB")."""
        value = self._roles[role]
        return f"#{value[7:]}{value[1:7]}" if len(value) == len("#RRGGBBAA") else value

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of `role`, such as "jade", "progress.arrived.solid", "marks.3.fill"; KeyError for no such role."""
        known = self._colours.get(role)
        if known is None:
            known = self._colours[role] = QColor(self.hex(role))
        if alpha >= 1.0:
            return known
        faint = QColor(known)
        faint.setAlphaF(faint.alphaF() * alpha)
        return faint

    def mixed(self, top: str, under: str, share: float) -> QColor:
        """`share` (0 to 1) of role `top` over role `under`."""
        one, two = self.color(top), self.color(under)
        pairs = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
        return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))

    # --- type and measures

    def font(self, size: str = "body", weight: int | None = None) -> QFont:
        """The font of a type style: secondary, body, note, section, title, numeral, ring, key, mark.

        `weight` (400, 500, 600) overrides the style's own. Whoever wants to change it copies it first.
        """
        known = self._fonts.get((size, weight))
        if known is None:
            known = self._fonts[size, weight] = self._made_font(size, weight)
        return known

    def _made_font(self, size: str, weight: int | None) -> QFont:
        pixels, _line, own = _EXTRA_SIZES.get(size) or type_size(size)
        font = QFont(screen_font(round(pixels * self.scale), weight or own))
        if size in _LETTER_SPACING:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + _LETTER_SPACING[size])
        return font

    def metrics(self, size: str = "body", weight: int | None = None) -> QFontMetricsF:
        """Metrics of `font(size, weight)`."""
        return QFontMetricsF(self.font(size, weight))

    def line(self, size: str = "body") -> int:
        """Height of one line of a type style in px."""
        return round((_EXTRA_SIZES.get(size) or type_size(size))[1] * self.scale)

    def tall(self, height: int, line: int = 20, lines: int = 1) -> int:
        """A height drawn for 100 %, grown so that its `lines` of text (`line` px each) fit: tall(32) is 52 at 200 %."""
        return round(height + (self.scale - 1) * line * lines)

    def sized(self, pixels: float) -> int:
        """A measure that grows with the text."""
        return round(pixels * self.scale)

    def icon_side(self, pixels: int) -> int:
        """The side of an icon drawn for 100 %: it grows with the text, but less."""
        return round(pixels * (1 + (self.scale - 1) * _ICON_GROWTH))

    def motion(self, name: str) -> int:
        """Milliseconds of "card-moves", "panel-opens" or "toast"; 0 when the person wants none."""
        return 0 if self.calm else int(design_tokens()["motion"][name])

    # --- icons

    def pixmap(self, name: str, role: str = "ink-soft", size: int = 20, ratio: float = 1.0) -> QPixmap:
        """Icon `name` tinted with `role`; `size` in px at 100 %."""
        return icon_pixmap(name, self.hex(role), self.icon_side(size), ratio)

    def icon(self, name: str, role: str = "ink-soft", size: int = 20) -> QIcon:
        """Icon `name` for menus and actions, with its disabled tint."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, role, size, ratio))
            icon.addPixmap(self.pixmap(name, "disabled", size, ratio), QIcon.Mode.Disabled)
        return icon

    def draw_icon(self, painter: QPainter, name: str, role: str, box: QRectF) -> None:
        """Draw icon `name` tinted with `role` into `box`."""
        draw_icon(painter, name, self.hex(role), box)

    # --- putting it on

    def wear(self, app: QApplication) -> None:
        """Dress the whole application in this look; from now on `theme()` answers with it."""
        global _worn  # noqa: PLW0603 - an application has one look, as it has one QPalette
        _worn = self
        if app.style().objectName() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        app.setPalette(self.qpalette())
        app.setFont(self.font())
        app.setStyleSheet(stylesheet(self))

    def qpalette(self) -> QPalette:
        """This look as a QPalette, for the parts that Fusion draws."""
        palette = QPalette()
        for place, role in _QPALETTE.items():
            palette.setColor(place, self.color(role))
        for place in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, place, self.color("disabled"))
        return palette


_QPALETTE: Final = {
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "hover",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.PlaceholderText: "ink-faint",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line-strong",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection-ink",
    QPalette.ColorRole.Accent: "jade",
    QPalette.ColorRole.Link: "jade",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "paper",
}

_worn: Theme | None = None


def theme() -> Theme:
    """The look the application wears; the light one before anything was chosen."""
    global _worn  # noqa: PLW0603 - see Theme.wear
    if _worn is None:
        _worn = Theme()
    return _worn
