"""Wall time and instants, above all on the two Sundays when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import NeedsConsent, Refusal

NEW_YORK = "America/New_York"


def test_t1_the_hour_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        times.instant_at(date(2027, 3, 14), 150, NEW_YORK)
    assert (refused.value.key, refused.value.field) == ("time_skipped", "starts")


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 11, 7)])
def test_t1_the_hour_that_comes_twice_is_asked_about_and_both_can_be_meant(day: date) -> None:
    with pytest.raises(NeedsConsent, match="time_repeated"):
        times.instant_at(day, 90, NEW_YORK)
    first = times.instant_at(day, 90, NEW_YORK, second_time=False)
    second = times.instant_at(day, 90, NEW_YORK, second_time=True)
    assert second - first == timedelta(hours=1)
    assert times.minute_of(first, NEW_YORK) == times.minute_of(second, NEW_YORK) == 90


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 24 * 60 - 1))
def test_an_instant_shows_the_wall_time_it_was_made_of(day: date, minute: int) -> None:
    try:
        moment = times.instant_at(day, minute, NEW_YORK, second_time=False)
    except Refusal:
        return
    assert times.wall(moment, NEW_YORK).date() == day
    assert times.minute_of(moment, NEW_YORK) == minute
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540),
        ("9:30", 570),
        ("230", 870),
        ("2:15 pm", 855),
        ("14:00", 840),
        ("12", 720),
        ("12 am", 0),
        ("1", 780),
        ("11p", 1380),
    ],
)
def test_times_are_read_as_a_desk_types_them(typed: str, minute: int) -> None:
    assert times.read_time(typed) == minute


@pytest.mark.parametrize("typed", ["", "25", "9:75", "noon-ish", "13 pm", "-3"])
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="time like"):
        times.read_time(typed)


@pytest.mark.parametrize(
    "typed", ["3/12/1984", "03-12-1984", "1984-03-12", "Mar 12, 1984", "march 12 1984", "3/12/84", "12 Mar 1984"]
)
def test_dates_are_read_as_people_write_them(typed: str) -> None:
    assert times.read_day(typed) == date(1984, 3, 12)


def test_a_birth_date_in_the_future_or_before_1890_is_refused() -> None:
    today = date(2026, 11, 24)
    assert times.read_birth_date("11/24/2026", today) == today
    for typed in ("11/25/2026", "1/1/1889"):
        with pytest.raises(ValueError, match=r"future|130 years"):
            times.read_birth_date(typed, today)


def test_times_and_days_are_written_as_the_screens_show_them() -> None:
    moment = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
    assert times.clock_time(moment) == "3:05"
    assert times.clock_time_full(0) == "12:00 AM"
    assert times.clock_time_full(12 * 60) == "12:00 PM"
    assert times.short_day(moment.date()) == "Tue Nov 24"
    assert times.long_day(moment.date()) == "Tuesday, November 24"
    assert times.relative_day(date(2027, 1, 2), moment.date()) == "Sat Jan 2, 2027"
    assert [times.stopwatch(s) for s in (-3, 372, 3972)] == ["00:00", "06:12", "1:06:12"]


def test_age_counts_full_years() -> None:
    assert times.age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert times.age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
