"""What the visit is for: one service, and add-ons that ride on it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.parts.chips import ToggleChip
from pulse_desktop.gui.parts.flow import FlowLayout


class ServicePart(QObject):
    """Two widgets: `service`, a choice, and `addons`, chips that can be on."""

    changed = Signal()

    def __init__(self, practice: PracticeData, owner: QWidget) -> None:
        super().__init__(owner)
        self._practice = practice
        offered = [service for service in practice.services if service.active]
        self.service = ChoiceField(_("Service"), [(one.id, one.name) for one in offered if not one.is_addon])
        self.addons = QWidget()
        self.is_touched = False
        self._chips: dict[int, ToggleChip] = {}
        row = FlowLayout(self.addons, 8)
        for one in offered:
            if one.is_addon:
                chip = ToggleChip(addon_words(one.name), "add")
                chip.switched.connect(self._tell)
                self._chips[one.id] = chip
                row.addWidget(chip)
        if not self._chips:
            self.addons.hide()
        self.service.changed.connect(self._tell)

    @property
    def value(self) -> tuple[int, ...]:
        """The service and its add-ons, by id."""
        main = self.service.value()
        on = [service_id for service_id, chip in self._chips.items() if chip.isChecked()]
        return (main, *on) if main is not None else tuple(on)

    def show_services(self, service_ids: Iterable[int], *, keep_main: bool = False) -> None:
        """Choose these without telling anybody; `keep_main` leaves the service when only add-ons are named."""
        wanted = set(service_ids)
        mains = [one for one in wanted if one not in self._chips]
        if mains:
            self.service.set_value(mains[0])
        if mains or keep_main:
            for service_id, chip in self._chips.items():
                is_on = service_id in wanted or (keep_main and chip.isChecked())
                chip.blockSignals(True)
                chip.setChecked(is_on)
                chip.blockSignals(False)
                chip.update()

    def _tell(self) -> None:
        self.is_touched = True
        self.changed.emit()


def addon_words(name: str) -> str:
    """"Cupping 15" for the add-on "+ cupping 15"."""
    bare = name.removeprefix("+").strip()
    return bare[:1].upper() + bare[1:]
