"""Patients: the list, or one patient's file."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import (
    BookingRequest,
    ChartRequest,
    ConditionsRequest,
    PatientPlace,
    PatientRequest,
    PatientsPlace,
    PaymentRequest,
    Place,
    SaleRequest,
    ScoreRequest,
)
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.workplaces.patient_file.file import FileView
from pulse_desktop.gui.workplaces.patient_file.patients_list import PatientsList


class PatientsScreen(Screen):
    """The list fills the screen until a patient is opened; the rail's item leads back to it."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._list = PatientsList(parts)
        self._file = FileView(parts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._file)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setAccessibleName(_("Patients"))
        parts.actions.install(ACTIONS, self)

    def show_place(self, place: Place) -> None:
        if isinstance(place, PatientPlace):
            self._stack.setCurrentWidget(self._file)
            self._file.show_patient(place.patient_id, place.tab)
        elif isinstance(place, PatientsPlace):
            self._stack.setCurrentWidget(self._list)
            self._list.search_for(place.words)

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self._file:
            self._file.take_focus()
        else:
            self._list.take_focus()

    @property
    def patient_id(self) -> int | None:
        """The patient whose file is shown."""
        return self._file.patient_id if self._stack.currentWidget() is self._file else None

    def show_list(self) -> None:
        """Back to the list."""
        self._parts.go_to(PatientsPlace())

    def edit(self) -> None:
        """Change the shown patient's details."""
        if self.patient_id is not None:
            self._parts.open_panel(PatientRequest(self.patient_id))

    def ask_health(self) -> None:
        """The safety questions."""
        if self.patient_id is not None:
            self._parts.open_panel(ConditionsRequest(self.patient_id))

    def enter_score(self) -> None:
        """A score of an outcome measure."""
        if self.patient_id is not None:
            self._parts.open_panel(ScoreRequest(self.patient_id))

    def book(self) -> None:
        """Book a visit for the shown patient."""
        self._parts.open_panel(BookingRequest(patient_id=self.patient_id))

    def sell(self) -> None:
        """Sell the shown patient a package."""
        self._parts.open_panel(SaleRequest(self.patient_id))

    def print_chart(self) -> None:
        """The shown patient's chart as a paper."""
        if self.patient_id is not None:
            self._parts.open_panel(ChartRequest(self.patient_id))

    def take_payment(self) -> None:
        """Take money on the shown patient's account."""
        if self.patient_id is not None:
            self._parts.open_panel(PaymentRequest(self.patient_id))


ACTIONS = (
    Action("patients.list", N_("List of patients"), PatientsScreen.show_list, icon="patients", keys="Ctrl+Up", needs="see_patients"),
    Action("patients.edit", N_("Change the patient's details"), PatientsScreen.edit, icon="note", keys="Ctrl+E", needs="edit_patients"),
    Action("patients.health", N_("Ask the safety questions"), PatientsScreen.ask_health, icon="shield", keys="F3", needs="edit_patients"),
    Action("patients.score", N_("Enter an outcome score"), PatientsScreen.enter_score, icon="insights", keys="Alt+M", needs="write_note"),
    Action("patients.book", N_("Book a visit for this patient"), PatientsScreen.book, icon="calendar-add", keys="F5", needs="book"),
    Action("patients.sell", N_("Sell this patient a package"), PatientsScreen.sell, icon="gift", keys="F7", needs="sell"),
    Action("patients.pay", N_("Take a payment from this patient"), PatientsScreen.take_payment, icon="cash", keys="F8", needs="take_money"),
    Action("patients.print", N_("Print the chart"), PatientsScreen.print_chart, icon="print", keys="Ctrl+P", needs="see_clinical"),
)
