"""Which part of the body's canvas is seen, and how large: pure geometry for the map view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

from pulse_desktop.clinic.atlas.body_figure import CANVAS, TORSO
from pulse_desktop.clinic.atlas.drawing import Rect
from pulse_desktop.gui.parts.body_painter import to_device

STEP: Final = 1.25
_LARGEST: Final = 4.0
"""px a canvas unit."""


class BodyWindow:
    """A window on the canvas inside a widget: `scale` in px a canvas unit, the middle in canvas units."""

    def __init__(self) -> None:
        self._size = QSizeF(1, 1)
        self.scale = 1.0
        self._x, self._y = TORSO.x + TORSO.width / 2, TORSO.y + TORSO.height / 2
        self._is_touched = False

    def resize(self, width: float, height: float) -> None:
        """Fit a widget of this size. Until somebody zooms or pans, the torso fills it."""
        self._size = QSizeF(max(width, 1.0), max(height, 1.0))
        if not self._is_touched:
            self.show_rect(TORSO)
            self._is_touched = False

    def show_rect(self, rect: Rect) -> None:
        """Show `rect` as large as it fits."""
        self.scale = min(self._size.width() / rect.width, self._size.height() / rect.height)
        self._x, self._y = rect.x + rect.width / 2, rect.y + rect.height / 2
        self._is_touched = True

    def show_whole(self) -> None:
        """Show the whole figure."""
        self.show_rect(Rect(CANVAS.x, CANVAS.y, CANVAS.width, CANVAS.height))

    def start_again(self) -> None:
        """Back to the torso."""
        self._is_touched = False
        self.resize(self._size.width(), self._size.height())

    @property
    def rect(self) -> Rect:
        """What is seen, in canvas units."""
        width, height = self._size.width() / self.scale, self._size.height() / self.scale
        return Rect(self._x - width / 2, self._y - height / 2, width, height)

    @property
    def transform(self) -> QTransform:
        """From canvas units to px of the widget."""
        return to_device(self.rect, 0.0, 0.0, self.scale)

    def to_canvas(self, place: QPointF) -> tuple[float, float]:
        """A point of the widget in canvas units."""
        seen = self.rect
        return seen.x + place.x() / self.scale, seen.y + place.y() / self.scale

    def to_widget(self, x: float, y: float) -> QPointF:
        """A point of the canvas in px of the widget."""
        seen = self.rect
        return QPointF((x - seen.x) * self.scale, (y - seen.y) * self.scale)

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Grow by `factor`, keeping the point `around` of the widget where it is."""
        fixed = around or QPointF(self._size.width() / 2, self._size.height() / 2)
        x, y = self.to_canvas(fixed)
        smallest = min(self._size.height() / CANVAS.height, self._size.width() / CANVAS.width)
        self.scale = min(max(self.scale * factor, smallest), _LARGEST)
        now_x, now_y = self.to_canvas(fixed)
        self._x += x - now_x
        self._y += y - now_y
        self._keep_inside()
        self._is_touched = True

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by px of the widget."""
        self._x -= dx / self.scale
        self._y -= dy / self.scale
        self._keep_inside()
        self._is_touched = True

    def reveal(self, x: float, y: float) -> None:
        """Pan so that a place of the canvas is seen, if it is not."""
        seen = self.rect
        margin = min(60.0, seen.width / 4, seen.height / 4)
        self._x += min(x - margin - seen.x, 0) + max(x + margin - seen.x - seen.width, 0)
        self._y += min(y - margin - seen.y, 0) + max(y + margin - seen.y - seen.height, 0)
        self._keep_inside()

    def _keep_inside(self) -> None:
        self._x = min(max(self._x, CANVAS.x), CANVAS.x + CANVAS.width)
        self._y = min(max(self._y, CANVAS.y), CANVAS.y + CANVAS.height)
