"""Where on the body a condition is: regions of the figure, chosen one by one, each let go by a click on its chip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.forms.fields import Field
from pulse_desktop.gui.parts.chips import ToggleChip
from pulse_desktop.gui.parts.choice import Choice
from pulse_desktop.gui.parts.flow import FlowLayout
from pulse_desktop.gui.workplaces.patient_file.condition_words import region_choices


class RegionsField(Field):
    """Its value is a tuple of region keys in the order in which they were chosen."""

    def __init__(self, label: str) -> None:
        self._keys: list[str] = []
        whole = QWidget()
        super().__init__(label, whole)
        whole.setAccessibleName("")
        self._choice = Choice(label, hint=_("Choose the place"))
        self._choice.show_choices([("", _("Choose the place")), *region_choices()])
        self._choice.picked.connect(self._add)
        self._chips = QWidget()
        self._row = FlowLayout(self._chips, 4)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._choice)
        column.addWidget(self._chips)
        self.setFocusProxy(self._choice)
        self._chips.hide()

    def value(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def is_empty(self) -> bool:
        return not self._keys

    def set_value(self, value: Any) -> None:
        self._keys = list(value or ())
        self._show_chips()

    def _add(self, key: str) -> None:
        self._choice.choose("")
        if key and key not in self._keys:
            self._keys.append(key)
            self._show_chips()
            self._tell()

    def _remove(self, key: str) -> None:
        self._keys.remove(key)
        self._show_chips()
        self._choice.setFocus()
        self._tell()

    def _show_chips(self) -> None:
        self._row.clear()
        words = dict(region_choices())
        for key in self._keys:
            chip = _RegionChip(key, words.get(key, key))
            chip.let_go.connect(self._remove)
            self._row.addWidget(chip)
        self._chips.setVisible(bool(self._keys))


class _RegionChip(ToggleChip):
    """One chosen region; a click lets it go."""

    let_go = Signal(str)

    def __init__(self, key: str, words: str) -> None:
        super().__init__(words, "close", checkable=False)
        self._key = key
        self.setAccessibleName(_("Take away: {place}").format(place=words))
        self.clicked.connect(self._tell_let_go)

    def _tell_let_go(self) -> None:
        self.let_go.emit(self._key)
