"""The four views as small pictures of 96 px: which one is on the map, and how many cups and needles each has.

thumbs = BodyThumbs(); thumbs.chosen.connect(self._show_view)      # "posterior", "anterior", "lateral_left", "lateral_right"
thumbs.show_marks(marks); thumbs.choose("posterior")
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.body_figure import CANVAS, VIEWS
from pulse_desktop.clinic.atlas.body_map import ABOVE, GROUND, SKIN, shapes
from pulse_desktop.clinic.atlas.body_picture import THUMBNAIL, BodyPicture, Mark
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.body_map import view_words
from pulse_desktop.gui.parts.body_painter import paint, to_device
from pulse_desktop.gui.parts.theme import theme

_HEIGHT: Final = 96


class BodyThumb(QPushButton):
    """One view."""

    def __init__(self, view: str) -> None:
        super().__init__()
        self.view = view
        self._picture = BodyPicture(view, style=THUMBNAIL)
        self._drawn: tuple[object, QPixmap] | None = None
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_marks(())

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show the marks of this view; what is on the others leaves it as it is."""
        picture = BodyPicture(self.view, marks, THUMBNAIL)
        if picture.shown != self._picture.shown or not self.text():
            self._picture = picture
            self.setText(self.words)
            self.update()

    @property
    def words(self) -> str:
        """Says "Back 6": the view and how many cups and needles it has."""
        count = self._picture.cup_count + len(self._picture.needles)
        return f"{view_words(self.view)} {count}" if count else view_words(self.view)

    def sizeHint(self) -> QSize:
        return QSize(72, theme().tall(_HEIGHT, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        is_on = self.isChecked()
        ground = "jade-tint" if is_on else "hover" if self.underMouse() else "raised"
        edge = look.color("jade" if is_on else "line")
        drawing.box(painter, QRectF(self.rect()), 6, look.color(ground), edge, width=2 if is_on else 1)
        line = look.line("secondary")
        place = QRectF(2, self.height() - line - 4, self.width() - 4, line)
        font = look.font("secondary", 600 if is_on else 400)
        colour = look.color("jade" if is_on else "ink-soft")
        drawing.words(painter, place, self.words, font, colour, align=drawing.CENTRE)
        height = self.height() - line - 14
        scale = height / CANVAS.height
        transform = to_device(CANVAS, (self.width() - CANVAS.width * scale) / 2, 6, scale)
        painter.drawPixmap(0, 0, self._figure(scale, transform))
        marks = shapes(self._picture, CANVAS, scale, (SKIN, ABOVE))
        paint(painter, marks, transform, look.color, look.font("mark"))

    def _figure(self, scale: float, transform: QTransform) -> QPixmap:
        """The figure without its marks, painted once for a size and look."""
        look, ratio = theme(), self.devicePixelRatioF()
        key = (self.size().toTuple(), id(look), ratio)
        if self._drawn is None or self._drawn[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint(painter, shapes(self._picture, CANVAS, scale, (GROUND,)), transform, look.color, look.font("mark"))
            painter.end()
            self._drawn = (key, pixmap)
        return self._drawn[1]


class BodyThumbs(QWidget):
    """The four views side by side."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.setAccessibleName(_("Views of the body"))
        self._thumbs = {view: BodyThumb(view) for view in VIEWS}
        for thumb in self._thumbs.values():
            thumb.clicked.connect(self._tell)
            row.addWidget(thumb)
        self.choose(VIEWS[0])

    def choose(self, view: str) -> None:
        """Mark `view` as the one on the map, without telling anybody."""
        for thumb in self._thumbs.values():
            thumb.setChecked(thumb.view == view)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks on all four."""
        for thumb in self._thumbs.values():
            thumb.show_marks(marks)

    def _tell(self) -> None:
        thumb = self.sender()
        if isinstance(thumb, BodyThumb):
            self.choose(thumb.view)
            self.chosen.emit(thumb.view)
