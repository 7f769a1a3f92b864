"""Acupoints: all of them, once, and found however a practitioner types them."""

from __future__ import annotations

from collections import Counter

import pytest

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic import atlas

CHANNELS = {
    "LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67, "KI": 27, "PC": 9, "TE": 23, "GB": 44, "LR": 14, "GV": 28, "CV": 24,
}  # fmt: skip


def test_every_channel_has_its_points() -> None:
    counted = Counter(point.meridian for point in atlas.acupoints().values())
    assert {channel: counted[channel] for channel in CHANNELS} == CHANNELS
    assert sum(CHANNELS.values()) == 361


def test_extra_points_and_those_without_a_code() -> None:
    counted = Counter(point.meridian for point in atlas.acupoints().values())
    assert sum(count for channel, count in counted.items() if channel.startswith("EX-")) == 48
    assert counted["X"] + counted["ASHI"] == 8
    assert len(atlas.acupoints()) == 417


def test_numbers_of_a_channel_run_without_a_gap() -> None:
    for channel, count in CHANNELS.items():
        numbers = [point.number for point in atlas.acupoints().values() if point.meridian == channel]
        assert numbers == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("typed", "code", "side"),
    [
        ("st36 b", "ST36", "both"),
        ("ST36", "ST36", "both"),
        ("LI 4 l", "LI4", "left"),
        ("  li-4   R ", "LI4", "right"),
        ("ub23", "BL23", "both"),
        ("sj5 right", "TE5", "right"),
        ("ren4", "CV4", "midline"),
        ("gv20 m", "GV20", "midline"),
        ("yintang", "EX-HN3", "midline"),
        ("Zúsānlǐ l", "ST36", "left"),
        ("ex-hn1", "EX-HN1", "both"),
        ("ashi l", "ASHI", "left"),
    ],
)
def test_a_needle_is_read_as_people_write_it(typed: str, code: str, side: str) -> None:
    point, meant = atlas.parse_needle(typed)
    assert (point.code, meant) == (code, side)


@pytest.mark.parametrize("typed", ["", "st", "st99", "P6", "36", "ST36 x", "b", "drop table b", "ST36; LI4"])
def test_what_is_no_point_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        atlas.parse_needle(typed)
    assert (refused.value.key, refused.value.field) == ("no_such_point", "needle")


@pytest.mark.parametrize("typed", ["gv20 l", "cv4 both", "st36 m"])
def test_a_side_a_point_does_not_have_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        atlas.parse_needle(typed)
    assert refused.value.key == "not_on_that_side"


def test_letters_of_other_books_are_taken_only_where_they_mean_one_channel() -> None:
    """P is the pericardium in some books and the lung in others; H and C and S likewise."""
    for doubtful in ("P6", "H7", "C7", "S36", "E36"):
        assert atlas.find_acupoint(doubtful) is None


def test_every_point_but_ashi_has_a_place_on_the_map_within_its_side() -> None:
    for point in atlas.acupoints().values():
        marks = atlas.needle_marks(point, point.usual_side)
        assert bool(marks) == (point.code != "ASHI")
        for mark in marks:
            region = atlas.region_at(mark.view, mark.x, mark.y)
            assert region is not None
            assert region.side in {mark.side, "midline"}, point.code


def test_a_point_on_both_sides_is_drawn_twice_and_mirrored() -> None:
    for point in atlas.acupoints().values():
        if point.sides == "bilateral":
            left, right = atlas.needle_marks(point, "both")
            assert (left.side, right.side) == ("left", "right")
            assert left.x + right.x == pytest.approx(1000, abs=1)
            assert left.y == right.y


def test_a_point_near_a_cup_site_is_drawn_there() -> None:
    left, _right = atlas.needle_marks(atlas.acupoints()["BL27"], "both")
    site = atlas.cup_sites()["sacroiliac_l"]
    assert (left.view, left.x, left.y) == (site.view, site.x, site.y)
