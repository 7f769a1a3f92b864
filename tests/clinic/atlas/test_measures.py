"""Outcome measures: counted, sourced, and asked in our own words only where the licence lets us."""

from __future__ import annotations

from itertools import product

import pytest

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.measures import HIGHER, LOWER, PAIN, UNKNOWN, Measure, score_of, written
from pulse_desktop.clinic.atlas.reading import contents
from tools import make_reference, reference_rules

EVERY = list(atlas.measures().values())
STEPS = 41


def one(key: str) -> Measure:
    return atlas.measures()[key]


def scores(measure: Measure) -> list[int]:
    """Some scores from end to end, both ends among them."""
    whole = range(measure.lowest, measure.highest + 1, measure.step)
    return sorted({*whole[:: max(1, len(whole) // STEPS)], measure.lowest, measure.highest})


def test_counts_keys_and_sources() -> None:
    rows = contents("reference/outcome_measures")["rows"]
    assert len(rows) == len({row[0] for row in rows}) == len(EVERY) == 14
    assert set(atlas.recommended()) <= set(atlas.measures())
    for measure in EVERY:
        assert set(measure.sources) <= set(atlas.sources()), measure.key
        assert measure.short, measure.key
        assert len(measure.key) <= 24, "the table's column"
    assert {measure.key for measure in EVERY if not measure.sources} == {"quickdash", "mymop", "sleep_nrs"}


def test_ranges_and_directions() -> None:
    assert {measure.better for measure in EVERY} == {LOWER, HIGHER, UNKNOWN}
    for measure in EVERY:
        assert measure.lowest < measure.highest, measure.key
        assert measure.step in {1, 10}
        assert measure.holds(measure.lowest), measure.key
        assert measure.holds(measure.highest), measure.key
        assert not measure.holds(measure.lowest - measure.step), measure.key
        assert not measure.holds(measure.highest + measure.step), measure.key
    assert {measure.key for measure in EVERY if measure.better == HIGHER} == {"psfs", "gpe_pgic", "lefs", "sleep_nrs"}
    assert [measure.key for measure in EVERY if measure.better == UNKNOWN] == ["promis_pi"]
    assert not one("rmdq24").holds(55), "a count of statements has no decimals"


def test_questions_stand_only_where_the_licence_lets_us_word_them() -> None:
    worded = {measure.key for measure in EVERY if measure.has_questions}
    assert worded == {"nrs_pain", "psfs", "gpe_pgic", "vas_pain", "sleep_nrs"}
    for measure in EVERY:
        assert measure.licence in contents("reference/outcome_measures")["licences"]
        assert measure.has_questions is (measure.ships == "words"), measure.key
        assert not (measure.has_questions and measure.licence in {"permission_needed", "unclear"}), measure.key


def test_control_a_question_of_a_licensed_measure_would_not_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    item = {"key": "ndi", "ship_text": False, "items": 10, "min": 0, "max": 50, "better": "lower", "mcid": {"value": 5, "relative": None, "note": ""}}
    assert make_reference.measure(item, ("ships",)) == ["score"]
    monkeypatch.setitem(reference_rules.QUESTIONS, "ndi", [["Pain?", "", "", 0, 5, []]])
    with pytest.raises(ValueError, match="licence"):
        make_reference.measure(item, ("ships",))


def test_answers_have_words_for_each_step_or_none() -> None:
    for measure in EVERY:
        for question in measure.questions:
            steps = question.highest - question.lowest + 1
            assert len(question.answers) in {0, steps}, measure.key
            assert (question.lowest * 10, question.highest * 10) == (measure.lowest, measure.highest)


def test_bands_cover_the_range_once() -> None:
    for measure in EVERY:
        if measure.bands:
            assert all(sum(band.lowest <= score / 10 <= band.highest for band in measure.bands) == 1 for score in scores(measure))
    assert [one("ndi").band(score * 10) for score in (4, 5, 14, 15, 24, 25, 34, 35, 50)] == [
        "none", "mild", "mild", "moderate", "moderate", "severe", "severe", "complete", "complete",
    ]  # fmt: skip
    assert one("nrs_pain").band(50) == ""


# ---- the change that matters


@pytest.mark.parametrize(
    ("key", "first", "line", "words"),
    [
        (PAIN, 80, 60, "2 points"),  # 30 % of 8 would be 2.4
        (PAIN, 70, 50, "2 points"),
        (PAIN, 60, 42, "30 %"),  # 1.8 comes before 2
        (PAIN, 40, 28, "30 %"),
        ("rmdq24", 180, 130, "5 points"),
        ("rmdq24", 100, 70, "30 %"),
        ("psfs", 30, 50, "2 points"),
        ("lefs", 400, 490, "9 points"),
        ("gpe_pgic", 0, 20, "+2"),
        ("gpe_pgic", 10, 20, "+2"),  # a height, wherever one began
        ("peg3", 80, 70, "1 point"),
        ("peg3", 33, 23, "1 point"),  # 30 % is 0.99, rounded up to a whole point
        ("odi", 222, 155, "30 %"),
    ],
)
def test_the_line_of_the_change_that_matters(key: str, first: int, line: int, words: str) -> None:
    threshold = one(key).threshold(first)
    assert threshold is not None
    assert (threshold.line, threshold.words) == (line, words)


@pytest.mark.parametrize(("key", "first"), [("promis_pi", 500), ("quickdash", 400), ("sleep_nrs", 50), ("psfs", 90), ("ndi", 40)])
def test_without_a_known_change_or_room_for_one_there_is_no_line(key: str, first: int) -> None:
    assert one(key).threshold(first) is None
    assert one(key).is_reached(first, first) is None


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.key)
def test_the_change_that_matters_from_every_start(measure: Measure) -> None:
    """Inside the range, beyond the first score in the good direction, reached exactly from the line on."""
    tried = 0
    for first, last in product(scores(measure), repeat=2):
        threshold = measure.threshold(first)
        if threshold is None:
            continue
        tried += 1
        assert measure.lowest <= threshold.line <= measure.highest
        if not measure.is_level:
            assert measure.gain(first, threshold.line) == threshold.amount > 0
            assert measure.is_reached(first, last) is (measure.gain(first, last) >= threshold.amount)
            assert measure.matters is not None
            assert threshold.amount <= measure.matters
        assert not (measure.is_reached(first, last) and measure.is_worse_by_as_much(first, last))
        assert measure.is_reached(first, threshold.line)
        assert not measure.is_reached(first, threshold.line + (1 if measure.better == LOWER else -1))
    assert (tried > 0) is (measure.matters is not None and measure.better != UNKNOWN)


# ---- counting answers


def test_one_answer_stands_for_itself() -> None:
    for answer in range(11):
        assert score_of(one(PAIN), [answer]) == answer * 10
    assert score_of(one("gpe_pgic"), [-3]) == -30


@pytest.mark.parametrize(("answers", "tenths"), [([3, 4, 4], 37), ([3, 3, 4], 33), ([0, 0, 0], 0), ([10] * 5, 100), ([1, 2, 2, 2], 18), ([0, 0, 0, 1], 3)])
def test_several_answers_make_their_mean_to_one_decimal(answers: list[int], tenths: int) -> None:
    assert score_of(one("psfs"), answers) == tenths
    assert one("psfs").holds(tenths)


@pytest.mark.parametrize(
    ("key", "answers"),
    [(PAIN, []), (PAIN, [11]), (PAIN, [-1]), (PAIN, [1, 2]), ("psfs", [1, 2]), ("psfs", [1] * 6), ("psfs", [1, 2, 11]), ("ndi", [3])],
)
def test_answers_that_cannot_be_are_refused(key: str, answers: list[int]) -> None:
    with pytest.raises(ValueError, match=key):
        score_of(one(key), answers)


def test_scores_are_written_as_people_write_them() -> None:
    assert [written(tenths) for tenths in (70, 33, 0, -30, 1000)] == ["7", "3.3", "0", "-3", "100"]
