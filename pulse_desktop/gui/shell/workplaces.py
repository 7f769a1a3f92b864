"""Which workplaces and panels there are, in the order of the rail. Imported behind the sign-in window."""

from __future__ import annotations

from typing import Final

from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.calendar import entry as calendar
from pulse_desktop.gui.workplaces.checkout import entry as checkout
from pulse_desktop.gui.workplaces.note import entry as note
from pulse_desktop.gui.workplaces.packages import entry as packages
from pulse_desktop.gui.workplaces.patient_file import entry as patient_file
from pulse_desktop.gui.workplaces.settings import entry as settings
from pulse_desktop.gui.workplaces.today import entry as today

_WORKPLACES: Final = (
    today.WORKPLACE,
    calendar.WORKPLACE,
    patient_file.WORKPLACE,
    packages.WORKPLACE,
    note.WORKPLACE,
    settings.WORKPLACE,
)
_PANELS: Final = (*today.PANELS, *calendar.PANELS, *patient_file.PANELS, *packages.PANELS, *checkout.PANELS, *note.PANELS)


def workplaces() -> tuple[Workplace, ...]:
    """All workplaces, first on the rail first."""
    return _WORKPLACES


def panel_kinds() -> tuple[PanelKind, ...]:
    """All side panels: what a request of `parts.places` opens."""
    return _PANELS
