"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import ArrivalRequest, TodayPlace
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.today.arrival_panel import ArrivalPanel
from pulse_desktop.gui.workplaces.today.screen import TodayScreen

WORKPLACE = Workplace("today", N_("Today"), "today", TodayScreen, places=(TodayPlace,), needs="see_schedule")
PANELS = (PanelKind(ArrivalRequest, ArrivalPanel, needs="move_along"),)
