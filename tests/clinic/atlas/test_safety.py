"""The worst answer over everything wins; what is stricter is never softened by something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas import ActiveCondition, Finding, worst_grade

TODAY = date(2026, 11, 24)
LOW_BACK, MID_BACK, CALF = "lumbar_paraspinal_mid_l", "rhomboid_l", "gastrocnemius_l"


def has(key: str, *regions: str, detail: str = "") -> ActiveCondition:
    return ActiveCondition(key, TODAY, None, regions, detail)


def outcome(finding: Finding | None) -> str:
    return finding.outcome if finding else "clear"


def judged(technique: str, site: str, *held: ActiveCondition) -> str:
    return outcome(worst_grade(held, technique, atlas.cup_sites()[site] if site else None))


def test_nothing_known_is_clear() -> None:
    for technique, site in product(atlas.TECHNIQUES, atlas.cup_sites().values()):
        assert worst_grade((), technique, site) is None


@pytest.mark.parametrize("technique", atlas.CUPPING)
@pytest.mark.parametrize("key", ["skin_infection", "hemophilia", "low_platelets", "anemia_severe", "pregnancy"])
def test_the_clinics_own_policy_stops_cups(technique: str, key: str) -> None:
    finding = worst_grade((has(key),), technique, atlas.cup_sites()[MID_BACK])
    assert finding is not None
    assert (finding.outcome, finding.condition, finding.why) == ("stop", key, "policy")


@pytest.mark.parametrize(
    ("key", "technique", "expected"),
    [
        ("anticoagulant", "dry_cupping", "ask"),
        ("anticoagulant", "wet_cupping", "stop"),
        ("antiplatelet", "acupuncture", "clear"),
        ("pacemaker_icd", "estim", "stop"),
        ("pacemaker_icd", "dry_cupping", "ask"),
        ("cancer_active", "fire_cupping", "stop"),
        ("hypertension_uncontrolled", "tuina", "ask"),
        ("oxygen_flammable", "fire_cupping", "stop"),
        ("oxygen_flammable", "dry_cupping", "clear"),
        ("pregnancy", "moxa", "stop"),
    ],
)
def test_grades_without_a_place(key: str, technique: str, expected: str) -> None:
    assert judged(technique, "", has(key)) == expected


def test_fire_and_wet_cupping_inherit_dry_cupping() -> None:
    order = ("none", "local", "relative", "absolute")
    for condition in atlas.conditions().values():
        dry = order.index(condition.grade("dry_cupping"))
        for technique in ("fire_cupping", "wet_cupping"):
            assert order.index(condition.grade(technique)) >= dry, condition.key


def test_a_milder_grade_of_its_own_does_not_free_wet_cupping() -> None:
    """The data happens to hold none; the rule must not depend on that."""
    condition = atlas.conditions()["anticoagulant"]
    milder = replace(condition, grades={**condition.grades, "dry_cupping": "absolute", "wet_cupping": "none"})
    assert (milder.grades["wet_cupping"], milder.grade("wet_cupping")) == ("none", "absolute")


def test_a_local_grade_bars_the_named_region_only() -> None:
    stitches = has("broken_skin", "quadratus_lumborum_r", detail="stitches")
    assert judged("dry_cupping", "quadratus_lumborum_r", stitches) == "stop"
    assert judged("dry_cupping", "quadratus_lumborum_l", stitches) == "clear"
    assert judged("dry_cupping", "", stitches) == "clear"


def test_a_local_grade_without_a_region_asks() -> None:
    assert judged("dry_cupping", MID_BACK, has("broken_skin")) == "ask"
    assert judged("acupuncture", "", has("varicose_veins")) == "ask"


def test_the_same_skin_is_barred_from_the_side_as_well() -> None:
    from_the_side = atlas.figure("lateral_right").regions["flank_lateral_r"]
    other_side = atlas.figure("lateral_left").regions["flank_lateral_l"]
    assert outcome(worst_grade((has("broken_skin", "flank_r"),), "dry_cupping", from_the_side)) == "stop"
    assert worst_grade((has("broken_skin", "flank_r"),), "dry_cupping", other_side) is None


@pytest.mark.parametrize("technique", ["acupuncture", "tuina", "gua_sha"])
@pytest.mark.parametrize("site", [LOW_BACK, "sacrum_mid", "l5_s1", "abdomen_mid_l", "epigastrium", "lower_abdomen_mid"])
def test_pregnancy_bars_belly_low_back_and_sacrum(technique: str, site: str) -> None:
    assert judged(technique, site, has("pregnancy")) == "stop"
    assert judged(technique, MID_BACK, has("pregnancy")) == "ask"


@pytest.mark.parametrize("point", ["LI4", "SP6", "BL67", "BL32", "CV4", "GB21"])
def test_points_that_pregnancy_asks_about(point: str) -> None:
    found = atlas.every_finding((has("pregnancy"),), "acupuncture", point=point)
    assert "points" in {finding.why for finding in found}
    assert worst_grade((), "acupuncture", point=point) is None
    assert "points" not in {finding.why for finding in atlas.every_finding((has("pregnancy"),), "acupuncture", point="ST36")}


@pytest.mark.parametrize(
    ("view", "region"),
    [
        ("posterior", "popliteal_l"),
        ("anterior", "neck_anterior"),
        ("lateral_left", "neck_lateral_l"),
        ("anterior", "groin_r"),
        ("anterior", "umbilical"),
        ("lateral_right", "face_r"),
        ("lateral_right", "popliteal_lateral_r"),
        ("anterior", "elbow_anterior_l"),
    ],
)
def test_no_cup_on_these_places_on_anybody(view: str, region: str) -> None:
    place = atlas.figure(view).regions[region]
    assert outcome(worst_grade((), "dry_cupping", place)) == "stop"
    assert worst_grade((), "acupuncture", place) is None


def test_an_unknown_condition_asks_instead_of_passing() -> None:
    finding = worst_grade((has("of_a_newer_list"),), "dry_cupping", None)
    assert finding is not None
    assert (finding.outcome, finding.why) == ("ask", "unknown")
    assert "of_a_newer_list" in finding.sentence()


def test_an_unknown_technique_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        worst_grade((), "leeches", None)


def test_conditions_count_from_onset_to_their_last_day() -> None:
    short = ActiveCondition("fever_acute_infection", TODAY, TODAY + timedelta(days=3))
    assert [short.is_active_on(TODAY + timedelta(days=days)) for days in (-1, 0, 3, 4)] == [False, True, True, False]
    assert atlas.active_on((short,), TODAY + timedelta(days=4)) == ()


def test_what_the_map_hatches_is_what_the_rule_stops() -> None:
    held = (has("pregnancy"), has("broken_skin", "calf_l"))
    hatched = atlas.barred_regions(held, "acupuncture")
    for view in atlas.VIEWS:
        for region in atlas.figure(view).regions.values():
            finding = worst_grade(held, "acupuncture", region)
            assert (region.key in hatched) == (outcome(finding) == "stop"), region.key


def test_sentences_name_the_condition_and_what_follows() -> None:
    finding = worst_grade((has("broken_skin", "calf_l", detail="stitches"),), "dry_cupping", atlas.cup_sites()[CALF])
    assert finding is not None
    assert finding.sentence().startswith("Open wound, cut or broken skin (stitches): no cupping on this part of the body.")


def test_every_sentence_can_be_said() -> None:
    for key, technique, site in product(atlas.conditions(), atlas.TECHNIQUES, (LOW_BACK, "")):
        for finding in atlas.every_finding((has(key),), technique, atlas.cup_sites()[site] if site else None, point="LI4"):
            assert "{" not in finding.sentence()


RANK = {"clear": 0, "ask": 1, "stop": 2}
REGIONS = sorted({key for view in atlas.VIEWS for key in atlas.figure(view).regions})
HELD = st.lists(
    st.builds(has, st.sampled_from(sorted(atlas.conditions())), st.sampled_from(REGIONS)) | st.builds(has, st.sampled_from(sorted(atlas.conditions()))),
    max_size=4,
)  # fmt: skip


@given(HELD, HELD, st.sampled_from(atlas.TECHNIQUES), st.sampled_from(["", *atlas.cup_sites()]))
def test_one_more_condition_never_softens(
    some: list[ActiveCondition], more: list[ActiveCondition], technique: str, site: str
) -> None:
    place = atlas.cup_sites()[site] if site else None
    alone, together = worst_grade(some, technique, place), worst_grade([*more, *some], technique, place)
    assert RANK[outcome(together)] >= RANK[outcome(alone)]
    assert outcome(together) == max(outcome(alone), outcome(worst_grade(more, technique, place)), key=RANK.__getitem__)


@given(HELD, st.sampled_from(["", *atlas.cup_sites()]))
def test_fire_and_wet_are_never_freer_than_dry(held: list[ActiveCondition], site: str) -> None:
    place = atlas.cup_sites()[site] if site else None
    dry = RANK[outcome(worst_grade(held, "dry_cupping", place))]
    for technique in ("fire_cupping", "wet_cupping"):
        assert RANK[outcome(worst_grade(held, technique, place))] >= dry
