"""What an act concerns: the selected ones where some are selected and it can be done to them, else all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, needles_at
from pulse_desktop.gui.workplaces.note.words import needle_name

COUNTS: Final = frozenset({"count_differs", "cups_differ"})
"""Reasons about a count; the note says them with the numbers."""


@dataclass(frozen=True, slots=True)
class MeantCups:
    """The cups that F4 acts on, and whether they come off."""

    numbers: tuple[int, ...]
    come_off: bool
    is_some: bool

    @property
    def words(self) -> str:
        """Says "Cups off", or "2 cups off" where others stay on."""
        if not self.is_some:
            return _("Cups off") if self.come_off else _("Cups on")
        count = len(self.numbers)
        words = ngettext("{count} cup off", "{count} cups off", count) if self.come_off else ngettext("{count} cup on", "{count} cups on", count)
        return words.format(count=count)


def meant_cups(cups: Iterable[CupPlacement], chosen: frozenset[int]) -> MeantCups:
    """Selected cups that are on come off; else selected ones that wait go on; else all that are on; else all that wait."""
    on = [cup.number for cup in cups if cup.on_at and not cup.off_at]
    waiting = [cup.number for cup in cups if cup.on_at is None]
    for group, come_off in ((on, True), (waiting, False)):
        some = [number for number in group if number in chosen]
        if some:
            return MeantCups(tuple(some), come_off, len(some) < len(group))
    return MeantCups(tuple(on or waiting), bool(on), is_some=False)


@dataclass(frozen=True, slots=True)
class MeantNeedles:
    """The points that F7 acts on, how many needles that are, and whether they come out."""

    points: tuple[tuple[str, str], ...]
    count: int
    come_out: bool
    is_some: bool


def meant_needles(needles: Iterable[NeedlePlacement], chosen: frozenset[object]) -> MeantNeedles:
    """Selected points that are in come out; else selected ones that wait go in; else all that are in; else all that wait."""
    inside = [one for one in needles if one.in_at and not one.out_at]
    waiting = [one for one in needles if one.in_at is None]
    for group, come_out in ((inside, True), (waiting, False)):
        some = [one for one in group if needle_name(one) in chosen]
        if some:
            return _needles(some, come_out=come_out, is_some=len(some) < len(group))
    return _needles(inside or waiting, come_out=bool(inside), is_some=False)


def _needles(group: list[NeedlePlacement], *, come_out: bool, is_some: bool) -> MeantNeedles:
    return MeantNeedles(tuple((one.code, one.side) for one in group), sum(needles_at(one.side) for one in group), come_out, is_some)
