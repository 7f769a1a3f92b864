"""The safety questions grouped by what they mean for cupping, and found by words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from pulse_desktop.basics import names
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas import Condition

GROUPS: Final = (
    ("never", N_("No cupping")),
    ("ask", N_("A practitioner decides")),
    ("there", N_("Not on that part of the body")),
    ("other", N_("Good to know")),
)
"""Groups in the order of their weight: what stops everything first."""

_VIEW_WORDS: Final[Mapping[str, str]] = {
    "posterior": N_("back"),
    "anterior": N_("front"),
    "lateral_left": N_("left side"),
    "lateral_right": N_("right side"),
}


def group_of(condition: Condition) -> str:
    """The group of a condition: the clinic's policy and the grade for cupping decide."""
    if condition.avoids & set(atlas.CUPPING) or condition.grade("dry_cupping") == "absolute":
        return "never"
    return {"relative": "ask", "local": "there"}.get(condition.grade("dry_cupping"), "other")


def asked_conditions() -> tuple[tuple[str, tuple[Condition, ...]], ...]:
    """All questions one asks a patient, as (group's words, conditions)."""
    known = [condition for condition in atlas.conditions().values() if is_asked(condition)]
    return tuple((_(words), tuple(one for one in known if group_of(one) == key)) for key, words in GROUPS)


def is_asked(condition: Condition) -> bool:
    """A question a person can answer yes; rules about places and points that hold for everybody are none."""
    return not condition.never and not condition.points


def is_local(condition: Condition) -> bool:
    """Whether it matters where it is."""
    return any(condition.grade(technique) == "local" for technique in atlas.TECHNIQUES)


def fits(condition: Condition, words: str) -> bool:
    """Every typed word begins a word of the label or the question."""
    own = names.words(f"{condition.label.en} {condition.question.en}")
    return all(any(word.startswith(piece) for word in own) for piece in names.words(words))


@cache
def region_choices() -> tuple[tuple[str, str], ...]:
    """(key, words) of the regions of the figure: "posterior/lumbar_l", "Left lumbar, back"."""
    found = (
        (region.key, f"{region.name}, {_(_VIEW_WORDS[view])}")
        for view in atlas.VIEWS
        for region in atlas.figure(view).regions.values()
    )
    return tuple(sorted(found, key=lambda one: names.fold(one[1])))
