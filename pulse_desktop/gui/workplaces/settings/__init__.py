"""What the owner sets up: the practice, offices, rooms, hours, services, people, the lines of the aftercare sheet.

Here belongs the data of the practice. What happens on a day (visits, notes, money) never belongs here.
"""

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import SettingsPlace
from pulse_desktop.gui.parts.screen import Workplace
from pulse_desktop.gui.workplaces.settings.screen import SettingsScreen

WORKPLACE = Workplace("settings", N_("Settings"), "settings", SettingsScreen, places=(SettingsPlace,), needs="set_up")
