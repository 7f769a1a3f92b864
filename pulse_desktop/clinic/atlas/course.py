"""A course of treatment as values and in words: scores of one measure by day, the visits beside them, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.atlas.measures import LEVEL, UNKNOWN, Measure, Threshold, written

KINDS: Final[Mapping[str, str]] = {
    "cups": N_("Cups"), "needles": N_("Needles"), "moxa": N_("Moxa"), "gua_sha": N_("Gua sha"), "tuina": N_("Tuina"), "estim": N_("E-stim"),
}  # fmt: skip
"""What a visit is marked with, in the order of the rows, and its name."""

BETTER, WORSE, EVEN = "jade", "amber", "ink-soft"


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A score on a day, in tenths; `after` the one after the visit, where both were asked."""

    day: date
    value: int
    after: int | None = None


@dataclass(frozen=True, slots=True)
class CourseVisit:
    """A visit and what was done in it (keys of KINDS)."""

    day: date
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """One measure over a course, the oldest first. `subject` begins its sentences ("Pain before treatment").

    `baseline` is the number of the point that changes are counted from; `of_visits` says that each point is a visit.
    """

    measure: Measure
    subject: str
    points: tuple[CoursePoint, ...]
    visits: tuple[CourseVisit, ...]
    today: date
    baseline: int = 0
    of_visits: bool = False
    is_dated: bool = False
    """Every day is written as a date, today's too: for paper."""

    @property
    def first(self) -> CoursePoint:
        """What changes are counted from."""
        return self.points[self.baseline]

    @property
    def last(self) -> CoursePoint:
        """The newest score."""
        return self.points[-1]

    @property
    def threshold(self) -> Threshold | None:
        """The change that matters, counted from the first score; None without scores or where none is known."""
        return self.measure.threshold(self.first.value) if self.points else None


def day_words(picture: ProgressPicture, day: date) -> str:
    """Says "Today", "Oct 13"."""
    return _("Today") if day == picture.today and not picture.is_dated else month_day(day, picture.today)


def progress_words(picture: ProgressPicture) -> str:
    """The picture in one or two sentences, for those who do not see it."""
    if not picture.points:
        return _("{subject}: no score yet.").format(subject=picture.subject)
    first, last = picture.first, picture.last
    if len(picture.points) - picture.baseline == 1:
        said = _("{subject} was {score} on {day}.").format(
            subject=picture.subject, score=written(last.value), day=month_day(last.day, picture.today)
        )
        return said
    moved = _moved(picture, first, last)
    verdict = verdict_words(picture)[0]
    return f"{moved} {verdict[:1].upper()}{verdict[1:]}." if verdict else moved


def _moved(picture: ProgressPicture, first: CoursePoint, last: CoursePoint) -> str:
    count = len(picture.points) - picture.baseline
    if picture.of_visits:
        over = ngettext("{count} visit", "{count} visits", count).format(count=count)
    else:
        over = ngettext("{count} score", "{count} scores", count).format(count=count)
    if last.value == first.value:
        sentence = _("{subject} stayed at {last} over {over} since {day}")
    elif last.value < first.value:
        sentence = _("{subject} fell from {first} to {last} over {over} since {day}")
    else:
        sentence = _("{subject} rose from {first} to {last} over {over} since {day}")
    said = sentence.format(
        subject=picture.subject, first=written(first.value), last=written(last.value), over=over, day=month_day(first.day, picture.today)
    )
    threshold = picture.threshold
    if threshold is None:
        return f"{said}."
    return _("{said}; {matters}.").format(said=said, matters=matters_words(threshold))


def matters_words(threshold: Threshold) -> str:
    """Says "a change of 2 points matters"."""
    if threshold.kind == LEVEL:
        return _("{height} or more matters").format(height=threshold.words)
    return _("a change of {amount} matters").format(amount=threshold.words)


def change_words(measure: Measure, first: int, last: int) -> tuple[str, str]:
    """Says "4 points better" with its colour role; without a known direction only how far it moved."""
    gain = measure.gain(first, last)
    if gain == 0:
        return _("no change"), EVEN
    if measure.better == UNKNOWN:
        return _("{points} since the first").format(points=f"{(last - first) / 10:+g}"), EVEN
    number = written(abs(gain))
    if gain > 0:
        said = _("{count} point better") if gain == 10 else _("{count} points better")
        return said.format(count=number), BETTER
    said = _("{count} point worse") if gain == -10 else _("{count} points worse")
    return said.format(count=number), WORSE


def verdict_words(picture: ProgressPicture) -> tuple[str, str]:
    """How far the newest score is from the first, held against the change that matters; with its colour role."""
    if len(picture.points) - picture.baseline < 2:
        return "", EVEN
    measure, first, last = picture.measure, picture.first.value, picture.last.value
    threshold = picture.threshold
    if measure.is_level and threshold is not None:
        return _level_words(measure, first, last, threshold)
    moved, role = change_words(measure, first, last)
    if threshold is None or role == EVEN:
        return moved, role
    distance = abs(last - first) - threshold.amount
    if distance > 0:
        held = _("more than the change that matters")
    elif distance == 0:
        held = _("just the change that matters")
    else:
        held = _("not yet the change that matters") if role == BETTER else _("less than the change that matters")
    return _("{moved}, {held}").format(moved=moved, held=held), role


def _level_words(measure: Measure, first: int, last: int, threshold: Threshold) -> tuple[str, str]:
    if measure.is_reached(first, last):
        return _("a change that matters"), BETTER
    if measure.is_worse_by_as_much(first, last):
        return _("worse by a change that matters"), WORSE
    return _("not yet {height}, the change that matters").format(height=threshold.words), EVEN
