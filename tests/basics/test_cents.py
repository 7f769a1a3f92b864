"""Whole cents: written, read, divided and taxed without losing one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics import cents


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_is_read_back(amount: int) -> None:
    assert cents.read_dollars(cents.dollars(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "amount"), [("47.80", 4780), ("$1,200", 120000), (".5", 50), ("0", 0), ("-3.05", -305), (" 12 ", 1200)]
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: int) -> None:
    assert cents.read_dollars(typed) == amount


@pytest.mark.parametrize("typed", ["", "$", "1.234", "12,34", "ten", "1e3", "1.2.3", "."])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        cents.read_dollars(typed)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_shares_add_up_exactly_and_none_is_off_by_a_cent(amount: int, weights: list[int]) -> None:
    parts = cents.share_out(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    assert all(abs(part * total - amount * weight) < total for part, weight in zip(parts, weights, strict=True))


def test_tax_is_rounded_half_up() -> None:
    assert cents.tax_on(1200, 66_250) == 80  # 79.5 cents: New Jersey's 6.625 % on two heat patches
    assert cents.tax_on(0, 66_250) == 0
