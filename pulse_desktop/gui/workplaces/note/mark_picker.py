"""Which mark the selected cup left, 0 to 5, once it is off: five shades one picks by eye, or by digit from the list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.words import grade_words

GRADES: Final = 6
_SIDE: Final = 28


class MarkPicker(QWidget):
    """Six discs in the colours of the grades; Left and Right or digits choose."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grade: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_grade(None)

    def show_grade(self, grade: int | None) -> None:
        """Mark this grade as the chosen one."""
        self._grade = grade
        said = _("not looked at") if grade is None else grade_words(grade)
        self.setAccessibleName(_("Mark left: {grade}").format(grade=said))
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(GRADES * (_SIDE + 4)), theme().sized(_SIDE + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.text().isdigit() and int(event.text()) < GRADES:
            self.picked.emit(int(event.text()))
        elif event.key() in steps:
            now = -1 if self._grade is None else self._grade
            self.picked.emit(min(max(now + steps[Qt.Key(event.key())], 0), GRADES - 1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for grade, rect in enumerate(self._rects()):
            if rect.contains(event.position()):
                self.picked.emit(grade)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for grade, rect in enumerate(self._rects()):
            disc = rect.adjusted(3, 3, -3, -3)
            painter.setBrush(look.color(f"marks.{grade}.fill"))
            painter.setPen(QPen(look.color("figure.mark-rim"), 1, Qt.PenStyle.DashLine))
            painter.drawEllipse(disc)
            if grade == self._grade:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.color("focus"), 2))
                painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
            ink = look.color(f"marks.{grade}.on")
            drawing.words(painter, rect, str(grade), look.font("mark"), ink, align=drawing.CENTRE)

    def _rects(self) -> list[QRectF]:
        side, step = theme().sized(_SIDE), theme().sized(_SIDE + 4)
        return [QRectF(QPointF(grade * step, 2), QSize(side, side).toSizeF()) for grade in range(GRADES)]
