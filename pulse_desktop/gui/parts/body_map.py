"""The body map: looked at, zoomed, and touched. What a touch means is decided by the screen.

    body = BodyMap("Body map")
    body.show_picture(BodyPicture("posterior", marks))          # from clinic.atlas; show it anew after each change
    body.placed.connect(...)      # view, x, y, site key or "": a click on a free site or on skin
    body.picked.connect(...)      # a mark was clicked
    body.picked_more.connect(...) # a mark was clicked with Ctrl or Shift held
    body.row_drawn.connect(...)   # view, ((x, y), ...): a drag over skin
    body.mark_moved.connect(...)  # mark, x, y: a cup or needle was dragged there
    body.mark_shifted.connect(...)  # mark, dx, dy: a path, an area or a cone was dragged by so much
    body.trail_is("area")         # what a drag over skin will become: "row", "path" or "area"
    body.removed.connect(...)     # mark: Delete while it is selected
    body.zoom_in(); body.zoom_out(); body.zoom_to_all(); body.flash(region_key)

Arrow keys go from site to site (Enter places, or picks what is there), + and - zoom, Ctrl+wheel zooms, the wheel and the
middle button pan. Places are canvas units.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.body_figure import CANVAS, Region, figure
from pulse_desktop.clinic.atlas.body_map import ABOVE, GROUND, LAYERS, SKIN, shapes
from pulse_desktop.clinic.atlas.body_picture import (
    AreaMark,
    BodyPicture,
    CupMark,
    CurrentMark,
    MovingCup,
    MoxaMark,
    NeedleMark,
    StrokeMark,
)
from pulse_desktop.clinic.atlas.drawing import Point
from pulse_desktop.clinic.atlas.hits import SMALLEST_PX, Hit, Touchable, hit, outside
from pulse_desktop.clinic.atlas.sites import CupSite, sites_on
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.body_painter import paint
from pulse_desktop.gui.parts.body_window import STEP, BodyWindow
from pulse_desktop.gui.parts.chips import ChipView, chip_height, chip_width, draw_chip
from pulse_desktop.gui.parts.theme import theme

_DRAG_FROM: Final = 6
_FLASH_MS: Final = 1000
_EDGE: Final = 8
_ROW_STEP: Final = 12
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
Movable = CupMark | NeedleMark
Shiftable = MovingCup | StrokeMark | AreaMark | MoxaMark
Shown = Touchable
_MORE: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class BodyMap(QWidget):
    """One view of the body with its marks; see the module's docstring."""

    placed = Signal(str, float, float, str)
    picked = Signal(object)
    picked_more = Signal(object)
    row_drawn = Signal(str, tuple)
    mark_moved = Signal(object, float, float)
    mark_shifted = Signal(object, float, float)
    removed = Signal(object)
    hovered = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._picture = BodyPicture("posterior")
        self._window = BodyWindow()
        self._drawn: dict[str, tuple[object, QPixmap]] = {}
        """Each layer as it was painted last, by what it was painted from."""
        self._site: CupSite | None = None
        self._press: tuple[QPointF, Hit] | None = None
        self._trail: list[Point] = []
        self._trail_is = "row"
        self._pan_from: QPointF | None = None
        self._flashing = ""
        self._flash_end = QTimer(self)
        self._flash_end.setSingleShot(True)
        self._flash_end.setInterval(_FLASH_MS)
        self._flash_end.timeout.connect(self._end_flash)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(label)

    # --- what is shown

    @property
    def picture(self) -> BodyPicture:
        return self._picture

    def show_picture(self, picture: BodyPicture) -> None:
        """Show this picture; zoom and place stay unless the view changes."""
        if picture.view != self._picture.view:
            self._site = None
            self._window.start_again()
        self._picture = picture
        self.update()

    def trail_is(self, what: str) -> None:
        """What a drag over skin will become, for the line that is shown meanwhile: "row", "path" or "area"."""
        self._trail_is = what

    def zoom_in(self) -> None:
        self._zoom(STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / STEP)

    def zoom_to_all(self) -> None:
        """Show the whole figure."""
        self._window.show_whole()
        self.update()

    def reveal(self, x: float, y: float) -> None:
        """Pan so that a place is seen."""
        self._window.reveal(x, y)
        self.update()

    def flash(self, region: str) -> None:
        """A click into a barred region was refused: its chip turns solid for a second."""
        self._flashing = region
        self._flash_end.start()
        self.update()

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a place of the canvas is in the widget (tests and the tour click there)."""
        return self._window.to_widget(x, y)

    def sizeHint(self) -> QSize:
        return QSize(452, 530)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 280)

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press = (event.position(), self._hit(event.position()))
            self._trail = []

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            step = event.position() - self._pan_from
            self._pan_from = event.position()
            self._window.pan(step.x(), step.y())
            self.update()
        elif self._press is not None:
            self._drag(event.position())
        else:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan_from = None
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return
        trail, self._trail = self._trail, []
        self.update()
        if trail:
            self._finish_drag(press[1], trail)
        else:
            self._touch(press[1], press[0], more=bool(event.modifiers() & _MORE))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._window.zoom(STEP ** (turn.y() / 120), event.position())
        else:
            self._window.pan(turn.x() / 2, turn.y() / 2)
        self.update()
        event.accept()

    def _drag(self, place: QPointF) -> None:
        assert self._press is not None
        if not self._trail and (place - self._press[0]).manhattanLength() < _DRAG_FROM:
            return
        here = self._window.to_canvas(place)
        if not self._trail:
            self._trail = [self._window.to_canvas(self._press[0])]
        if len(self._trail) > 1 and math.dist(here, self._trail[-2]) * self._window.scale < _ROW_STEP:
            self._trail[-1] = here
        else:
            self._trail.append(here)
        self.update()

    def _finish_drag(self, what: Hit, trail: list[Point]) -> None:
        if isinstance(what, Movable):
            self.mark_moved.emit(what, *trail[-1])
        elif isinstance(what, Shiftable):
            self.mark_shifted.emit(what, trail[-1][0] - trail[0][0], trail[-1][1] - trail[0][1])
        elif isinstance(what, CupSite | Region):
            self.row_drawn.emit(self._picture.view, tuple(trail))

    def _touch(self, what: Hit, place: QPointF, *, more: bool = False) -> None:
        x, y = self._window.to_canvas(place)
        if isinstance(what, Shown):
            (self.picked_more if more else self.picked).emit(what)
        elif isinstance(what, CupSite):
            self._site = what
            self.placed.emit(self._picture.view, what.x, what.y, what.key)
        elif isinstance(what, Region):
            self.placed.emit(self._picture.view, x, y, "")

    def _hover(self, place: QPointF) -> None:
        what = self._hit(place)
        can_touch = isinstance(what, Shown | CupSite)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_touch else Qt.CursorShape.ArrowCursor)
        self.hovered.emit(hit_words(what))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), hit_words(self._hit(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _hit(self, place: QPointF) -> Hit:
        x, y = self._window.to_canvas(place)
        return hit(self._picture, x, y, SMALLEST_PX / self._window.scale)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._go(*_ARROWS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._site is not None:
            here = self._window.to_widget(self._site.x, self._site.y)
            self._touch(self._hit(here), here)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and (mark := self._selected()) is not None:
            self.removed.emit(mark)
        else:
            super().keyPressEvent(event)

    def _go(self, dx: int, dy: int) -> None:
        start = (self._site.x, self._site.y) if self._site else self._middle()
        site = _next_site(self._picture.view, start, dx, dy)
        if site is None:
            return
        self._site = site
        self._window.reveal(site.x, site.y)
        self.setAccessibleDescription(site.names.en)
        self.hovered.emit(site.names.en)
        self.update()

    def _middle(self) -> Point:
        seen = self._window.rect
        return seen.x + seen.width / 2, seen.y + seen.height / 2

    def _selected(self) -> Shown | None:
        for mark in self._picture.shown:
            if isinstance(mark, Shown) and mark.is_selected:
                return mark
        return None

    def _zoom(self, factor: float) -> None:
        self._window.zoom(factor)
        self.update()

    def _end_flash(self) -> None:
        self._flashing = ""
        self.update()

    # --- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._window.resize(self.width() - 2, self.height() - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        drawing.box(painter, QRectF(self.rect()), 6, look.color("raised"))
        painter.save()
        painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
        for layer in self._layers():
            painter.drawPixmap(0, 0, layer)
        self._paint_trail(painter)
        self._paint_site(painter)
        for rect, chip in self._chips():
            draw_chip(painter, rect, chip)
        painter.restore()
        drawing.box(painter, QRectF(self.rect()), 6, None, look.color("line"))

    def _layers(self) -> Iterator[QPixmap]:
        """The picture, a layer painted anew only when something of it changed: zoom, place, look, or its own marks."""
        look, ratio, picture = theme(), self.devicePixelRatioF(), self._picture
        seen = self._window.rect
        how = (picture.view, picture.style, seen, self._window.scale, self.size().toTuple(), id(look), ratio)
        of_layer = {GROUND: picture.barred, SKIN: picture, ABOVE: (picture.needles, picture.hands)}
        for layer in LAYERS:
            key = (how, of_layer[layer])
            if layer not in self._drawn or self._drawn[layer][0] != key:
                self._drawn[layer] = (key, self._painted(layer, ratio))
            yield self._drawn[layer][1]

    def _painted(self, layer: str, ratio: float) -> QPixmap:
        look = theme()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        described = shapes(self._picture, self._window.rect, self._window.scale, (layer,))
        paint(painter, described, self._window.transform, look.color, look.font("mark"))
        painter.end()
        return pixmap

    def _paint_trail(self, painter: QPainter) -> None:
        if not self._trail:
            return
        look = theme()
        pen = QPen(look.color("figure.cup"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [self._window.to_widget(*point) for point in self._trail]
        is_on_skin = self._press is not None and not isinstance(self._press[1], Shown)
        if self._trail_is == "area" and is_on_skin:
            painter.drawEllipse(QPolygonF(places).boundingRect())
        else:
            painter.drawPolyline(places)

    def _paint_site(self, painter: QPainter) -> None:
        if self._site is None or not self.hasFocus():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.drawEllipse(self._window.to_widget(self._site.x, self._site.y), 8, 8)

    def _chips(self) -> Iterator[tuple[QRectF, ChipView]]:
        """Sides in the corners, reasons beside barred regions, what lies outside at that edge."""
        left, right = side_words(self._picture.view)
        yield self._corner(ChipView(left), at_right=False), ChipView(left)
        yield self._corner(ChipView(right), at_right=True), ChipView(right)
        for mark in self._picture.barred:
            if mark.reason:
                kind = "cinnabar" if mark.region != self._flashing else "solid-cinnabar"
                chip = ChipView(mark.reason, kind, "stop")
                yield self._beside(figure(mark.view).regions[mark.region], chip), chip
        for edge, marks in outside(self._picture, self._window.rect).items():
            chip = _outside_chip(edge, marks)
            yield self._at_edge(edge, chip), chip

    def _corner(self, chip: ChipView, *, at_right: bool) -> QRectF:
        width = chip_width(chip)
        x = self.width() - _EDGE - width if at_right else _EDGE
        return QRectF(x, _EDGE, width, chip_height())

    def _beside(self, region: Region, chip: ChipView) -> QRectF:
        corner = self._window.to_widget(region.box.x + region.box.width / 2, region.box.y + region.box.height)
        width = min(chip_width(chip), self.width() - 2 * _EDGE)
        outward = width * (0.9 if region.box.x + region.box.width / 2 < CANVAS.width / 2 else 0.1)
        x = min(max(corner.x() - outward, _EDGE), self.width() - width - _EDGE)
        y = min(max(corner.y() + 6, _EDGE + chip_height() + 4), self.height() - 2 * chip_height() - _EDGE - 4)
        return QRectF(round(x), round(y), width, chip_height())

    def _at_edge(self, edge: str, chip: ChipView) -> QRectF:
        width, height = min(chip_width(chip), self.width() - 2 * _EDGE), chip_height()
        tops = {"above": _EDGE + height + 4, "below": self.height() - _EDGE - height}
        top = tops.get(edge, (self.height() - height) / 2)
        left = self.width() - _EDGE - width if edge == "right" else _EDGE
        return QRectF(left, round(top), width, height)


def hit_words(what: Hit) -> str:
    """The name of what lies under the pointer."""
    if isinstance(what, CupMark):
        return _("Cup {number}, {size} mm").format(number=what.number, size=f"{what.rim_mm:g}")
    if isinstance(what, MovingCup):
        return _("Moving cup {number}").format(number=what.number)
    if isinstance(what, NeedleMark | StrokeMark | AreaMark | MoxaMark | CurrentMark):
        return _label_of(what)
    if isinstance(what, CupSite):
        return what.names.en
    return what.name if isinstance(what, Region) else ""


def _label_of(mark: NeedleMark | StrokeMark | AreaMark | MoxaMark | CurrentMark) -> str:
    """What is written beside the mark."""
    if isinstance(mark, NeedleMark):
        return mark.code
    return mark.words if isinstance(mark, CurrentMark) else mark.label


def side_words(view: str) -> tuple[str, str]:
    """What is written in the left and right corner: the patient's sides, or front and back on a side view."""
    left, right, front, back = _("Left"), _("Right"), _("Front"), _("Back")
    return {
        "posterior": (left, right),
        "anterior": (right, left),
        "lateral_left": (front, back),
        "lateral_right": (back, front),
    }[view]


