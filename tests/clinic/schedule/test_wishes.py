"""What callers say is understood, or nothing is claimed to be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Wish
from pulse_desktop.clinic.schedule.wishes import LOOKED_AHEAD, read_wish
from tests.builders import TODAY, TestClinic, a_clinic


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeData]:
    clinic: TestClinic = a_clinic(tmp_path_factory.mktemp("wishes"))
    yield clinic.practice
    clinic.close()


def wish(**more: Any) -> Wish:
    day = more.pop("day", None)
    first, last = (day, day) if day else (TODAY, TODAY + LOOKED_AHEAD)
    return replace(Wish((), first, last), **more)


LIN, OKAFOR = 1, 2
CLIFTON, BROOKLYN = 1, 2
TOMORROW, DEC3 = TODAY + timedelta(days=1), date(2026, 12, 3)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", wish(day=TODAY)),
        ("tomorrow 9, okafor, room 2", wish(day=TOMORROW, at=540, staff_id=OKAFOR, room_id=2, office_id=CLIFTON)),
        ("today 2:30, okafor, room 2", wish(day=TODAY, at=870, staff_id=OKAFOR, room_id=2, office_id=CLIFTON)),
        ("Thursday after 5, Brooklyn", wish(weekdays=frozenset({3}), after=1020, office_id=BROOKLYN)),
        ("thu after 5", wish(weekdays=frozenset({3}), after=1020)),
        ("next thursday morning", wish(day=DEC3, before=720)),
        ("day after tomorrow at 11", wish(day=TODAY + timedelta(days=2), at=660)),
        ("dec 3 at 10", wish(day=DEC3, at=600)),
        ("Dec. 3rd, 2026", wish(day=DEC3)),
        ("3 december 10:15", wish(day=DEC3, at=615)),
        ("12/3 230p", wish(day=DEC3, at=870)),
        ("2026-12-03 before noon", wish(day=DEC3, before=720)),
        ("1/4", wish(day=date(2027, 1, 4))),
        ("between 2 and 4 tomorrow, lin hua", wish(day=TOMORROW, after=840, before=960, staff_id=LIN)),
        ("brook after 5 or later", wish(after=1020, office_id=BROOKLYN)),
        ("5 or later, friday", wish(after=1020, weekdays=frozenset({4}))),
        ("sat morning or afternoon", None),
        ("weekends", wish(weekdays=frozenset({5, 6}))),
        ("mon wed afternoon", wish(weekdays=frozenset({0, 2}), after=720, before=1020)),
        ("in 2 weeks", replace(wish(), from_day=TODAY + timedelta(days=14), to_day=TODAY + timedelta(days=20))),
        ("in 3 days", wish(day=TODAY + timedelta(days=3))),
        ("next week, ruth", replace(wish(staff_id=OKAFOR), from_day=date(2026, 11, 30), to_day=date(2026, 12, 6))),
        ("b1 sat", wish(weekdays=frozenset({5}), room_id=4, office_id=BROOKLYN)),
        ("acupuncture 60 tomorrow", wish(day=TOMORROW, service_ids=(1,))),
        ("acupuncture with cupping friday", wish(weekdays=frozenset({4}), service_ids=(1, 4))),
        ("cupping 30 + cupping 15", wish(service_ids=(2, 4))),
        ("tuina 30 mon", wish(weekdays=frozenset({0}), service_ids=(3,))),
        ("9 am", wish(at=540)),
        ("5pm", wish(at=1020)),
        ("noon", wish(at=720)),
    ],
)
def test_what_is_said_is_meant(data: PracticeData, said: str, meant: Wish | None) -> None:
    heard = read_wish(said, data, TODAY)
    assert heard is not None
    if meant is not None:
        assert heard == meant


def test_an_or_makes_two_wishes(data: PracticeData) -> None:
    heard = read_wish("today after 2, or thursday after 5 brooklyn", data, TODAY)
    assert heard == wish(
        day=TODAY, after=840, alternatives=(wish(weekdays=frozenset({3}), after=1020, office_id=BROOKLYN),)
    )


def test_what_one_part_leaves_open_the_other_says(data: PracticeData) -> None:
    heard = read_wish("okafor, tue or thu after 4", data, TODAY)
    assert heard is not None
    assert (heard.after, heard.staff_id, heard.weekdays) == (960, OKAFOR, frozenset({1}))
    (later,) = heard.alternatives
    assert (later.after, later.staff_id, later.weekdays) == (960, OKAFOR, frozenset({3}))


@pytest.mark.parametrize("said", ["", "   ", "hello there", "13/45", "!!!", "or or or", "<b>", "'; --"])
def test_what_is_not_understood_is_not_claimed_to_be(data: PracticeData, said: str) -> None:
    assert read_wish(said, data, TODAY) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(data: PracticeData, said: str) -> None:
    heard = read_wish(said, data, TODAY)
    if heard is not None:
        assert heard.from_day <= heard.to_day
        assert heard.from_day >= TODAY


_WORDS = ["today", "or", "thu", "after", "5", "2:30", "before", "noon", "okafor", "brooklyn", "room", "2", "cupping", "+", "dec", "3", "next", "week", ",", "pm"]


@given(st.lists(st.sampled_from(_WORDS), max_size=12))
def test_no_order_of_its_own_words_breaks_the_reading(data: PracticeData, said: list[str]) -> None:
    heard = read_wish(" ".join(said), data, TODAY)
    for one in (heard, *heard.alternatives) if heard is not None else ():
        assert one.from_day <= one.to_day
        assert all(minute is None or 0 <= minute <= 24 * 60 for minute in (one.after, one.before, one.at))
