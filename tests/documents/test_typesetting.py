"""Text on paper: nothing is lost, nothing is wider than its column, nothing unseen."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.resources import resource_path
from pulse_desktop.clinic.treatment.aftercare import sheet_wording
from pulse_desktop.documents.fonts import drawable_codes
from pulse_desktop.documents.icons import icon
from pulse_desktop.documents.lettering import SQUARE, Run, Span, letters, runs
from pulse_desktop.documents.typesetting import NO_END, NO_START, break_lines, shortened, text_width

anything = st.text(max_size=200)


def drawn(text: str) -> list[Run]:
    return runs(letters([Span(text)]))


def test_an_emoji_becomes_one_square_that_stands_for_it() -> None:
    assert drawn("Hi 👩‍👩‍👧!") == [Run("Hi ", False), Run(SQUARE, False, "👩👩👧"), Run("!", False)]


def test_letters_the_font_lacks_are_seen_and_kept() -> None:
    assert drawn("ابن") == [Run(SQUARE, False, "ابن")]


def test_control_characters_and_direction_tricks_leave_no_trace() -> None:
    assert "".join(run.text for run in drawn("a\x00b\x1b\u202ec\u200bd")) == "abcd"


def test_line_breaks_in_a_name_are_blanks() -> None:
    assert drawn("Ana\r\nMaría\tLópez") == [Run("Ana  María López", False)]


def test_marks_are_composed_where_the_font_has_the_letter() -> None:
    assert drawn("e\u0301") == [Run("é", False)]


def test_a_lone_surrogate_is_a_replacement_character() -> None:
    assert drawn("a\ud800b")[1].actual == "\ufffd"


def test_names_of_many_peoples_are_drawn_as_they_are_written() -> None:
    for name in ("Wałęsa", "Işıl Yücel", "Київ Їжак", "Đặng Thị Ngọc", "Ștefan", "Jiří Dvořák", "陳劉黃趙", "Ťažký", "Σωκράτης"):
        assert "".join(run.text for run in drawn(name)) == name


@given(anything)
def test_everything_visible_has_a_glyph(text: str) -> None:
    codes = drawable_codes()
    assert all(ord(character) in codes for run in drawn(text) for character in run.text)


@given(anything, st.floats(30, 400))
def test_lines_keep_to_their_width_and_lose_no_letter(text: str, width: float) -> None:
    spans = (Span(text),)
    lines = break_lines(spans, 11.5, width)
    assert all(line.width <= width + 0.1 for line in lines)
    whole = "".join(run.text for run in drawn(text)).replace(" ", "")
    assert "".join(run.text for line in lines for run in line.runs).replace(" ", "") == whole


@given(st.sampled_from(sorted({wording.words.zh for wording in sheet_wording().values()})), st.floats(48, 300))
def test_chinese_lines_neither_begin_with_a_closing_mark_nor_end_with_an_opening_one(text: str, width: float) -> None:
    lines = ["".join(run.text for run in line.runs) for line in break_lines((Span(text),), 11.5, width)]
    for before, after in pairwise(lines):
        assert before[-1] not in NO_END
        assert after[0] not in NO_START


def test_words_break_between_words_and_chinese_between_characters() -> None:
    latin = break_lines((Span("Keep taking your medicine"),), 12, 80)
    assert ["".join(run.text for run in line.runs) for line in latin] == ["Keep taking", "your", "medicine"]
    chinese = break_lines((Span("请照常用药。要调整用药，请先问您的医生。"),), 12, 72)
    assert all(4 <= sum(len(run.text) for run in line.runs) <= 6 for line in chinese[:-1])


def test_what_does_not_fit_ends_in_dots_and_stays_whole_for_readers() -> None:
    spans = (Span("one two three four five six", bold=True),)
    lines = shortened(break_lines(spans, 12, 60), 2, 12, 60)
    assert len(lines) == 2
    assert lines[1].runs[0].text.endswith("...")
    assert lines[1].runs[0].actual is not None
    assert lines[1].runs[0].actual.endswith("five six")
    assert lines[1].width <= 60


def test_widths_add_up() -> None:
    assert text_width((Span("00"),), 10) == 2 * text_width((Span("0"),), 10)


def test_every_character_of_the_shipped_texts_can_be_drawn() -> None:
    codes = drawable_codes()
    for file in sorted(resource_path("reference").glob("*.json")):
        text = json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False)
        assert {character for character in text if ord(character) not in codes} == set(), file.name


def test_every_icon_can_be_drawn_on_paper() -> None:
    for file in sorted(resource_path("icons").glob("*.svg")):
        drawn_icon = icon(file.stem)
        assert drawn_icon.strokes, file.name
        for stroke in drawn_icon.strokes:
            points = [number for _letter, numbers in stroke.commands for number in numbers]
            assert all(-0.5 <= number <= drawn_icon.side + 0.5 for number in points), file.name
