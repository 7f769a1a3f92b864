"""The picture of a course: in order, inside its window, no label upon another, and the same without colour."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from pulse_desktop.clinic.atlas.chart import BASELINE, small_line, usual_width
from pulse_desktop.clinic.atlas.course import (
    KINDS,
    CoursePoint,
    CourseVisit,
    ProgressPicture,
    change_words,
    progress_words,
    verdict_words,
)
from pulse_desktop.clinic.atlas.drawing import Drawn, Shape, Text, bounds
from pulse_desktop.clinic.atlas.measures import PAIN, Measure, measures
from pulse_desktop.clinic.atlas.progress_picture import levels, progress_picture

TODAY = date(2026, 11, 24)
SIZES = ((820, 340, 11.0), (520, 240, 11.0), (320, 220, 11.0), (1400, 700, 11.0), (1280, 520, 22.0), (460, 200, 8.0))
"""Width, height, letters: the screen's, narrow ones, text of 200 %, paper."""


def a_course(*scores: int, key: str = PAIN, apart: int = 7, kinds: tuple[str, ...] = ("cups", "needles")) -> ProgressPicture:
    """Scores (whole) a week apart, the last one today."""
    days = [TODAY - timedelta(days=apart * back) for back in range(len(scores) - 1, -1, -1)]
    points = tuple(CoursePoint(day, score * 10) for day, score in zip(days, scores, strict=True))
    return ProgressPicture(measures()[key], "Pain before treatment", points, tuple(CourseVisit(day, kinds) for day in days), TODAY, of_visits=True)


def by_chance(seed: int) -> ProgressPicture:
    """Any course of any measure."""
    chance = random.Random(seed)
    measure = chance.choice(list(measures().values()))
    count = chance.choice((1, 2, 3, 9, 40, 500))
    days = sorted(TODAY - timedelta(days=chance.randrange(1 + chance.choice((1, 30, 2000)))) for _ in range(count))
    points = tuple(
        CoursePoint(day, chance.randrange(measure.lowest, measure.highest + 1, measure.step), chance.choice((None, measure.lowest)))
        for day in days
    )
    visits = tuple(CourseVisit(day, tuple(chance.sample(list(KINDS), chance.randrange(7)))) for day in days)
    return ProgressPicture(measure, measure.short, points, visits, TODAY, chance.randrange(count), chance.random() < 0.5)


def reach(text: Text) -> tuple[float, float, float, float]:
    wide = usual_width(text.words, text.size)
    left = text.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    middle = text.y - text.size * BASELINE
    return left, middle - text.size / 2, left + wide, middle + text.size / 2


def covering(drawn: tuple[Drawn, ...]) -> list[tuple[str, str]]:
    """Pairs of labels of which one lies upon the other."""
    labels = [one for one in drawn if isinstance(one, Text) and not one.halo]
    found = []
    for one, other in combinations(labels, 2):
        (left, top, right, bottom), (left2, top2, right2, bottom2) = reach(one), reach(other)
        if min(right, right2) - max(left, left2) > 0.5 and min(bottom, bottom2) - max(top, top2) > 0.5:
            found.append((one.words, other.words))
    return found


def outside(drawn: tuple[Drawn, ...], width: float, height: float) -> list[Drawn]:
    """What reaches over the window's edge."""
    found: list[Drawn] = []
    for one in drawn:
        if isinstance(one, Text):
            left, top, right, bottom = reach(one)
        else:
            box = bounds(one.path)
            left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
        if left < -0.5 or top < -0.5 or right > width + 0.5 or bottom > height + 0.5:
            found.append(one)
    return found


def line_of(drawn: tuple[Drawn, ...]) -> Shape:
    """The line through the scores."""
    pens = [one for one in drawn if isinstance(one, Shape) and one.pen == "jade" and not one.dash and not one.fill and one.width == 2.0]
    return max(pens, key=lambda one: len(one.path.commands))


def words_of(drawn: tuple[Drawn, ...]) -> list[str]:
    return [one.words for one in drawn if isinstance(one, Text)]


# ---- geometry


@pytest.mark.parametrize("seed", range(60))
def test_nothing_leaves_the_window_and_no_label_lies_upon_another(seed: int) -> None:
    picture = by_chance(seed)
    for width, height, letters in SIZES:
        drawn = progress_picture(picture, width, height, letters=letters)
        assert outside(drawn, width, height) == []
        assert covering(drawn) == []


def test_control_labels_upon_each_other_and_outside_are_found() -> None:
    drawn = (Text(10, 10, "here", 11, "ink"), Text(12, 12, "there", 11, "ink"))
    assert covering(drawn) == [("here", "there")]
    assert outside(drawn, 20, 20) == [drawn[0], drawn[1]]


def test_points_run_from_left_to_right_and_lower_scores_stand_lower() -> None:
    places = [command[1:] for command in line_of(progress_picture(a_course(8, 6, 7, 4), 820, 340)).path.commands]
    assert all(float(before[0]) < float(after[0]) for before, after in pairwise(places))
    heights = [float(y) for _x, y in places]
    assert heights[0] < heights[2] < heights[1] < heights[3], "y runs downwards"


