"""The pinboard at the calendar's right edge: visits parked while one turns the pages. A parked visit keeps its place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import WEEKDAYS, clock_time, month_day
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.grid_painting import paint_buffers
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.theme import theme

WIDTH = 144
_HEAD = 44
_BAR = 4
_DRAG_FROM = 5
_WEEK = 6


class Pinboard(QWidget):
    """Parked visits as cards. `carried` and `dropped` follow a card that is dragged (global points)."""

    taken_up = Signal(int)
    carried = Signal(int, QPoint)
    dropped = Signal(int, QPoint)
    unpinned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits: list[VisitLine] = []
        self._count = Label("", ink="ink-soft")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._hint = Paragraph(_("Drop a visit here to park it while you turn the page."), "secondary", "ink-faint")
        self.setAccessibleName(_("Pinboard"))
        self._lay_out()

    @property
    def visits(self) -> tuple[VisitLine, ...]:
        return tuple(self._visits)

    def visit(self, visit_id: int) -> VisitLine | None:
        """A parked visit."""
        return next((visit for visit in self._visits if visit.id == visit_id), None)

    def pin(self, visit: VisitLine, today: date) -> None:
        """Park a visit; one that is parked already is shown as it is now."""
        self._visits = [known for known in self._visits if known.id != visit.id]
        self._visits.append(visit)
        self._remake(today)

    def unpin(self, visit_id: int, today: date) -> None:
        """Take a visit off."""
        self._visits = [known for known in self._visits if known.id != visit_id]
        self._remake(today)

    def refresh(self, visits: dict[int, VisitLine], today: date) -> None:
        """Show those of the parked visits that were read anew as they are now."""
        fresh = [visits.get(known.id, known) for known in self._visits]
        if fresh != self._visits:
            self._visits = fresh
            self._remake(today)

    def area(self) -> QRect:
        """Where a visit can be dropped, in global coordinates."""
        return QRect(self.mapToGlobal(QPoint(0, 0)), self.size())

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(WIDTH), 200)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(theme().sized(WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("paper"))
        drawing.line(painter, QPointF(0, 0), QPointF(0, self.height()), theme().color("line"))

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme().sized(WIDTH))
        head = QWidget()
        head.setFixedHeight(theme().tall(_HEAD, 24))
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon("pin", "ink", 18))
        row.addWidget(Label(_("Pinboard"), weight=600), 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 0, 8, 12)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self._cards)
        column.addSpacing(8)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addWidget(Legend())

    def _remake(self, today: date) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for visit in self._visits:
            card = PinCard(visit, today)
            card.taken_up.connect(self.taken_up)
            card.carried.connect(self.carried)
            card.dropped.connect(self.dropped)
            card.unpinned.connect(self.unpinned)
            self._cards.addWidget(card)
        self._count.set_words(str(len(self._visits)) if self._visits else "")


class PinCard(QWidget):
    """A parked visit: Enter takes it up in the calendar, Delete takes it off, the mouse drags it."""

    taken_up = Signal(int)
    carried = Signal(int, QPoint)
    dropped = Signal(int, QPoint)
    unpinned = Signal(int)

    def __init__(self, visit: VisitLine, today: date) -> None:
        super().__init__()
        self._visit = visit
        self._lines = (visit.services_words, _("was {when}").format(when=_was(visit, today)))
        self._pressed: QPointF | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        words = ", ".join((visit.patient, *self._lines))
        self.setAccessibleName(words)
        self.setToolTip(_("{visit}. Drag it into the calendar, or press Enter and carry it with the arrow keys; Delete takes it off.").format(visit=words))

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.sized(120), look.line() + 2 * look.line("secondary") + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.taken_up.emit(self._visit.id)
        elif event.key() == Qt.Key.Key_Delete:
            self.unpinned.emit(self._visit.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if (event.position() - self._pressed).manhattanLength() >= _DRAG_FROM:
            self._is_dragged = True
        if self._is_dragged:
            self.carried.emit(self._visit.id, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._pressed, self._is_dragged = self._is_dragged, None, False
        if was_dragged:
            self.dropped.emit(self._visit.id, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.taken_up.emit(self._visit.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, rect = theme(), QPainter(self), QRectF(self.rect())
        drawing.box(painter, rect, 6, look.color("raised"), look.color("line"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, _BAR, rect.height()))
        drawing.box(painter, rect, 6, look.color("progress.expected.solid"))
        painter.restore()
        room = rect.width() - _BAR - 16
        y = 9.0
        drawing.words(painter, QRectF(_BAR + 8, y, room, look.line()), self._visit.patient, look.font("body", 600), look.color("ink"))
        y += look.line()
        for line in self._lines:
            place = QRectF(_BAR + 8, y, room, look.line("secondary"))
            drawing.words(painter, place, line, look.font("secondary"), look.color("ink-soft"))
            y += look.line("secondary")


class Legend(QWidget):
    """What the blocks mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (_("Hands-on"), _("Table time"), _("Set-up, clean-up"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(self._words))

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(120), 3 * theme().tall(24, 18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        tall, side = look.tall(24, 18), look.sized(16)
        solid = look.color("progress.in-room.solid")
        squares = [QRectF(0, number * tall + (tall - side) // 2, side, side) for number in range(3)]
        drawing.box(painter, squares[0], 3, look.color("progress.in-room.tint"))
        painter.fillRect(QRectF(squares[0].left(), squares[0].top(), 4, side), solid)
        drawing.box(painter, squares[1], 3, look.color("progress.in-room.wash"), solid)
        paint_buffers(painter, squares[2:3])
        for number, words in enumerate(self._words):
            place = QRectF(side + 8, number * tall, self.width() - side - 8, tall)
            drawing.words(painter, place, words, look.font("secondary"), look.color("ink-soft"))


def _was(visit: VisitLine, today: date) -> str:
    """"Mon 4:00" within a week, "Dec 10, 4:00" beyond."""
    near = abs((visit.day - today).days) <= _WEEK
    day = _(WEEKDAYS[visit.day.weekday()]) if near else month_day(visit.day, today) + ","
    return f"{day} {clock_time(visit.minute)}"
