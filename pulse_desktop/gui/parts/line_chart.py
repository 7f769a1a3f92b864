"""A line over visits, such as pain before each, and the large picture of a course.

    chart = LineChart("Low back pain, 0 to 10", top=10, height=176)
    chart.show_points((ChartPoint("Oct 13", 8), ..., ChartPoint("Today", 4)), matters_from=6)
    course = CourseChart(); course.show_picture(ProgressPicture(...))

`matters_from` draws the ground below it in jade tint with a dashed edge: the change that matters. What is drawn is
described in `clinic.atlas`, so that the screen and the paper show one picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.chart import small_field, small_line, small_places
from pulse_desktop.clinic.atlas.course import ProgressPicture, progress_words
from pulse_desktop.clinic.atlas.drawing import Drawn, Rect
from pulse_desktop.clinic.atlas.progress_picture import LETTERS, progress_picture
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.body_painter import paint, to_device
from pulse_desktop.gui.parts.theme import theme

_NEAR: Final = 12
_COURSE_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value with the words of its place on the axis."""

    words: str
    value: float


class DescribedChart(QWidget):
    """Draws what is described for its size: `describe(width, height, size of letters)`."""

    def __init__(self, height: int, describe: Callable[[float, float, float], Sequence[Drawn]], parent: QWidget | None = None, *, lines: int = 1) -> None:
        """`lines` is how many lines of words stand one below the other: so much it grows with the text."""
        super().__init__(parent)
        self._height, self._describe, self._lines = height, describe, lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(240), theme().tall(self._height, 16, self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().sized(140), theme().tall(self._height, 16, self._lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        whole = Rect(0, 0, self.width(), self.height())
        shapes = self._describe(whole.width, whole.height, _letters())
        paint(QPainter(self), shapes, to_device(whole, 0, 0, 1), theme().color, theme().font("key", 400))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def _letters() -> float:
    return LETTERS * theme().scale


def _width_of(words: str, size: float) -> float:
    """Words as wide as the painter sets them, whose letters are those of the theme at another size."""
    return drawing.text_width(words, theme().font("key", 400)) * size / _letters()


class LineChart(DescribedChart):
    """2 px jade line with hollow points on three grid lines."""

    def __init__(self, label: str, *, top: float = 10, height: int = 176, parent: QWidget | None = None) -> None:
        """`top` is the highest value of the axis (the lowest is 0)."""
        super().__init__(height, self._described, parent)
        self._label, self._most = label, top
        self._points: tuple[ChartPoint, ...] = ()
        self._matters: float | None = None
        self._say()

    def show_points(self, points: Sequence[ChartPoint], *, matters_from: float | None = None) -> None:
        """Show these points, oldest first."""
        self._points, self._matters = tuple(points), matters_from
        self._say()
        self.update()

    def _described(self, width: float, height: float, letters: float) -> Sequence[Drawn]:
        return small_line(self._pairs(), width, height, top=self._most, matters=self._matters, letters=letters, width_of=_width_of)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _pairs(self) -> list[tuple[str, float]]:
        return [(point.words, point.value) for point in self._points]

    def _words_at(self, place: QPointF) -> str:
        field = small_field(self.width(), self.height(), top=self._most, letters=_letters(), width_of=_width_of)
        for point, where in zip(self._points, small_places(self._pairs(), field), strict=True):
            if (QPointF(*where) - place).manhattanLength() < _NEAR:
                return f"{point.words}: {point.value:g}"
        return ""

    def _say(self) -> None:
        said = ", ".join(f"{point.words}: {point.value:g}" for point in self._points) or _("nothing yet")
        self.setAccessibleName(f"{self._label}. {said}")


class CourseChart(DescribedChart):
    """The course of one measure, large; its name for screen readers is the picture in words."""

    def __init__(self, height: int = 340, parent: QWidget | None = None) -> None:
        super().__init__(height, self._described, parent, lines=_COURSE_LINES)
        self._picture: ProgressPicture | None = None

    def show_picture(self, picture: ProgressPicture) -> None:
        """Show this course."""
        self._picture = picture
        self.setAccessibleName(progress_words(picture))
        self.update()

    def _described(self, width: float, height: float, letters: float) -> Sequence[Drawn]:
        return progress_picture(self._picture, width, height, letters=letters, width_of=_width_of) if self._picture else ()