def test_days_stand_at_their_distance() -> None:
    picture = a_course(8, 6, 4)
    points = (picture.points[0], replace(picture.points[1], day=TODAY - timedelta(days=1)), picture.points[2])
    places = [float(command[1]) for command in line_of(progress_picture(replace(picture, points=points), 820, 340)).path.commands]
    assert (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(13 / 14)


def test_the_change_that_matters_begins_at_the_first_score_and_is_named() -> None:
    picture = a_course(9, 8, 6, 4)
    for baseline, words in ((0, "2 points"), (1, "2 points"), (2, "30 %")):
        drawn = progress_picture(replace(picture, baseline=baseline), 820, 340)
        edge = next(one for one in drawn if isinstance(one, Shape) and one.pen == "jade" and one.dash)
        assert float(edge.path.commands[0][1]) == float(line_of(drawn).path.commands[baseline][1])
        assert words in words_of(drawn)
    assert "change that matters:" not in words_of(progress_picture(a_course(4, 5, key="sleep_nrs"), 820, 340))


def test_five_hundred_visits_are_one_line_and_few_shapes() -> None:
    drawn = progress_picture(a_course(*([8, 7] * 250), apart=3), 820, 340)
    assert len(line_of(drawn).path.commands) == 500
    assert len(drawn) < 60


@pytest.mark.parametrize("measure", measures().values(), ids=lambda measure: measure.key)
def test_level_lines_are_few_and_reach_both_ends(measure: Measure) -> None:
    picture = replace(a_course(), measure=measure)
    assert 3 <= len(levels(picture)) <= 8
    assert (levels(picture)[0], levels(picture)[-1]) == (picture.measure.lowest, picture.measure.highest)


def test_without_a_score_there_is_an_empty_field() -> None:
    drawn = progress_picture(replace(a_course(), visits=()), 820, 340)
    assert covering(drawn) == []
    assert "0" in words_of(drawn)


# ---- without colour


def test_every_kind_has_a_name_and_a_shape_of_its_own() -> None:
    shapes = {}
    for kind in KINDS:
        drawn = progress_picture(a_course(5, kinds=(kind,)), 820, 340)
        assert KINDS[kind] in words_of(drawn)
        name = next(at for at, one in enumerate(drawn) if isinstance(one, Text) and one.words == KINDS[kind])
        marks = [one for one in drawn[name + 1 :] if isinstance(one, Shape)]
        shapes[kind] = tuple((bool(one.fill), tuple(command[0] for command in one.path.commands)) for one in marks)
    assert len(set(shapes.values())) == len(KINDS)


def test_the_picture_says_the_same_in_one_ink() -> None:
    """The edge is dashed where the line is not, the newest point is filled and ringed where the others are hollow."""
    drawn = progress_picture(a_course(8, 6, 4), 820, 340)
    dashed = {(one.pen, bool(one.dash)) for one in drawn if isinstance(one, Shape) and one.pen == "jade"}
    assert dashed == {("jade", True), ("jade", False)}
    filled = [one for one in drawn if isinstance(one, Shape) and one.fill == "jade"]
    hollow = [one for one in drawn if isinstance(one, Shape) and one.fill == "raised"]
    assert (len(filled), len(hollow)) == (1, 3), "two hollow points, the first of them drawn once more on top"


# ---- in words


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (
            a_course(8, 7, 4),
            "Pain before treatment fell from 8 to 4 over 3 visits since Nov 10; a change of 2 points matters. 4 points better, more than the change that matters.",
        ),
        (a_course(8, 6), "Pain before treatment fell from 8 to 6 over 2 visits since Nov 17; a change of 2 points matters. 2 points better, just the change that matters."),
        (a_course(8, 7), "Pain before treatment fell from 8 to 7 over 2 visits since Nov 17; a change of 2 points matters. 1 point better, not yet the change that matters."),
        (a_course(5, 8), "Pain before treatment rose from 5 to 8 over 2 visits since Nov 17; a change of 30 % matters. 3 points worse, more than the change that matters."),
        (a_course(5, 5), "Pain before treatment stayed at 5 over 2 visits since Nov 17; a change of 30 % matters. No change."),
        (a_course(8), "Pain before treatment was 8 on Nov 24."),
        (a_course(), "Pain before treatment: no score yet."),
    ],
)  # fmt: skip
def test_the_picture_in_words(picture: ProgressPicture, said: str) -> None:
    assert progress_words(picture) == said


def test_a_measure_whose_direction_is_not_known_is_never_called_better() -> None:
    assert change_words(measures()["promis_pi"], 600, 520) == ("-8 since the first", "ink-soft")
    assert "better" not in progress_words(a_course(60, 52, key="promis_pi"))


def test_a_height_of_its_own_is_reached_or_not() -> None:
    assert verdict_words(a_course(0, 2, key="gpe_pgic")) == ("a change that matters", "jade")
    assert verdict_words(a_course(0, 1, key="gpe_pgic")) == ("not yet +2, the change that matters", "ink-soft")
    assert verdict_words(a_course(0, -2, key="gpe_pgic")) == ("worse by a change that matters", "amber")


def test_the_small_line_is_even_and_inside() -> None:
    drawn = small_line([("Oct 13", 8), ("x", 7), ("Today", 4)], 340, 176, top=10, matters=6, letters=11, width_of=usual_width)
    assert outside(drawn, 340, 176) == []
    assert covering(drawn) == []
    across = [float(command[1]) for command in line_of(drawn).path.commands]
    assert across[1] - across[0] == pytest.approx(across[2] - across[1])
