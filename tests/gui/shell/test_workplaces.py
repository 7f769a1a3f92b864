from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from pulse_desktop.gui.parts.places import Place, Request
from pulse_desktop.gui.shell.workplaces import panel_kinds, workplaces
from pulse_desktop.storage.permissions import Permission


@pytest.mark.parametrize("place", get_args(Place))
def test_every_place_is_answered_by_one_workplace(place: type) -> None:
    assert len([one for one in workplaces() if place in one.places]) == 1


@pytest.mark.parametrize("request_kind", get_args(Request))
def test_every_request_is_answered_by_one_panel(request_kind: type) -> None:
    assert len([kind for kind in panel_kinds() if kind.request is request_kind]) == 1


def test_what_they_need_are_permissions(qapp: QApplication) -> None:
    known = {"", *Permission}
    assert {one.needs for one in workplaces()} | {kind.needs for kind in panel_kinds()} <= known


def test_the_first_place_of_a_workplace_on_the_rail_needs_nothing_to_be_made() -> None:
    for one in workplaces():
        if one.in_rail:
            one.places[0]()
