"""Names are found without accents, case or the right alphabet, and shortened without losing whom they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics import ids, names


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Núñez", "nunez"),
        ("Иванова", "иванова"),
        ("Иванова", "ivanova"),
        ("Ёлкин", "елкин"),
        ("Щукин", "shchukin"),
        ("王小明", "小明"),
        ("O’Neill", "neill"),
        ("Łukasz", "lukasz"),
    ],
)
def test_a_name_is_found_by_what_the_desk_types(name: str, typed: str) -> None:
    assert typed in names.name_keys([name])


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = names.fold(text)
    assert names.fold(once) == once


@given(st.lists(st.text(max_size=30), max_size=4))
def test_no_key_is_empty(parts: list[str]) -> None:
    assert all(names.name_keys(parts))


def test_initials_and_short_names() -> None:
    assert names.initials("María Alvarez") == "MA"
    assert names.initials("王小明") == "王"
    assert names.initials("") == ""
    assert names.short_name("María", "Alvarez") == "M. Alvarez"
    assert names.short_name("", "Cher") == "Cher"


def test_ids_made_later_sort_later() -> None:
    made = [str(ids.uuid7(at)) for at in (1, 2, 1_800_000_000_000)]
    assert made == sorted(made)
    assert ids.uuid7().version == 7
