"""The file's first page: visits left, pain and packages in the middle, contact and health right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.boards.values import PatientFile
from pulse_desktop.clinic.schedule.values import STANDING, VisitLine
from pulse_desktop.gui.parts.card import CardLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import (
    BookingRequest,
    CalendarPlace,
    ConditionsRequest,
    NotePlace,
    PatientRequest,
    SaleRequest,
)
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.patient_file.file_words import (
    asked_words,
    contact_lines,
    health_lines,
    next_visit_lines,
)
from pulse_desktop.gui.workplaces.patient_file.lines_card import LinesCard
from pulse_desktop.gui.workplaces.patient_file.packages_card import PackagesCard
from pulse_desktop.gui.workplaces.patient_file.pain_card import PainCard
from pulse_desktop.gui.workplaces.patient_file.visit_tables import PastVisits, UpcomingVisits

_MIDDLE, _RIGHT = 388, 264
_MIDDLE_NARROW, _RIGHT_NARROW = 332, 240
_NARROW_BELOW, _STACKED_BELOW = 1300, 1100
_UNBOUND = 16_777_215
"""Qt's own word for no greatest width."""
_PAST_SHOWN = 12


class Summary(QScrollArea):
    """Three columns of cards; each card ends with its content."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._patient_id = 0
        self._upcoming = UpcomingVisits(parts)
        self._past = PastVisits(parts, shown=_PAST_SHOWN)
        self._pain = PainCard()
        self._packages = PackagesCard(_("Sell package") if parts.may("sell") else "")
        self._next = LinesCard(_("Before the next visit"))
        may_edit = parts.may("edit_patients")
        self._contact = LinesCard(_("Contact"), _("Edit") if may_edit else "")
        self._health = LinesCard(_("Health"), _("Ask") if may_edit else "")
        self._papers = LinesCard(_("Papers"))
        self._lay_out()
        self._connect()

    def show_file(self, file: PatientFile) -> None:
        """Show everything of `file`."""
        today = self._parts.practice.today()
        self._patient_id = file.record.id
        self._upcoming.show_visits(file.upcoming)
        self._past.show_file(file, today)
        self._pain.setVisible(file.may_see_clinical and bool(file.pain))
        self._pain.show_points(file.pain, today)
        self._packages.show_packages(file.packages, today)
        reminders = next_visit_lines(file, today)
        self._next.setVisible(bool(reminders))
        self._next.show_lines(reminders)
        self._contact.show_lines(contact_lines(file.record.draft), _("Nothing is known yet."))
        self._health.aside.set_words(asked_words(file.record, today))
        nothing = _("Nothing is known that matters for a treatment.") if file.record.screened_on else _("The safety questions were not asked yet.")
        self._health.show_lines(health_lines(file.record, file.conditions, today), nothing)
        self._show_papers(file)

    def _show_papers(self, file: PatientFile) -> None:
        practice = self._parts.practice
        lines = [
            CardLine(sheet.title, _("Given {day}").format(day=month_day(practice.wall(sheet.at).date(), practice.today())), "document")
            for sheet in file.sheets
            if sheet.state == "given"
        ]
        self._papers.setVisible(bool(lines))
        self._papers.show_lines(lines[:4])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(12, 12, 12, 12)
        self._grid.setSpacing(12)
        groups = (
            (self._upcoming, self._past), (self._pain, self._packages, self._next), (self._contact, self._health, self._papers),
        )  # fmt: skip
        self._groups = [_stacked(cards) for cards in groups]
        self._arranged = -1
        self._arrange()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def _arrange(self) -> None:
        """Three columns; with large text or little room the visits take the whole width, the rest stands below them."""
        room = self.width() / theme().scale
        wanted = 0 if room < _STACKED_BELOW else 1 if room < _NARROW_BELOW else 2
        if wanted == self._arranged:
            return
        self._arranged = wanted
        left, middle, right = self._groups
        for number in range(3):
            self._grid.setColumnStretch(number, 0)
        for group in self._groups:
            self._grid.removeWidget(group)
            group.setMinimumWidth(0)
            group.setMaximumWidth(_UNBOUND)
        if wanted == 0:
            self._grid.addWidget(left, 0, 0, 1, 2)
            self._grid.addWidget(middle, 1, 0)
            self._grid.addWidget(right, 1, 1)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1)
            return
        widths = (_MIDDLE, _RIGHT) if wanted == 2 else (_MIDDLE_NARROW, _RIGHT_NARROW)
        for number, group in enumerate(self._groups):
            self._grid.addWidget(group, 0, number)
        middle.setFixedWidth(theme().sized(widths[0]))
        right.setFixedWidth(theme().sized(widths[1]))
        self._grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self._upcoming.book_asked.connect(self._book)
        self._upcoming.opened.connect(self._open_upcoming)
        self._past.opened.connect(partial(open_visit, self._parts))
        self._packages.sale_asked.connect(self._sell)
        self._contact.button.clicked.connect(self._edit)
        self._health.button.clicked.connect(self._ask_health)

    def _book(self) -> None:
        self._parts.open_panel(BookingRequest(patient_id=self._patient_id))

    def _open_upcoming(self, visit: VisitLine) -> None:
        self._parts.go_to(CalendarPlace(visit.day, visit.id, visit.office_id))

    def _sell(self) -> None:
        self._parts.open_panel(SaleRequest(self._patient_id))

    def _edit(self) -> None:
        self._parts.open_panel(PatientRequest(self._patient_id))

    def _ask_health(self) -> None:
        self._parts.open_panel(ConditionsRequest(self._patient_id))


def _stacked(cards: tuple[QWidget, ...]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder


def open_visit(parts: DeskParts, visit: VisitLine) -> None:
    """A past visit: its note for those who may read it, else its place in the calendar."""
    if parts.may("see_clinical") and visit.state in STANDING:
        parts.go_to(NotePlace(visit.id))
    else:
        parts.go_to(CalendarPlace(visit.day, visit.id, visit.office_id))
