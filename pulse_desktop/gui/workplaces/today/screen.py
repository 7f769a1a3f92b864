"""The Today board on screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic.boards.values import LooseEnd, TodayBoard, TodayCard
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.bars import Strip
from pulse_desktop.gui.parts.board import Board
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.places import BookingRequest, CheckoutRequest, NotePlace, PatientPlace, Place, TodayPlace
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.today import actions
from pulse_desktop.gui.workplaces.today.cards import Moment, column_of, columns, timer_of
from pulse_desktop.gui.workplaces.today.counting import count, loose_words, next_hands_words
from pulse_desktop.gui.workplaces.today.day import DayAsked
from pulse_desktop.gui.workplaces.today.doing import Doing
from pulse_desktop.gui.workplaces.today.head import TodayHead
from pulse_desktop.gui.workplaces.today.steps import step_words

_LARGE: Final = 1.4
_SHOWS: Final = frozenset(
    {
        "visit", "visit_service", "note", "patient", "patient_condition", "package", "credit_entry", "ledger_entry",
        "aftercare_given", "room", "staff_member", "setting",
    }
)  # fmt: skip


class TodayScreen(Screen):
    """One day of one office."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._day = DayAsked(parts, self)
        self._day.answered.connect(self._show)
        self._cards: tuple[TodayCard, ...] = ()
        self._ends: tuple[LooseEnd, ...] = ()
        self._wanted: int | None = None
        self._awaits_cards = False
        self._head = TodayHead(may_book=parts.may("book"))
        self._loose = Strip("amber", "history", "", "", _("Settle these"))
        self._hands = Strip("indigo", "cups", "", "")
        self._half, self._strips = QWidget(), QWidget()
        self._board = Board()
        self._empty = EmptyPlace(
            _("Nobody is expected today"),
            _("Visits of the day stand here from expected to done. Book one, or take a walk-in."),
            _("Book visit") if parts.may("book") else "",
            icon="calendar-add",
        )
        self._below = QStackedWidget()
        self._doing = Doing(parts, self._board)
        self._lay_out()
        self._connect()
        parts.actions.install(actions.ACTIONS, self)
        self._show_time()
        self.reload()

    # --- what the frame asks

    def show_place(self, place: Place) -> None:
        if isinstance(place, TodayPlace) and place.visit_id is not None:
            self._wanted = place.visit_id
            self._choose_wanted()

    def take_focus(self) -> None:
        """The keyboard goes to the chosen card, else to who has waited longest, else to who is expected next."""
        self._awaits_cards = not self._cards
        if not self._cards:
            self.setFocus()
            return
        if self._board.current is None:
            self._board.choose(self._first_to_see())
        self._board.take_focus()

    def make_room(self, covered: int) -> None:
        self._board.cover(covered)

    def reload(self) -> None:
        """Ask for the day anew."""
        self._day.ask()

    # --- what its actions ask

    @property
    def card(self) -> TodayCard | None:
        """The chosen card."""
        return next((card for card in self._cards if card.visit.id == self._board.current), None)

    @property
    def doing(self) -> Doing:
        return self._doing

    @property
    def parts(self) -> DeskParts:
        return self._parts

    def choose_most_urgent(self) -> None:
        """F4: the timer that is due first."""
        now = self._parts.clock.now()
        timed = [(view.sort_key, card) for card in self._cards if (view := timer_of(card, now)) is not None]
        if timed:
            self._board.choose(min(timed, key=lambda pair: pair[0])[1].visit.id, focus=True)

    # --- how it is put together

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        strips = QHBoxLayout(self._strips)
        strips.setContentsMargins(0, 0, 0, 0)
        strips.setSpacing(8)
        for half in (self._loose, self._hands, self._half):
            strips.addWidget(half, 1)
            half.hide()
        self._strips.hide()
        self._below.addWidget(self._board)
        self._below.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._strips)
        column.addWidget(self._below, 1)

    def _connect(self) -> None:
        parts = self._parts
        self._head.walk_in_asked.connect(self.walk_in)
        self._head.booking_asked.connect(self._ask_booking)
        self._empty.asked.connect(self._ask_booking)
        self._loose.asked.connect(self._settle_loose_end)
        self._board.stepped.connect(self._do_next_step)
        parts.heartbeat.second.connect(self._tick)
        parts.heartbeat.minute.connect(self._turn_minute)
        parts.practice.office_changed.connect(self.reload)
        parts.practice.changed.connect(self._draw)
        Follows(self, parts.live, _SHOWS, self.reload, self._day.ask_for)

    def walk_in(self) -> None:
        """Somebody stands at the desk without an appointment."""
        self._parts.open_panel(BookingRequest(office_id=self._parts.practice.office.id, walk_in=True))

    def _ask_booking(self) -> None:
        self._parts.open_panel(BookingRequest())

    def _do_next_step(self, visit_id: int) -> None:
        card = next((card for card in self._cards if card.visit.id == visit_id), None)
        if card is not None:
            self._doing.next_step(card)

    def _settle_loose_end(self) -> None:
        """One's own notes first, then what the desk can check out, then the file of whoever is left."""
        may_write = self._parts.may("write_note")
        for end in self._ends:
            if end.kind == "not_checked_out":
                self._parts.open_panel(CheckoutRequest(end.visit_id))
                return
            if may_write:
                self._parts.go_to(NotePlace(end.visit_id))
                return
        if self._ends:
            self._parts.go_to(PatientPlace(self._ends[0].patient_id, "notes"))

    # --- what it shows

    def _show(self, board: TodayBoard) -> None:
        self._cards, self._ends = board.cards, board.loose_ends
        self._doing.know(board.cards)
        self._below.setCurrentWidget(self._board if board.cards else self._empty)
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._board.isAncestorOf(focused)
        self._draw()
        self._show_loose()
        self._choose_wanted()
        if had_focus and self._board.current is not None:
            self._board.choose(self._board.current, focus=True)
        elif self._awaits_cards and self._cards and self.isVisible() and (focused is None or focused is self or self.isAncestorOf(focused)):
            self.take_focus()  # never out of a panel that was opened while the cards were on their way

    def _first_to_see(self) -> int:
        by_column = {column: [c for c in self._cards if column_of(c) == column] for column in ("arrived", "expected")}
        waiting = sorted(by_column["arrived"], key=lambda card: card.visit.arrived_at or card.visit.starts)
        return next((card.visit.id for card in (*waiting, *by_column["expected"], *self._cards)), 0)

    def _draw(self) -> None:
        moment = Moment(self._parts.clock.now(), self._parts.practice)
        steps = {card.visit.id: step_words(card, self._cards, self._parts) for card in self._cards}
        self._board.show_columns(columns(self._cards, moment, steps))
        self._head.show_counts(count(self._cards, moment.now))
        self._show_hands()

    def _show_loose(self) -> None:
        if self._ends:
            lead, words = loose_words(self._ends, self._parts.practice.today())
            self._loose.show_words(lead, words, _("Settle these"))
        self._loose.setVisible(bool(self._ends))
        self._fit_strips()

    def _show_hands(self) -> None:
        words = ""
        if self._parts.may("write_note"):
            words = next_hands_words(self._cards, self._parts.person.staff_id, self._parts.clock.now())
        self._hands.setVisible(bool(words))
        if words:
            self._hands.show_words(_("Next hands:"), words)
        self._fit_strips()

    def _fit_strips(self) -> None:
        """A strip takes half the row, also when it is alone."""
        shown = [strip for strip in (self._loose, self._hands) if not strip.isHidden()]
        self._half.setVisible(len(shown) == 1 and theme().scale < _LARGE)
        self._strips.setVisible(bool(shown))

    def _choose_wanted(self) -> None:
        if self._wanted is not None and any(card.visit.id == self._wanted for card in self._cards):
            self._board.choose(self._wanted, focus=self.isVisible())
            self._wanted = None

    def _tick(self) -> None:
        if self.isVisible() and any(card.timer is not None for card in self._cards):
            self._draw()

    def _turn_minute(self) -> None:
        self._show_time()
        if self.isVisible():
            self.reload()

    def _show_time(self) -> None:
        self._head.show_time(clock_time(self._parts.practice.wall_now()))
