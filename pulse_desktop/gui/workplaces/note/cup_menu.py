"""Everything that can be said of the selected cups, by mouse or by the menu key."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QMenu, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment.values import CupPlacement
from pulse_desktop.gui.workplaces.note.map_tools import add_choices, suction_choices, technique_choices
from pulse_desktop.gui.workplaces.note.placing import SIZES
from pulse_desktop.gui.workplaces.note.words import grade_words, minutes_words

MINUTES: Final = (3, 5, 8, 10, 12, 15)
GRADES: Final = range(6)


def cup_menu(
    parent: QWidget,
    cups: Sequence[CupPlacement],
    change: Callable[[str, Any], object],
    remove: Callable[[], object],
) -> QMenu:
    """The menu for `cups`; `change(field, value)` hears a choice, `remove()` the last entry."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    first = cups[0]
    offers = (
        (_("Size"), "rim_mm", [(size, _("{size} mm").format(size=size)) for size in SIZES]),
        (_("Technique"), "technique", technique_choices()),
        (_("Suction"), "suction", suction_choices()),
        (_("Minutes planned"), "planned_minutes", [(minutes, minutes_words(minutes)) for minutes in MINUTES]),
        (_("Mark left"), "mark_grade", [(None, _("not looked at")), *((grade, grade_words(grade)) for grade in GRADES)]),
    )
    for title, field, choices in offers:
        entries = menu.addMenu(title)
        add_choices(entries, choices, getattr(first, field), functools.partial(change, field))
    menu.addSeparator()
    taken = menu.addAction(_("Take off the map"))
    taken.setEnabled(not any(cup.on_at for cup in cups))
    taken.triggered.connect(remove)
    return menu
