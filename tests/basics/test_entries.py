"""What people typed is kept as they wrote it, without what cannot be seen and can do harm."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.entries import LONGEST_TEXT, clean_line, clean_text, needed_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import sentence


@pytest.mark.parametrize("kept", ["😀👩🏽‍⚕️ 🫨", "שלום עולם", "مرحبا", "Nguyễn Thị Ánh", "陈琳", "Ёлкина", "a\u0323\u0301", "<b>x</b>", "'; DROP TABLE patient; --"])
def test_text_of_every_kind_is_kept(kept: str) -> None:
    assert clean_line(kept, "name") == unicodedata.normalize("NFC", kept)


def test_control_characters_and_direction_overrides_fall_away() -> None:
    assert clean_line(" a\x00b\x1b[31m\u202ec\ud800 ", "name") == "ab[31mc"


def test_letters_and_their_accents_become_one_form() -> None:
    assert clean_line("Nu\u0301n\u0303ez", "name") == "Núñez"


def test_a_line_has_no_breaks_and_a_text_keeps_them() -> None:
    assert clean_line("one\r\n two\tthree", "name") == "one two three"
    assert clean_text("one\r\ntwo\n\n\n\n\n\nthree  ", "note") == "one\ntwo\n\n\nthree"


def test_ten_thousand_characters_fit_and_one_more_is_refused_in_words() -> None:
    assert len(clean_text("x" * LONGEST_TEXT, "note")) == LONGEST_TEXT
    with pytest.raises(Refusal) as told:
        clean_text("x" * (LONGEST_TEXT + 7), "note")
    assert told.value.field == "note"
    assert sentence(told.value).startswith("This is 10,007 characters long and 10,000 fit here. Nothing was saved or cut")


def test_what_cannot_be_seen_is_nothing() -> None:
    with pytest.raises(Refusal) as told:
        needed_line(" \u00a0\u200b\u200f\t", "name", "office_unnamed")
    assert told.value.key == "office_unnamed"


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text, "note")
    assert clean_text(once, "note") == once
    line = clean_line(text, "name", 300) if len(unicodedata.normalize("NFC", text)) <= 300 else ""
    assert clean_line(line, "name", 300) == line
    once.encode("utf-8")
