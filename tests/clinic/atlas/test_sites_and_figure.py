"""Cup sites lie where the figure says they lie."""

from __future__ import annotations

from collections import Counter

import pytest

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.drawing import circle, flattened, is_inside, path_from


def test_there_are_90_sites() -> None:
    assert len(atlas.cup_sites()) == 90
    assert Counter(site.view for site in atlas.cup_sites().values()) == {
        "posterior": 57, "anterior": 25, "lateral_left": 4, "lateral_right": 4,
    }  # fmt: skip


def test_every_site_lies_in_its_region() -> None:
    for site in atlas.cup_sites().values():
        region = atlas.region_at(site.view, site.x, site.y)
        assert region is not None
        assert region.key == site.region


def test_every_site_has_a_mirrored_one_or_is_on_the_midline() -> None:
    for site in atlas.cup_sites().values():
        other = atlas.mirrored(site)
        if other is None:
            assert (site.side, site.x) == ("midline", 500)
        else:
            assert other.side != site.side
            assert other.x + site.x == pytest.approx(1000)
            assert other.y == site.y


def test_sizes_and_minutes_are_in_order_and_under_the_limit() -> None:
    for site in atlas.cup_sites().values():
        assert 20 <= site.smallest_mm < site.largest_mm <= 60
        assert 1 <= site.usual_minutes < site.longest_minutes <= atlas.WARN_MINUTES < atlas.LONGEST_MINUTES
        assert site.points
        assert set(site.points) <= set(atlas.acupoints())


def test_regions_of_a_view_have_their_own_keys_and_fill_the_body() -> None:
    for view in atlas.VIEWS:
        drawn = atlas.figure(view)
        outline = flattened(drawn.outline)
        inside = [(x, y) for x in range(0, 1000, 20) for y in range(0, 2000, 20) if is_inside(outline, x, y)]
        bare = [place for place in inside if atlas.region_at(view, *place) is None]
        assert len(bare) / len(inside) < 0.01, bare[:5]


def test_left_is_the_patients_left() -> None:
    assert all(region.box.x < 500 for region in atlas.figure("posterior").regions.values() if region.side == "left")
    assert all(region.box.x >= 490 for region in atlas.figure("anterior").regions.values() if region.side == "left")


def test_what_is_the_same_skin_is_named_both_ways() -> None:
    keys = {key for view in atlas.VIEWS for key in atlas.figure(view).regions}
    for key in keys:
        for other in atlas.same_skin(key):
            assert other in keys
            assert key in atlas.same_skin(other)
    assert atlas.same_skin("flank_r") == {"flank_r", "flank_lateral_r"}
    assert "upper_arm_anterior_l" not in atlas.same_skin("upper_arm_posterior_l")


@pytest.mark.parametrize(
    ("view", "across", "down", "words"),
    [
        ("posterior", 0, 0, ""),
        ("posterior", 22.2, 0, "2 cm to the right"),
        ("posterior", -22.2, 11.1, "1 cm below, 2 cm to the left"),
        ("anterior", 11.1, 0, "1 cm to the left"),
        ("posterior", 0, -33.3, "3 cm above"),
        ("lateral_left", -11.1, 0, "1 cm to the front"),
        ("lateral_right", -11.1, 0, "1 cm to the back"),
    ],
)
def test_a_free_place_is_named_from_the_nearest_site(view: str, across: float, down: float, words: str) -> None:
    lonely = {"posterior": "triceps_l", "anterior": "biceps_l", "lateral_left": "it_band_l", "lateral_right": "it_band_r"}
    site = atlas.cup_sites()[lonely[view]]
    found, offset = atlas.nearest_site(view, site.x + across, site.y + down)
    assert found == site
    assert offset == words


def test_a_site_is_asked_for_on_its_own_view() -> None:
    assert atlas.site("posterior", "triceps_l").side == "left"
    with pytest.raises(KeyError):
        atlas.site("anterior", "triceps_l")


def test_paths_are_read_into_commands() -> None:
    path = path_from("M1 2L3-4C1 2 3 4 5.5 6 7 8 9 10 11 12Z")
    assert path.commands == (
        ("M", 1, 2), ("L", 3, -4), ("C", 1, 2, 3, 4, 5.5, 6), ("C", 7, 8, 9, 10, 11, 12), ("Z",),
    )  # fmt: skip


def test_a_circle_is_round() -> None:
    for x, y in flattened(circle(10, 20, 5), pieces=16)[0]:
        assert ((x - 10) ** 2 + (y - 20) ** 2) ** 0.5 == pytest.approx(5, rel=0.0005)
