"""Moving a visit to another time, practitioner or office."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import NeedsConsent, Outdated, Problem, Trouble
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time_full
from pulse_desktop.clinic import flows, schedule
from pulse_desktop.clinic.schedule.values import Booking, Move, VisitLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import MoveRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.calendar.place_words import when_words
from pulse_desktop.gui.workplaces.calendar.time_choice import TimeChoice
from pulse_desktop.gui.workplaces.calendar.visit_head import VisitHead
from pulse_desktop.gui.workplaces.calendar.which_hour import WhichHour


class MovePanel(SidePanel):
    """The visit as it is, the question, the first openings. Ctrl+Enter moves to what stands on the button."""

    def __init__(self, parts: DeskParts, request: MoveRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Move a visit"), primary=_("Move visit"), leave=_("Leave it"), parent=parent)
        self._parts, self._request = parts, request
        self._visit: VisitLine | None = None
        self._sent: Move | None = None
        self._moves_once_found = False
        self._is_refused = False
        self._head = VisitHead()
        self._time = TimeChoice(parts, self)
        self._hour = WhichHour()
        for widget in (self._head, self._time.ask, self._time.practitioner, self._time.found, self._hour):
            self.body.addWidget(widget)
        self._hour.hide()
        self._time.changed.connect(self._take_place)
        self._time.settled.connect(self._move_if_asked)
        self._time.squeezed.connect(self._squeeze_in)
        self._time.ask.changed.connect(self._keep)
        self._hour.chosen.connect(self._move_hour)
        self.confirmed.connect(self._confirm)
        parts.work.look(schedule.visit, request.visit_id, then=self._show_visit)

    def focus_first(self) -> None:
        self._time.ask.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._time.take_over()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._time.proposals.let_go(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.text().isdecimal() and event.text().isascii() and self._time.press_digit(int(event.text())):
            return
        super().keyPressEvent(event)

    def _show_visit(self, visit: VisitLine) -> None:
        is_first = self._visit is None
        self._visit = visit
        self.name = _("Move, {patient}").format(patient=visit.patient_short)
        self._head.show_visit(visit, self._parts.practice.data, self._parts.practice.today())
        if is_first:
            self._time.look_from(visit.office_id)
            self._time.practitioner.set_value(visit.staff_id)
            self._time.concern(visit.patient_id, tuple(line.service_id for line in visit.services))

    def _keep(self) -> None:
        self.has_draft = True

    def _take_place(self) -> None:
        self._is_refused = False
        self._hour.hide()
        self._say_primary()

    def _say_primary(self) -> None:
        place = self._time.place
        usable = place is not None and not self._is_refused
        words = _("Move to {time}").format(time=clock_time_full(place.starts)) if place is not None and usable else _("Move visit")
        self.say_primary(words, enabled=not self._is_refused)

    # --- moving

    def _confirm(self) -> None:
        if self._time.is_searching:
            self._moves_once_found = True
            self._time.search_now()
            return
        self._move()

    def _move_if_asked(self) -> None:
        if self._moves_once_found:
            self._moves_once_found = False
            self._move()

    def _squeeze_in(self) -> None:
        self._move(squeeze_in=True)

    def _move_hour(self, second_time: bool) -> None:  # noqa: FBT001 - a signal carries it
        self._move(second_time=second_time)

    def _move(self, *, squeeze_in: bool = False, second_time: bool | None = None) -> None:
        visit, place = self._visit, self._time.read()
        if visit is None or place is None:
            return
        move = Move(
            visit.id, visit.version, place.day, place.starts, place.staff_id, place.room_id, place.office_id,
            second_time, squeeze_in, place.ends,
        )  # fmt: skip
        self._sent = move
        self._send(move)

    def _send(self, move: Move, consents: frozenset[str] = frozenset()) -> None:
        self.primary.setEnabled(False)
        refused = partial(self._refused, move, consents)
        self._parts.work.do(flows.move_visit, move, then=self._moved, refused=refused, consents=consents)

    def _moved(self, done: Finished) -> None:
        visit, move = self._visit, self._sent
        assert visit is not None
        assert move is not None
        when = when_words(move.day, move.starts, self._parts.practice.today())
        said = _("{patient} moved to {when}").format(patient=visit.patient, when=when)
        self._parts.toast(said, done.operation, _("moved {patient}").format(patient=visit.patient_short))
        self.has_draft = False
        self.close()

    def _refused(self, move: Move, consents: frozenset[str], problem: Problem) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, Outdated):  # show it as it is now; what was chosen stays
            self._parts.work.look(schedule.visit, self._request.visit_id, then=self._show_visit)
            self._parts.tell(problem)
        elif isinstance(problem, NeedsConsent) and problem.key == "time_repeated":
            self._parts.sentence(problem, self._hour.ask)
        elif isinstance(problem, NeedsConsent):
            self._parts.ask(problem, _("Move anyway"), _("Choose another time"), partial(self._agree, move, consents))
        elif isinstance(problem, Trouble):  # nothing is wrong with the place: it stays, and pressing again moves there
            self._parts.tell(problem)
        else:
            self._parts.sentence(problem, partial(self._show_refusal, problem))

    def _agree(self, move: Move, before: frozenset[str], consents: frozenset[str]) -> None:
        self._send(move, before | consents)

    def _show_refusal(self, problem: Problem, sentence: str) -> None:
        if self._visit is not None and self._sent is not None:
            self._time.refuse(problem, sentence, _as_booking(self._visit, self._sent))
            self._is_refused = True
            self._say_primary()


def _as_booking(visit: VisitLine, move: Move) -> Booking:
    """The wanted place as a booking, so that what is free near it can be asked for."""
    return Booking(
        visit.patient_id, move.office_id or visit.office_id, move.staff_id or visit.staff_id, move.day, move.starts,
        tuple(line.service_id for line in visit.services), move.room_id, ends=move.ends,
    )  # fmt: skip


