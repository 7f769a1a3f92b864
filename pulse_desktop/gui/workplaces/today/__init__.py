"""Today: who is expected, who waits, who lies under cups, who pays; Enter does the next step.

Here belongs the board of one day in one office. Notes, booking and money have their own places and panels.
"""

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import ArrivalRequest, TodayPlace
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.today.arrival_panel import ArrivalPanel
from pulse_desktop.gui.workplaces.today.screen import TodayScreen

WORKPLACE = Workplace("today", N_("Today"), "today", TodayScreen, places=(TodayPlace,), needs="see_schedule")
PANELS = (PanelKind(ArrivalRequest, ArrivalPanel, needs="move_along"),)
