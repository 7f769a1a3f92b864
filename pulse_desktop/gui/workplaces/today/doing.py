"""What happens to the chosen card: its next step, a room, one step back, left without treatment."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic import atlas, flows, schedule
from pulse_desktop.clinic.boards.flags import SCREENING
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.practice.values import Room
from pulse_desktop.clinic.schedule.values import Progress, ServicesChange, Step
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import ArrivalRequest, CheckoutRequest, NotePlace
from pulse_desktop.gui.workplaces.today.steps import is_over, proposed_room, taken_rooms

CUPPINGS = frozenset(atlas.CUPPING)
_BACK = {
    Progress.ARRIVED: Progress.EXPECTED,
    Progress.IN_ROOM: Progress.ARRIVED,
    Progress.CUPS_ON: Progress.IN_ROOM,
    Progress.CHECKING_OUT: Progress.IN_ROOM,
    Progress.LEFT: Progress.ARRIVED,
}


class Doing(QObject):
    """Sends the commands of the board. One at a time for a visit: a second Enter waits for the first one's answer."""

    def __init__(self, parts: DeskParts, board: QWidget) -> None:
        super().__init__(board)
        self._parts, self._board = parts, board
        self._cards: tuple[TodayCard, ...] = ()
        self._busy: set[int] = set()

    def know(self, cards: tuple[TodayCard, ...]) -> None:
        """The board as it is now."""
        self._cards = cards
        self._busy.clear()

    def next_step(self, card: TodayCard) -> None:
        """What Enter does."""
        if card.visit.id in self._busy:
            return
        if is_over(card):
            self._open_note_of_mine(card)
        elif card.timer is not None:
            self.open_note(card)
        elif card.next_step == Progress.ARRIVED:
            self._arrive(card)
        elif card.next_step == Progress.IN_ROOM:
            self._to_room(card)
        elif card.next_step == Progress.CHECKING_OUT:
            self._step(card, Progress.CHECKING_OUT)
        elif card.next_step == Progress.DONE:
            self._parts.open_panel(CheckoutRequest(card.visit.id))

    def open_note(self, card: TodayCard) -> None:
        """The treatment note, for those who may write it."""
        if self._parts.may("write_note"):
            self._parts.go_to(NotePlace(card.visit.id))

    def choose_room(self, card: TodayCard) -> None:
        """A list of the office's rooms; taken ones cannot be chosen."""
        data = self._parts.practice.data
        taken = taken_rooms(card, self._cards, data)
        menu = QMenu(self._board)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for room in data.rooms:
            if room.office_id == card.visit.office_id and room.active:
                words = _("{room}, taken").format(room=room.name) if room.id in taken else room.name
                action = QAction(words, menu)
                action.setEnabled(room.id not in taken)
                action.triggered.connect(functools.partial(self._enter, card, room))
                menu.addAction(action)
        menu.popup(self._board.mapToGlobal(QPoint(self._board.width() // 2, 80)))

    def step_back(self, card: TodayCard) -> None:
        """One step back, for a key pressed too often."""
        before = _BACK.get(card.visit.progress)
        if before is not None and card.timer is None:
            self._step(card, before)

    def leave(self, card: TodayCard) -> None:
        """The patient left without treatment."""
        if not is_over(card) and card.timer is None:
            self._step(card, Progress.LEFT)

    def leave_cupping_out(self, card: TodayCard) -> None:
        """The visit becomes what remains without cupping; its charge and session follow."""
        services = card.visit.services
        kept = tuple(line.service_id for line in services if not CUPPINGS & set(line.techniques))
        if len(kept) == len(services) or is_over(card):
            self._parts.toast(_("No cupping is booked for {name}.").format(name=card.visit.patient))
        elif not kept:
            words = _("Only cupping is booked for {name}: book something else instead (F7 moves the visit).")
            self._parts.toast(words.format(name=card.visit.patient))
        else:
            change = ServicesChange(card.visit.id, card.visit.version, kept)
            then = functools.partial(self._say_left_out, card)
            self._parts.work.do(flows.change_services, change, then=then, refused=functools.partial(self._refused, card))

    def _say_left_out(self, card: TodayCard, done: Any) -> None:
        words = _("{name} has no cupping today; the rest stays.").format(name=card.visit.patient)
        self._parts.toast(words, done.operation, _("cupping left out for {short}").format(short=card.visit.patient_short))

    def _arrive(self, card: TodayCard) -> None:
        if SCREENING in card.marks:
            self._parts.open_panel(ArrivalRequest(card.visit.id))
            return
        self._busy.add(card.visit.id)
        then = functools.partial(self._say, card, Progress.ARRIVED, "")
        arrival = Arrival(card.visit.id, card.visit.version)
        self._parts.work.do(flows.check_in, arrival, then=then, refused=functools.partial(self._refused, card))

    def _to_room(self, card: TodayCard) -> None:
        room = proposed_room(card, self._cards, self._parts.practice.data)
        if room is None:
            self.choose_room(card)
        else:
            self._enter(card, room)

    def _enter(self, card: TodayCard, room: Room, _checked: object = None) -> None:
        self._step(card, Progress.IN_ROOM, room)

    def _step(self, card: TodayCard, progress: Progress, room: Room | None = None) -> None:
        self._busy.add(card.visit.id)
        step = Step(card.visit.id, card.visit.version, progress, room.id if room is not None else None)
        then = functools.partial(self._say, card, progress, room.name if room is not None else "")
        self._parts.work.do(schedule.take_step, step, then=then, refused=functools.partial(self._refused, card))

    def _say(self, card: TodayCard, progress: Progress, room: str, done: Any) -> None:
        self._busy.discard(card.visit.id)
        name, short = card.visit.patient, card.visit.patient_short
        time = clock_time(self._parts.practice.wall_now())
        said, undo = {
            Progress.EXPECTED: (_("{name} is expected again"), _("{short} expected again")),
            Progress.ARRIVED: (_("{name} arrived, {time}"), _("arrived {short}")),
            Progress.IN_ROOM: (_("{name} is in {room}, {time}"), _("{room} for {short}")),
            Progress.CHECKING_OUT: (_("{name} is checking out, {time}"), _("check-out of {short}")),
            Progress.LEFT: (_("{name} left without treatment, {time}"), _("left, {short}")),
        }.get(progress, (_("{name}, {time}"), "{short}"))
        room = room or card.visit.room
        words = said.format(name=name, time=time, room=room)
        self._parts.toast(words, done.operation, undo.format(short=short, room=room))

    def _refused(self, card: TodayCard, problem: Problem) -> None:
        self._busy.discard(card.visit.id)
        self._parts.tell(problem)

    def _open_note_of_mine(self, card: TodayCard) -> None:
        if card.note_state == "draft" and card.visit.staff_id == self._parts.person.staff_id:
            self.open_note(card)
