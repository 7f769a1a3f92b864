"""The description of the map: to scale, in order, and hit where it is drawn."""

from __future__ import annotations

from datetime import date

import pytest

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas import BodyPicture, CupMark, FadingMark, MovingCup, NeedleMark, Shape, Text
from pulse_desktop.clinic.atlas.drawing import bounds, flattened, is_inside
from pulse_desktop.clinic.atlas.hits import SMALLEST_PX

SCALE = 452 / 680
REACH = SMALLEST_PX / SCALE


def cup(number: int = 1, **more: object) -> CupMark:
    site = atlas.cup_sites()["lumbar_paraspinal_mid_l"]
    return CupMark(site.view, site.x, site.y, number, 45, site.key, site.side, **more)  # type: ignore[arg-type]


def drawn(*marks: atlas.Mark, view: str = "posterior", style: atlas.PictureStyle = atlas.SCREEN) -> tuple[atlas.Drawn, ...]:
    return atlas.shapes(BodyPicture(view, marks, style), atlas.TORSO, SCALE)


def with_pen(shapes: tuple[atlas.Drawn, ...], role: str) -> list[Shape]:
    return [shape for shape in shapes if isinstance(shape, Shape) and shape.pen == role]


def words(shapes: tuple[atlas.Drawn, ...]) -> list[str]:
    return [shape.words for shape in shapes if isinstance(shape, Text)]


def test_a_45_mm_cup_is_51_units_across() -> None:
    rim = with_pen(drawn(cup()), "figure.cup")[0]
    assert bounds(rim.path).width == pytest.approx(51, abs=0.1)
    assert rim.width * SCALE == pytest.approx(1.5)


def test_pens_keep_their_width_while_zooming() -> None:
    for scale in (0.7, 1.4, 2.8):
        outline = atlas.shapes(BodyPicture("posterior"), atlas.TORSO, scale)[0]
        assert isinstance(outline, Shape)
        assert outline.width * scale == pytest.approx(1.5)


def test_small_pictures_have_finer_lines_and_the_smallest_no_light_ones() -> None:
    def outline_px(scale: float) -> float:
        first = atlas.shapes(BodyPicture("posterior"), atlas.CANVAS, scale)[0]
        assert isinstance(first, Shape)
        return first.width * scale

    assert outline_px(0.036) == pytest.approx(0.9)
    assert outline_px(0.036) < outline_px(0.15) < outline_px(0.35) < outline_px(0.7)
    assert not with_pen(atlas.shapes(BodyPicture("posterior"), atlas.CANVAS, 0.02), "figure.contour")
    assert with_pen(atlas.shapes(BodyPicture("posterior"), atlas.CANVAS, 0.036), "figure.contour")


def test_the_arc_tells_the_time() -> None:
    assert len(with_pen(drawn(cup()), "figure.cup")) == 1
    assert len(with_pen(drawn(cup(state="on", fraction=0.5)), "figure.cup")) == 2
    assert len(with_pen(drawn(cup(state="due")), "amber")) == 1
    assert len(with_pen(drawn(cup(state="over")), "cinnabar")) == 1
    half = with_pen(drawn(cup(state="on", fraction=0.5)), "figure.cup")[1]
    assert bounds(half.path).x == pytest.approx(cup().x, abs=0.1)


def test_a_selected_cup_wears_a_ring_and_lies_on_top() -> None:
    shapes = drawn(cup(1, is_selected=True), cup(2))
    assert len(with_pen(shapes, "focus")) == 1
    assert words(shapes) == ["2", "1"]


def test_cups_hide_marks_and_marks_never_hide_cups() -> None:
    old = FadingMark("posterior", cup().x, cup().y, 45, 3, 2)
    roles = [shape.fill for shape in drawn(cup(), old) if isinstance(shape, Shape) and shape.fill]
    assert roles.index("marks.3.fill") < roles.index("figure.cup-glass")


@pytest.mark.parametrize(("grade", "days", "opacity"), [(1, 0, 1.0), (3, 0, 1.0), (4, 4, 0.6), (4, 5, 0.5), (5, 7, 0.5), (3, 7, 0.15), (2, 9, 0.15)])
def test_a_mark_fades_with_the_days(grade: int, days: int, opacity: float) -> None:
    shapes = drawn(FadingMark("posterior", 500, 600, 45, grade, days))
    disc = next(shape for shape in shapes if isinstance(shape, Shape) and shape.fill == f"marks.{grade}.fill")
    assert disc.opacity == pytest.approx(opacity)
    text = next(shape for shape in shapes if isinstance(shape, Text))
    assert text.role == (f"marks.{grade}.on" if opacity >= 0.6 else "ink")
    assert text.words == f"{days} d"


