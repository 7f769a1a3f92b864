"""The times put right afterwards: when cups or needles really went on and came off, typed as clock times."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, ngettext, sentence
from pulse_desktop.basics.times import clock_time_full, instant_at, minute_of, read_time
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement
from pulse_desktop.gui.forms.fields import RefusalLine, TextField
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.workplaces.note.words import needle_name
from pulse_desktop.gui.workplaces.note.writing import TimesAsked


class TimesRow(QWidget):
    """A link; below it, once it is asked for, two times. `asked(change)` on Enter; Esc closes it."""

    opened = Signal()
    asked = Signal(object)

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self._cups: tuple[CupPlacement, ...] = ()
        self._needles: tuple[NeedlePlacement, ...] = ()
        self.link = Link(_("Correct the times"))
        self.link.setAccessibleDescription("Alt+T")
        self._form = QWidget()
        self._whose = Label("", "secondary", "ink-soft", weight=500)
        self.on, self.off = TextField(_("Went on")), TextField(_("Came off"))
        self._refusal = RefusalLine()
        for field in (self.on, self.off):
            field.share_refusal(self._refusal)
        self.write = Button(_("Correct"), keys=_("Enter"))
        self._lay_out()
        self.link.clicked.connect(self.opened)
        self.write.clicked.connect(self._ask)
        self.on.edit.returnPressed.connect(self._ask)
        self.off.edit.returnPressed.connect(self._ask)

    def open_for(self, cups: tuple[CupPlacement, ...], needles: tuple[NeedlePlacement, ...]) -> None:
        """Ask for the times of these; the first one's stand there already."""
        self._cups = tuple(cup for cup in cups if cup.on_at)
        self._needles = tuple(needle for needle in needles if needle.in_at)
        if not self._cups and not self._needles:
            return
        names = [str(cup.number) for cup in self._cups]
        cups_words = ngettext("Cup {numbers}", "Cups {numbers}", len(names)).format(numbers=", ".join(names)) if names else ""
        self._whose.set_words("; ".join(part for part in (cups_words, ", ".join(needle_name(one) for one in self._needles)) if part))
        began, ended = self._known()
        self.on.set_value(self._shown(began))
        self.off.set_value(self._shown(ended))
        self.off.setVisible(ended is not None)
        self._refusal.say("")
        self._form.show()
        (self.off if ended else self.on).edit.setFocus()
        (self.off if ended else self.on).edit.selectAll()

    def close_form(self) -> None:
        """The times are right."""
        self._form.hide()
        self.link.setFocus()

    def refuse(self, problem: Problem) -> None:
        """That time is not possible: said under the fields, which keep what was typed."""
        (self.on if problem.field == "on_at" else self.off).refuse(sentence(problem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _known(self) -> tuple[datetime | None, datetime | None]:
        if self._cups:
            return self._cups[0].on_at, self._cups[0].off_at
        return self._needles[0].in_at, self._needles[0].out_at

    def _shown(self, moment: datetime | None) -> str:
        return "" if moment is None else clock_time_full(self._practice.wall(moment))

    def _ask(self) -> None:
        for field in (self.on, self.off):
            field.accept()
        began, ended = self._known()
        try:
            on_at, off_at = self._read(self.on, began), self._read(self.off, ended)
        except ValueError:
            return
        points = tuple((one.code, one.side) for one in self._needles)
        self.asked.emit(TimesAsked(tuple(cup.number for cup in self._cups), points, on_at, off_at))

    def _read(self, field: TextField, known: datetime | None) -> datetime | None:
        """The moment that was typed; None where it stands as it was. On the day, and in the turn of the clocks, of the old one."""
        if known is None or field.edit.text() == self._shown(known):
            return None
        try:
            minute = read_time(field.edit.text())
        except ValueError as error:
            field.refuse(str(error))
            raise
        shown = self._practice.wall(known)
        if minute == minute_of(known, self._practice.zone):
            return None
        return instant_at(shown.date(), minute, self._practice.zone, second_time=bool(shown.fold))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.link)
        inner = QVBoxLayout(self._form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self._whose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.on, 1)
        row.addWidget(self.off, 1)
        inner.addLayout(row)
        inner.addWidget(self._refusal)
        inner.addWidget(self.write)
        column.addWidget(self._form)
        self._form.hide()
