"""The print of the chart: whose it is and which page on every page, who signed and when, what was added, what is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.documents.chart import chart_print
from pulse_desktop.documents.chart_note import MEASURES, note_pieces
from pulse_desktop.documents.chart_values import ChartFacts
from pulse_desktop.documents.flow import flowed
from pulse_desktop.documents.page import RED, WIDTH
from pulse_desktop.documents.values import Document
from tests.documents.chart_examples import (
    ALTERED,
    AMENDED,
    DRAFT,
    EVERYTHING,
    NOTE,
    chart,
    course_chart,
    full_chart,
    usual_chart,
)
from tests.documents.reading import elements, pictures, reader, squeezed, text_of


def pages_of(drawn: Document) -> list[str]:
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("facts", [usual_chart(), course_chart(), full_chart()], ids=["usual", "course", "full"])
def test_n3_every_page_says_whose_it_is_and_which_of_how_many(facts: ChartFacts) -> None:
    drawn = chart_print(facts)
    pages = pages_of(drawn)
    assert len(pages) == drawn.pages
    born = {date(1984, 3, 4): "born March 4, 1984", date(1950, 1, 31): "born January 31, 1950"}[facts.patient.born or date.min]
    for number, said in enumerate(pages, start=1):
        assert squeezed(facts.patient.name) in squeezed(said)
        assert squeezed(born) in squeezed(said)
        assert facts.patient.number in said
        assert f"page {number} of {drawn.pages}" in said
        assert "by Lin Hua" in said


def test_n3_the_signature_says_who_with_what_licence_when_and_as_what() -> None:
    said = text_of(chart_print(usual_chart()).pdf)
    for words in (
        "Signed by Lin Hua, L.Ac.", "New Jersey license 25MZ00041200", "November 24, 2026, 11:26:03 AM, UTC-05:00",
        "I treated the patient and wrote this note", "3f9c2ab1d07e",
    ):  # fmt: skip
        assert squeezed(words) in squeezed(said)


def test_amendments_stand_under_the_original_each_with_its_own_signature() -> None:
    said = text_of(chart_print(chart("note", AMENDED)).pdf)
    places = [said.index(words) for words in ("3f9c2ab1d07e", "Addendum", "tender for a day", "88aa01bb42cd", "Correction", "not right", "17b0c2d3e4f5")]
    assert places == sorted(places)
    assert said.count("November 25, 2026, 9:02:09 AM, UTC-05:00") == 2
    assert said.count("I add this to the note above") == 2


def test_a_draft_says_so_on_each_of_its_pages_and_on_no_other() -> None:
    pages = pages_of(chart_print(chart("whole", NOTE, DRAFT)))
    of_draft = [said for said in pages if "Note of November 30, 2026" in said]
    of_signed = [said for said in pages if "Note of November 24, 2026" in said]
    assert of_draft
    assert of_signed
    assert all("DRAFT, not signed" in said for said in of_draft)
    assert not any("DRAFT, not signed" in said for said in of_signed)


def test_an_altered_note_is_said_in_words_on_each_of_its_pages_and_in_a_heavy_box() -> None:
    drawn = chart_print(chart("whole", NOTE, ALTERED))
    pages = pages_of(drawn)
    for said, image in zip(pages, pictures(drawn.pdf), strict=True):
        is_altered = "Note of November 10, 2026" in said
        assert ("This note is not what was signed" in said) == is_altered
        edge = sum(image.getpixel((46, y)) < 150 for y in range(70, 130))  # type: ignore[operator]
        assert (edge >= 20) == is_altered, "black and white: the box is seen without its colour"
    assert "ALTERED" in pages[0]
    code = b"".join(one.get_contents().get_data() for one in reader(drawn.pdf).pages)  # type: ignore[union-attr]
    assert f"{RED[0]:.6f}"[:6].lstrip("0").encode() in code


def test_what_was_left_out_is_counted_and_why() -> None:
    assert "1 note is left out: it was entered in error" in pages_of(chart_print(course_chart()))[0]
    assert "left out" not in text_of(chart_print(replace(course_chart(), left_out=0)).pdf)


def test_every_cup_needle_and_other_mark_stands_in_words() -> None:
    said = squeezed(text_of(chart_print(chart("note", AMENDED)).pdf))
    for words in (
        "7 cups", "Low back beside the spine (L1-L2)leftorright"[:34], "45 mm", "stationary", "medium", "10:36 AM", "10:44 AM", "3, red-purple",
        "8 needles, counted out", "GB30 Huantiao", "1.2 cun", "10:06 AM", "Gua sha 1", "Tuina 1", "rolling", "Moxa 1", "ST36 Zusanli",
        "E-stim 1", "BL25 Dachangshu left to GB30 Huantiao left", "2 Hz, continuous", "Cleared by her physician on Nov 20", "24 face to face",
    ):  # fmt: skip
        assert squeezed(words) in said, words


def test_the_maps_say_what_they_show() -> None:
    alternatives = [str(element["/Alt"]) for role, element in elements(chart_print(usual_chart()).pdf) if role == "Figure"]
    assert alternatives[0] == "Back, whole figure: 6 cups, 8 needles"
    assert len(alternatives) == 4


def test_the_progress_picture_stands_in_front_with_its_words() -> None:
    drawn = chart_print(course_chart())
    figures = [str(element["/Alt"]) for role, element in elements(drawn.pdf) if role == "Figure"]
    assert figures[0] == "Pain before each visit fell from 6 to 3 over three visits."
    assert "Progress" in pages_of(drawn)[0]


def test_everything_that_was_written_is_printed_whole() -> None:
    long = " ".join(f"word{number}" for number in range(6000))
    said = text_of(chart_print(chart("note", replace(NOTE, draft=replace(EVERYTHING, findings=long)))).pdf)
    assert all(re.search(rf"word{number}\b", said) for number in range(0, 6000, 7))


@pytest.mark.parametrize("room", range(400, 700, 11))
@pytest.mark.parametrize("lines", [0, 7, 30])
def test_a_signature_never_stands_without_the_last_lines_of_its_note(lines: int, room: float) -> None:
    note = replace(AMENDED, draft=replace(EVERYTHING, history="Slept badly.\n" * lines), amendments=(
        replace(AMENDED.amendments[0], text="One line.\n" * lines), AMENDED.amendments[1],
    ))  # fmt: skip
    for sheet in flowed(note_pieces(note), room):
        kinds = [type(piece).__name__ + type(getattr(piece, "block", None)).__name__ for _top, piece in sheet.placed]
        assert kinds[0] != "WholeSignatureBox"
        assert not kinds[-1].startswith("WholeHeading"), "a heading alone at the foot"
        bottom = max(top + piece.height(WIDTH) for top, piece in sheet.placed)
        assert bottom <= room + 0.01


def test_the_control_finds_a_signature_that_is_parted_from_its_note() -> None:
    """Without the binding, some length of text does part them: so the test above could fail."""
    found = []
    for room in range(400, 700, 11):
        pieces = note_pieces(AMENDED)
        for piece in pieces:
            piece.keeps = False
        found += [sheet for sheet in flowed(pieces, room) if type(getattr(sheet.placed[0][1], "block", None)).__name__ == "SignatureBox"]
    assert found


def test_an_empty_draft_says_what_is_not_recorded() -> None:
    said = text_of(chart_print(chart("note", replace(DRAFT, draft=NoteDraft()))).pdf)
    assert said.count("Not recorded") >= 10
    assert MEASURES.body.size >= 9
