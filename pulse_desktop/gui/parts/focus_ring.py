"""The focus ring: drawn once for all widgets, outside the edge of whatever has the keyboard.

    FocusRing.watch(app)          # once, after the application was made

A widget may say `focus_radius` (corner radius, 6 unless told), `focus_around` (another widget that stands for it, such as
the frame of a field) or `paints_own_focus = True` (cards and blocks that draw the ring themselves; for widgets of Qt the property `paintsOwnFocus`).
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from pulse_desktop.gui.parts.drawing import focus_ring

_OUTSIDE: Final = 3
_MOVES: Final = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}
)


class _Ring(QWidget):
    """What is drawn; it lies over the focused widget and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.radius = 6.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = QRectF(self.rect()).adjusted(_OUTSIDE, _OUTSIDE, -_OUTSIDE, -_OUTSIDE)
        focus_ring(painter, inner, self.radius)


class FocusRing(QObject):
    """Follows the keyboard focus through the whole application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._follow)

    @classmethod
    def watch(cls, app: QApplication) -> FocusRing:
        """Begin; repeated calls give the same ring."""
        known = app.findChild(cls)
        return known if isinstance(known, cls) else cls(app)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._let_go()
        if now is None or _paints_itself(now) or now.isWindow():
            return
        target = getattr(now, "focus_around", None) or now
        stage = _stage_of(target)
        if stage is None:
            return
        self._target = target
        self._ring = _Ring(stage)
        self._ring.radius = float(getattr(now, "focus_radius", 6))
        walked: QWidget | None = target
        while walked is not None and walked is not stage:
            walked.installEventFilter(self)
            self._watched.append(walked)
            walked = walked.parentWidget()
        self._place()

    def _let_go(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = self._target = None

    def _place(self) -> None:
        ring, target = self._ring, self._target
        if ring is None or target is None or not (shiboken6.isValid(ring) and shiboken6.isValid(target)):
            return
        stage = ring.parentWidget()
        assert stage is not None
        corner = target.mapTo(stage, QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        ring.setGeometry(around)
        ring.setVisible(target.isVisibleTo(stage))
        ring.raise_()


def _paints_itself(widget: QWidget) -> bool:
    return bool(getattr(widget, "paints_own_focus", False) or widget.property("paintsOwnFocus"))


def _stage_of(target: QWidget) -> QWidget | None:
    """The widget on which the ring lies: the content of the nearest scroll area (so that it is cut off there), else the window."""
    above = target.parentWidget()
    while above is not None:
        parent = above.parentWidget()
        grand = parent.parentWidget() if parent else None
        if isinstance(grand, QScrollArea) and grand.widget() is above:
            return above
        if above.isWindow():
            return above
        above = parent
    return None
