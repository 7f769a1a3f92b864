"""Everything that can be said of what the hands did, and of a needle, by mouse or by the menu key."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QMenu, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.workplaces.note.cup_menu import GRADES
from pulse_desktop.gui.workplaces.note.map_tools import add_choices
from pulse_desktop.gui.workplaces.note.words import grade_words, minutes_words

Change = Callable[..., object]
MINUTES: Final = (5, 10, 15, 20, 30)
HERTZ: Final = (10, 20, 40, 100, 150, 1000)
"""Tenths of hertz."""
DEPTHS: Final = (3, 5, 8, 10, 12, 15, 20)
"""Tenths of a cun."""


def hand_menu(parent: QWidget, field: str, one: Any, change: Change, remove: Callable[[], object]) -> QMenu:
    """The menu for `one` of the draft's `field`; `change(name=value)` hears a choice, `remove()` the last entry."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for title, name, choices in _offers(field):
        entries = menu.addMenu(title)
        add_choices(entries, choices, getattr(one, name), functools.partial(_told, change, name))
    menu.addSeparator()
    taken = menu.addAction(_("Take away"))
    taken.setEnabled(not getattr(one, "in_at", None))
    taken.triggered.connect(remove)
    return menu


def _told(change: Change, name: str, value: Any) -> None:
    change(**{name: value})


def _offers(field: str) -> list[tuple[str, str, list[tuple[Any, str]]]]:
    minutes = (_("Minutes"), "minutes", [(None, _("not said")), *((one, minutes_words(one)) for one in MINUTES)])
    if field == "needles":
        depths = [(None, _("not said")), *((one, _("{cun} cun").format(cun=f"{one / 10:.1f}")) for one in DEPTHS)]
        return [(_("Technique"), "technique", _terms("needle_technique")), (_("Depth"), "depth_tenths", depths)]
    if field == "strokes":
        return [(_("Mark left"), "mark_grade", [(None, _("not looked at")), *((grade, grade_words(grade)) for grade in GRADES)])]
    if field == "areas":
        return [(_("Technique"), "technique", _terms("tuina_technique"))]
    if field == "moxa":
        return [(_("Kind"), "technique", _terms("moxa_type")), minutes]
    hertz = [(one, _("{hertz} Hz").format(hertz=f"{one / 10:g}")) for one in HERTZ]
    return [(_("Frequency"), "hertz_tenths", hertz), (_("Mode"), "mode", _terms("estim_mode")), minutes]


def _terms(vocabulary: str) -> list[tuple[Any, str]]:
    return [(term.key, f"{term.word}, {term.meaning}" if term.meaning else term.word) for term in atlas.vocabulary(vocabulary)]
