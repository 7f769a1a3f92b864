"""Shadows say "this floats": panel, menu, toast, a block being dragged. Painted, since blur effects cost a frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.tokens import design_tokens

_DARK_ALPHA = 0.5


def paint_shadow(painter: QPainter, rect: QRectF, radius: float, kind: str) -> None:
    """The shadow of a box at `rect`; `kind` is "panel", "menu" or "drag"."""
    shape = design_tokens()["shadow"][kind]
    blur, down = float(shape["blur"]), float(shape["y"])
    look = theme()
    colour = QColor(0, 0, 0) if look.is_dark else QColor(str(shape["ink"]))
    strength = _DARK_ALPHA if look.is_dark else float(shape["alpha"])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    steps = int(blur)
    for step in range(steps, 0, -1):
        share = (1 - step / (steps + 1)) ** 2
        colour.setAlphaF(min(strength * share * 0.32, 1.0))
        painter.setBrush(colour)
        grown = rect.adjusted(-step, -step, step, step).translated(0, down)
        painter.drawRoundedRect(grown, radius + step, radius + step)
    painter.restore()
