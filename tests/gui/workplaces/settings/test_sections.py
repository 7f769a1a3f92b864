from __future__ import annotations

from typing import Any

from pulse_desktop.clinic import practice
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.places import SettingsPlace
from pulse_desktop.gui.workplaces.settings.people_section import PeopleSection
from pulse_desktop.gui.workplaces.settings.places_sections import OfficesSection
from pulse_desktop.gui.workplaces.settings.section import Section
from tests.gui.opening import Opened


def section_of(desk: Opened, kind: type[Any]) -> Section:
    """The section as somebody sees it who chose it in the list."""
    desk.frame.parts.go_to(SettingsPlace(kind.key))
    desk.waits()
    found: Section = next(one for one in desk.window.findChildren(kind) if one.isVisible())
    return found


def saves(desk: Opened) -> None:
    desk.clicks("Save")
    desk.waits()


def test_what_is_saved_twice_is_changed_twice_and_never_added(at_work: Opened) -> None:
    section = section_of(at_work, OfficesSection)
    before = [office.name for office in at_work.asks(practice.practice_data).offices]
    for phone in ("(973) 555-0001", "(973) 555-0002"):
        section.form.fields["phone"].set_value(phone)
        section.form.is_changed = True
        saves(at_work)
    offices = at_work.asks(practice.practice_data).offices
    assert [office.name for office in offices] == before
    assert "(973) 555-0002" in {office.phone for office in offices}


def test_a_new_person_is_shown_next_and_not_the_first_one(at_work: Opened) -> None:
    section = section_of(at_work, PeopleSection)
    staff = len(at_work.asks(practice.practice_data).staff)
    at_work.clicks("Add person")
    for name, value in (("first_name", "Tomás"), ("last_name", "Quinn")):
        section.form.fields[name].set_value(value)
    section.form.ticks["front_desk"].setChecked(True)
    saves(at_work)
    assert section.line.last_name == "Quinn"
    saves(at_work)
    assert len(at_work.asks(practice.practice_data).staff) == staff + 1
    for name in ("password", "again"):
        section.form.fields[name].set_value("front desk opens at nine")
    section.form.is_changed = True
    saves(at_work)
    at_work.sees("The new person can sign in now")
    at_work.waits()
    assert section.line.last_name == "Quinn"
    assert section.line.vault_id


def test_the_practice_can_be_called_something_else(at_work: Opened) -> None:
    section = section_of(at_work, OfficesSection)
    name = next(field for field in section.findChildren(TextField) if field.objectName() == "practice_name")
    name.set_value("Quiet Hands")
    at_work.clicks("Rename the practice")
    at_work.waits()
    assert at_work.asks(practice.practice_data).practice_name == "Quiet Hands"
