"""RFC 8785: its own examples, and that nothing is written in two ways."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.storage.canonical import canonical

EXACT = st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not 2**53 <= abs(number) < 1e21)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | EXACT
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=12,
)  # fmt: skip


def test_numbers_are_written_as_ecmascript_does() -> None:
    numbers = [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27, 1e21, 1e20, 1e-6, 1e-7, 0.0, -0.0, 5e-324, 1.7976931348623157e308, 100.0]
    assert canonical(numbers) == (
        b"[333333333.3333333,1e+30,4.5,0.002,1e-27,1e+21,100000000000000000000,0.000001,1e-7,0,0,5e-324,1.7976931348623157e+308,100]"
    )


def test_keys_are_sorted_by_utf16_as_the_rfc_shows() -> None:
    keys = ["€", "\r", "\ufb33", "1", "😀", "\x80", "ö"]
    assert list(json.loads(canonical(dict.fromkeys(keys, 0)))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


def test_strings_are_escaped_no_more_than_needed() -> None:
    assert canonical('€$\x0f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@given(PLAIN)
def test_it_reads_back_and_is_stable(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.booleans() | st.integers(-99, 99) | st.text('ab\n"é'), max_size=6))
def test_the_quick_way_writes_what_the_slow_way_writes(row: dict[str, object]) -> None:
    assert canonical(row) == canonical(dict(row) | {"nested": []}).replace(b',"nested":[]', b"").replace(b'"nested":[],', b"").replace(b'"nested":[]', b"")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {"a": {2}}, b"x"])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)
