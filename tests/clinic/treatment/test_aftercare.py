"""Which lines a sheet tells, how they merge, and until when: never too early, never too many, warnings always."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulse_desktop.clinic.atlas import all_aftercare_lines
from pulse_desktop.clinic.treatment.aftercare import (
    MOST_LINES,
    WARNINGS,
    ends_at,
    modalities_of,
    plan_sheet,
    sheet_wording,
)

NEW_YORK = ZoneInfo("America/New_York")
TECHNIQUES = ("dry_cupping", "fire_cupping", "wet_cupping", "acupuncture", "estim", "moxa", "tuina", "gua_sha")
OFF = datetime(2026, 11, 24, 10, 44, tzinfo=NEW_YORK)

some_techniques = st.lists(st.sampled_from(TECHNIQUES), max_size=8).map(tuple)
some_grades = st.lists(st.none() | st.integers(0, 5), max_size=12)
# Around both Sundays of 2026 on which the clocks change in New York, and any other time.
def between(first: str, last: str) -> st.SearchStrategy[int]:
    return st.integers(*(int(datetime.fromisoformat(f"{day}T00:00+00:00").timestamp()) for day in (first, last)))


moments = st.one_of(
    between("2026-03-07", "2026-03-09"), between("2026-10-31", "2026-11-02"), between("2024-01-01", "2031-01-01")
).map(lambda seconds: datetime.fromtimestamp(seconds, NEW_YORK))


def keys(techniques: tuple[str, ...], most: int = MOST_LINES) -> set[str]:
    plan = plan_sheet(techniques, OFF, most=most)
    return {line.key for line in (*plan.advice, *plan.warnings)}


def test_every_line_of_the_reference_data_has_its_words_on_the_sheet() -> None:
    assert {line.key for line in all_aftercare_lines()} == set(sheet_wording())
    for key, wording in sheet_wording().items():
        texts = [wording.words[language] for language in ("en", "es", "ru", "zh")]
        assert all(text.strip() for text in texts), key
        assert len({text.count("\n") for text in texts}) == 1, key


def test_warnings_stand_in_the_boxes_and_nothing_else_does() -> None:
    for line in all_aftercare_lines():
        assert (line.kind == "warn") == (sheet_wording()[line.key].place in WARNINGS), line.key
        assert (line.kind == "expect") == (sheet_wording()[line.key].place == "notice"), line.key


def test_lines_that_end_by_the_clock_have_hours() -> None:
    for line in all_aftercare_lines():
        if sheet_wording()[line.key].place == "until":
            assert line.hours, line.key
        if line.until:
            assert sheet_wording()[line.key].place == {"marks_fade": "marks", "course_ends": "herbs"}[line.until], line.key


def test_no_hours_stand_in_the_words_beside_a_clock_time() -> None:
    for key, wording in sheet_wording().items():
        if wording.place == "until":
            assert not any(character.isdigit() for character in wording.words.en), key


@given(some_techniques, moments, some_grades, st.integers(0, 20))
@example(TECHNIQUES, OFF, [], MOST_LINES)
def test_never_more_than_asked_for_and_priority_one_always(
    techniques: tuple[str, ...], moment: datetime, grades: list[int | None], most: int
) -> None:
    plan = plan_sheet(techniques, moment, grades, most)
    first = [line for line in plan.advice if line.priority == 1]
    assert len(plan.advice) <= max(most, len(first))
    assert all(line.priority == 1 for line in plan.warnings)
    said = {line.topic for line in (*plan.advice, *plan.warnings)}
    for line in all_aftercare_lines():
        if line.priority == 1 and line.modality in modalities_of(techniques):
            assert sheet_wording()[line.key].topic in said, line.key


@given(some_techniques, moments)
def test_fourteen_lines_of_advice_hold_even_with_every_technique(techniques: tuple[str, ...], moment: datetime) -> None:
    assert len(plan_sheet(techniques, moment).advice) <= MOST_LINES


@given(some_techniques, moments)
def test_each_topic_is_said_once_and_holds_as_long_as_its_longest_line(techniques: tuple[str, ...], moment: datetime) -> None:
    plan = plan_sheet(techniques, moment, most=99)
    topics = [line.topic for line in (*plan.advice, *plan.warnings)]
    assert len(topics) == len(set(topics))
    for said in plan.at("until"):
        longest = max(
            line.hours or 0
            for line in all_aftercare_lines()
            if line.modality in modalities_of(techniques) and sheet_wording()[line.key].topic == said.topic
        )
        assert said.until == ends_at(moment, longest)


@given(moments, st.floats(0.5, 72))
def test_a_time_is_never_before_the_real_end_and_on_the_half_hour(moment: datetime, hours: float) -> None:
    end = ends_at(moment, hours)
    real = moment.astimezone(UTC) + timedelta(hours=hours)
    assert end.astimezone(UTC) >= real
    assert end.minute in {0, 30}
    assert (end.second, end.microsecond) == (0, 0)
    assert end.astimezone(UTC) - real < timedelta(minutes=91), "an hour more at most, in the night that has two"
    # What the patient reads is the wall time; read as the first of two, it still lies after the real end.
    read = datetime(end.year, end.month, end.day, end.hour, end.minute, tzinfo=end.tzinfo)
    assert read.astimezone(UTC) >= real


@given(some_techniques, moments)
def test_rows_come_in_the_order_in_which_they_end(techniques: tuple[str, ...], moment: datetime) -> None:
    ends = [line.until for line in plan_sheet(techniques, moment).at("until")]
    assert all(end is not None for end in ends)
    assert ends == sorted(end for end in ends if end)


@pytest.mark.parametrize(
    ("start", "hours", "wall"),
    [
        (datetime(2026, 11, 24, 10, 44, tzinfo=NEW_YORK), 4, "2026-11-24 15:00"),
        (datetime(2026, 11, 24, 10, 30, tzinfo=NEW_YORK), 4, "2026-11-24 14:30"),
        (datetime(2026, 11, 24, 10, 30, 0, 1, tzinfo=NEW_YORK), 4, "2026-11-24 15:00"),
        (datetime(2026, 11, 24, 20, 5, tzinfo=NEW_YORK), 4, "2026-11-25 00:30"),
        (datetime(2026, 12, 31, 18, 0, tzinfo=NEW_YORK), 6, "2027-01-01 00:00"),
        # The night the clocks go forward: 24 hours later it is 25 hours on the wall.
        (datetime(2026, 3, 7, 12, 0, tzinfo=NEW_YORK), 24, "2026-03-08 13:00"),
        (datetime(2026, 3, 7, 22, 30, tzinfo=NEW_YORK), 4, "2026-03-08 03:30"),
        # The night they go back: 23 on the wall, and nothing ends in the second 1 o'clock.
        (datetime(2026, 10, 31, 12, 0, tzinfo=NEW_YORK), 24, "2026-11-01 11:00"),
        (datetime(2026, 10, 31, 21, 20, tzinfo=NEW_YORK), 4, "2026-11-01 01:30"),
        (datetime(2026, 10, 31, 22, 20, tzinfo=NEW_YORK), 4, "2026-11-01 02:00"),
    ],
)  # fmt: skip
def test_hours_are_hours_on_both_nights_of_the_year(start: datetime, hours: float, wall: str) -> None:
    assert ends_at(start, hours).strftime("%Y-%m-%d %H:%M") == wall


def test_one_combined_sheet_for_cupping_and_acupuncture() -> None:
    assert keys(("dry_cupping", "acupuncture"), most=10) == {
        "cupping.marks_fade", "cupping.sore", "acupuncture.bruise", "cupping.wait_shower", "cupping.no_heat",
        "cupping.no_hard_exercise", "cupping.no_alcohol", "cupping.no_rubbing", "acupuncture.drive", "all.keep_medicine",
        "all.emergency", "acupuncture.bleeding", "acupuncture.lung", "cupping.dizzy", "cupping.blister",
        "acupuncture.needle_left", "cupping.marks_long", "cupping.infection",
    }  # fmt: skip


def test_the_shower_waits_for_the_longest_of_cupping_gua_sha_and_moxa() -> None:
    def shower(*techniques: str) -> datetime | None:
        return next(line.until for line in plan_sheet(techniques, OFF).advice if line.topic == "shower")

    assert shower("moxa") == datetime(2026, 11, 24, 13, 0, tzinfo=NEW_YORK)
    assert shower("moxa", "gua_sha") == datetime(2026, 11, 24, 14, 0, tzinfo=NEW_YORK)
    assert shower("gua_sha", "fire_cupping", "moxa") == datetime(2026, 11, 24, 15, 0, tzinfo=NEW_YORK)


def test_fire_and_wet_cupping_bring_the_lines_of_cupping_and_their_own() -> None:
    assert {"cupping.dizzy", "fire_cupping.burn"} <= keys(("fire_cupping",))
    assert {"cupping.dizzy", "wet_cupping.bandage", "wet_cupping.bleeding"} <= keys(("wet_cupping",))
    assert {"acupuncture.drive", "estim.heart"} <= keys(("estim",))


def test_a_visit_without_a_known_technique_still_gets_what_everybody_is_told() -> None:
    assert keys(()) == {"all.emergency", "all.keep_medicine", "all.tell_us"}


def test_a_technique_without_lines_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        plan_sheet(("leeches",), OFF)


@pytest.mark.parametrize(
    ("grades", "days"),
    [
        ([4, 4], (5, 10)),
        ([2, 5], (7, 14)),
        ([1], (0, 1)),
        ([], (3, 10)),
        ([None], (3, 10)),
        ([None, 2], (3, 10)),
        ([None, 5], (7, 14)),
        ([0, 0], None),
        ([0, None], (3, 10)),
    ],
)
def test_marks_fade_by_the_strongest_and_a_blank_grade_counts_as_usual(
    grades: list[int | None], days: tuple[int, int] | None
) -> None:
    expected = days and (date(2026, 11, 24) + timedelta(days=days[0]), date(2026, 11, 24) + timedelta(days=days[1]))
    assert plan_sheet(("dry_cupping",), OFF, grades).marks_fade == expected


def test_only_what_marks_the_skin_speaks_of_marks() -> None:
    plan = plan_sheet(("acupuncture", "tuina"), OFF)
    assert (plan.marks_fade, plan.streaks_fade) == (None, None)
    assert plan_sheet(("gua_sha",), OFF).streaks_fade == (date(2026, 11, 27), date(2026, 12, 1))
