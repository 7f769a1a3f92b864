"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import NotePlace, ToSignRequest
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.note.screen import NoteScreen
from pulse_desktop.gui.workplaces.note.to_sign_panel import ToSignPanel

WORKPLACE = Workplace("note", N_("Note"), "note", NoteScreen, places=(NotePlace,), in_rail=False, under="today")

PANELS = (PanelKind(ToSignRequest, ToSignPanel, needs="see_clinical"),)
