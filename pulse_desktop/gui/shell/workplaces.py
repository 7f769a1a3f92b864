"""Which workplaces and panels there are, in the order of the rail. Imported behind the sign-in window."""

from __future__ import annotations

from typing import Final

from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces import calendar, checkout, note, packages, patient_file, settings, today

_WORKPLACES: Final = (
    today.WORKPLACE,
    calendar.WORKPLACE,
    patient_file.WORKPLACE,
    packages.WORKPLACE,
    note.WORKPLACE,
    settings.WORKPLACE,
)
_PANELS: Final = (*today.PANELS, *calendar.PANELS, *patient_file.PANELS, *packages.PANELS, *checkout.PANELS)


def workplaces() -> tuple[Workplace, ...]:
    """All workplaces, first on the rail first."""
    return _WORKPLACES


def panel_kinds() -> tuple[PanelKind, ...]:
    """All side panels: what a request of `parts.places` opens."""
    return _PANELS
