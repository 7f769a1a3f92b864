"""The list of everything that can be done and looked at, and on what terms.

A command or query that is not declared here cannot pass the door. The declaration is the whole truth about who may
call it, what is written into the audit trail and how it is taken back; tests walk this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from pulse_desktop.storage.permissions import Permission

P = ParamSpec("P")
R = TypeVar("R")
About = Callable[..., int | None]
Allow = Callable[..., None]
Undo = str | Callable[..., object] | None

RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Declaration:
    """One command or query and its terms.

    `about` names the patient concerned, for the audit trail; `allow` raises Denied when this person may not touch
    this object; `undo` is None, "restore" (former versions are written back) or a function of its own.
    """

    name: str
    function: Callable[..., Any]
    needs: Permission
    audit: str | None
    about: About | None
    allow: Allow | None
    undo: Undo
    writes: bool


class Undeclared(LookupError):
    """Somebody sent a function through the door that is not in the registry: our mistake, never a person's."""


_declared: dict[str, Declaration] = {}
_by_function: dict[Callable[..., Any], Declaration] = {}


def command(
    *, needs: Permission, audit: str, about: About | None = None, allow: Allow | None = None, undo: Undo = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares `function(context, value)` as a command: one write transaction, one audit event named `audit`."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        _remember(Declaration(_name_of(function), function, needs, audit, about, allow, undo, writes=True))
        return function

    return declare


def query(
    *, needs: Permission, audit: str | None = None, about: About | None = None, allow: Allow | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares `function(context, *args)` as a query. With `audit`, each look is written down before it is shown."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        _remember(Declaration(_name_of(function), function, needs, audit, about, allow, None, writes=False))
        return function

    return declare


def declaration_of(function: Callable[..., Any]) -> Declaration:
    """The terms of `function`; raises Undeclared."""
    found = _by_function.get(function)
    if found is None:
        message = f"{_name_of(function)} is not declared as a command or query"
        raise Undeclared(message)
    return found


def declaration_named(name: str) -> Declaration:
    """The terms of the command or query of this name ("clinic.schedule.commands.book_visit"); raises Undeclared."""
    if name not in _declared:
        import_module(f"pulse_desktop.{name.rpartition('.')[0]}")
    if name not in _declared:
        message = f"{name} is not declared as a command or query"
        raise Undeclared(message)
    return _declared[name]


def registered_commands() -> Mapping[str, Declaration]:
    """All commands declared so far, by name."""
    return MappingProxyType({name: found for name, found in _declared.items() if found.writes})


def registered_queries() -> Mapping[str, Declaration]:
    """All queries declared so far, by name."""
    return MappingProxyType({name: found for name, found in _declared.items() if not found.writes})


def _name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('pulse_desktop.')}.{function.__qualname__}"


def _remember(declaration: Declaration) -> None:
    if declaration.name in _declared:
        message = f"{declaration.name} is declared twice"
        raise ValueError(message)
    _declared[declaration.name] = declaration
    _by_function[declaration.function] = declaration
