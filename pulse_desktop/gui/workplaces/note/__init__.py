"""The treatment note: the last visit, today's text, the body map with cups and needles, their clocks, the signature.

Here belongs how a note is written, drawn and shown. What it must hold, when it may be signed and what stops a cup
belongs to `clinic.treatment`; drawing a body belongs to `gui.parts` and `clinic.atlas`.
"""

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.parts.screen import Workplace
from pulse_desktop.gui.workplaces.note.screen import NoteScreen

WORKPLACE = Workplace("note", N_("Note"), "note", NoteScreen, places=(NotePlace,), in_rail=False, under="today")

__all__ = ["WORKPLACE"]
