"""How the windows look at this seat: palette and size of text, changed at once and kept for the next start.

It is no setting of the clinic: anybody may change it, and nothing of it is printed or written into the clinic's file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.theme import Theme, theme

PERCENTS: Final = (100, 125, 150, 175, 200)
_PALETTES: Final = (("light", N_("Light")), ("dark", N_("Dark")), ("high-contrast", N_("High contrast")))
_SAMPLE: Final = 56
_GAP: Final = 8


def wear(palette: str, percent: int) -> None:
    """Dress the program in a palette, its text `percent` large (100 to 200). What moves or not stays as it is."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme(palette, percent / 100, calm=theme().calm).wear(app)


def worn_percent() -> int:
    """The size of text the program wears now."""
    return round(theme().scale * 100)


class PaletteTile(QRadioButton):
    """A card of the palette's own colours with its name below. Arrow keys go to the next one and choose it."""

    focus_radius = 6

    def __init__(self, palette: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.palette_name = palette
        self._own = Theme(palette)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        words = drawing.text_width(self.text(), look.font("body", 600))
        return QSize(round(words) + 16, look.sized(_SAMPLE) + look.line("body") + 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, whole = theme(), QPainter(self), QRectF(self.rect())
        is_on = self.isChecked()
        ground = "jade-tint" if is_on else "hover" if self.underMouse() else "raised"
        drawing.box(painter, whole, 6, look.color(ground), look.color("jade" if is_on else "line-strong"), width=2 if is_on else 1)
        tall = look.sized(_SAMPLE)
        wide = min(self.width() - 16.0, 1.7 * tall)
        self._paint_sample(painter, QRectF(round((self.width() - wide) / 2), 8, wide, tall))
        font = look.font("body", 600 if is_on else 500)
        words = QRectF(4, tall + 12, self.width() - 8, look.line("body"))
        drawing.words(painter, words, self.text(), font, look.color("jade" if is_on else "ink"), align=drawing.CENTRE)

    def _paint_sample(self, painter: QPainter, place: QRectF) -> None:
        """A card of Today as this palette shows it: paper, a raised card with its bar, two lines, the one accent."""
        own = self._own.color
        drawing.box(painter, place, 4, own("paper"), own("line"))
        card = place.adjusted(8, 8, -8, -8)
        drawing.box(painter, card, 4, own("raised"), own("line"))
        drawing.box(painter, QRectF(card.left(), card.top(), 4, card.height()), 2, own("progress.arrived.solid"))
        line = QRectF(card.left() + 10, card.top() + 8, card.width() * 0.5, 4)
        drawing.box(painter, line, 2, own("ink"))
        drawing.box(painter, line.translated(0, 8), 2, own("ink-soft"))
        drawing.box(painter, line.translated(0, 17), 2, own("jade"))


class AppearancePanel(SidePanel):
    """Everything in it takes effect at once, so there is nothing to confirm. `keep` is told each time, `sound` of the chime."""

    def __init__(
        self, keep: Callable[[], object], sound: Callable[[bool], object], *, chimes: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Appearance"), leave=_("Close"), parent=parent)
        self._keep, self._sound = keep, sound
        self._tiles = [PaletteTile(name, _(words), self) for name, words in _PALETTES]
        self._sizes = Segments([str(percent) for percent in PERCENTS], _("Size of text in percent"))
        self.body.addLayout(self._with_label(_("Colors"), self._made_tiles()))
        self.body.addLayout(self._with_label(_("Size of text, in percent"), self._sizes))
        self._chime = Segments([_("Chime"), _("Silent")], _("Timers at this seat"))
        self._chime.choose(0 if chimes else 1)
        self._chime.chosen.connect(self._choose_sound)
        self.body.addLayout(self._with_label(_("Timers at this seat"), self._chime))
        self.body.addWidget(Paragraph(_("Kept at this computer for whoever works here. Papers look the same either way."), "secondary", "ink-soft"))
        self._sizes.choose(_nearest(worn_percent()))
        self._sizes.chosen.connect(self._apply)

    def focus_first(self) -> None:
        """The palette that is worn."""
        next(tile for tile in self._tiles if tile.isChecked()).setFocus()

    def _made_tiles(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        group = QButtonGroup(self)
        for tile in self._tiles:
            layout.addWidget(tile, 1)
            group.addButton(tile)
            tile.setChecked(tile.palette_name == theme().palette)
        group.buttonToggled.connect(self._choose_palette)
        return row

    def _with_label(self, words: str, piece: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(words, "secondary", "ink-soft", weight=500))
        column.addWidget(piece)
        return column

    def _choose_palette(self, _tile: object, is_on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if is_on:
            self._apply()

    def _choose_sound(self, index: int) -> None:
        self._sound(index == 0)
        self._keep()

    def _apply(self, _index: int = 0) -> None:
        chosen = next(tile.palette_name for tile in self._tiles if tile.isChecked())
        wear(chosen, PERCENTS[self._sizes.current])
        self._keep()


def _nearest(percent: int) -> int:
    """Which of the sizes comes nearest: a file may say any number."""
    return min(range(len(PERCENTS)), key=lambda at: abs(PERCENTS[at] - percent))
