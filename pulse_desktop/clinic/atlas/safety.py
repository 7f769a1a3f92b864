"""May this be done to this person here? A pure rule over conditions, technique and place.

The worst answer over everything active wins. A finding either *asks* (a practitioner's reason is needed) or *stops*
(a practitioner's documented reason, and only where the owner's policy allows one). No finding: nothing known speaks
against it. Grades and their sources: `screening`; the program proposes, a licensed practitioner decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic.atlas.body_figure import same_skin
from pulse_desktop.clinic.atlas.screening import CUPPING, TECHNIQUES, Condition, conditions

ASK: Final = "ask"
STOP: Final = "stop"


class Place(Protocol):
    """Where on the body: a cup site or a region of the figure; both know their region's key."""

    @property
    def region(self) -> str:
        """Key of a region of the figure."""


@dataclass(frozen=True, slots=True)
class ActiveCondition:
    """A condition a patient has. `ends` is the last day it counts, None while open; `regions` are keys of the figure's
    regions it concerns, () for the whole body or not said; `detail` is what the patient told ("stitches")."""

    key: str
    onset: date
    ends: date | None = None
    regions: tuple[str, ...] = ()
    detail: str = ""

    def is_active_on(self, day: date) -> bool:
        """Whether it counts on `day` (its first and last day included)."""
        return self.onset <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a technique is stopped or asked about.

    `why` is grade, policy, region (the place is barred), place (no cup belongs there on anybody), points or unknown.
    `condition` may be a key this version of the list does not have (why is then unknown).
    """

    outcome: str
    condition: str
    technique: str
    why: str
    grade: str
    region: str = ""
    detail: str = ""

    @property
    def is_stop(self) -> bool:
        """Whether only a documented reason, where policy allows one, may pass it."""
        return self.outcome == STOP

    @property
    def rank(self) -> tuple[int, int]:
        """The greater, the worse: stops before questions, the body as a whole before a place on it."""
        weight = {"policy": 5, "grade": 4, "region": 3, "place": 2, "points": 1, "unknown": 0}
        return int(self.is_stop), weight[self.why]

    def sentence(self, language: str = "en") -> str:
        """What the practitioner reads: which condition, what follows, what to do."""
        condition = conditions().get(self.condition)
        label = condition.label[language] if condition else self.condition
        named = f"{label} ({self.detail})" if self.detail else label
        action = condition.action if condition else ""
        technique = _(TECHNIQUE_WORDS[self.technique])
        return _(_SENTENCES[self.why, self.outcome]).format(condition=named, technique=technique, action=action).strip()


def worst_grade(
    active: Iterable[ActiveCondition], technique: str, site: Place | None = None, *, point: str = ""
) -> Finding | None:
    """The worst finding for a technique, at a site where one is known, and an acupoint's code for needles.

    `active` holds conditions of today only (see `active_on`). None means that nothing known speaks against it.
    KeyError for a technique that is not in TECHNIQUES.
    """
    findings = every_finding(active, technique, site, point=point)
    return max(findings, key=lambda finding: finding.rank, default=None)


def every_finding(
    active: Iterable[ActiveCondition], technique: str, site: Place | None = None, *, point: str = ""
) -> tuple[Finding, ...]:
    """All findings, for a list of reasons; the worst first."""
    if technique not in TECHNIQUES:
        raise KeyError(technique)
    held = tuple(active)
    found = [_judged(one, technique, site) for one in held]
    found.append(_never_there(technique, site))
    found.append(_asked_about_point(held, technique, point))
    return tuple(sorted((finding for finding in found if finding), key=lambda finding: finding.rank, reverse=True))


def active_on(held: Iterable[ActiveCondition], day: date) -> tuple[ActiveCondition, ...]:
    """Those that count on `day`."""
    return tuple(one for one in held if one.is_active_on(day))


def barred_regions(active: Iterable[ActiveCondition], technique: str) -> dict[str, ActiveCondition]:
    """Regions a technique must keep off, each with the condition that bars it: what the map hatches."""
    barred: dict[str, ActiveCondition] = {}
    for one in active:
        condition = conditions().get(one.key)
        named = (
            condition.barred | (frozenset(one.regions) if condition.grade(technique) == "local" else frozenset())
            if condition
            else ()
        )
        for region in named:
            for key in same_skin(region):
                barred.setdefault(key, one)
    return barred


def _judged(one: ActiveCondition, technique: str, site: Place | None) -> Finding | None:
    """What one condition says."""
    condition = conditions().get(one.key)
    if condition is None:
        return Finding(ASK, one.key, technique, "unknown", "relative", detail=one.detail)
    grade = condition.grade(technique)
    if technique in condition.avoids:
        return Finding(STOP, one.key, technique, "policy", grade, detail=one.detail)
    if site is not None and condition.barred & same_skin(site.region):
        return Finding(STOP, one.key, technique, "region", grade, site.region, one.detail)
    if grade == "local":
        return _local(one, condition, technique, site)
    outcome = {"relative": ASK, "absolute": STOP}.get(grade)
    return Finding(outcome, one.key, technique, "grade", grade, detail=one.detail) if outcome else None


def _local(one: ActiveCondition, condition: Condition, technique: str, site: Place | None) -> Finding | None:
    """A local grade bars the named regions; while nobody said where, it asks. Elsewhere it says nothing."""
    if condition.never and not one.regions:
        return None
    if not one.regions:
        return Finding(ASK, one.key, technique, "region", "local", detail=one.detail)
    if site is not None and same_skin(site.region).intersection(one.regions):
        return Finding(STOP, one.key, technique, "region", "local", site.region, one.detail)
    return None


def _never_there(technique: str, site: Place | None) -> Finding | None:
    """No cup on the front of the neck, the face, the groin, the back of the knee and their like, on anybody."""
    if site is None or technique not in CUPPING:
        return None
    for condition in conditions().values():
        if condition.never and condition.never & same_skin(site.region):
            return Finding(STOP, condition.key, technique, "place", "local", site.region)
    return None


def _asked_about_point(held: Iterable[ActiveCondition], technique: str, point: str) -> Finding | None:
    """Points that are not needled in pregnancy without a reason (customary teaching set; WHO 1999)."""
    listed = conditions()["pregnancy_points"]
    if technique not in {"acupuncture", "moxa"} or point not in listed.points:
        return None
    carried = next((one for one in held if one.key == "pregnancy"), None)
    return Finding(ASK, listed.key, technique, "points", "relative", detail=point) if carried else None


TECHNIQUE_WORDS: Final = {
    "dry_cupping": N_("cupping"),
    "fire_cupping": N_("fire cupping"),
    "wet_cupping": N_("wet cupping"),
    "acupuncture": N_("acupuncture"),
    "estim": N_("electro-acupuncture"),
    "moxa": N_("moxa"),
    "tuina": N_("tuina"),
    "gua_sha": N_("gua sha"),
}
"""What a technique is called in the middle of a sentence."""

_SENTENCES: Final = {
    ("policy", STOP): N_("{condition}: the clinic does no {technique} with this. {action}"),
    ("grade", STOP): N_("{condition}: {technique} must not be done. {action}"),
    ("grade", ASK): N_("{condition}: {technique} needs a practitioner's reason. {action}"),
    ("region", STOP): N_("{condition}: no {technique} on this part of the body. {action}"),
    ("region", ASK): N_("{condition}: say which part of the body it concerns, or give a reason. {action}"),
    ("place", STOP): N_("{condition}: no cup belongs here, on anybody. {action}"),
    ("points", ASK): N_("{condition}: this point needs a practitioner's reason. {action}"),
    ("unknown", ASK): N_("{condition}: not in the program's list; a practitioner decides and says why."),
}
