"""Points, ranges, lists and groups as they are typed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.point_typing import LONGEST_RANGE, points_typed, points_words, with_points
from pulse_desktop.clinic.treatment.values import NeedlePlacement

GROUPS = {"4 gates": "li4 b, lr3 b", "Back pain": "bl23-25 b, gv4", "Calm": "yintang, ht7 b reinforce 0.3"}


def typed(text: str) -> list[str]:
    return [f"{one.code} {one.side}" for one in points_typed(text, GROUPS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("st36 b", ["ST36 both"]),
        ("ST 36 l", ["ST36 left"]),
        ("bl23-25 b", ["BL23 both", "BL24 both", "BL25 both"]),
        ("ub23 - ub25", ["BL23 both", "BL24 both", "BL25 both"]),
        ("bl25-23 r", ["BL23 right", "BL24 right", "BL25 right"]),
        ("bl 23–24", ["BL23 both", "BL24 both"]),
        ("bl23-23", ["BL23 both"]),
        ("li4 lr3 b", ["LI4 both", "LR3 both"]),
        ("li 4 lr 3 l", ["LI4 left", "LR3 left"]),
        ("li4 b, lr3 l", ["LI4 both", "LR3 left"]),
        ("li4 l lr3 r sp6", ["LI4 left", "LR3 right", "SP6 both"]),
        ("gv3-5", ["GV3 midline", "GV4 midline", "GV5 midline"]),
        ("cv4 st36 sp6 b", ["CV4 midline", "ST36 both", "SP6 both"]),
        ("yintang", ["EX-HN3 midline"]),
        ("yin tang, li4 b", ["EX-HN3 midline", "LI4 both"]),
        ("4 gates", ["LI4 both", "LR3 both"]),
        ("4 GATES l", ["LI4 left", "LR3 left"]),
        ("4 gates, st36 r", ["LI4 right", "LR3 right", "ST36 right"]),
        ("back pain b", ["BL23 both", "BL24 both", "BL25 both", "GV4 midline"]),
        ("st36 st36 b", ["ST36 both"]),
    ],
)
def test_what_is_typed_is_what_goes_on_the_list(text: str, expected: list[str]) -> None:
    assert typed(text) == expected


def test_technique_and_depth_at_the_end_hold_for_all_that_have_none_of_their_own() -> None:
    found = points_typed("st36, sp6 b even 0.8")
    assert {(one.code, one.side, one.technique, one.depth_tenths) for one in found} == {("ST36", "both", "even", 8), ("SP6", "both", "even", 8)}
    first, second = points_typed("st36 b reinforce 1.5, sp6 l reduce 0,5")
    assert (first.side, first.technique, first.depth_tenths) == ("both", "reinforce", 15)
    assert (second.side, second.technique, second.depth_tenths) == ("left", "reduce", 5)
    _yintang, heart = points_typed("calm", GROUPS)
    assert (heart.technique, heart.depth_tenths) == ("reinforce", 3)


@pytest.mark.parametrize(
    ("text", "key", "piece"),
    [
        ("st36 zz9 b", "point_not_understood", "zz9"), ("bl23-77", "range_too_long", "bl23-77"), ("bl66-70", "point_not_understood", "bl66-70"),
        ("bl23-st25", "range_of_two", "bl23-st25"), ("ex-hn3-5", "range_of_extras", "ex-hn3-5"), ("b st36", "trait_without_point", "b"),
        ("nothing", "point_not_understood", "nothing"), ("st36 b, five gates", "point_not_understood", "five gates"),
        ("st99", "point_not_understood", "st99"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_was_not_understood(text: str, key: str, piece: str) -> None:
    with pytest.raises(Refusal) as refused:
        points_typed(text, GROUPS)
    assert (refused.value.key, refused.value.details["piece"]) == (key, piece)
    assert piece in sentence(refused.value)


@pytest.mark.parametrize("text", ["gv4 b", "gv3-5 l", "cv4 cv6 b", "st36 m"])
def test_a_side_where_no_such_point_lies_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        points_typed(text)
    assert refused.value.key == "not_on_that_side"


def test_nothing_typed_is_no_point() -> None:
    for text in ("", "  ", ",", ";;"):
        with pytest.raises(Refusal):
            points_typed(text)


def test_what_is_listed_already_is_passed_over_and_named() -> None:
    there = points_typed("st36 l, li4 b")
    needles, twice = with_points(there, points_typed("st36 li4 sp6 b"))
    assert [one.code for one in needles] == ["ST36", "LI4", "SP6"]
    assert twice == ("ST36", "LI4")
    right, none = with_points(there, points_typed("st36 r"))
    assert (len(right), none) == (3, ())
    for text, key in (("st36 l", "point_twice"), ("st36 l, li4 l", "points_twice")):
        with pytest.raises(Refusal) as refused:
            with_points(there, points_typed(text))
        assert refused.value.key == key


some_needles = st.lists(
    st.builds(
        lambda point, technique, depth: NeedlePlacement(point.code, point.usual_side, technique, depth),
        st.sampled_from(list(atlas.acupoints().values())), st.sampled_from(["even", "reinforce", "reduce"]), st.none() | st.integers(1, 40),
    ),
    min_size=1, max_size=6, unique_by=lambda one: one.code,
)  # fmt: skip


@given(some_needles)
def test_needles_come_back_from_the_words_of_a_group(needles: list[NeedlePlacement]) -> None:
    said = points_words(needles)
    again = points_typed("saved", {"Saved": said})
    assert set(again) == set(needles)


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    with suppress(Refusal):
        assert points_typed(text, GROUPS)


def test_every_range_of_every_channel_is_made_of_its_points() -> None:
    channels = {point.meridian for point in atlas.acupoints().values() if point.meridian.isalpha() and len(point.meridian) == 2}
    assert len(channels) == 14
    for channel in channels:
        found = points_typed(f"{channel}2-{LONGEST_RANGE - 4}".lower())
        assert [one.code for one in found] == [f"{channel}{number}" for number in range(2, LONGEST_RANGE - 3)], channel
