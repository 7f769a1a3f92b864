"""A practitioner's own shorthand in the settings."""

from __future__ import annotations

from typing import Any

import pytest

from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.shorthand import Shorthand
from pulse_desktop.gui.parts.places import SettingsPlace
from pulse_desktop.gui.workplaces.settings.screen import SettingsScreen
from pulse_desktop.gui.workplaces.settings.section_list import SectionList
from pulse_desktop.gui.workplaces.settings.shorthand_sections import FavouritesSection, GroupsSection, PhrasesSection
from tests.gui.opening import Opened
from tests.gui.workplaces.settings.test_sections import saves, section_of


def mine(desk: Opened) -> Shorthand:
    return desk.asks(treatment.my_shorthand)


def listed(own: Shorthand) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [(one.short, one.text) for one in own.phrases]
    return [*found, *((one.name, one.points) for one in own.groups), *((one.code,) for one in own.favourites)]


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "wrong", "refusal"),
    [
        (PhrasesSection, (".lbp", "Low back pain"), (".lbp", "Low back pain"), (".a b", "x"), "one word"),
        (GroupsSection, ("4 gates", "li4 b, lr3 b"), ("4 gates", "li4 b, lr3 b"), ("Calm", "zz9"), "no such point"),
        (FavouritesSection, ("m5450",), ("M54.50",), ("M54.5",), "not a billable code"),
    ],
)
def test_added_refused_and_removed(
    at_work: Opened, kind: type[Any], typed: tuple[str, ...], kept: tuple[str, ...], wrong: tuple[str, ...], refusal: str
) -> None:
    section = section_of(at_work, kind)
    at_work.clicks(f"Add {section.thing}")
    for field, text in zip(section.form.fields.values(), typed, strict=True):
        field.control.setFocus()
        at_work.types(text)
    saves(at_work)
    assert listed(mine(at_work)) == [kept]
    at_work.clicks(f"Add {section.thing}")
    for field, text in zip(section.form.fields.values(), wrong, strict=True):
        field.control.setFocus()
        at_work.types(text)
    saves(at_work)
    at_work.sees(refusal)
    assert listed(mine(at_work)) == [kept]
    section.form.accept()
    section.form.is_changed = False
    section._show_line(section._model.lines[0])
    at_work.clicks("Remove")
    at_work.waits()
    assert listed(mine(at_work)) == []


def test_a_phrase_is_changed_and_not_added_twice(at_work: Opened) -> None:
    section = section_of(at_work, PhrasesSection)
    for text in ("first", " again"):
        if not mine(at_work).phrases:
            section.form.fields["short"].control.setFocus()
            at_work.types("rom")
        section.form.fields["text"].control.setFocus()
        at_work.types(text)
        saves(at_work)
    assert len(mine(at_work).phrases) == 1


def test_the_sections_stand_in_the_list_of_who_treats(at_work: Opened) -> None:
    at_work.frame.parts.go_to(SettingsPlace())
    at_work.waits()
    screen = at_work.frame.navigation.screen
    assert isinstance(screen, SettingsScreen)
    names = screen.findChild(SectionList)
    assert isinstance(names, SectionList)
    assert [names.item(at).text() for at in range(names.count())][-3:] == ["My phrases", "My point groups", "My favourite codes"]
