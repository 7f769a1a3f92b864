"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import (
    ChartRequest,
    ConditionsRequest,
    PatientPlace,
    PatientRequest,
    PatientsPlace,
    ScoreRequest,
)
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.patient_file.chart_panel import ChartPanel
from pulse_desktop.gui.workplaces.patient_file.conditions_panel import ConditionsPanel
from pulse_desktop.gui.workplaces.patient_file.patient_panel import PatientPanel
from pulse_desktop.gui.workplaces.patient_file.score_panel import ScorePanel
from pulse_desktop.gui.workplaces.patient_file.screen import PatientsScreen

WORKPLACE = Workplace(
    "patients", N_("Patients"), "patients", PatientsScreen, places=(PatientsPlace, PatientPlace), needs="see_patients"
)
PANELS = (
    PanelKind(PatientRequest, PatientPanel, needs="edit_patients"),
    PanelKind(ConditionsRequest, ConditionsPanel, needs="edit_patients"),
    PanelKind(ScoreRequest, ScorePanel, needs="write_note"),
    PanelKind(ChartRequest, ChartPanel, needs="see_clinical"),
)
