"""The guard that acts when cups or needles go on: the patient's conditions, the technique and the site together.

A cup over a barred region is refused: it is moved or left out. What stops or asks for the body as a whole raises
NeedsConsent with a reason, which only a practitioner may give; it stands on the note and, as a code, in the audit trail.
Grades and their sources: `atlas.conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from pulse_desktop.basics.problems import NeedsConsent, Refusal, reason_in
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.safety import STOP, Place
from pulse_desktop.clinic.patients.tables import ConditionRow
from pulse_desktop.clinic.practice.settings import Setting, declare, value_of
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft, Path, SafetyOverride
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission

ABSOLUTE_WITH_REASON = declare(
    Setting("treatment.absolute_with_reason", default=True, label=N_("A practitioner may pass an absolute stop with a written reason"))
)

register_sentences(
    {
        "barred": N_("{why} Nothing was started; what you wrote is saved."),
        "absolute": N_("{why} Only a practitioner may go ahead, with a written reason that stays on the note."),
        "relative": N_("{why} Write the reason; it stays on the note."),
    }
)

_FIRE, _WET, _NEEDLE = "fire", "wet", "needle"
_SHORTEST_REASON = 3
_CONDITIONS = ConditionRow.__table__


@dataclass(frozen=True, slots=True)
class Stop:
    """One finding about one cup or point, with the site's or point's name for the note."""

    finding: atlas.Finding
    site: str
    number: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What a reason is given for: once for a condition and technique on a note."""
        return self.finding.condition, self.finding.technique


def techniques_of(cup: CupPlacement) -> tuple[str, ...]:
    """The columns of the contraindication list a cup falls under; a cup over a needle falls under both."""
    if cup.technique == _NEEDLE:
        return "dry_cupping", "acupuncture"
    return ({_FIRE: "fire_cupping", _WET: "wet_cupping"}.get(cup.technique, "dry_cupping"),)


def active_conditions(context: Context, patient_id: int, day: date) -> tuple[atlas.ActiveCondition, ...]:
    """The patient's conditions that count on `day`."""
    wanted = select(_CONDITIONS).where(_CONDITIONS.c.patient_id == patient_id, ~_CONDITIONS.c.withdrawn, _CONDITIONS.c.onset <= day)
    held = (
        atlas.ActiveCondition(row.key, row.onset, row.ends, tuple(row.regions or ()), row.detail)
        for row in context.session.execute(wanted)
    )
    return atlas.active_on(held, day)


def stops_for_cups(active: tuple[atlas.ActiveCondition, ...], cups: Iterable[CupPlacement]) -> list[Stop]:
    """Everything that speaks against these cups. Raises Refusal("cup_wrong") for a cup beside the body."""
    return [
        Stop(finding, cup.site or place.region, cup.number)
        for cup in cups
        for place in _places_of(cup)
        for technique in techniques_of(cup)
        for finding in _all_findings(active, technique, place)
    ]


def _all_findings(active: tuple[atlas.ActiveCondition, ...], technique: str, place: Place) -> list[atlas.Finding]:
    """The atlas's findings, and besides a policy or grade also that the very place is barred."""
    findings = list(atlas.every_finding(active, technique, place))
    barred = atlas.barred_regions(active, technique).get(place.region)
    if barred is not None and not any(finding.why == "region" and finding.is_stop for finding in findings):
        findings.append(atlas.Finding(STOP, barred.key, technique, "region", "local", place.region, barred.detail))
    return findings


def _places_of(cup: CupPlacement) -> tuple[Place, ...]:
    """The named site and the region the cup is drawn in; they are one unless somebody moved it."""
    if len(cup.path) > 1:
        return _along(cup.view, cup.path, cup.number)
    drawn = atlas.region_at(cup.view, cup.x, cup.y)
    named = atlas.cup_sites().get(cup.site)
    if drawn is None and named is None:
        raise Refusal("cup_wrong", "cups", number=cup.number)
    if named is None or (drawn is not None and drawn.region != named.region):
        return tuple(place for place in (named, drawn) if place is not None)
    return (named,)


def _along(view: str, path: Path, number: int) -> tuple[Place, ...]:
    """The regions a path leads through. Raises Refusal("cup_wrong") when none is on the body."""
    passed = atlas.regions_along(view, path)
    if not passed:
        raise Refusal("cup_wrong", "cups", number=number)
    return passed


