"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import BookingRequest, CalendarPlace, CancelRequest, MoveRequest
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.calendar.booking_panel import BookingPanel
from pulse_desktop.gui.workplaces.calendar.cancel_panel import CancelPanel
from pulse_desktop.gui.workplaces.calendar.move_panel import MovePanel
from pulse_desktop.gui.workplaces.calendar.screen import CalendarScreen

WORKPLACE = Workplace("calendar", N_("Calendar"), "calendar", CalendarScreen, places=(CalendarPlace,), needs="see_schedule")
PANELS = (
    PanelKind(BookingRequest, BookingPanel, needs="book"),
    PanelKind(MoveRequest, MovePanel, needs="book"),
    PanelKind(CancelRequest, CancelPanel, needs="book"),
)