def test_grade_0_left_nothing() -> None:
    assert words(drawn(FadingMark("posterior", 500, 600, 45, 0, 0))) == []
    assert not atlas.mark_grades()[0].is_fading_after(0)


def test_when_marks_fade() -> None:
    off = date(2026, 11, 24)
    assert atlas.fading_days((0, 2, 3), off) == (date(2026, 11, 27), date(2026, 12, 1))
    assert atlas.fading_days((0,), off) is None
    assert atlas.fading_days((), off) is None
    assert [grade.latest_days for grade in atlas.mark_grades()] == [0, 1, 3, 7, 10, 14]


def test_sites_under_a_cup_are_not_free() -> None:
    taken = {site.key for site in atlas.sites_on("posterior")} - {site.key for site in BodyPicture("posterior", (cup(),)).free_sites}
    assert taken == {"lumbar_paraspinal_mid_l"}
    assert len(with_pen(atlas.shapes(BodyPicture("posterior"), atlas.CANVAS, SCALE), "figure.site")) == 57


def test_a_barred_region_is_hatched_inside_its_edge() -> None:
    lines, edge = with_pen(drawn(atlas.BarredRegion("posterior", "flank_r")), "figure.bar")
    assert edge.path in lines.clips
    assert not edge.clips
    assert lines.width * SCALE == pytest.approx(1)  # as the mock-up shows it: its pattern cuts a stroke of 2 px in half


def test_a_moving_cup_has_a_dashed_path_between_two_cups() -> None:
    shapes = drawn(MovingCup("posterior", ((450, 500), (450, 800)), 3))
    assert words(shapes) == ["3", "3"]
    assert [shape.dash != () for shape in with_pen(shapes, "figure.cup")] == [True, False, False]


def test_needles_point_outwards_and_stack_their_codes() -> None:
    shapes = drawn(NeedleMark("posterior", 448, 862, "BL27"), NeedleMark("posterior", 448, 862, "BL28"), NeedleMark("posterior", 552, 862, "BL27"))
    texts = [shape for shape in shapes if isinstance(shape, Text)]
    assert [(text.anchor, text.words) for text in texts] == [("end", "BL27"), ("end", "BL28"), ("start", "BL27")]
    assert texts[0].y > texts[1].y


def test_only_marks_of_the_view_are_drawn() -> None:
    assert words(drawn(cup(), view="anterior")) == []


def test_paper_has_no_arcs_rings_or_codes() -> None:
    shapes = drawn(cup(state="on", fraction=0.5, is_selected=True), NeedleMark("posterior", 448, 862, "BL27"), style=atlas.PRINT)
    assert words(shapes) == ["1"]
    assert len(with_pen(shapes, "figure.cup")) == 1
    assert not with_pen(shapes, "focus")


@pytest.mark.parametrize("view", atlas.VIEWS)
def test_every_site_is_hit_where_its_dot_is(view: str) -> None:
    picture = BodyPicture(view)
    for site in atlas.sites_on(view):
        assert atlas.hit(picture, site.x, site.y, REACH) == site


def test_a_cup_is_hit_before_the_site_under_it_and_a_needle_on_its_dot() -> None:
    needle = NeedleMark("posterior", 448, 862, "BL27")
    picture = BodyPicture("posterior", (cup(), needle))
    assert atlas.hit(picture, cup().x + 20, cup().y, REACH) == cup()
    assert atlas.hit(picture, 450, 864, REACH) == needle


def test_a_small_cup_is_hit_from_16_px_around() -> None:
    small = CupMark("posterior", 278, 620, 1, 25)
    picture = BodyPicture("posterior", (small,))
    assert atlas.hit(picture, 278, 620 + REACH - 0.5, REACH) == small
    assert atlas.hit(picture, 278, 620 + REACH + 0.5, REACH) != small


def test_beside_a_site_is_a_region_and_beside_the_body_is_nothing() -> None:
    found = atlas.hit(BodyPicture("posterior"), 384, 660, REACH)
    assert isinstance(found, atlas.Region)
    assert atlas.hit(BodyPicture("posterior"), 20, 100, REACH) is None


def test_what_lies_outside_the_window_is_named_by_its_edge() -> None:
    below, above = NeedleMark("posterior", 404, 1430, "BL40"), NeedleMark("posterior", 500, 100, "GV20")
    picture = BodyPicture("posterior", (cup(), below, above))
    assert atlas.outside(picture, atlas.TORSO) == {"below": (below,), "above": (above,)}


def test_everything_but_pens_lies_on_the_canvas() -> None:
    for view in atlas.VIEWS:
        outline = atlas.figure(view).outline
        box = bounds(outline)
        assert box.y == pytest.approx(40, abs=1)
        assert box.y + box.height == pytest.approx(1960, abs=2)
        assert is_inside(flattened(outline), 500, 700)
