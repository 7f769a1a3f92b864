"""Which workplaces and panels there are, in the order of the rail. Imported behind the sign-in window."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

from pulse_desktop.gui.parts.screen import PanelKind, Workplace

_ROOM: Final = "pulse_desktop.gui.workplaces"
_PACKAGES: Final = ("today", "calendar", "patient_file", "note", "checkout", "packages", "settings")


def workplaces() -> tuple[Workplace, ...]:
    """All workplaces, first on the rail first."""
    found = (getattr(package, "WORKPLACE", None) for package in _packages())
    return tuple(place for place in found if place is not None)


def panel_kinds() -> tuple[PanelKind, ...]:
    """All side panels."""
    return tuple(kind for package in _packages() for kind in getattr(package, "PANELS", ()))


def _packages() -> list[object]:
    return [import_module(f"{_ROOM}.{name}") for name in _PACKAGES if find_spec(f"{_ROOM}.{name}")]
