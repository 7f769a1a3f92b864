"""What a note needs before it is signed is ticked by the owner and asked of everybody."""

from __future__ import annotations

from pulse_desktop.clinic import treatment
from pulse_desktop.gui.parts.places import SettingsPlace
from pulse_desktop.gui.workplaces.settings.note_section import NoteSection
from tests.gui.opening import Opened


def the_section(desk: Opened) -> NoteSection:
    desk.frame.parts.go_to(SettingsPlace("note"))
    desk.waits()
    desk.waits()
    return next(one for one in desk.window.findChildren(NoteSection) if one.isVisible())


def test_what_is_ticked_is_needed(at_work: Opened) -> None:
    section = the_section(at_work)
    assert [name for name, tick in section.ticks.items() if tick.isChecked()] == ["complaint", "pain_before", "pain_after", "response", "adverse"]
    section.ticks["pattern"].click()
    section.ticks["response"].click()
    at_work.sees("It holds for every note that is signed from now on.")
    at_work.waits()
    assert at_work.asks(treatment.required_parts) == ("complaint", "pain_before", "pattern", "pain_after", "adverse")

