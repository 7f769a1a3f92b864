"""Pain over the course of treatment, before each visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.boards.values import PainPoint
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.line_chart import ChartPoint, LineChart
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.patient_file.file_words import pain_change, pain_matters

_SHOWN = 12


class PainCard(Card):
    """A line over the visits; two points less than at the first visit lie on tinted ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        aside = Label(_("before each visit"), "secondary", "ink-soft")
        super().__init__(_("Pain, 0 to 10"), action=aside, parent=parent)
        self._chart = LineChart(_("Pain before each visit, 0 to 10"), top=10)
        self._change = Label("", "secondary", "jade", weight=600, align=drawing.RIGHT)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)
        below.setSpacing(6)
        self._sample, self._matters = _Sample(), Label("", "secondary", "ink-soft")
        below.addWidget(self._sample)
        below.addWidget(self._matters)
        below.addStretch(1)
        below.addWidget(self._change)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 0, 12, 12)
        inner.setSpacing(8)
        inner.addWidget(self._chart)
        inner.addLayout(below)
        self.body.addLayout(inner)

    def show_points(self, points: Sequence[PainPoint], today: date) -> None:
        """Show the newest of these, oldest first."""
        rated = [point for point in points if point.before is not None]
        shown = [
            ChartPoint(_("Today") if point.day == today else month_day(point.day, today), float(point.before or 0))
            for point in rated[-_SHOWN:]
        ]
        threshold = pain_matters(points)
        self._chart.show_points(shown, matters_from=threshold.line / 10 if threshold else None)
        self._sample.setVisible(threshold is not None)
        self._matters.set_words(_("{amount} or more matter").format(amount=threshold.words) if threshold else "")
        words, role = pain_change(points)
        self._change.set_words(words)
        self._change.set_ink(role)


class _Sample(QWidget):
    """The tinted ground in small."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(16, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(QRectF(self.rect()), look.color("jade-tint"))
        pen = QPen(look.color("jade"), 1.5)
        pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(0, 0.75), QPointF(16, 0.75))
