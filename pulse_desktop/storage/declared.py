"""Every table the program declares, loaded: making, checking and migrating a clinic must see all of them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import pulse_desktop
from pulse_desktop.storage.tables import Base


@cache
def load_tables() -> type[Base]:
    """Imports every module named `tables` below pulse_desktop, and storage's own; returns Base with all of them."""
    import_module("pulse_desktop.storage.ledgers")
    clinic = next((room for room in pkgutil.iter_modules(pulse_desktop.__path__) if room.name == "clinic"), None)
    if clinic is not None:
        package = import_module("pulse_desktop.clinic")
        for module in pkgutil.walk_packages(package.__path__, "pulse_desktop.clinic."):
            if module.name.endswith(".tables"):
                import_module(module.name)
    return Base
