"""Every action has a title, an icon, and a way to it: keys or the palette. What works together never shares keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from PySide6.QtGui import QKeySequence

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.parts.icons import icon_names
from pulse_desktop.gui.shell.commands import SHELL_ACTIONS
from pulse_desktop.gui.shell.workplaces import panel_kinds, workplaces
from pulse_desktop.storage.permissions import Permission
from tests.house import program

PERMISSIONS = frozenset(map(str, Permission))
TAKEN_BY_THE_FRAME = ("Alt+1", "Alt+2", "Alt+3", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6")


def listed() -> dict[str, tuple[Action, ...]]:
    """Every list of actions in the windows, by the module it is written in."""
    found: dict[str, tuple[Action, ...]] = {}
    for module in program.modules("gui"):
        for name, value in vars(module).items():
            is_list = isinstance(value, tuple) and value and all(isinstance(one, Action) for one in value)
            if is_list and value not in found.values():
                found[f"{module.__name__.removeprefix('pulse_desktop.gui.')}.{name}"] = value
    return found


LISTED = listed()


def faults(actions: Iterable[Action]) -> list[str]:
    """What is wrong with actions, each by itself."""
    wrong = []
    for one in actions:
        title = _(one.title)
        wrong += [f"{one.id}: the title {title!r}"] if not (title[:1].isupper() and 3 <= len(title) <= 60 and title[-1] not in ".,:;!") else []
        wrong += [f"{one.id}: no icon {one.icon!r}"] if one.icon not in icon_names() else []
        wrong += [f"{one.id}: nobody has the permission {one.needs!r}"] if one.needs and one.needs not in PERMISSIONS else []
        wrong += [f"{one.id}: no keys {one.keys!r}"] if one.keys and not _typed(one.keys) else []
    return wrong


def _typed(keys: str) -> str:
    """The keys as Qt writes them; "" when it knows no such keys."""
    sequence = QKeySequence(keys)
    return sequence.toString() if sequence.count() == 1 and not sequence.toString().endswith("+") else ""


def shared(*lists: Sequence[Action]) -> list[str]:
    """Keys and ids that stand twice among actions that work at the same time."""
    together = [one for actions in lists for one in actions]
    keys = Counter(_typed(one.keys) for one in together if one.keys)
    ids = Counter(one.id for one in together)
    return [name for name, count in (keys + ids).items() if count > 1]


def test_actions_were_found() -> None:
    assert sum(len(actions) for actions in LISTED.values()) >= 25


@pytest.mark.parametrize("name", sorted(LISTED))
def test_every_action_is_complete(name: str) -> None:
    assert faults(LISTED[name]) == []


@pytest.mark.parametrize("name", sorted(LISTED))
def test_what_works_on_one_screen_shares_no_keys(name: str) -> None:
    everywhere = () if LISTED[name] is SHELL_ACTIONS else SHELL_ACTIONS
    assert shared(LISTED[name], everywhere) == []
    assert not {_typed(one.keys) for one in LISTED[name]} & set(TAKEN_BY_THE_FRAME)


def test_workplaces_and_panels_are_complete() -> None:
    for place in workplaces():
        assert place.icon in icon_names(), place.key
        assert _(place.title), place.key
        assert not place.needs or place.needs in PERMISSIONS, place.key
        assert place.places, place.key
    assert shared_places() == []
    for kind in panel_kinds():
        assert kind.needs in PERMISSIONS, kind.request.__name__


def shared_places() -> list[str]:
    """Places and requests that two workplaces or panels answer."""
    answered = Counter(one for place in workplaces() for one in place.places) + Counter(kind.request for kind in panel_kinds())
    return [one.__name__ for one, count in answered.items() if count > 1]


def test_every_place_and_every_request_is_answered() -> None:
    from typing import get_args

    from pulse_desktop.gui.parts.places import Place, Request

    assert {one for place in workplaces() for one in place.places} == set(get_args(Place))
    assert {kind.request for kind in panel_kinds()} == set(get_args(Request))


def test_control_faulty_actions_are_found() -> None:
    def run(_screen: object) -> None: ...

    good = Action("visit.book", "Book a visit", run, icon="calendar-add", keys="Ctrl+B", needs="book")
    assert faults([good]) == []
    bad = Action("visit.lost", "no", run, icon="nowhere", keys="Ctrl+Nonsense", needs="fly")
    assert len(faults([bad])) == 4
    assert shared([good], [Action("other", "Another thing", run, icon="add", keys="ctrl+b")]) == ["Ctrl+B"]
    assert shared([good, good]) == ["Ctrl+B", "visit.book"]
