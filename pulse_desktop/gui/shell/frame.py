"""The frame around the work: rail, top bar, foot bar, the screens, side panels, toasts and questions."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import boards, practice, treatment
from pulse_desktop.clinic.practice.values import PracticeData, StaffDraft
from pulse_desktop.clinic.treatment.typed import Delivered, deliver
from pulse_desktop.clinic.treatment.values import TimerLine
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.nav_rail import NavRail, RailItem
from pulse_desktop.gui.parts.places import (
    BookingRequest,
    NotePlace,
    PatientRequest,
    Request,
    SaleRequest,
    TodayPlace,
    ToSignRequest,
)
from pulse_desktop.gui.parts.side_panel import PanelPlace, SidePanel
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.toast import Toast
from pulse_desktop.gui.shell.appearance_panel import AppearancePanel
from pulse_desktop.gui.shell.clock_warning import ClockWarning, is_off
from pulse_desktop.gui.shell.commands import SHELL_ACTIONS, install_going
from pulse_desktop.gui.shell.doorstep import DoorPlate
from pulse_desktop.gui.shell.foot_bar import FootBar
from pulse_desktop.gui.shell.keys_page import KeysPage
from pulse_desktop.gui.shell.navigation import Navigation
from pulse_desktop.gui.shell.palette import Palette
from pulse_desktop.gui.shell.roles import addresses, person_words, role_and_states
from pulse_desktop.gui.shell.seat import Seat
from pulse_desktop.gui.shell.sentences import Sentences
from pulse_desktop.gui.shell.sheet import Question, Sheet
from pulse_desktop.gui.shell.top_bar import TopBar
from pulse_desktop.gui.shell.undoing import Undoing
from pulse_desktop.gui.shell.workplaces import panel_kinds, workplaces

_SET_UP = frozenset({"office", "room", "staff_member", "licence", "service", "working_hours", "closure", "setting"})
_AT_THE_FOOT = "settings"


class Frame(QWidget):
    """Everything a signed-in person sees."""

    lock_asked = Signal()
    sign_out_asked = Signal()
    appearance_changed = Signal()

    def __init__(self, seat: Seat, data: PracticeData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.practice = seat.practice_of(data)
        # A stack tells screen readers of its current page only, so panels and toasts float over a widget around it.
        self._area, self._screens = QWidget(), QStackedWidget()
        around = QVBoxLayout(self._area)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        if is_off(seat.desk.clock_ahead):
            around.addWidget(_inset(ClockWarning(seat.desk.clock_ahead)))
        around.addWidget(self._screens)
        self._area.setFocusProxy(self._screens)
        self._panels = PanelPlace(self._area)
        self._opened: dict[Request, SidePanel] = {}
        self._scale = theme().scale
        self._unsigned: dict[str, int] = {}
        self._kinds = {kind.request: kind for kind in panel_kinds() if seat.may(kind.needs) or not kind.needs}
        self._toast = Toast(self._area)
        self._undoing = Undoing(seat, self._toast, self.tell)
        self._sentences = Sentences(seat.work, self.practice, self)
        allowed = [place for place in workplaces() if not place.needs or any(seat.may(one) for one in (place.needs, place.or_needs) if one)]
        self.navigation = Navigation(self._screens, allowed, self._desk_parts)
        self.parts = self._made_parts()
        self.foot = FootBar(self.practice, seat.clock, seat.heartbeat, seat.person.staff_id)
        self._top = TopBar(self.practice, seat.heartbeat, person_words(seat.person), seat.person.staff_id, self._panels)
        items, foot = self._rail_items()
        self._rail = NavRail(items, bottom=foot)
        self._lay_out()
        self._connect()
        self._undoing.use(seat.actions.install(SHELL_ACTIONS, self).get("undo"))
        install_going(seat.actions, self, allowed)

    def begin(self) -> None:
        """Show the first screen and read what the frame itself shows; called once the window shows the frame."""
        self._read_timers()
        self._count_unsigned()
        self.navigation.go_to(TodayPlace())
        if self._seat.typed is not None:
            self._seat.work.through(deliver, self._seat.typed, then=self._tell_delivered, refused=self.tell)

    def come_back(self) -> None:
        """The seat was unlocked: the keyboard goes back to where one was."""
        panel, screen = self._panels.current, self.navigation.screen
        if panel is not None:
            panel.focus_first()
        elif screen is not None:
            screen.take_focus()

    # --- what screens are handed

    def _desk_parts(self) -> DeskParts:
        return self.parts

    def _made_parts(self) -> DeskParts:
        seat = self._seat
        return DeskParts(
            work=seat.work,
            live=seat.live,
            actions=seat.actions,
            practice=self.practice,
            person=seat.person,
            clock=seat.clock,
            heartbeat=seat.heartbeat,
            may=seat.may,
            go_to=self.navigation.go_to,
            open_panel=self.open_panel,
            toast=self._undoing.say,
            ask=self.ask,
            tell=self.tell,
            sentence=self._sentences.make,
            pen=seat.desk,
            let_in=self._let_in,
            typed=seat.typed,
        )

    def _let_in(self, draft: StaffDraft, password: str) -> int:
        from pulse_desktop.clinic.practice.sign_in import add_person  # noqa: PLC0415 - loaded behind the sign-in

        return add_person(self._seat.desk, draft, password)  # type: ignore[arg-type]

    def open_panel(self, request: Request) -> None:
        """Open the panel for `request`, or bring back the one that waits with it.

        A request that names nobody is the next caller: what was set aside for the last one waits as a chip.
        """
        kind = self._kinds.get(type(request))
        if kind is None:
            return
        panel = self._opened.get(request)
        if panel is None or (panel in self._panels.parked and _names_nobody(request)):
            panel = kind.make(self.parts, request)
            self._opened[request] = panel
            panel.closed.connect(functools.partial(_forget, self._opened, request, id(panel)))
        self._panels.open(panel)

    def ask(
        self, problem: NeedsConsent, yes: str, no: str, agreed: Callable[[frozenset[str]], object]
    ) -> None:
        """Ask what a rule needs a yes for; `agreed` gets the consents."""
        self._sentences.make(problem, functools.partial(self._put_question, problem, yes, no, agreed))

    def tell(self, problem: Problem) -> None:
        """Say a problem that belongs to no field."""
        self._sentences.make(problem, self._toast.say)

    # --- asked from outside

    def settle(self) -> None:
        """Let every screen hand over what is being typed."""
        for screen in self.navigation.screens:
            screen.settle()

    def search(self, words: str = "") -> None:
        """Open the palette with `words` in it."""
        Palette(self, self.parts, self.navigation, words)

    def show_keys(self) -> None:
        """The keys of this screen."""
        screen = self.navigation.screen
        if screen is not None:
            KeysPage(self, self._seat.actions, screen)

    def show_appearance(self) -> None:
        """Palette and size of text at this seat."""
        self._panels.open(AppearancePanel(self._look_otherwise, self._let_sound, chimes=self.foot.chime.is_on))

    def _let_sound(self, is_on: bool) -> None:  # noqa: FBT001 - a choice with two ends
        self.foot.chime.is_on = is_on

    def ask_lock(self) -> None:
        """Ctrl+L."""
        self.lock_asked.emit()

    def ask_sign_out(self) -> None:
        """From the menu at the person's name."""
        self.sign_out_asked.emit()

    def go_to_workplace(self, key: str) -> None:
        """Show a workplace as it was left."""
        self.navigation.go_to_workplace(key)

    def remind_undo(self) -> None:
        """Ctrl+Z without a toast."""
        self._undoing.remind()

    @property
    def open_drafts(self) -> list[str]:
        """Names of the panels that are open or set aside with something typed."""
        current = self._panels.current
        held = [*self._panels.parked, *([current] if current is not None and current.must_be_kept else [])]
        return [panel.name for panel in held]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bare letters that nothing else used search; they never change a visit."""
        if is_bare_letter(event):
            self.search(event.text())
            event.accept()
            return
        super().keyPressEvent(event)

    # --- how it is put together

    def _rail_items(self) -> tuple[list[RailItem], list[RailItem]]:
        items = [RailItem(place.key, _(place.title), place.icon) for place in self.navigation.workplaces if place.in_rail]
        return [item for item in items if item.key != _AT_THE_FOOT], [item for item in items if item.key == _AT_THE_FOOT]

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0, 3, 1)
        grid.addWidget(self._top, 0, 1)
        grid.addWidget(self._area, 1, 1)
        grid.addWidget(self.foot, 2, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.go_to_workplace)
        self.navigation.moved.connect(self._rail.choose)
        self.navigation.moved.connect(self._show_hands)
        self._top.search_asked.connect(self.search)
        self._top.lock_asked.connect(self.lock_asked)
        self._top.to_sign_asked.connect(self._open_to_sign)
        self._top.person.appearance_asked.connect(self.show_appearance)
        self._top.person.lock_asked.connect(self.lock_asked)
        self._top.person.sign_out_asked.connect(self.sign_out_asked)
        self.foot.timer_chosen.connect(self._open_timer)
        self._top.hands.chosen.connect(self._open_timer)
        self._seat.heartbeat.second.connect(self._show_hands)
        self._panels.changed.connect(self._tell_cover)
        self._seat.work.saved.connect(self.foot.say_saved)
        self._seat.work.known_at_last.connect(self._tell_end)
        self._seat.line.broke.connect(self._tell_line)
        self._seat.line.came_back.connect(self._tell_line)
        self.practice.office_changed.connect(self._change_office)
        Follows(self, self._seat.live, _SET_UP, self._read_practice)
        Follows(self.foot, self._seat.live, {"note", "visit"}, self._read_timers)
        Follows(self, self._seat.live, {"note"}, self._count_unsigned)

    def _look_otherwise(self) -> None:
        """Colours are painted anew by themselves; a new size of text asks for new screens. The keyboard stays in the panel."""
        if theme().scale != self._scale:
            self._scale = theme().scale
            here = QApplication.focusWidget()
            self.navigation.renew()
            if here is not None:
                here.setFocus()
            self._tell_cover()
        self.appearance_changed.emit()

    def _tell_cover(self) -> None:
        panel, screen = self._panels.current, self.navigation.screen
        covered = panel.width() if panel is not None else 0
        self._toast.cover(covered)
        if screen is not None:
            screen.make_room(covered)

    def _open_to_sign(self) -> None:
        self.open_panel(ToSignRequest())

    def _open_timer(self, visit_id: int) -> None:
        if self._seat.may("write_note") and self.navigation.leads_to(NotePlace(visit_id)):
            self.navigation.go_to(NotePlace(visit_id))
        else:
            self.navigation.go_to(TodayPlace(visit_id))

    def _put_question(
        self, problem: NeedsConsent, yes: str, no: str, agreed: Callable[[frozenset[str]], object], text: str
    ) -> None:
        title = _("This needs your reason") if problem.reason_needed else _("Please confirm")
        sheet = Sheet(self.window(), Question(title, text, yes, no, problem.reason_needed))
        sheet.answered.connect(functools.partial(_pass_on, problem, agreed))

    # --- the line to the server

    def _tell_line(self) -> None:
        self.foot.show_away(self._seat.line.since)

    def _tell_end(self, was_saved: bool) -> None:  # noqa: FBT001 - a signal's slot
        """What nobody knew while the server was away."""
        if was_saved:
            self._toast.say(_("The server answers again. What you sent last was saved."))
        else:
            self._toast.say(_("The server answers again. What you sent last was not saved: send it once more."))

    def _tell_delivered(self, delivered: Delivered) -> None:
        """What was typed at this seat before the program ended, while the server was away."""
        if delivered.waiting:
            self._toast.say(_("A note you typed while not connected was changed elsewhere. Open it to see both texts."))
        elif delivered.saved:
            self._toast.say(_("What you typed while not connected is saved now."))

    # --- what it keeps current

    def _change_office(self) -> None:
        self._read_timers()
        self._remember_office()

    def _read_practice(self) -> None:
        self._seat.work.look(practice.practice_data, then=self.practice.refresh, latest="practice")

    def _read_timers(self) -> None:
        self._seat.work.look(treatment.running_timers, self.practice.office.id, then=self._show_timers, latest="timers")

    def _show_timers(self, lines: tuple[TimerLine, ...]) -> None:
        self.foot.show_lines(lines)
        self._show_hands()

    def _show_hands(self) -> None:
        """Whose cups or needles come off next. Today says it itself, with names."""
        is_told = isinstance(self.navigation.place, TodayPlace)
        self._top.hands.show_lines(() if is_told else self.foot.lines, self._seat.clock.now())

    def _count_unsigned(self) -> None:
        self._seat.work.look(boards.unsigned_counts, then=self._remember_counts, latest="unsigned")

    def _remember_counts(self, counts: tuple[tuple[str, int], ...]) -> None:
        self._unsigned = dict(counts)
        mine = self._unsigned.get(self._seat.person.vault_id, 0)
        self._top.show_to_sign(mine if self._seat.may("sign_note") else 0)
        self._remember_office()

    def _remember_office(self) -> None:
        office = self.practice.office
        plate = DoorPlate(
            self.practice.data.practice_name, office.id, office.name, office.zone, addresses(self.practice.data)
        )
        words = {member.vault_id: role_and_states(member) for member in self.practice.data.staff if member.vault_id}
        keep = functools.partial(self._seat.entrance.remember, plate, dict(self._unsigned), words, self._seat.person.vault_id)
        self._seat.work.run(keep)


def is_bare_letter(event: QKeyEvent) -> bool:
    """A letter or digit typed without Ctrl, Alt or Meta."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier and event.text().isprintable() and bool(event.text().strip())


def _forget(opened: dict[Request, SidePanel], request: Request, closed: int) -> None:
    if id(opened.get(request)) == closed:
        del opened[request]


def _names_nobody(request: Request) -> bool:
    return request in {BookingRequest(), PatientRequest(), SaleRequest()}


def _inset(warning: ClockWarning) -> QWidget:
    """With room around it, which goes when it is put away."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(12, 8, 12, 8)
    column.addWidget(warning)
    warning.asked.connect(place.hide)
    return place


def _pass_on(problem: NeedsConsent, agreed: Callable[[frozenset[str]], object], reason: str) -> None:
    agreed(problem.agreed(reason))
