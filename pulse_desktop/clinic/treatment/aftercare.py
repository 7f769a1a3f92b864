"""What an aftercare sheet tells a patient: which lines, how merged, until when. Pure rules over the atlas.

Sources: hours, priorities and texts are those of `resources/reference/aftercare.json` with the sources named there;
which lines are alike and where they stand on the sheet is `resources/reference/aftercare_sheet.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

from pulse_desktop.clinic.atlas.aftercare import ALWAYS_PRINT, AftercareLine, all_aftercare_lines
from pulse_desktop.clinic.atlas.marks import mark_grades
from pulse_desktop.clinic.atlas.reading import Words, contents, rows_of

MOST_LINES: Final = 14
"""Lines of advice at most (what may be noticed, done, avoided). Warnings stand apart in their two boxes, always all."""
WARNINGS: Final = ("call_911", "call_us", "call_doctor")
HALF_HOUR: Final = 30

#: Which lines a technique brings; everybody gets those of "all". Keys are those of the contraindication columns.
_MODALITIES: Final = {
    "dry_cupping": ("cupping",),
    "fire_cupping": ("cupping", "fire_cupping"),
    "wet_cupping": ("cupping", "wet_cupping"),
    "acupuncture": ("acupuncture",),
    "estim": ("acupuncture", "estim"),
    "moxa": ("moxa",),
    "tuina": ("tuina",),
    "gua_sha": ("gua_sha",),
}
_CUPPING: Final = frozenset({"dry_cupping", "fire_cupping", "wet_cupping"})
# Days a mark usually takes while nobody has graded it: the span of the line "cupping.marks_fade" (3 to 10 days).
_UNGRADED_DAYS: Final = (3, 10)
# The span of the line "gua_sha.marks_fade" (3 to 7 days).
_STREAK_DAYS: Final = (3, 7)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet. `until` is wall time at the office for lines that end by the clock, else None: then `place`
    says when (daily, marks, drive, tonight, herbs, next) or where (notice and the warnings)."""

    key: str
    topic: str
    place: str
    priority: int
    words: Words
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet says, in the order it is printed. `counted_from` is the moment all clock times count from."""

    counted_from: datetime
    advice: tuple[SheetLine, ...]
    warnings: tuple[SheetLine, ...]
    marks_fade: tuple[date, date] | None
    streaks_fade: tuple[date, date] | None

    def at(self, *places: str) -> tuple[SheetLine, ...]:
        """The lines that stand at any of `places`."""
        return tuple(line for line in (*self.advice, *self.warnings) if line.place in places)


@dataclass(frozen=True, slots=True)
class SheetWording:
    """How a line reads on the sheet, where it stands, and which lines are alike (one topic); `rank` is what gives way last."""

    topic: str
    place: str
    words: Words
    rank: int


def plan_sheet(
    techniques: Iterable[str], ended_at: datetime, grades: Sequence[int | None] = (), most: int = MOST_LINES
) -> SheetPlan:
    """Plan the one combined sheet of a visit.

    `ended_at` is aware, in the office's zone: the moment the last cup came off, or the last needle out. `grades` has one
    mark grade (0 to 5) a cup, None while nobody looked. `most` bounds the advice; lines of priority 1 stay whatever it
    is. Nothing here asks whether the note is signed: the advice holds from the moment the cups are off.
    """
    done = frozenset(techniques)
    lines = _merged(_lines_for(done), ended_at)
    warnings = tuple(line for line in lines if line.place in WARNINGS)
    advice = [line for line in lines if line.place not in WARNINGS]
    return SheetPlan(
        counted_from=ended_at,
        advice=_printed_order(_most_important(advice, most)),
        warnings=warnings,
        marks_fade=_marks_fade(ended_at.date(), grades) if done & _CUPPING else None,
        streaks_fade=_days_after(ended_at.date(), _STREAK_DAYS) if "gua_sha" in done else None,
    )


def modalities_of(techniques: Iterable[str]) -> frozenset[str]:
    """Which groups of aftercare lines a visit brings. KeyError for a technique that has none."""
    return frozenset({"all"}).union(*(_MODALITIES[technique] for technique in techniques))


def ends_at(start: datetime, hours: float) -> datetime:
    """`hours` of real time after `start`, rounded up to the half hour, as wall time in the zone of `start`.

    Hours are hours: across a change of the clocks the wall time moves, the waiting does not. A wall time that comes
    twice (the night the clocks go back) is read as the first of the two, so an end that falls on the second is put off
    until it is past both: the sheet never ends a wait too early.
    """
    end = start.astimezone(UTC) + timedelta(hours=hours)
    local = end.astimezone(start.tzinfo)
    beyond = timedelta(minutes=local.minute % HALF_HOUR, seconds=local.second, microseconds=local.microsecond)
    if beyond:
        end += timedelta(minutes=HALF_HOUR) - beyond
    while end.astimezone(start.tzinfo).fold:
        end += timedelta(minutes=HALF_HOUR)
    return end.astimezone(start.tzinfo)


@cache
def sheet_wording() -> dict[str, SheetWording]:
    """How each line reads on the sheet, by its key."""
    return {
        row["key"]: SheetWording(row["topic"], row["place"], Words(*row["text"]), rank)
        for rank, row in enumerate(rows_of("reference/aftercare_sheet"))
    }


def sheet_version() -> str:
    """Version of what sheets say: that of the lines, then that of their wording ("1.1")."""
    return ".".join(str(contents(f"reference/{name}")["version"]) for name in ("aftercare", "aftercare_sheet"))


def _lines_for(techniques: Iterable[str]) -> list[AftercareLine]:
    wanted = modalities_of(techniques)
    lines = [line for line in all_aftercare_lines() if line.modality in wanted]
    return sorted(lines, key=lambda line: sheet_wording()[line.key].rank)


def _merged(lines: Iterable[AftercareLine], ended_at: datetime) -> list[SheetLine]:
    """One line a topic: the words of the one that holds longest, the strongest priority of all."""
    topics: dict[str, SheetLine] = {}
    longest: dict[str, float] = {}
    for line in lines:
        wording, hours = sheet_wording()[line.key], line.hours or 0.0
        known = topics.get(wording.topic)
        if known is None or hours > longest[wording.topic]:
            topics[wording.topic] = _sheet_line(line, wording, ended_at)
            longest[wording.topic] = hours
        if known is not None:
            priority = min(known.priority, line.priority)
            topics[wording.topic] = replace(topics[wording.topic], priority=priority)
    return list(topics.values())


def _sheet_line(line: AftercareLine, wording: SheetWording, ended_at: datetime) -> SheetLine:
    until = ends_at(ended_at, line.hours) if wording.place == "until" and line.hours is not None else None
    return SheetLine(line.key, wording.topic, wording.place, line.priority, wording.words, until)


def _most_important(lines: list[SheetLine], most: int) -> list[SheetLine]:
    ranked = sorted(lines, key=lambda line: (line.priority, sheet_wording()[line.key].rank))
    return [line for at, line in enumerate(ranked) if at < most or line.priority == ALWAYS_PRINT]


_PLACES: Final = ("notice", "until", "tonight", "marks", "drive", "daily", "herbs", "next")


def _printed_order(lines: Iterable[SheetLine]) -> tuple[SheetLine, ...]:
    """What ends first stands first; then what no clock ends."""

    def order(line: SheetLine) -> tuple[int, float, int]:
        return _PLACES.index(line.place), line.until.timestamp() if line.until else 0.0, sheet_wording()[line.key].rank

    return tuple(sorted(lines, key=order))


def _marks_fade(off: date, grades: Sequence[int | None]) -> tuple[date, date] | None:
    """Between which days the marks usually fade: by the one that stays longest, an ungraded one counting as usual."""
    spans = [_UNGRADED_DAYS if grade is None else _grade_days(grade) for grade in grades] or [_UNGRADED_DAYS]
    longest = max(spans, key=lambda span: (span[1], span[0]))
    return _days_after(off, longest) if longest[1] else None


def _grade_days(grade: int) -> tuple[int, int]:
    found = mark_grades()[grade]
    return found.earliest_days, found.latest_days


def _days_after(day: date, span: tuple[int, int]) -> tuple[date, date]:
    return day + timedelta(days=span[0]), day + timedelta(days=span[1])
