"""Diagnosis codes are found by code and by words."""

from __future__ import annotations

import re

import pytest

from pulse_desktop.clinic import atlas


def test_codes_look_like_codes_and_parents_are_left_out() -> None:
    assert len(atlas.diagnoses()) == 100
    assert all(re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code) for code in atlas.diagnoses())
    assert not {"M54.5", "M51.36", "M51.37"} & set(atlas.diagnoses())


@pytest.mark.parametrize(("typed", "code"), [("M54.50", "M54.50"), ("m5450", "M54.50"), ("back low", "M54.50"), ("i10", "I10")])
def test_found_as_typed(typed: str, code: str) -> None:
    assert code in [found.code for found in atlas.find_diagnoses(typed)]


def test_nothing_typed_finds_nothing_and_lists_are_short() -> None:
    assert atlas.find_diagnoses("  ") == ()
    assert atlas.find_diagnoses("zzzz") == ()
    assert len(atlas.find_diagnoses("m", limit=5)) == 5
