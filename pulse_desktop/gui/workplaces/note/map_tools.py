"""The row above the map: what the next cup is like, and what the selected ones become; zoom at the right end."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import CupPlacement
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.workplaces.note.placing import SIZES, CupTool
from pulse_desktop.gui.workplaces.note.words import SUCTION_WORDS, SUCTIONS, technique_word

_GAP: Final = 8
CUPS: Final = "cups"


def hand_words() -> dict[str, str]:
    """What else the hand can draw, by the draft's tuple."""
    return {"strokes": _("Gua sha"), "areas": _("Tuina"), "moxa": _("Moxa"), "pairs": _("Current")}


class MapTools(QWidget):
    """Size, technique with suction, mirror, zoom (`nearer`, `farther`). `picked(field, value)` for what was changed."""

    picked = Signal(str, object)
    mirror_switched = Signal(bool)
    kind_picked = Signal(str)
    """What the hand draws from now on: cups, or a tuple of the draft (strokes, areas, moxa, pairs)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = CupTool()
        self.kind = CUPS
        self._is_usable = True
        self.sizes = Segments([str(size) for size in SIZES], _("Cup size in mm"), padding=8)
        self.how = Button("", after="chevron-down")
        self.mirror = IconButton("mirror", _("Place on both sides"), "plain", checkable=True)
        self.nearer = IconButton("zoom-in", _("Nearer"))
        self.farther = IconButton("zoom-out", _("Farther away"))
        self._menu = QMenu(self)
        self._mm = Label(_("mm"), "secondary", "ink-soft")
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(_GAP)
        self._all: tuple[QWidget, ...] = (self.sizes, self._mm, self.how, self.mirror, self.farther, self.nearer)
        self._is_narrow = False
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
        cups = f"{said}, {suction}" if suction else said
        self.how.set_words(hand_words().get(self.kind, cups))
        self.how.setAccessibleName(_("Technique and suction: {chosen}").format(chosen=self.how.words))

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether one may draw; sizes are for cups only."""
        self._is_usable = usable
        self.how.setEnabled(usable)
        self.mirror.setEnabled(usable and self.kind != "pairs")
        self.sizes.setEnabled(usable and self.kind == CUPS)

    def choose_kind(self, kind: str) -> None:
        """Draw something else from now on."""
        if kind != self.kind:
            self.kind = kind
            self.show_tool(self.tool)
            self.set_usable(self._is_usable)
            self.kind_picked.emit(kind)

    def show_cups(self, cups: Sequence[CupPlacement]) -> None:
        """Show the selected cups' own choices; the next cup is like them."""
        if cups:
            last = cups[-1]
            self.show_tool(replace(self.tool, rim_mm=last.rim_mm, technique=last.technique, suction=last.suction))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._first)
        column.addLayout(self._second)
        self._first.addWidget(self.sizes)
        self._first.addSpacing(-4)
        self._first.addWidget(self._mm)
        self._arrange(narrow=False)

    def _arrange(self, *, narrow: bool) -> None:
        """In a narrow window technique and zoom stand in a row of their own."""
        for row in (self._first, self._second):
            for widget in (self.how, self.mirror, self.farther, self.nearer):
                row.removeWidget(widget)
            _drop_stretches(row)
        last = self._second if narrow else self._first
        self._first.addWidget(self.mirror) if narrow else self._first.addWidget(self.how)
        last.addWidget(self.how if narrow else self.mirror)
        if narrow:
            self._first.addStretch(1)
        last.addStretch(1)
        last.addWidget(self.farther)
        last.addWidget(self.nearer)
        self._is_narrow = narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(widget.sizeHint().width() for widget in self._all) + 6 * _GAP
        if (narrow := self.width() < needed) != self._is_narrow:
            self._arrange(narrow=narrow)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the first of two rows."""
        first = (self.sizes, self._mm, self.mirror)
        return QSize(sum(widget.sizeHint().width() for widget in first) + 2 * _GAP, super().minimumSizeHint().height())

    def _pick_size(self, index: int) -> None:
        self._pick("rim_mm", SIZES[index])

    def _pick(self, field: str, value: Any) -> None:
        self.show_tool(replace(self.tool, **{field: value}))
        self.picked.emit(field, value)

    def _pick_technique(self, technique: str) -> None:
        self.choose_kind(CUPS)
        self._pick("technique", technique)

    def _switch_mirror(self, on: bool) -> None:  # noqa: FBT001 - a signal's own signature
        self.tool = replace(self.tool, mirror=on)
        self.mirror_switched.emit(on)

    def _open_menu(self) -> None:
        self._menu.clear()
        technique = self.tool.technique if self.kind == CUPS else ""
        add_choices(self._menu, technique_choices(), technique, self._pick_technique)
        self._menu.addSeparator()
        add_choices(self._menu, list(hand_words().items()), self.kind, self.choose_kind)
        self._menu.addSeparator()
        add_choices(self._menu, suction_choices(), self.tool.suction, functools.partial(self._pick, "suction"))
        self._menu.popup(self.how.mapToGlobal(self.how.rect().bottomLeft()))


def _drop_stretches(row: QHBoxLayout) -> None:
    """What only pushes apart goes; the gap before "mm" is negative and stays."""
    for at in reversed(range(row.count())):
        item = row.itemAt(at)
        spacer = item.spacerItem() if item is not None else None
        if spacer is not None and spacer.sizeHint().width() == 0:
            row.takeAt(at)


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


def _passed_on(pick: Any, value: Any, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature; a partial is told nothing
    pick(value)
