"""Windows for tests: dressed in the light look, without motion; every test leaves it so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.focus_ring import FocusRing
from pulse_desktop.gui.parts.theme import Theme, theme

Wear = Callable[..., Theme]
Show = Callable[..., None]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """The light look at 100 %, motion off, the focus ring on."""
    FocusRing.watch(qapp)
    if (theme().palette, theme().scale, theme().calm) != ("light", 1.0, True) or not qapp.styleSheet():
        Theme(calm=True).wear(qapp)
    yield
    if (theme().palette, theme().scale) != ("light", 1.0):
        Theme(calm=True).wear(qapp)


@pytest.fixture
def wear(qapp: QApplication) -> Wear:
    """Changes the look for one test: `wear("dark", 2.0)`."""

    def change(palette: str = "light", scale: float = 1.0) -> Theme:
        look = Theme(palette, scale, calm=True)
        look.wear(qapp)
        return look

    return change


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a widget of a size and waits until it is on the screen and active."""

    def shown(widget: QWidget, width: int = 600, height: int = 400) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return shown
