"""Booking a visit: who, when, with whom, what for; Ctrl+Enter books what stands on the button."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.problems import NeedsConsent, Problem, Trouble
from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time_full
from pulse_desktop.clinic import flows, packages, schedule
from pulse_desktop.clinic.flows.values import Arrival, NewCaller
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.schedule.values import STANDING, Booking, VisitLine
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.card import CardLine, TitledLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import BookingRequest
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.calendar.package_line import package_line
from pulse_desktop.gui.workplaces.calendar.patient_part import PatientPart
from pulse_desktop.gui.workplaces.calendar.place_words import when_words
from pulse_desktop.gui.workplaces.calendar.service_part import ServicePart
from pulse_desktop.gui.workplaces.calendar.time_choice import ChosenPlace, TimeChoice, office_for
from pulse_desktop.gui.workplaces.calendar.which_hour import WhichHour

_PLACE_FIELDS: Final = frozenset({"day", "starts", "ends", "room_id", "staff_id", "office_id", ""})


class BookingPanel(SidePanel):
    """The panel of a booking. Esc keeps what was typed as a parked chip."""

    def __init__(self, parts: DeskParts, request: BookingRequest, parent: QWidget | None = None) -> None:
        title = _("Walk-in") if request.walk_in else _("Book a visit")
        super().__init__(title, primary=_("Book visit"), parent=parent)
        self._parts, self._request = parts, request
        self._packages: tuple[PackageLine, ...] = ()
        self._sent: Booking | None = None
        self._books_once_found = False
        self._is_refused = False
        self._patient = PatientPart(parts)
        self._services = ServicePart(parts.practice.data, self)
        self._time = TimeChoice(parts, self)
        self._package = TitledLine(CardLine("", icon="packages", ink="jade"))
        self._hour = WhichHour()
        self._note = TextField(_("Note for the desk"), hint=_("Only the desk sees this"))
        self._put_together()
        self._connect()
        self._begin()

    # --- Qt and the frame

    def focus_first(self) -> None:
        """A patient that was given needs no typing: the question comes next."""
        if self._request.patient_id is not None or self._patient.patient_id is not None:
            self._time.ask.setFocus()
        else:
            self._patient.setFocus()

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

    # --- how it is put together

    def _put_together(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self._services.service, 13, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self._time.practitioner, 10, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._patient)
        self.body.addWidget(self._time.ask)
        self.body.addLayout(both)
        for widget in (self._services.addons, self._time.found, self._hour, self._package, self._note):
            self.body.addWidget(widget)
        self._package.hide()
        self._hour.hide()

    def _connect(self) -> None:
        self._patient.changed.connect(self._take_patient)
        self._patient.typed.connect(self._keep)
        self._services.changed.connect(self._take_services)
        self._time.changed.connect(self._take_place)
        self._time.services_named.connect(self._name_services)
        self._time.settled.connect(self._book_if_asked)
        self._time.squeezed.connect(self._squeeze_in)
        self._hour.chosen.connect(self._book_hour)
        for field in (self._time.ask, self._note, self._time.practitioner):
            field.changed.connect(self._keep)
        self.confirmed.connect(self._confirm)

    def _begin(self) -> None:
        request, practice = self._request, self._parts.practice
        after = practice.minute_now() if request.walk_in else None
        self._time.look_from(request.office_id, after=after)
        if request.service_ids:
            self._services.show_services(request.service_ids)
            self._services.is_touched = True
        if request.staff_id is not None:
            self._time.practitioner.set_value(request.staff_id)
        self._time.concern(request.patient_id, self._services.value)
        if request.day is not None and request.starts is not None:
            office_id = request.office_id or office_for(self._parts, request.staff_id, request.day, request.starts)
            self._time.show_start(ChosenPlace(office_id, request.staff_id or 0, request.room_id, request.day, request.starts))
        elif request.words:
            self._time.ask_for(request.words)
        if request.patient_id is not None:
            self._patient.begin(request.patient_id)
        self._say_primary()

    # --- what is chosen

    def _take_patient(self) -> None:
        patient_id = self._patient.patient_id
        self._packages = ()
        self._keep()
        self._time.concern(patient_id, self._services.value)
        if patient_id is not None:
            self._parts.work.look(packages.packages_of, patient_id, then=self._show_packages, latest="packages")
            if not self._services.is_touched:
                self._parts.work.look(schedule.visits_of, patient_id, then=self._show_usual, latest="usual")
            if self.isVisible():
                self._time.ask.setFocus()
        self._show_package()

    def _show_packages(self, lines: tuple[PackageLine, ...]) -> None:
        self._packages = lines
        self._show_package()

    def _show_usual(self, visits: tuple[VisitLine, ...]) -> None:
        """A follow-up is for what the last visit was for, add-ons aside."""
        offered = {one.id for one in self._parts.practice.data.services if one.active and not one.is_addon}
        for visit in visits:
            main = next((line.service_id for line in visit.services if line.service_id in offered), None)
            if visit.state in STANDING and main is not None and not self._services.is_touched:
                self._services.show_services((main,))
                self._time.concern(self._patient.patient_id, self._services.value)
                return

    def _name_services(self, service_ids: tuple[int, ...]) -> None:
        self._services.show_services(service_ids, keep_main=True)
        self._time.concern(self._patient.patient_id, self._services.value)

    def _take_services(self) -> None:
        self._keep()
        self._time.concern(self._patient.patient_id, self._services.value)
        self._show_package()

    def _take_place(self) -> None:
        self._is_refused = False
        self._hour.hide()
        self._say_primary()
        self._show_package()

    def _show_package(self) -> None:
        place, today = self._time.place, self._parts.practice.today()
        day = place.day if place is not None else today
        line = package_line(self._packages, self._services.value, day, today)
        self._package.setVisible(line is not None)
        if line is not None:
            self._package.show_line(line)

    def _say_primary(self) -> None:
        place = self._time.place
        words = _("Book visit") if place is None or self._is_refused else _("Book {time}").format(time=clock_time_full(place.starts))
        self.say_primary(words, enabled=not self._is_refused)

    def _keep(self) -> None:
        self.has_draft = True
        name = self._patient.name
        self.name = _("Booking, {patient}").format(patient=name) if name else _("Booking")

    # --- booking

    def _confirm(self) -> None:
        if self._time.is_searching:  # what was just typed is still being looked for
            self._books_once_found = True
            self._time.search_now()
            return
        self._book()

    def _book_if_asked(self) -> None:
        if self._books_once_found:
            self._books_once_found = False
            self._book()

    def _squeeze_in(self) -> None:
        self._book(squeeze_in=True)

    def _book_hour(self, second_time: bool) -> None:  # noqa: FBT001 - a signal carries it
        self._book(second_time=second_time)

    def _book(self, *, squeeze_in: bool = False, second_time: bool | None = None) -> None:
        if not self._patient.is_ready():
            return
        caller = self._patient.read_caller() if self._patient.is_new else None
        place = self._time.read()
        if (self._patient.is_new and caller is None) or place is None:
            return
        booking = Booking(
            self._patient.patient_id or 0, place.office_id, place.staff_id, place.day, place.starts, self._services.value,
            place.room_id, desk_note=self._note.value(), second_time=second_time, squeeze_in=squeeze_in, ends=place.ends,
        )  # fmt: skip
        self._sent = booking
        self._send(NewCaller(caller, booking) if caller is not None else booking)

    def _send(self, value: Booking | NewCaller, consents: frozenset[str] = frozenset()) -> None:
        self.primary.setEnabled(False)
        command = flows.register_and_book if isinstance(value, NewCaller) else flows.book_visit
        refused = partial(self._refused, value, consents)
        self._parts.work.do(command, value, then=self._booked, refused=refused, consents=consents)

    def _booked(self, done: Finished) -> None:
        booking = self._sent
        assert booking is not None
        if self._request.walk_in:
            self._parts.work.look(schedule.visit, done.answer, then=self._let_arrive)
        when = when_words(booking.day, booking.starts, self._parts.practice.today())
        name = self._patient.name
        said = _("{patient} booked, {when}").format(patient=name, when=when)
        self._parts.toast(said, done.operation, _("booked {patient}").format(patient=name))
        self.has_draft = False
        if not self._request.walk_in:
            self.close()

    def _let_arrive(self, visit: VisitLine) -> None:
        """Who walked in is here already."""
        arrived = partial(self._arrived, visit)
        self._parts.work.do(flows.check_in, Arrival(visit.id, visit.version), then=arrived, refused=self._not_arrived)

    def _arrived(self, visit: VisitLine, done: Finished) -> None:
        said = _("{patient} booked and arrived, {time}").format(patient=visit.patient, time=clock_time_full(visit.minute))
        self._parts.toast(said, done.operation, _("arrived {patient}").format(patient=visit.patient_short))
        self.close()

    def _not_arrived(self, problem: Problem) -> None:
        self._parts.tell(problem)
        self.close()

    # --- what can stand in the way

    def _refused(self, value: Booking | NewCaller, consents: frozenset[str], problem: Problem) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, NeedsConsent) and problem.key == "time_repeated":
            self._parts.sentence(problem, self._hour.ask)
        elif isinstance(problem, NeedsConsent):
            yes, no = (_("Book as entered from paper"), _("Cancel")) if problem.key == "in_the_past" else (_("Book anyway"), _("Choose another time"))
            self._parts.ask(problem, yes, no, partial(self._agree, value, consents))
        elif isinstance(problem, Trouble):  # nothing is wrong with what was entered: it stays, and pressing again books it
            self._parts.tell(problem)
        else:
            self._parts.sentence(problem, partial(self._show_refusal, problem))

    def _agree(self, value: Booking | NewCaller, before: frozenset[str], consents: frozenset[str]) -> None:
        self._send(value, before | consents)

    def _show_refusal(self, problem: Problem, sentence: str) -> None:
        if self._patient.refuse(problem, sentence):
            return
        if problem.field == "desk_note":
            self._note.refuse(sentence)
        elif problem.field == "service_ids":
            self._services.service.refuse(sentence)
        elif self._sent is not None and problem.field in _PLACE_FIELDS:
            self._time.refuse(problem, sentence, self._sent)
            self._is_refused = True
            self._say_primary()
