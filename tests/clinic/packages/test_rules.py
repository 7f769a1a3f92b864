"""Savings, last days, shares paid and sentences of packages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic import packages
from pulse_desktop.clinic.packages.rules import (
    check_offer,
    last_day,
    session_worth,
    sessions_paid_for,
    single_price,
    soonest_first,
)
from pulse_desktop.clinic.packages.values import Cover, OfferDraft, PackageLine

ACUPUNCTURE, CUPPING, TUINA = 1, 2, 3
PRICES = {ACUPUNCTURE: 110_00, CUPPING: 35_00, TUINA: 65_00}
TEN = PackageLine(
    1, 7, 1, "Ten visits", 900_00, 900_00, 10, 2, 1, 0, date(2026, 10, 1), date(2027, 3, 31), 1,
    (Cover(ACUPUNCTURE), Cover(CUPPING, 25_00, uses_session=False)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sessions", "covers", "single"),
    [
        (5, (Cover(ACUPUNCTURE),), 550_00),
        (10, TEN.covers, 1_100_00),
        (20, TEN.covers, 2_200_00),
        (8, (Cover(ACUPUNCTURE), Cover(CUPPING, uses_session=False)), 1_160_00),
        (4, (Cover(ACUPUNCTURE), Cover(TUINA)), 260_00),
    ],
)
def test_what_the_sessions_cost_one_by_one(sessions: int, covers: tuple[Cover, ...], single: int) -> None:
    """The price list of the mock-up: five, ten and twenty visits, and cupping and needles."""
    assert single_price(sessions, covers, PRICES) == single


@pytest.mark.parametrize(
    ("sold", "months", "last"),
    [
        (date(2026, 9, 30), 6, date(2027, 3, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 15), None, None),
    ],
)
def test_the_last_day(sold: date, months: int | None, last: date | None) -> None:
    assert last_day(sold, months) == last


def test_the_last_day_counts() -> None:
    assert TEN.is_open(date(2027, 3, 31))
    assert not TEN.is_open(date(2027, 4, 1))
    assert packages.fitting([TEN], [ACUPUNCTURE], date(2027, 3, 31)) == (TEN,)
    assert packages.fitting([TEN], [ACUPUNCTURE], date(2027, 4, 1)) == ()


def test_the_sentence() -> None:
    assert packages.sessions_sentence(TEN) == "Session 2 used, 1 booked, 7 left, good through Mar 31 (that day counts)."
    assert packages.sessions_sentence(TEN, date(2026, 11, 24)).endswith("good through Mar 31, 2027 (that day counts).")
    assert packages.sessions_sentence(replace(TEN, used=0, held=0, good_through=None)) == "10 left."
    assert packages.counts_words(replace(TEN, forfeited=1)) == "2 used, 1 booked, 1 forfeited, 6 left"


@given(st.integers(1, 60), st.integers(0, 5_000_00))
def test_session_values_add_up_exactly(sessions: int, price: int) -> None:
    values = packages.session_values(price, sessions)
    assert sum(values) == price
    assert max(values) - min(values) <= 1
    whole = replace(TEN, sessions=sessions, price_cents=price)
    assert sum(session_worth(whole, at, 1) for at in range(sessions)) == price


@given(st.integers(1, 60), st.integers(1, 5_000_00), st.integers(0, 6_000_00))
def test_no_session_is_usable_beyond_the_share_paid(sessions: int, price: int, paid: int) -> None:
    usable = sessions_paid_for(sessions, price, paid)
    assert 0 <= usable <= sessions
    assert usable * price <= sessions * max(paid, 0) or usable == 0
    assert (usable == sessions) == (paid >= price or sessions * paid // price == sessions)


@given(st.lists(st.tuples(st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 9)), max_size=6))
def test_what_ends_first_goes_first(rows: list[tuple[date | None, int]]) -> None:
    lines = [replace(TEN, id=number, good_through=ends) for number, (ends, _) in enumerate(rows)]
    order = soonest_first(lines)
    ends = [line.good_through or date.max for line in order]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"name": " "}, "package_unnamed", "name"),
        ({"sessions": 0}, "package_sessions", "sessions"),
        ({"sessions": 201}, "package_sessions", "sessions"),
        ({"price_cents": -1}, "package_price", "price_cents"),
        ({"covers": ()}, "package_covers", "covers"),
        ({"covers": (Cover(2, 25_00, uses_session=False),)}, "package_covers", "covers"),
        ({"good_months": 0}, "package_months", "good_months"),
    ],
)
def test_an_offer_that_cannot_stand(change: dict[str, object], key: str, field: str) -> None:
    draft = replace(OfferDraft("Ten visits", 10, 900_00, TEN.covers), **change)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        check_offer(draft)
    assert (refused.value.key, refused.value.field) == (key, field)
