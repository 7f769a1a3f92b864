"""The draft as marks on the body map, as they stand at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.body_picture import UNITS_A_MM
from pulse_desktop.clinic.patients.values import ConditionLine
from pulse_desktop.clinic.treatment import cup_limits, stage
from pulse_desktop.clinic.treatment.drawn_hands import hand_marks
from pulse_desktop.clinic.treatment.pictures import needles_on_map
from pulse_desktop.clinic.treatment.values import CupPlacement, FadingCup, NoteDraft
from pulse_desktop.gui.workplaces.note.writing import Chosen


@dataclass(frozen=True, slots=True)
class Barred:
    """A region no cup may go on, with the words of the chip beside it and the whole sentence."""

    region: str
    view: str
    words: str
    sentence: str


def cup_state(cup: CupPlacement, now: datetime) -> tuple[str, float]:
    """How the cup is drawn at `now`, and which share of its planned time has passed."""
    if cup.on_at is None:
        return "placed", 0.0
    if cup.off_at is not None:
        return "off", 0.0
    seconds = (now - cup.on_at).total_seconds()
    share = seconds / (60 * cup.planned_minutes) if cup.planned_minutes else 1.0
    return {"running": "on", "due": "due", "late": "over"}[stage(seconds, cup_limits(cup))], share


def drawn_marks(
    draft: NoteDraft,
    chosen: frozenset[int],
    fading: Iterable[FadingCup],
    barred: Iterable[Barred],
    now: datetime,
    chosen_mark: Chosen | None = None,
) -> tuple[atlas.Mark, ...]:
    """All marks of all views, in the order in which they are painted."""
    return (
        *_barred_marks(barred),
        *(atlas.FadingMark(mark.view, mark.x, mark.y, mark.rim_mm, mark.grade, mark.days) for mark in fading),
        *(_cup_mark(cup, chosen, now) for cup in draft.cups),
        *_needle_marks(draft, chosen_mark),
        *hand_marks(draft, lambda field, number: (field, number) == chosen_mark),
    )


def _barred_marks(barred: Iterable[Barred]) -> list[atlas.BarredRegion]:
    """Each reason is written beside one region of a view, however many it bars."""
    written: set[tuple[str, str]] = set()
    marks = []
    for one in barred:
        key = (one.view, one.words)
        marks.append(atlas.BarredRegion(one.view, one.region, "" if key in written else one.words))
        written.add(key)
    return marks


def _cup_mark(cup: CupPlacement, chosen: frozenset[int], now: datetime) -> atlas.CupMark | atlas.MovingCup:
    state, share = cup_state(cup, now)
    if len(cup.path) > 1:
        return atlas.MovingCup(cup.view, cup.path, cup.number, cup.rim_mm, cup.side, state, share, cup.number in chosen)
    return atlas.CupMark(
        cup.view, cup.x, cup.y, cup.number, cup.rim_mm, cup.site, cup.side, state, share, cup.number in chosen
    )


def _needle_marks(draft: NoteDraft, chosen: Chosen | None) -> list[atlas.NeedleMark]:
    """Needles where the map knows them; one that is out makes way for the cup that stands there now."""
    return [
        replace(mark, is_selected=True) if chosen == ("needles", (needle.code, needle.side)) else mark
        for needle in draft.needles
        for mark in needles_on_map(needle)
        if not (needle.out_at and _is_covered(mark, draft.cups))
    ]


def _is_covered(mark: atlas.NeedleMark, cups: Iterable[CupPlacement]) -> bool:
    return any(
        cup.view == mark.view and (cup.x - mark.x) ** 2 + (cup.y - mark.y) ** 2 < (cup.rim_mm * UNITS_A_MM) ** 2
        for cup in cups
    )


def barred_on(conditions: Iterable[ConditionLine], day: date, technique: str = "dry_cupping") -> tuple[Barred, ...]:
    """The regions that the patient's conditions bar for a technique on `day`."""
    held = tuple(
        atlas.ActiveCondition(line.key, line.onset, line.ends, line.regions, line.detail)
        for line in conditions
        if line.is_active(day)
    )
    found = atlas.barred_regions(held, technique)
    return tuple(
        Barred(region, view, barred_words(condition), _sentence(condition, region, technique))
        for view in atlas.VIEWS
        for region, condition in found.items()
        if region in atlas.figure(view).regions
    )


def barred_words(condition: atlas.ActiveCondition) -> str:
    """Says "stitches to Dec 1": what bars the place, and until when. What the patient told stands alone where it names
    a place of the skin; "20 weeks" would say nothing without "Pregnancy"."""
    known = atlas.conditions().get(condition.key)
    what = condition.detail or (known.label.en if known else condition.key)
    if known and condition.detail and known.grade("dry_cupping") != "local":
        what = _("{condition} ({detail})").format(condition=_(known.label.en), detail=condition.detail)
    return _("{what} to {day}").format(what=what, day=month_day(condition.ends)) if condition.ends else what


def _sentence(condition: atlas.ActiveCondition, region: str, technique: str) -> str:
    finding = atlas.Finding("stop", condition.key, technique, "region", "local", region, condition.detail)
    return finding.sentence()
