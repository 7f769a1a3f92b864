"""Working hours by practitioner and office, and closed days."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import WEEKDAYS_LONG, clock_time, long_day, read_time
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import Closure, ClosureDraft, HoursDraft, WorkingHours
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.forms.typed_fields import TypedField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.side_by_side import SideBySide
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.section import EDITOR_WIDTH, section_head

Spans = tuple[tuple[int, int], ...]
_BETWEEN = re.compile(r"\s*(?:-|–|to)\s*")


def read_spans(text: str) -> Spans:
    """"9:00-1:00, 1:30-6:00" as minutes of the day. Raises ValueError with a sentence."""
    spans = []
    for piece in text.split(","):
        ends = _BETWEEN.split(piece.strip())
        if len(ends) != 2:
            raise ValueError(_("Write hours like 9:00-1:00, 1:30-6:00."))
        starts, ends_at = read_time(ends[0]), read_time(ends[1])
        if ends_at <= starts:
            raise ValueError(_("A span must end after it begins."))
        spans.append((starts, ends_at))
    return tuple(spans)


def spans_words(spans: Spans) -> str:
    """As `read_spans` reads it."""
    return ", ".join(f"{clock_time(starts)}-{clock_time(ends)}" for starts, ends in spans)


class HoursSection(QWidget):
    """One practitioner's week at one office, from a day on; below it the closed days."""

    key, title = "hours", N_("Hours and closures")

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._who, self._where = ChoiceField(_("Practitioner")), ChoiceField(_("Office"))
        self._week = Form()
        for weekday, name in enumerate(WEEKDAYS_LONG):
            self._week.add(str(weekday), TypedField(_(name), read_spans, spans_words, hint=_("closed")))
        self._week.day("valid_from", _("Valid from"), required=True)
        self._trouble = Paragraph("", "secondary", "cinnabar", weight=500)
        self._save = Button(_("Save hours"), "primary", keys="Ctrl+Enter")
        self._save.clicked.connect(self._save_hours)
        self._who.changed.connect(self._show_week)
        self._where.changed.connect(self._show_week)
        self._closures = Closures(parts)
        self._lay_out()
        parts.practice.changed.connect(self.show_data)
        self.show_data()

    def show_data(self) -> None:
        """Who treats, and where."""
        data = self._parts.practice.data
        self._who.show_choices([(member.id, member.printed_name) for member in data.staff if "practitioner" in member.roles and member.active])
        self._where.show_choices([(office.id, office.name) for office in data.offices if office.active])
        if not self._week.is_changed:
            self._show_week()
        self._closures.show_data()

    def take_focus(self) -> None:
        """The keyboard begins with who."""
        self._who.setFocus()

    def _show_week(self) -> None:
        today = self._parts.practice.today()
        week: dict[str, Spans | date | None] = {str(weekday): None for weekday in range(7)}
        mine = [hours for hours in self._parts.practice.data.hours if self._is_mine(hours, today)]
        for weekday in range(7):
            week[str(weekday)] = tuple((hours.starts, hours.ends) for hours in mine if hours.weekday == weekday) or None
        self._week.fill(week | {"valid_from": today})

    def _is_mine(self, hours: WorkingHours, today: date) -> bool:
        is_current = hours.valid_from <= today and (hours.valid_to is None or today <= hours.valid_to)
        return is_current and (hours.staff_id, hours.office_id) == (self._who.value(), self._where.value())

    def _save_hours(self) -> None:
        values = self._week.read()
        if values is None or self._who.value() is None:
            return
        spans = tuple((weekday, starts, ends) for weekday in range(7) for starts, ends in values[str(weekday)] or ())
        draft = HoursDraft(self._who.value(), self._where.value(), values["valid_from"], spans)
        self._parts.work.do(practice.save_hours, draft, then=self._saved, refused=self._refused)

    def _saved(self, done: Finished) -> None:
        self._week.is_changed = False
        self._trouble.set_words("")
        self._parts.toast(_("Hours saved"), done.operation, _("hours"))

    def _refused(self, problem: Problem) -> None:
        if not self._week.refuse(problem):
            self._parts.sentence(problem, self._trouble.set_words)

    def _lay_out(self) -> None:
        card = Card()
        who = QHBoxLayout()
        who.setSpacing(8)
        who.addWidget(self._who)
        who.addWidget(self._where)
        column = card.add_padded(gap=12)
        column.addWidget(section_head(_("Working hours")))
        column.addLayout(who)
        column.addWidget(self._week)
        column.addWidget(self._trouble)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._save)
        column.addLayout(foot)
        left = QVBoxLayout()
        left.addWidget(card)
        left.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SideBySide(left, self._closures, EDITOR_WIDTH, 16))


class Closures(QWidget):
    """Days on which an office stays closed."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        columns: tuple[Column[Closure], ...] = (
            Column(_("Closed"), lambda closure: long_day(closure.day), weight=600, detail=self._place, stretch=1),
            Column(_("Why"), lambda closure: closure.reason),
        )
        self._model: RowsModel[Closure] = RowsModel(columns, key=lambda closure: closure.id, parent=self)
        self._table = Table(self._model, row=52, label=_("Closed days"), whole=True)
        self._form = Form()
        self._form.choice("office_id", _("Office"))
        self._form.day("day", _("Closed on"), required=True)
        self._form.text("reason", _("Why"), hint=_("Thanksgiving"), required=True)
        add, self._lift = Button(_("Close this day"), "primary"), Button(_("Open it again"))
        add.clicked.connect(self._add)
        self._lift.clicked.connect(self._lift_closure)
        card = Card(_("Closed days"))
        self._none = Paragraph(_("No closed day is ahead."), "body", "ink-soft")
        card.body.addWidget(self._table)
        column = card.add_padded(self._none, self._form, gap=12)
        foot = QHBoxLayout()
        foot.addWidget(self._lift)
        foot.addStretch(1)
        foot.addWidget(add)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        outer.addStretch(1)

    def show_data(self) -> None:
        """The days to come."""
        data, today = self._parts.practice.data, self._parts.practice.today()
        ahead = tuple(sorted((closure for closure in data.closures if closure.day >= today), key=lambda closure: closure.day))
        self._model.show_rows(ahead)
        self._table.setVisible(bool(ahead))
        self._none.setVisible(not ahead)
        self._lift.setVisible(bool(ahead))
        field = self._form.fields["office_id"]
        if isinstance(field, ChoiceField):
            field.show_choices([(office.id, office.name) for office in data.offices if office.active])

    def _place(self, closure: Closure) -> str:
        return self._parts.practice.data.office(closure.office_id).name

    def _add(self) -> None:
        values = self._form.read()
        if values is not None:
            self._parts.work.do(practice.save_closure, ClosureDraft(**values), then=self._done, refused=self._refused)

    def _lift_closure(self) -> None:
        line = self._table.current_line
        if line is not None:
            self._parts.work.do(practice.lift_closure, line.id, then=self._done, refused=self._refused)

    def _done(self, done: Finished) -> None:
        self._form.fill({"day": None, "reason": ""})
        self._parts.toast(_("Closed days changed"), done.operation, _("closed days"))

    def _refused(self, problem: Problem) -> None:
        if not self._form.refuse(problem):
            self._parts.tell(problem)