def view_words(view: str) -> str:
    """The name of a view: "Back"."""
    names = {
        "posterior": _("Back"),
        "anterior": _("Front"),
        "lateral_left": _("Left"),
        "lateral_right": _("Right"),
    }
    return names[view]


def _outside_chip(edge: str, marks: tuple[Touchable, ...]) -> ChipView:
    names = []
    for mark in marks:
        name = hit_words(mark) if not isinstance(mark, CupMark | MovingCup) else _("cup {number}").format(number=mark.number)
        if name not in names:
            names.append(name)
    templates = {
        "above": _("{count} more above: {names}"),
        "below": _("{count} more below: {names}"),
        "left": _("{count} more to the left: {names}"),
        "right": _("{count} more to the right: {names}"),
    }
    only_needles = all(isinstance(mark, NeedleMark) for mark in marks)
    words = templates[edge].format(count=len(marks), names=", ".join(names))
    return ChipView(words, "indigo", "needle" if only_needles else "cups")


def _next_site(view: str, start: Point, dx: int, dy: int) -> CupSite | None:
    """The nearest site in a direction; what lies far to the side of it counts as further."""
    best: tuple[float, CupSite] | None = None
    for site in sites_on(view):
        ahead = (site.x - start[0]) * dx + (site.y - start[1]) * dy
        aside = abs((site.x - start[0]) * dy) + abs((site.y - start[1]) * dx)
        cost = ahead + 2.5 * aside
        if ahead > 1 and (best is None or cost < best[0]):
            best = (cost, site)
    return best[1] if best else None
