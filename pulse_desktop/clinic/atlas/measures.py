"""Outcome measures: how each is counted, which change of it matters to people, and what its licence lets us show.

Scores are whole tenths everywhere (a mean of three answers has one decimal), so that nothing is lost in adding. A
measure whose questions we may not word takes its score as counted on the measure's own form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.reading import contents, rows_of

PAIN: Final = "nrs_pain"
"""The measure that pain before and after a visit is counted in."""

LOWER, HIGHER, UNKNOWN = "lower", "higher", ""
"""Which way a score gets better; unknown where the forms of one name differ in it."""
POINTS, SHARE, LEVEL = "points", "share", "level"


@dataclass(frozen=True, slots=True)
class Question:
    """A question in our own words, what its ends mean, and the words of each answer where it has some."""

    words: str
    low: str
    high: str
    lowest: int
    highest: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What scores from `lowest` to `highest` are called by the measure itself."""

    lowest: int
    highest: int
    words: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """The change that matters, counted from a first score: at `line` or beyond it is reached.

    `kind` says how it is meant: so many points, a share of the first score, or (level) a height of its own.
    """

    line: int
    amount: int
    kind: str
    percent: int = 0

    @property
    def words(self) -> str:
        """Says "2 points", "30 %" or "+2"."""
        if self.kind == SHARE:
            return _("{count} %").format(count=self.percent)
        if self.kind == LEVEL:
            return f"{self.line / 10:+g}"
        number = written(self.amount)
        return _("{count} point").format(count=number) if self.amount == 10 else _("{count} points").format(count=number)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `lowest`, `highest`, `step` and `matters` are tenths; `relative` a share of the first score.

    `ships` is "words" where questions in our words may be shown, else "score". `activities` is how few and how many
    activities the patient names, () where the measure has none.
    """

    key: str
    short: str
    name: str
    construct: str
    items: str
    lowest: int
    highest: int
    step: int
    better: str
    scoring: str
    matters: int | None
    relative: float | None
    is_level: bool
    matters_note: str
    licence: str
    licence_note: str
    credit: str
    ships: str
    use: str
    sources: tuple[str, ...]
    activities: tuple[int, ...]
    questions: tuple[Question, ...]
    bands: tuple[Band, ...]

    @property
    def has_questions(self) -> bool:
        """Whether it is asked in our own words; else the score comes from the measure's own form."""
        return bool(self.questions)

    @property
    def range_words(self) -> str:
        """Says "0 to 10"."""
        return _("{lowest} to {highest}").format(lowest=written(self.lowest), highest=written(self.highest))

    def holds(self, tenths: int) -> bool:
        """Whether a score can be one of this measure."""
        return self.lowest <= tenths <= self.highest and tenths % self.step == 0

    def band(self, tenths: int) -> str:
        """What the measure itself calls a score; "" where it has no words for it."""
        return next((band.words for band in self.bands if band.lowest <= tenths / 10 <= band.highest), "")

    def gain(self, first: int, last: int) -> int:
        """How much better `last` is than `first`; less than nothing for worse. As it stands where the way is unknown."""
        return first - last if self.better == LOWER else last - first

    def threshold(self, first: int) -> Threshold | None:
        """The change that matters from `first` on; None where none is known or there is no room for it.

        "2 points or 30 %" is met by whichever comes first. A share is rounded up to whole tenths, never down.
        """
        if self.matters is None or self.better == UNKNOWN:
            return None
        if self.is_level:
            return Threshold(self.matters, abs(self.matters), LEVEL)
        amounts = [(self.matters, POINTS)]
        if self.relative is not None and first > 0:
            amounts.append((_up(first * round(self.relative * 100)), SHARE))
        amount, kind = min(amounts, key=lambda one: one[0])
        line = first - amount if self.better == LOWER else first + amount
        if not self.lowest <= line <= self.highest:
            return None
        return Threshold(line, amount, kind, round((self.relative or 0) * 100))

    def is_reached(self, first: int, last: int) -> bool | None:
        """Whether the change from `first` to `last` is one that matters; None where nobody can say."""
        threshold = self.threshold(first)
        if threshold is None:
            return None
        return last <= threshold.line if self.better == LOWER else last >= threshold.line

    def is_worse_by_as_much(self, first: int, last: int) -> bool:
        """Whether it got worse by a change that matters."""
        threshold = self.threshold(first)
        if threshold is None:
            return False
        return last <= -threshold.amount if self.is_level else -self.gain(first, last) >= threshold.amount


def _up(hundredths: int) -> int:
    return -(-hundredths // 100)


def written(tenths: int) -> str:
    """A score as people write it: "7", "3.3"."""
    return f"{tenths / 10:g}"


@cache
def measures() -> Mapping[str, Measure]:
    """All measures by key, in the order of the file."""
    return MappingProxyType({row["key"]: _measure(row) for row in rows_of("reference/outcome_measures")})


@cache
def recommended() -> tuple[str, ...]:
    """Keys of those that serve most patients of such a clinic."""
    return tuple(contents("reference/outcome_measures")["recommended"])


def _measure(row: Mapping[str, Any]) -> Measure:
    plain = {name: row[name] for name in _AS_THEY_ARE}
    matters = row["matters"]
    return Measure(
        **plain,
        lowest=row["lowest"] * 10,
        highest=row["highest"] * 10,
        step=row["step_tenths"],
        matters=None if matters is None else round(matters * 10),
        sources=tuple(row["sources"]),
        activities=tuple(row["activities"]),
        questions=tuple(Question(words, low, high, least, most, tuple(answers)) for words, low, high, least, most, answers in row["questions"]),
        bands=tuple(Band(*band) for band in row["bands"]),
    )


_AS_THEY_ARE: Final = (
    "key", "short", "name", "construct", "items", "better", "scoring", "relative", "is_level", "matters_note", "licence", "licence_note",
    "credit", "ships", "use",
)  # fmt: skip


def score_of(measure: Measure, answers: Sequence[int]) -> int:
    """The score of these answers in tenths: their mean (a single answer stands for itself), rounded half up.

    Raises ValueError when an answer is not one of the question's, or when there are too few or too many.
    """
    if not measure.questions:
        raise ValueError(measure.key)
    question = measure.questions[0]
    least, most = measure.activities or (1, 1)
    if not least <= len(answers) <= most or any(not question.lowest <= answer <= question.highest for answer in answers):
        raise ValueError(measure.key)
    return (20 * sum(answers) + len(answers)) // (2 * len(answers))
