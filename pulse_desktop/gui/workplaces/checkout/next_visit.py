"""The next visit, proposed: the same weekday and time first. Enter keeps it, arrows choose another, Delete none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time, clock_time_full, short_day
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Opening, VisitLine
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.chips import Chip, ChipView, ToggleChip
from pulse_desktop.gui.parts.flow import FlowLayout
from pulse_desktop.gui.parts.labels import Icon, Label
from pulse_desktop.gui.parts.theme import theme


class NextVisit(QWidget):
    """The proposal and the other openings below it. `chosen` is the Opening to book, or None."""

    changed = Signal()
    other_asked = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Opening | None = None
        self._openings: tuple[Opening, ...] = ()
        self._practice: PracticeData | None = None
        self._box = _Box()
        self._box.stepped.connect(self._step)
        self._box.let_go.connect(self._choose_none)
        self._box.kept.connect(self.kept)
        self.setFocusProxy(self._box)
        self._chips = QWidget()
        FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_("Next visit"), "secondary", "ink-soft", weight=500))
        column.addWidget(self._box)
        column.addWidget(self._chips)

    def show_openings(self, openings: tuple[Opening, ...], booked: VisitLine | None, practice: PracticeData) -> None:
        """Propose `openings`; a next visit that is booked already is only told."""
        self._practice = practice
        self._openings = () if booked else _at_different_times(openings)
        if booked is not None:
            self.chosen = None
            self._box.show_words(f"{short_day(booked.day)}, {clock_time_full(booked.minute)}", f"{booked.staff}, {booked.room}", _("booked"))
            self._show_chips()
            return
        self._choose(self._openings[0] if self._openings else None)

    def _choose(self, opening: Opening | None) -> None:
        self.chosen = opening
        if opening is None:
            self._box.show_words(_("No next visit"), "", "")
        else:
            self._box.show_words(_when(opening), self._where(opening), _("free"))
        self._show_chips()
        self.changed.emit()

    def _choose_none(self) -> None:
        self._choose(None)

    def _step(self, by: int) -> None:
        ring: list[Opening | None] = [*self._openings, None]
        if self._openings:
            self._choose(ring[(ring.index(self.chosen) + by) % len(ring)])

    def _where(self, opening: Opening) -> str:
        assert self._practice is not None
        return f"{self._practice.member(opening.staff_id).short_name}, {self._practice.room(opening.room_id).name}"

    def _show_chips(self) -> None:
        layout = self._chips.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for opening in self._openings:
            if opening != self.chosen:
                self._add_chip(f"{short_day(opening.day)}, {clock_time(opening.starts)}", opening)
        if self.chosen is not None:
            self._add_chip(_("No next visit"), None)
        other = ToggleChip(_("Other time"), checkable=False)
        other.clicked.connect(self.other_asked)
        layout.addWidget(other)

    def _add_chip(self, words: str, opening: Opening | None) -> None:
        chip = _OpeningChip(words, opening)
        chip.picked.connect(self._choose)
        layout = self._chips.layout()
        assert layout is not None
        layout.addWidget(chip)


def _at_different_times(openings: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The first opening at each time; another room at the same time is nothing to choose between."""
    by_time = {(opening.day, opening.starts): opening for opening in reversed(openings)}
    return tuple(opening for opening in openings if by_time[opening.day, opening.starts] is opening)


def _when(opening: Opening) -> str:
    return f"{short_day(opening.day)}, {clock_time_full(opening.starts)}"


class _OpeningChip(ToggleChip):
    """Another opening; a click takes it."""

    picked = Signal(object)

    def __init__(self, words: str, opening: Opening | None) -> None:
        super().__init__(words, checkable=False)
        self._opening = opening
        self.clicked.connect(self._pick)

    def _pick(self) -> None:
        self.picked.emit(self._opening)


class _Box(QWidget):
    """The chosen opening in a field of 40 px."""

    stepped = Signal(int)
    let_go = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme().tall(40))
        self._when, self._where = Label("", weight=600), Label("", ink="ink-soft")
        self._chip = Chip(ChipView("", "jade", "check"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(Icon("calendar", "jade"))
        row.addWidget(self._when)
        row.addWidget(self._where, 1)
        row.addWidget(self._chip)

    def show_words(self, when: str, where: str, state: str) -> None:
        """Time, place and a chip."""
        self._when.set_words(when)
        self._where.set_words(where)
        self._chip.setVisible(bool(state))
        if state:
            self._chip.show_chip(ChipView(state, "jade", "check"))
        self.setAccessibleName(_("Next visit: {when}").format(when=", ".join(part for part in (when, where, state) if part)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key == Qt.Key.Key_Delete:
            self.let_go.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        edge = look.color("jade" if self.hasFocus() else "line-strong")
        drawing.box(QPainter(self), QRectF(self.rect()), 6, look.color("raised"), edge)
