"""The row above the map: what the next cup is like, and what the selected ones become; zoom at the right end."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import CupPlacement
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.workplaces.note.measures import is_large
from pulse_desktop.gui.workplaces.note.placing import SIZES, CupTool
from pulse_desktop.gui.workplaces.note.words import SUCTION_WORDS, SUCTIONS, technique_word


class MapTools(QWidget):
    """Size, technique with suction, mirror, zoom (`nearer`, `farther`). `picked(field, value)` for what was changed."""

    picked = Signal(str, object)
    mirror_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = CupTool()
        self.sizes = Segments([str(size) for size in SIZES], _("Cup size in mm"), padding=8)
        self.how = Button("", after="chevron-down")
        self.mirror = IconButton("mirror", _("Place on both sides"), "plain", checkable=True)
        self.nearer = IconButton("zoom-in", _("Nearer"))
        self.farther = IconButton("zoom-out", _("Farther away"))
        self._menu = QMenu(self)
        self._lay_out()
        self.sizes.chosen.connect(self._pick_size)
        self.how.clicked.connect(self._open_menu)
        self.mirror.toggled.connect(self._switch_mirror)
        self.show_tool(self.tool)

    def show_tool(self, tool: CupTool) -> None:
        """Show what the next cup is like."""
        self.tool = tool
        self.sizes.blockSignals(True)
        self.sizes.choose(SIZES.index(tool.rim_mm) if tool.rim_mm in SIZES else -1)
        self.sizes.blockSignals(False)
        self.mirror.blockSignals(True)
        self.mirror.setChecked(tool.mirror)
        self.mirror.blockSignals(False)
        said = technique_word(tool.technique)
        suction = "" if tool.suction == "medium" else _(SUCTION_WORDS[tool.suction])
        self.how.set_words(f"{said}, {suction}" if suction else said)
        self.how.setAccessibleName(_("Technique and suction: {chosen}").format(chosen=self.how.words))

    def show_cups(self, cups: Sequence[CupPlacement]) -> None:
        """Show the selected cups' own choices; the next cup is like them."""
        if cups:
            last = cups[-1]
            self.show_tool(replace(self.tool, rim_mm=last.rim_mm, technique=last.technique, suction=last.suction))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = _row(self.sizes, Label(_("mm"), "secondary", "ink-soft"))
        row.insertSpacing(1, -4)
        column.addLayout(row)
        if is_large():
            row.addWidget(self.mirror)
            row.addStretch(1)
            row = _row()
            column.addLayout(row)
        row.addWidget(self.how)
        if not is_large():
            row.addWidget(self.mirror)
        row.addStretch(1)
        row.addWidget(self.farther)
        row.addWidget(self.nearer)

    def _pick_size(self, index: int) -> None:
        self._pick("rim_mm", SIZES[index])

    def _pick(self, field: str, value: Any) -> None:
        self.show_tool(replace(self.tool, **{field: value}))
        self.picked.emit(field, value)

    def _switch_mirror(self, on: bool) -> None:  # noqa: FBT001 - a signal's own signature
        self.tool = replace(self.tool, mirror=on)
        self.mirror_switched.emit(on)

    def _open_menu(self) -> None:
        self._menu.clear()
        add_choices(self._menu, technique_choices(), self.tool.technique, functools.partial(self._pick, "technique"))
        self._menu.addSeparator()
        add_choices(self._menu, suction_choices(), self.tool.suction, functools.partial(self._pick, "suction"))
        self._menu.popup(self.how.mapToGlobal(self.how.rect().bottomLeft()))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row


def technique_choices() -> list[tuple[Any, str]]:
    """Cupping techniques as (key, words)."""
    return [(term.key, technique_word(term.key)) for term in atlas.vocabulary("cupping_technique")]


def suction_choices() -> list[tuple[Any, str]]:
    """Suctions as (key, words)."""
    return [(key, _("{strength} suction").format(strength=_(SUCTION_WORDS[key]).capitalize())) for key in SUCTIONS]


def add_choices(menu: QMenu, choices: Sequence[tuple[Any, str]], chosen: Any, pick: Any) -> None:
    """Adds one entry a choice, the chosen one ticked; `pick(value)` hears the choice."""
    group = QActionGroup(menu)
    for value, words in choices:
        entry = QAction(words, menu)
        entry.setCheckable(True)
        entry.setChecked(value == chosen)
        entry.triggered.connect(functools.partial(_passed_on, pick, value))
        group.addAction(entry)
        menu.addAction(entry)


def _passed_on(pick: Any, value: Any, _checked: bool) -> None:  # noqa: FBT001 - Qt's own signature
    pick(value)
