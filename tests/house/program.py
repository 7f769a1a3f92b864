"""All of the program, imported, and what it declares: for tests that ask the same of everything there is."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

import pulse_desktop
from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.registry import Declaration, registered_commands, registered_queries
from pulse_desktop.storage.tables import Base

_STARTS_SOMETHING = frozenset({"pulse_desktop.__main__", "pulse_desktop.storage.migrations.env"})


@cache
def modules(room: str = "") -> tuple[ModuleType, ...]:
    """Every module of the program, or of one room ("clinic"), imported."""
    package = import_module(f"pulse_desktop.{room}") if room else pulse_desktop
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    names = [one.name for one in found if one.name not in _STARTS_SOMETHING and ".versions." not in one.name]
    return tuple(import_module(name) for name in names)


def commands() -> tuple[Declaration, ...]:
    """All commands of the program; what tests declare for themselves is left out."""
    _load()
    return _ours(registered_commands())


def queries() -> tuple[Declaration, ...]:
    """All queries of the program."""
    _load()
    return _ours(registered_queries())


def _load() -> None:
    for room in ("storage", "clinic", "outside"):
        modules(room)


def _ours(declared: Mapping[str, Declaration]) -> tuple[Declaration, ...]:
    return tuple(one for one in declared.values() if one.function.__module__.startswith("pulse_desktop."))


def tables() -> tuple[type[Base], ...]:
    """The classes of all tables of the program."""
    classes = (mapper.class_ for mapper in load_tables().registry.mappers)
    return tuple(sorted((one for one in classes if one.__module__.startswith("pulse_desktop.")), key=lambda one: one.__tablename__))
