"""The bill of the mock-up, to the cent; and what cannot stand on one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.money.bill import Covering, Extra, extra_lines, to_pay, visit_lines
from pulse_desktop.clinic.packages.values import Cover
from pulse_desktop.clinic.schedule.values import VisitServiceLine

ACUPUNCTURE = VisitServiceLine(1, "Acupuncture 60", ("acupuncture",), 55, 110_00, is_addon=False)
ADD_CUPPING = VisitServiceLine(2, "+ cupping 15", ("dry_cupping",), 15, 35_00, is_addon=True)
TUINA = VisitServiceLine(3, "Tuina 30", ("tuina",), 30, 65_00, is_addon=False)
TEN = Covering(9, "Ten visits", (Cover(1),), 10, 10)


def test_the_mock_ups_bill() -> None:
    lines = (*visit_lines((ACUPUNCTURE, ADD_CUPPING), TEN), *extra_lines((Extra("Heat patch", 6_00, 2, 66_250),), "NJ"))
    assert [(line.name, line.words, line.cents, line.is_covered) for line in lines] == [
        ("Acupuncture 60", "Ten visits: session 10 of 10, the last one", 0, True),
        ("Cupping 15", "Not covered by Ten visits", 35_00, False),
        ("Heat patch", "2 at $6.00", 12_00, False),
        ("NJ sales tax, 6.625 % on $12.00", "", 80, False),
    ]
    assert to_pay(lines, 0) == 47_80


def test_a_package_makes_an_add_on_cheaper() -> None:
    ten = Covering(9, "Ten visits", (Cover(1), Cover(2, 25_00, uses_session=False)), 3, 10)
    lines = visit_lines((ACUPUNCTURE, ADD_CUPPING), ten)
    assert [(line.cents, line.unit_cents) for line in lines] == [(0, 110_00), (25_00, 35_00)]
    assert lines[1].words == "$25.00 instead of $35.00 with Ten visits"


def test_one_session_pays_for_one_service() -> None:
    both = Covering(9, "Either", (Cover(1), Cover(3)), 1, 5)
    assert [line.cents for line in visit_lines((ACUPUNCTURE, TUINA), both)] == [0, 65_00]


def test_a_free_add_on_rides_along() -> None:
    eight = Covering(9, "Cupping and needles", (Cover(1), Cover(2, uses_session=False)), 1, 8)
    lines = visit_lines((ACUPUNCTURE, ADD_CUPPING), eight)
    assert [(line.cents, line.is_covered) for line in lines] == [(0, True), (0, True)]
    assert lines[1].words == "Included in Cupping and needles"


def test_without_a_package_all_is_charged() -> None:
    assert [line.cents for line in visit_lines((ACUPUNCTURE, ADD_CUPPING), None)] == [110_00, 35_00]


@given(st.lists(st.builds(Extra, st.just("x"), st.integers(0, 9_999), st.integers(1, 9), st.sampled_from((0, 66_250, 88_750))), max_size=5))
def test_tax_is_rounded_once_a_rate(extras: list[Extra]) -> None:
    lines = extra_lines(extras, "NJ")
    for rate in (66_250, 88_750):
        taxed = sum(extra.cents * extra.quantity for extra in extras if extra.tax_millionths == rate)
        tax = sum(line.cents for line in lines if line.kind == "tax" and f"{rate / 10_000:g} %" in line.name)
        assert abs(tax * 1_000_000 - taxed * rate) <= 500_000


def test_credit_is_taken_off_and_never_paid_out() -> None:
    lines = visit_lines((TUINA,), None)
    assert to_pay(lines, -20_00) == 45_00
    assert to_pay(lines, -100_00) == 0
    assert to_pay(lines, 10_00) == 75_00


@pytest.mark.parametrize(
    ("extra", "key"),
    [
        (Extra(" ", 1), "extra_unnamed"),
        (Extra("x", -1), "extra_price"),
        (Extra("x", 1, 0), "extra_quantity"),
        (Extra("x", 1, 1, -1), "extra_tax"),
    ],
)
def test_an_extra_that_cannot_stand(extra: Extra, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        extra_lines((extra,), "NJ")
