"""What a cup leaves on the skin, 0 to 5, and how long it shows.

No agreed scale exists; this one is the clinic's own, its days from pages on fading (C14) and consent forms (G4).
Colour tells dose and skin, not disease.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from pulse_desktop.clinic.atlas.reading import Words
from pulse_desktop.clinic.atlas.vocabularies import Term, vocabulary
from pulse_desktop.clinic.atlas.wording import translations

FAINTEST: Final = 0.15
"""A mark is never drawn fainter than this while it is drawn at all (design.md section 6)."""


@dataclass(frozen=True, slots=True)
class MarkGrade:
    """A grade with its usual days of fading (earliest, latest) and what it asks of the practitioner ("" for nothing)."""

    grade: int
    words: Words
    color: str
    earliest_days: int
    latest_days: int
    action: str

    def opacity_after(self, days: int) -> float:
        """How strongly the mark is drawn `days` after the cup came off: 1 - days / latest day, not under FAINTEST."""
        if not self.latest_days:
            return FAINTEST
        return min(1.0, max(FAINTEST, 1 - days / self.latest_days))

    def is_fading_after(self, days: int) -> bool:
        """Whether such a mark may still show."""
        return self.grade > 0 and days <= self.latest_days

    def fades_between(self, off: date) -> tuple[date, date]:
        """The days between which a mark of this grade usually fades."""
        return off + timedelta(days=self.earliest_days), off + timedelta(days=self.latest_days)


@cache
def mark_grades() -> tuple[MarkGrade, ...]:
    """The six grades, 0 first."""
    return tuple(_grade(term) for term in vocabulary("mark_grade"))


def _grade(term: Term) -> MarkGrade:
    earliest, latest = term.more["fade_days"]
    return MarkGrade(
        int(term.key), translations("mark_grade")[term.key], term.more["color"], earliest, latest, term.more["action"]
    )


def fading_days(grades: Iterable[int], off: date) -> tuple[date, date] | None:
    """Between which days the marks of a visit usually fade, by the strongest of them; None when nothing marked."""
    strongest = max(grades, default=0)
    return mark_grades()[strongest].fades_between(off) if strongest else None
