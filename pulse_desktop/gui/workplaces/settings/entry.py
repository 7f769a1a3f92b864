"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import SettingsPlace
from pulse_desktop.gui.parts.screen import Workplace
from pulse_desktop.gui.workplaces.settings.screen import SettingsScreen

WORKPLACE = Workplace("settings", N_("Settings"), "settings", SettingsScreen, places=(SettingsPlace,), needs="set_up", or_needs="write_note")
