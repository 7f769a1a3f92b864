"""The calendar's day: who is where and when, at the chosen office and of those who work elsewhere that day."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import WEEKDAYS, clock_time_full, month_day
from pulse_desktop.clinic import boards, flows, schedule
from pulse_desktop.clinic.boards.values import CalendarDay
from pulse_desktop.clinic.schedule.values import Confirming, Move, Progress, VisitLine
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.bars import ToolRow
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.grid_values import GridVisit
from pulse_desktop.gui.parts.places import (
    BookingRequest,
    CalendarPlace,
    CancelRequest,
    CheckoutRequest,
    MoveRequest,
    NotePlace,
    PatientPlace,
    Place,
    SheetRequest,
)
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.calendar.clashes import Target, clash_at
from pulse_desktop.gui.workplaces.calendar.day_blocks import blocks, drawn_openings
from pulse_desktop.gui.workplaces.calendar.day_columns import NO_ROOM, practitioner_columns, room_columns, shown_hours
from pulse_desktop.gui.workplaces.calendar.day_grid import DayGrid
from pulse_desktop.gui.workplaces.calendar.pinboard import Pinboard
from pulse_desktop.gui.workplaces.calendar.place_words import when_words
from pulse_desktop.gui.workplaces.calendar.proposals import EmptyPlaceClicked, Proposals
from pulse_desktop.gui.workplaces.calendar.time_choice import office_for

_BY_ROOM = 1
_WITH_NOTE = frozenset({Progress.IN_ROOM, Progress.CUPS_ON, Progress.CHECKING_OUT, Progress.DONE})
_FULL_COVER = 0.6
"""A panel that covers more than this share of the work hides the calendar; then nothing is squeezed beside it."""


class CalendarScreen(Screen):
    """Tool row, time grid, pinboard."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._day = parts.practice.today()
        self._shown: CalendarDay | None = None
        self._wanted_visit: int | None = None
        self._is_fresh = True
        self._proposals = Proposals.of(parts)
        self._tools = ToolRow()
        self._columns = Segments([_("By practitioner"), _("By room")], _("Columns"))
        self._grid = DayGrid()
        self._grid.check_move = self._reason_against
        self._pinboard = Pinboard()
        self.setAccessibleName(_("Calendar"))
        self._lay_out()
        self._connect()
        parts.actions.install(ACTIONS, self)
        Follows(self, parts.live, {"visit", "patient", "patient_condition", "working_hours", "closure", "room", "staff_member"}, self.reload)
        self._show_title()
        self.reload()

    # --- where one is

    def show_place(self, place: Place) -> None:
        if not isinstance(place, CalendarPlace):
            return
        if place.office_id is not None:
            self._parts.practice.choose_office(place.office_id)
        self._wanted_visit = place.visit_id
        self._go_to_day(place.day or self._day)

    def take_focus(self) -> None:
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_room(self, covered: int) -> None:
        beside = covered if covered < self.width() * _FULL_COVER else 0
        self._row.setContentsMargins(0, 0, beside, 0)

    def reload(self) -> None:
        """Ask the clinic anew."""
        offices = tuple(office.id for office in self._parts.practice.data.offices if office.active)
        self._parts.work.look(boards.calendar_day, self._day, offices, then=self._show_day, latest="day")

    def turn(self, days: int) -> None:
        """Go some days on, or back."""
        self._go_to_day(self._day + timedelta(days=days))

    def back(self) -> None:
        """The day before."""
        self.turn(-1)

    def forward(self) -> None:
        """The day after."""
        self.turn(1)

    def today(self) -> None:
        """Today, with the present time in sight."""
        self._is_fresh = True
        self._go_to_day(self._parts.practice.today())

    def switch_columns(self) -> None:
        """Practitioners instead of rooms, or the other way round."""
        self._columns.choose(1 - self._columns.current)

    # --- what can be done with the chosen visit

    @property
    def chosen(self) -> VisitLine | None:
        """The chosen visit."""
        return self._visit(self._grid.current)

    def open_file(self) -> None:
        """F2."""
        if (visit := self.chosen) is not None:
            self._parts.go_to(PatientPlace(visit.patient_id))

    def write_note(self) -> None:
        """F6."""
        if (visit := self.chosen) is not None:
            self._parts.go_to(NotePlace(visit.id))

    def move_visit(self) -> None:
        """Ctrl+M: the move panel."""
        if (visit := self.chosen) is not None:
            self._parts.open_panel(MoveRequest(visit.id))

    def carry(self) -> None:
        """Take the chosen visit up, to be carried with the arrow keys."""
        self._grid.setFocus()
        self._grid.begin_move()

    def check_out(self) -> None:
        """F8."""
        if (visit := self.chosen) is None:
            return
        if visit.progress == Progress.EXPECTED:
            self._parts.toast(_("{patient} has not arrived yet. Say so in Today first.").format(patient=visit.patient))
        else:
            self._parts.open_panel(CheckoutRequest(visit.id))

    def sheet(self) -> None:
        """F9."""
        if (visit := self.chosen) is not None:
            self._parts.open_panel(SheetRequest(visit.id))

    def cancel(self) -> None:
        """Ctrl+Del: the cancel panel."""
        if (visit := self.chosen) is not None:
            self._parts.open_panel(CancelRequest(visit.id))

    def confirm(self) -> None:
        """The patient said they will come."""
        visit = self.chosen
        if visit is not None:
            confirmed = partial(self._confirmed, visit)
            self._parts.work.do(schedule.confirm_visit, Confirming(visit.id, visit.version), then=confirmed)

    def walk_in(self) -> None:
        """Somebody is here without a visit."""
        self._parts.open_panel(BookingRequest(walk_in=True))

    def pin(self) -> None:
        """Park the chosen visit."""
        if (visit := self.chosen) is not None:
            self._pinboard.pin(visit, self._parts.practice.today())
            self._parts.toast(_("{patient} is parked on the pinboard and keeps the time until you drop the visit.").format(patient=visit.patient_short))

    # --- how it is put together

    def _lay_out(self) -> None:
        back, forward = IconButton("chevron-left", _("The day before")), IconButton("chevron-right", _("The day after"))
        today = Button(_("Today"))
        for button, act in ((back, self.back), (today, self.today), (forward, self.forward)):
            button.clicked.connect(act)
            self._tools.add_left(button)
        self._tools.add_left(QWidget()).setFixedWidth(0)  # the title stands a little apart
        self._tools.add(self._columns)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._grid, 1)
        below.addWidget(self._pinboard)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._tools)
        left.addLayout(below, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(left)

    def _connect(self) -> None:
        self._columns.chosen.connect(self._draw)
        self._grid.opened.connect(self._open)
        self._grid.asked.connect(self._ask_place)
        self._grid.moved.connect(self._drop)
        self._grid.dropped_outside.connect(self._drop_outside)
        self._grid.left_alone.connect(self._draw_openings)
        self._pinboard.taken_up.connect(self._take_up)
        self._pinboard.carried.connect(self._carry_parked)
        self._pinboard.dropped.connect(self._drop_parked)
        self._pinboard.unpinned.connect(self._unpin)
        self._proposals.changed.connect(self._show_proposals)
        practice = self._parts.practice
        practice.changed.connect(self.reload)
        practice.office_changed.connect(self._draw)
        self._parts.heartbeat.minute.connect(self._show_now)

    # --- showing

    def _go_to_day(self, day: date) -> None:
        if day != self._day:
            self._day = day
            self._shown = None
            self._grid.show_openings(())
        self._show_title()
        self.reload()

    def _show_title(self) -> None:
        weekday = _(WEEKDAYS[self._day.weekday()])
        self._tools.set_title(f"{weekday}, {month_day(self._day, self._parts.practice.today())}")

    def _show_day(self, shown: CalendarDay) -> None:
        if shown.schedule.day != self._day:
            return
        self._shown = shown
        self._draw()
        visits = {visit.id: visit for visit in shown.schedule.visits}
        self._pinboard.refresh(visits, self._parts.practice.today())
        if self._wanted_visit is not None:
            self._grid.choose(self._wanted_visit)
            self._wanted_visit = None

    def _draw(self) -> None:
        if self._shown is None:
            return
        day, practice = self._shown.schedule, self._parts.practice
        made = room_columns if self._by_room else practitioner_columns
        columns = made(day, practice.data, practice.office.id)
        hours = shown_hours(day)
        may_move = self._parts.may("book")
        self._grid.show_day(columns, blocks(self._shown, practice.data, by_room=self._by_room, may_move=may_move), first=hours.first, last=hours.last)
        self._draw_openings()
        self._show_now()
        if self._is_fresh:
            self._is_fresh = False
            now = practice.minute_now() if self._day == practice.today() else hours.first
            self._grid.show_minute(max(hours.first, now - 120))

    def _show_now(self) -> None:
        is_today = self._day == self._parts.practice.today()
        self._grid.set_now(self._parts.practice.minute_now() if is_today else None)

    def _show_proposals(self) -> None:
        """A panel proposes something: turn to the chosen place's day, so that one sees it."""
        chosen = next((one.opening for one in self._proposals.offered if one.is_chosen), None)
        if chosen is not None and chosen.day != self._day and self.isVisible():
            self._go_to_day(chosen.day)
        self._draw_openings()

    def _draw_openings(self) -> None:
        mine = [one for one in self._proposals.offered if one.opening.day == self._day]
        drawn = drawn_openings(mine, self._parts.practice.data, by_room=self._by_room)
        self._grid.show_openings(drawn, self._proposals.clashing)

    @property
    def _by_room(self) -> bool:
        return self._columns.current == _BY_ROOM

    def _visit(self, key: Hashable | None) -> VisitLine | None:
        if self._shown is None or key is None:
            return None
        return next((visit for visit in self._shown.schedule.visits if visit.id == key), None)

    # --- acting

    def _open(self, key: Hashable) -> None:
        """Enter: the note while there is one to write, else the patient."""
        visit = self._visit(key)
        if visit is None:
            return
        if self._parts.may("write_note") and visit.progress in _WITH_NOTE:
            self._parts.go_to(NotePlace(visit.id))
        else:
            self._parts.go_to(PatientPlace(visit.patient_id))

    def _ask_place(self, column: Hashable, minute: int) -> None:
        """A click on an empty place: book there, or tell the panel that asks for one."""
        if not self._parts.may("book") or not isinstance(column, int):
            return
        room_id = column if self._by_room and column != NO_ROOM else None
        staff_id = None if self._by_room else column
        office_id = self._parts.practice.office.id if self._by_room else office_for(self._parts, staff_id, self._day, minute)
        clicked = EmptyPlaceClicked(self._day, minute, office_id, staff_id, room_id)
        if self._proposals.is_taken:
            self._proposals.place_clicked.emit(clicked)
        else:
            self._parts.open_panel(
                BookingRequest(office_id=office_id, staff_id=staff_id, room_id=room_id, day=self._day, starts=minute)
            )

    def _target(self, visit: VisitLine, column: Hashable, minute: int) -> Target:
        number = column if isinstance(column, int) else 0
        if self._by_room:
            return Target(self._parts.practice.office.id, visit.staff_id, number or None, minute)
        office_id = office_for(self._parts, number, self._day, minute)
        room_id = visit.room_id if office_id == visit.office_id else None
        return Target(office_id, number, room_id, minute)

    def _reason_against(self, block: GridVisit, column: Hashable, minute: int) -> str:
        visit = self._visit(block.key) or self._parked(block.key)
        if visit is None or self._shown is None:
            return ""
        clash = clash_at(visit, self._target(visit, column, minute), self._shown.schedule, self._parts.practice.data)
        in_the_way = frozenset({clash.visit_id}) if clash is not None and clash.visit_id is not None else frozenset()
        self._grid.show_openings((), in_the_way)
        return clash.words if clash is not None else ""

    def _drop(self, key: Hashable, column: Hashable, minute: int) -> None:
        visit = self._visit(key) or self._parked(key)
        if visit is None:
            return
        target = self._target(visit, column, minute)
        move = Move(visit.id, visit.version, self._day, minute, target.staff_id, target.room_id, target.office_id)
        self._send_move(visit, move, frozenset())

    def _send_move(self, visit: VisitLine, move: Move, consents: frozenset[str]) -> None:
        moved, refused = partial(self._moved, visit, move), partial(self._refuse_move, visit, move)
        self._parts.work.do(flows.move_visit, move, then=moved, refused=refused, consents=consents)

    def _moved(self, visit: VisitLine, move: Move, done: Finished) -> None:
        self._unpin(visit.id)
        when = when_words(move.day, move.starts, self._parts.practice.today())
        said = _("{patient} moved to {when}").format(patient=visit.patient_short, when=when)
        self._parts.toast(said, done.operation, _("moved {patient}").format(patient=visit.patient_short))
        self._wanted_visit = visit.id

    def _refuse_move(self, visit: VisitLine, move: Move, problem: Problem) -> None:
        self.reload()
        if isinstance(problem, NeedsConsent) and problem.key != "time_repeated":
            self._parts.ask(problem, _("Move anyway"), _("Leave it"), partial(self._send_move, visit, move))
        elif isinstance(problem, NeedsConsent):  # which 1:30 is meant is asked in the panel
            self._parts.open_panel(MoveRequest(visit.id))
        else:
            self._parts.tell(problem)

    def _confirmed(self, visit: VisitLine, done: Finished) -> None:
        said = _("{patient} confirmed, {time}").format(patient=visit.patient, time=clock_time_full(visit.minute))
        self._parts.toast(said, done.operation, _("confirmed {patient}").format(patient=visit.patient_short))

    # --- the pinboard

    def _parked(self, key: Hashable | None) -> VisitLine | None:
        return self._pinboard.visit(key) if isinstance(key, int) else None

    def _drop_outside(self, key: Hashable, place: QPoint) -> None:
        visit = self._visit(key)
        if visit is not None and self._pinboard.area().contains(place):
            self._pinboard.pin(visit, self._parts.practice.today())
        self._draw_openings()

    def _take_up(self, visit_id: int) -> None:
        if (visit := self._parked(visit_id)) is not None:
            self._grid.carry(self._parked_block(visit))

    def _carry_parked(self, visit_id: int, place: QPoint) -> None:
        if (visit := self._parked(visit_id)) is not None:
            self._grid.carry_to(self._parked_block(visit), place)

    def _drop_parked(self, _visit_id: int, _place: QPoint) -> None:
        self._grid.drop_carried()

    def _parked_block(self, visit: VisitLine) -> GridVisit:
        """A parked visit as the grid carries it: from no column of this day, so that any place is a new one."""
        column: Hashable = ("parked", visit.id)
        if visit.day == self._day:
            column = (visit.room_id or NO_ROOM) if self._by_room else visit.staff_id
        return GridVisit(visit.id, column, visit.minute, visit.minutes, clock_time_full(visit.minute), visit.patient_short, hands=visit.hands_on)

    def _unpin(self, visit_id: int) -> None:
        self._pinboard.unpin(visit_id, self._parts.practice.today())


ACTIONS = (
    Action("calendar.back", N_("Calendar: the day before"), CalendarScreen.back, icon="chevron-left", keys="PgUp"),
    Action("calendar.forward", N_("Calendar: the day after"), CalendarScreen.forward, icon="chevron-right", keys="PgDown"),
    Action("calendar.today", N_("Calendar: today"), CalendarScreen.today, icon="calendar", keys="Home"),
    Action("calendar.columns", N_("Columns by practitioner or by room"), CalendarScreen.switch_columns, icon="room", keys="Ctrl+R"),
    Action("calendar.file", N_("Open the chosen visit's patient"), CalendarScreen.open_file, icon="patients", keys="F2", needs="see_patients"),
    Action("calendar.note", N_("Open the chosen visit's note"), CalendarScreen.write_note, icon="note", keys="F6", needs="write_note"),
    Action("calendar.check_out", N_("Check the chosen visit out"), CalendarScreen.check_out, icon="receipt", keys="F8", needs="take_money"),
    Action("calendar.sheet", N_("Aftercare sheet of the chosen visit"), CalendarScreen.sheet, icon="print", keys="F9", needs="hand_out"),
    Action("calendar.move", N_("Move the chosen visit to another time"), CalendarScreen.move_visit, icon="calendar", keys="Ctrl+M", needs="book"),
    Action("calendar.carry", N_("Carry the chosen visit with the arrow keys"), CalendarScreen.carry, icon="drag", keys="Ctrl+Shift+M", needs="book"),
    Action("calendar.pin", N_("Park the chosen visit on the pinboard"), CalendarScreen.pin, icon="pin", keys="Ctrl+Shift+P", needs="book"),
    Action("calendar.confirm", N_("The chosen visit's patient confirmed"), CalendarScreen.confirm, icon="check", needs="book"),
    Action("calendar.cancel", N_("Cancel the chosen visit"), CalendarScreen.cancel, icon="stop", keys="Ctrl+Del", needs="book"),
    Action("calendar.walk_in", N_("Walk-in: somebody is here without a visit"), CalendarScreen.walk_in, icon="person-add", keys="Ctrl+W", needs="book"),
)