def stops_for_hands(active: tuple[atlas.ActiveCondition, ...], draft: NoteDraft) -> list[Stop]:
    """Everything that speaks against the gua sha, tuina, moxa and currents of this draft, each where it was done."""
    found: list[Stop] = []
    for stroke in draft.strokes:
        found += _stops(active, "gua_sha", _along(stroke.view, stroke.path, stroke.number), stroke.site)
    for area in draft.areas:
        found += _stops(active, "tuina", _at(area.view, area.x, area.y), area.site)
    for moxa in draft.moxa:
        places = _of_point(moxa.code, moxa.side) if moxa.code else _at(moxa.view, moxa.x, moxa.y)
        found += _stops(active, "moxa", places, moxa.code or moxa.site, point=moxa.code)
    for pair in draft.pairs:
        for code, side in ((pair.first, pair.first_side), (pair.second, pair.second_side)):
            found += _stops(active, "estim", _of_point(code, side), code)
    return found


def _stops(
    active: tuple[atlas.ActiveCondition, ...], technique: str, places: Iterable[Place], site: str, *, point: str = ""
) -> list[Stop]:
    """Of a technique at these places; where the map does not know the place, of the body as a whole."""
    return [
        Stop(finding, site)
        for place in tuple(places) or (None,)
        for finding in atlas.every_finding(active, technique, place, point=point)
    ]


def _at(view: str, x: float, y: float) -> tuple[Place, ...]:
    region = atlas.region_at(view, x, y)
    return (region,) if region is not None else ()


def _of_point(code: str, side: str) -> tuple[Place, ...]:
    point = atlas.find_acupoint(code)
    return tuple(place for mark in (atlas.needle_marks(point, side) if point else ()) for place in _at(mark.view, mark.x, mark.y))


def stops_for_needles(active: tuple[atlas.ActiveCondition, ...], needles: Iterable[NeedlePlacement]) -> list[Stop]:
    """Everything that speaks against these points; the region of a point is known where a cup site lies on it."""
    found = []
    for needle in needles:
        point = atlas.find_acupoint(needle.code)
        code = point.code if point else needle.code
        sites: list[atlas.CupSite | None] = [site for site in atlas.cup_sites().values() if code in site.points]
        found += [
            Stop(finding, code) for site in sites or [None] for finding in atlas.every_finding(active, "acupuncture", site, point=code)
        ]
    return found


def guarded(context: Context, draft: NoteDraft, stops: Iterable[Stop]) -> NoteDraft:
    """The draft with the reasons given for these stops. Raises Refusal("barred") and NeedsConsent("absolute" | "relative").

    A reason already on the note is not asked for again.
    """
    by_key: dict[tuple[str, str], Stop] = {}
    for stop in sorted(stops, key=lambda one: one.finding.rank, reverse=True):
        _refuse_barred(stop)
        by_key.setdefault(stop.key, stop)
    given = {(one.condition_key, one.technique) for one in draft.overrides}
    open_stops = [stop for key, stop in by_key.items() if key not in given]
    return _with_reasons(context, draft, open_stops) if open_stops else draft


def _refuse_barred(stop: Stop) -> None:
    if stop.finding.is_stop and stop.finding.why in {"region", "place"}:
        raise Refusal("barred", "cups" if stop.number else "needles", **_details([stop]))


def _with_reasons(context: Context, draft: NoteDraft, stops: list[Stop]) -> NoteDraft:
    """The worst of all decides which question is asked; the reason then holds for all of them."""
    key = "absolute" if stops[0].finding.is_stop else "relative"
    if not context.may(Permission.OVERRIDE_SAFETY) or (key == "absolute" and not value_of(context, ABSOLUTE_WITH_REASON)):
        raise Refusal("barred", "cups", **_details(stops))
    reason = (reason_in(context.consents, key) or "").strip()
    if len(reason) < _SHORTEST_REASON:
        raise NeedsConsent(key, "cups", reason_needed=True, **_details(stops))
    context.about(reason_code=f"{key}:{'+'.join(sorted({stop.finding.condition for stop in stops}))}")
    return with_override(context, draft, reason, *((stop.finding.condition, stop.finding.technique, stop.site) for stop in stops))


def with_override(context: Context, draft: NoteDraft, reason: str, *what: tuple[str, str, str]) -> NoteDraft:
    """The draft with a reason for each (condition, technique, site)."""
    at, by = context.now(), context.actor.name
    added = tuple(SafetyOverride(condition, technique, site, reason, by, at) for condition, technique, site in what)
    return replace(draft, overrides=draft.overrides + added)


def _details(stops: list[Stop]) -> dict[str, object]:
    worst = stops[0]
    return {
        "condition": worst.finding.condition,
        "technique": worst.finding.technique,
        "site": worst.site,
        "number": worst.number,
        "region": worst.finding.region,
        "conditions": tuple(dict.fromkeys(stop.finding.condition for stop in stops)),
        "why": " ".join(dict.fromkeys(_plain(stop.finding) for stop in stops)),
    }


def _plain(finding: atlas.Finding) -> str:
    """The sentence without what the patient told: problems hold no patient data."""
    return replace(finding, detail="").sentence()
