"""Below the list of needles: in, how long, and out with the count."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import stopwatch
from pulse_desktop.clinic.treatment import running_needles
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.forms.fields import LineEdit
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.labels import Label, Rule
from pulse_desktop.gui.parts.running import own_view
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.timers import TimerView
from pulse_desktop.gui.workplaces.note.meant import MeantNeedles

MORE_MINUTES = 5


def needles_timer(draft: NoteDraft, now: datetime) -> TimerView | None:
    """The clock of the needles that are in; None when none is."""
    return own_view(running_needles(draft.needles, draft.needle_minutes), "needles", now)


class NeedleClock(QWidget):
    """`in_asked`; `minutes_asked` for five more; `counted(n)` when the count was typed and all are out."""

    in_asked = Signal()
    minutes_asked = Signal()
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._elapsed, self._planned = Label("", weight=600), Label("", "secondary", "ink-soft")
        self.longer = Link(_("+5 min"))
        self.longer.setAccessibleName(_("Keep the needles five minutes longer"))
        self.put_in = Button(_("Needles in"), keys="F7")
        self.count = LineEdit()
        self.count.setValidator(QIntValidator(0, 999, self.count))
        self.count.setFixedWidth(theme().sized(64))
        self.out = Button(_("Needles out"), keys="F7")
        self._lay_out()
        self.put_in.clicked.connect(self.in_asked)
        self.longer.clicked.connect(self.minutes_asked)
        self.out.clicked.connect(self.tell_count)
        self.count.returnPressed.connect(self.tell_count)
        self.count.textChanged.connect(self._weigh)
        self._weigh()

    def show_draft(self, draft: NoteDraft, now: datetime, *, usable: bool) -> None:
        """Show the needles of the draft as they stand at `now`."""
        view = needles_timer(draft, now)
        waiting = any(needle.in_at is None for needle in draft.needles)
        self.setVisible(usable and bool(view or waiting))
        self.put_in.setVisible(waiting)
        for widget in (self._elapsed, self._planned, self.longer, self.count, self.out):
            widget.setVisible(view is not None)
        if view is None:
            return
        self._elapsed.set_words(stopwatch(view.elapsed))
        self._elapsed.set_ink(view.role)
        self._planned.set_words(_("of {time}").format(time=stopwatch(view.planned)))

    def show_meant(self, meant: MeantNeedles) -> None:
        """Which needles come out, or go in, next: all, or the selected points."""
        if meant.come_out:
            self.count.setPlaceholderText(_("of {count}").format(count=meant.count))
            self.count.setAccessibleName(_("Needles counted out, of {count}").format(count=meant.count))
        some = ngettext("{count} needle in", "{count} needles in", meant.count) if meant.is_some and not meant.come_out else _("Needles in")
        self.put_in.set_words(some.format(count=meant.count))
        some = ngettext("{count} needle out", "{count} needles out", meant.count) if meant.is_some and meant.come_out else _("Needles out")
        self.out.set_words(some.format(count=meant.count))

    def take_focus(self) -> None:
        """Put the keyboard where the needles are counted."""
        self.count.setFocus()

    def tell_count(self) -> None:
        """Tell how many were counted; nothing is told before a number stands there."""
        if self.count.text().strip().isdigit():
            number = int(self.count.text())
            self.count.clear()
            self.counted.emit(number)
        else:
            self.take_focus()

    def _weigh(self) -> None:
        self.out.setAccessibleDescription(_("Type how many needles came out first") if not self.count.text() else "F7")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 8, 8, 8)
        inner.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._elapsed)
        row.addWidget(self._planned)
        row.addStretch(1)
        row.addWidget(self.longer)
        inner.addLayout(row)
        inner.addWidget(self.put_in)
        out = QHBoxLayout()
        out.setSpacing(8)
        out.addWidget(self.count)
        out.addWidget(self.out, 1)
        inner.addLayout(out)
        column.addLayout(inner)
