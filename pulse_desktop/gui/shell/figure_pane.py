"""The left side of the pages before the work: the mark, the body with cups and needles, the practice's addresses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas import PRINT_SMALL, BodyPicture, CupMark, Mark, NeedleMark, Rect, shapes
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.body_painter import paint, to_device
from pulse_desktop.gui.parts.icons import MARK
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import DoorPlate

_WIDTH: Final = 520
_ALL: Final = 1000
"""The share of what has all the room that it may take."""
_PADDING: Final = 64
_WINDOW: Final = Rect(140, 20, 720, 1960)
_FIGURE: Final = (232, 632)
_CUPS: Final = ((462, 672), (538, 672), (462, 730), (538, 730), (462, 790), (538, 790))
_NEEDLES: Final = ((386.3, 384), (613.7, 384), (418, 988), (582, 988))
_VIEW: Final = "posterior"
_MARKS: Final[tuple[Mark, ...]] = (
    *(CupMark(_VIEW, x, y, number) for number, (x, y) in enumerate(_CUPS, 1)),
    *(NeedleMark(_VIEW, x, y, "") for x, y in _NEEDLES),
)


class BesideFigure(QWidget):
    """A page before the work: the figure to the left, while there is room for it, and to the right what is asked."""

    def __init__(self, plate: DoorPlate, narrow: int, parent: QWidget | None = None) -> None:
        """`narrow` is the width, at normal text, below which the figure makes way."""
        super().__init__(parent)
        self._pane, self._narrow = FigurePane(plate, self), narrow
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self._pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pane.setVisible(self.width() >= theme().sized(self._narrow))

    def lay_beside(self, right: QLayout) -> None:
        """Puts `right` beside the figure."""
        self._across.addLayout(right, 1)

    def lay_in_the_middle(self, column: QLayout, widest: int) -> None:
        """A column of at most `widest` px, with as much room on both of its sides."""
        middle = QWidget()
        middle.setMaximumWidth(widest)
        column.setContentsMargins(0, 0, 0, 0)
        middle.setLayout(column)
        right = QHBoxLayout()
        right.setContentsMargins(32, 56, 32, 32)
        right.addStretch(1)
        right.addWidget(middle, _ALL)
        right.addStretch(1)
        self.lay_beside(right)


class FigurePane(QWidget):
    """520 px of sunken ground."""

    def __init__(self, plate: DoorPlate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plate = plate
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(", ".join((plate.practice_name, *plate.addresses)).strip(", ") or "Pulse Desktop")

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("sunken"))
        right = self.width() - 1
        drawing.line(painter, QPointF(right, 0), QPointF(right, self.height()), look.color("line"))
        self._paint_mark(painter)
        self._paint_body(painter)
        self._paint_addresses(painter)

    def _paint_mark(self, painter: QPainter) -> None:
        look = theme()
        look.draw_icon(painter, MARK, "jade", QRectF(_PADDING, 56, 28, 28))
        place = QRectF(_PADDING + 36, 56, _WIDTH - 2 * _PADDING, 28)
        drawing.words(painter, place, "Pulse Desktop", look.font("section", 600), look.color("ink"))

    def _paint_body(self, painter: QPainter) -> None:
        top, bottom = 84, self.height() - 32 - self._address_height()
        height = min(_FIGURE[1], bottom - top - 16)
        if height < 120:
            return
        scale = height / _WINDOW.height
        left = (self.width() - 1 - _WINDOW.width * scale) / 2
        picture = BodyPicture(_VIEW, _MARKS, PRINT_SMALL)
        transform = to_device(_WINDOW, left, top + (bottom - top - height) / 2, scale)
        paint(painter, shapes(picture, _WINDOW, scale), transform, _colour, theme().font())

    def _paint_addresses(self, painter: QPainter) -> None:
        look = theme()
        y = self.height() - 32 - self._address_height()
        for words in self._lines():
            place = QRectF(_PADDING, y, _WIDTH - 2 * _PADDING, look.line("secondary"))
            drawing.words(painter, place, words, look.font("secondary"), look.color("ink-soft"))
            y += look.line("secondary")

    def _lines(self) -> list[str]:
        return [words for words in (self._plate.practice_name or _("No clinic yet"), *self._plate.addresses) if words]

    def _address_height(self) -> int:
        return len(self._lines()) * theme().line("secondary")


def _colour(role: str) -> QColor:
    return theme().color(role)
