"""The 63 conditions of the screening list and their grade for each technique.

Where sources disagree the stricter grade stands (clinical.md b); where the clinic's own policy (S1: skin infection,
blood disorder, pregnancy: no cupping) is stricter still, `avoids` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pulse_desktop.clinic.atlas.points import acupoints
from pulse_desktop.clinic.atlas.reading import APPROVAL_AWAITED, Words, contents

TECHNIQUES: Final = ("dry_cupping", "fire_cupping", "wet_cupping", "acupuncture", "estim", "moxa", "tuina", "gua_sha")
CUPPING: Final = ("dry_cupping", "fire_cupping", "wet_cupping")

GRADES: Final = ("none", "local", "relative", "absolute")
"""From mildest to worst. local: not on or near that part; relative: a practitioner's reason; absolute: do not."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    `avoids` are techniques the clinic's policy stops whatever the grade, in the words of `policy`. `never` are regions
    that never get a cup, whoever the patient is; `barred` regions that this condition bars for every technique;
    `points` acupoints it asks about. `staff_only` questions are never shown to patients.
    """

    key: str
    label: Words
    question: Words
    grades: Mapping[str, str]
    action: str
    confidence: str
    note: str
    avoids: frozenset[str]
    policy: str
    staff_only: bool
    sources: tuple[str, ...]
    never: frozenset[str]
    barred: frozenset[str]
    points: frozenset[str]
    approval: str = APPROVAL_AWAITED

    def grade(self, technique: str) -> str:
        """none, local, relative or absolute; fire and wet cupping take dry cupping's where that is worse."""
        own = self.grades[technique]
        if technique in CUPPING:
            return max(own, self.grades["dry_cupping"], key=GRADES.index)
        return own


@cache
def conditions() -> Mapping[str, Condition]:
    """All conditions by key, in the order of the screening questions."""
    found = contents("reference/contraindications")
    letters: Mapping[str, str] = found["grades"]
    read = (_condition(row, letters, found["techniques"], found["approval"]) for row in found["rows"])
    return MappingProxyType({condition.key: condition for condition in read})


def _condition(row: Mapping[str, Any], letters: Mapping[str, str], techniques: list[str], approval: str) -> Condition:
    grades = {technique: letters[letter] for technique, letter in zip(techniques, row["grades"], strict=True)}
    return Condition(
        row["key"], Words(*row["label"]), Words(*row["question"]), MappingProxyType(grades), row["action"],
        row["confidence"], row["note"], frozenset(row["avoid"]), row["policy"], row["staff_only"], tuple(row["sources"]),
        frozenset(row.get("never", ())), frozenset(row.get("barred", ())), _points(row.get("points", ())), approval,
    )  # fmt: skip


def _points(named: list[str]) -> frozenset[str]:
    """Codes; "@region" stands for every point of that region."""
    regions = {name[1:] for name in named if name.startswith("@")}
    return frozenset(named).difference(f"@{region}" for region in regions) | {
        point.code for point in acupoints().values() if point.region in regions
    }
