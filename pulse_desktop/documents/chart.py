"""The chart print: one note, a period or all of it, as a record that stands by itself outside the program.

Every page says whose it is by two identifiers and which page of how many it is. Several notes come under a cover that lists
them; each note begins on a page of its own, so that what is said of its pages is said of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pulse_desktop.clinic.treatment.rules import done_words
from pulse_desktop.documents.blocks import Cell, Heading, Table, Text, bold, plain
from pulse_desktop.documents.body_painter import Box, paint
from pulse_desktop.documents.chart_note import MEASURES, Boxed, band_of, note_head, note_pieces
from pulse_desktop.documents.chart_values import ChartFacts, ChartNote, Progress
from pulse_desktop.documents.chart_words import (
    TITLES,
    born_words,
    identity_words,
    left_out_words,
    pain_words,
    period_words,
)
from pulse_desktop.documents.flow import Piece, Rows, Sheet, Whole, flowed
from pulse_desktop.documents.fonts import font_name
from pulse_desktop.documents.letterhead import TitleRow, address_lines, draw_letterhead, letterhead_height
from pulse_desktop.documents.page import BLACK, BOTTOM, LEFT, TOP, WIDTH, Page
from pulse_desktop.documents.speech import clock, month_day_year
from pulse_desktop.documents.values import Document
from pulse_desktop.documents.wording import tidy

CHART_VERSION = "1"
_GAP = 12.0
_FOOT_GAP = 6.0
_PAGE_WIDTH = 84.0
_CONTENTS = (96.0, 96.0, None, 120.0, 60.0, 30.0)


def chart_print(facts: ChartFacts) -> Document:
    """Draw the print. The same facts give the same bytes."""
    return _Chart(facts).draw()


@dataclass(slots=True)
class _Part:
    """Pages that belong together: the cover, or one note."""

    sheets: list[Sheet]
    band: Boxed | None = None
    about: tuple[str, ...] = ()


class _Chart:
    def __init__(self, facts: ChartFacts) -> None:
        self.facts = facts
        self._is_single = facts.kind == "note" and len(facts.notes) == 1
        self._title = TitleRow(TITLES[facts.kind], facts.patient.name, self._who, MEASURES)

    def draw(self) -> Document:
        """Draw all pages."""
        facts = self.facts
        page = Page(TITLES[facts.kind], "en", facts.printed_at)
        parts = self._parts()
        total = sum(len(part.sheets) for part in parts)
        number = 0
        for part in parts:
            for sheet in part.sheets:
                number += 1
                if number > 1:
                    page.canvas.next_page()
                self._draw_page(page, part, sheet, number, total)
        return page.finish(f"chart-{facts.kind}.pdf", CHART_VERSION)

    # --- parts

    def _parts(self) -> list[_Part]:
        notes = [self._note_part(note) for note in self.facts.notes]
        if self._is_single:
            return notes
        cover = self._cover([0] * len(notes))
        begins, at = [], len(cover.sheets) + 1
        for part in notes:
            begins.append(at)
            at += len(part.sheets)
        return [self._cover(begins), *notes]

    def _note_part(self, note: ChartNote) -> _Part:
        band = band_of(note)
        pieces: list[Piece] = [Whole(note_head(note), keeps=True), *note_pieces(note)]
        taken = band.height(WIDTH) + 6 if band else 0.0
        about = (f"Note of {month_day_year(note.day, 'en')}", f"{note.author}, {note.office}")
        first = self._room(is_first=True) - taken if self._is_single else None
        return _Part(flowed(pieces, self._room(is_first=False) - taken, first), band, about)

    def _cover(self, begins: Sequence[int]) -> _Part:
        pieces: list[Piece] = [Whole(self._summary())]
        if self.facts.left_out:
            pieces.append(Whole(Text(bold(left_out_words(self.facts.left_out)), MEASURES.body), before=9.0))
        for number, picture in enumerate(self.facts.progress):
            if not number:
                pieces.append(Whole(Heading("Progress", MEASURES.head), before=_GAP, keeps=True))
            pieces.append(Whole(Text(bold(picture.title), MEASURES.body), before=6.0, keeps=True))
            pieces.append(Whole(_ProgressPicture(picture), before=4.0))
        pieces.append(Whole(Heading("Notes", MEASURES.head), before=_GAP, keeps=True))
        pieces.append(self._contents(begins))
        return _Part(flowed(pieces, self._room(is_first=False), self._room(is_first=True)), None, ("Summary",))

    def _summary(self) -> Table:
        facts = self.facts
        printed = f"{month_day_year(facts.printed_at.date(), 'en')}, {clock(facts.printed_at, 'en')}, by {facts.printed_by}"
        said = (
            ("Patient", facts.patient.name), ("Date of birth", born_words(facts.patient).removeprefix("born ")),
            ("Number", facts.patient.number), ("Period", period_words(facts)), ("Notes", str(len(facts.notes))), ("Printed", printed),
        )  # fmt: skip
        rows = [
            [Cell([Text(plain(label), MEASURES.soft)], "Row"), Cell([Text(plain(words), MEASURES.body, most_lines=3)])] for label, words in said
        ]
        return Table(rows, (102.0, None), padding=3.0)

    def _contents(self, begins: Sequence[int]) -> Piece:
        if not self.facts.notes:
            return Whole(Text(plain("There is no note in this period."), MEASURES.body), before=6.0)
        small = replace(MEASURES.small, grey=BLACK)
        heads = ("Day", "Office", "Practitioner", "Done", "Pain", "Page")
        head = [Cell([Text(plain(words), MEASURES.small)], "Column") for words in heads]
        rows = [
            [Cell([Text(plain(words), small, most_lines=1)], "" if at else "Row") for at, words in enumerate(_line(note, begin))]
            for note, begin in zip(self.facts.notes, begins, strict=True)
        ]
        return Rows(head, rows, _CONTENTS, before=4.5)

    # --- pages

    def _room(self, *, is_first: bool) -> float:
        head = letterhead_height(self._address(is_first=is_first)) + (self._title.height() if is_first else _GAP)
        return BOTTOM - TOP - head - self._foot_height - _FOOT_GAP

    def _address(self, *, is_first: bool, about: tuple[str, ...] = ("", "")) -> tuple[str, ...]:
        return address_lines(self.facts.letterhead) if is_first else (self.facts.patient.name or "–", *(about or ("", ""))[:2])

    @property
    def _who(self) -> tuple[str, ...]:
        patient, facts = self.facts.patient, self.facts
        printed = f"Printed {month_day_year(facts.printed_at.date(), 'en')}, {clock(facts.printed_at, 'en')}"
        return (identity_words(patient), printed)

    def _draw_page(self, page: Page, part: _Part, sheet: Sheet, number: int, total: int) -> None:
        is_first = number == 1
        top = draw_letterhead(page, self.facts.letterhead.practice, self._address(is_first=is_first, about=part.about), TOP)
        top = self._title.draw(page, top) if is_first else top + _GAP
        if part.band is not None:
            part.band.draw(page, LEFT, top, WIDTH)
            top += part.band.height(WIDTH) + 6
        for at, piece in sheet.placed:
            piece.draw(page, LEFT, top + at, WIDTH)
        self._draw_foot(page, number, total)

    def _foot(self) -> Text:
        facts = self.facts
        printed = f"Printed {month_day_year(facts.printed_at.date(), 'en')}, {clock(facts.printed_at, 'en')}, by {facts.printed_by}."
        return Text(plain(tidy(printed)), MEASURES.small, most_lines=1)

    @property
    def _identity(self) -> Text:
        patient = self.facts.patient
        return Text(bold(f"{patient.name}, {identity_words(patient)}"), replace(MEASURES.small, grey=BLACK), most_lines=2)

    @property
    def _foot_height(self) -> float:
        return 1.5 + 4.5 + self._identity.height(WIDTH - _PAGE_WIDTH) + MEASURES.small.leading

    def _draw_foot(self, page: Page, number: int, total: int) -> None:
        top = BOTTOM - self._foot_height
        page.rule(LEFT, top, LEFT + WIDTH, 1.5)
        top += 6.0
        self._identity.draw(page, LEFT, top, WIDTH - _PAGE_WIDTH)
        counted = Text(plain(f"page {number} of {total}"), replace(MEASURES.small, grey=BLACK, align="right"))
        self._foot().draw(page, LEFT, top + self._identity.height(WIDTH - _PAGE_WIDTH), WIDTH - _PAGE_WIDTH)
        counted.draw(page, LEFT + WIDTH - _PAGE_WIDTH, top, _PAGE_WIDTH)


def _line(note: ChartNote, begins: int) -> tuple[str, ...]:
    draft = note.draft
    state = "" if note.signature else "draft, not signed"
    if note.signature and not note.signature.is_valid:
        state = "ALTERED"
    done = ", ".join(part for part in (state, done_words(len(draft.cups), draft.needle_count)) if part)
    pain = pain_words(draft.pain_before, draft.pain_after).removesuffix(" (0 to 10)").replace(" before, ", " to ").removesuffix(" after")
    return month_day_year(note.day, "en"), note.office, note.author, done or "–", pain.replace("not asked", "–") or "–", str(begins)


@dataclass(slots=True)
class _ProgressPicture:
    """The course of treatment, as wide as the page."""

    progress: Progress

    def height(self, width: float) -> float:
        """In the picture's own proportion, half a page at most."""
        window = self.progress.window
        return min(width * window.height / window.width, 300.0)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw the described shapes."""
        height = self.height(width)
        with page.figure(self.progress.words, left, top, width, height):
            box = Box(left, page.height - top - height, width, height)
            paint(page.canvas, self.progress.shapes, self.progress.window, box, font=font_name(bold=False))
