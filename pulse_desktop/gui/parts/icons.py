"""Our line icons, tinted.

The SVGs draw with `currentColor`; it is replaced by a palette colour before they are rendered, so an icon always has
the colour of the words beside it. `icon_names()` lists what there is.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pulse_desktop.basics.resources import resource_path

MARK = "mark"
"""The program's own sign: a pulse in a ring. It is drawn on 28 px, the other icons on 20 px."""


@cache
def icon_names() -> frozenset[str]:
    """The names that `draw_icon` knows."""
    return frozenset(path.stem for path in resource_path("icons").glob("*.svg"))


@cache
def _source(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def draw_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw icon `name` in `colour` ("#RRGGBB") into `box`; on whole px from a pixmap that is made once."""
    if box.width() == box.height() == int(box.width()) and painter.device() is not None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box.topLeft(), icon_pixmap(name, colour, int(box.width()), ratio))
        return
    _render_icon(painter, name, colour, box)


def _render_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, box)
    painter.restore()


@cache
def icon_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Icon `name` as a pixmap of `size` px for a screen of device pixel ratio `ratio`."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _render_icon(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
