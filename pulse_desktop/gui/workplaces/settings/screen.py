"""The settings screen: sections at the left, the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.bars import ToolRow
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import Place, SettingsPlace
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.workplaces.settings.aftercare_section import AftercareSection
from pulse_desktop.gui.workplaces.settings.hours_section import HoursSection
from pulse_desktop.gui.workplaces.settings.note_section import NoteSection
from pulse_desktop.gui.workplaces.settings.people_section import PeopleSection
from pulse_desktop.gui.workplaces.settings.places_sections import OfficesSection, RoomsSection
from pulse_desktop.gui.workplaces.settings.section_list import SectionList
from pulse_desktop.gui.workplaces.settings.services_section import ServicesSection
from pulse_desktop.gui.workplaces.settings.shorthand_sections import FavouritesSection, GroupsSection, PhrasesSection

SECTIONS = (
    OfficesSection, RoomsSection, HoursSection, ServicesSection, PeopleSection, NoteSection, AftercareSection, PhrasesSection,
    GroupsSection, FavouritesSection,
)  # fmt: skip


class SettingsScreen(Screen):
    """A section is made when it is first looked at."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._made: dict[int, QWidget] = {}
        self.setAccessibleName(_("Settings"))
        self._sections = [section for section in SECTIONS if parts.may(getattr(section, "needs", "set_up"))]
        self._list = SectionList([_(section.title) for section in self._sections])
        self._list.currentRowChanged.connect(self._show_section)
        self._stack = QStackedWidget()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._list)
        body.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(ToolRow(_("Settings")))
        whole.addLayout(body, 1)
        self._list.setCurrentRow(0)

    def show_place(self, place: Place) -> None:
        if isinstance(place, SettingsPlace) and place.section:
            keys = [section.key for section in self._sections]
            if place.section in keys:
                self._list.setCurrentRow(keys.index(place.section))

    def take_focus(self) -> None:
        self._list.setFocus()

    def _show_section(self, at: int) -> None:
        if at not in self._made:
            scroller = QScrollArea()
            scroller.setWidgetResizable(True)
            scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            inner = QWidget()
            padded = QVBoxLayout(inner)
            padded.setContentsMargins(16, 16, 16, 16)
            padded.addWidget(self._sections[at](self._parts))
            scroller.setWidget(inner)
            self._made[at] = scroller
            self._stack.addWidget(scroller)
        self._stack.setCurrentWidget(self._made[at])
