"""The pieces of an aftercare sheet, in whatever measures the page allows; the sheets arrange them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from pulse_desktop.clinic.atlas import phrase
from pulse_desktop.clinic.treatment.aftercare import SheetLine, SheetPlan
from pulse_desktop.documents.blocks import Bullets, Cell, Heading, Spans, Stack, Table, Text, bold, plain
from pulse_desktop.documents.foot import FootFact, next_visit_fact, questions_fact, sessions_fact
from pulse_desktop.documents.letterhead import TitleRow, address_lines, unbroken
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.speech import clock, full_date, until
from pulse_desktop.documents.treated_body import TreatedBody
from pulse_desktop.documents.treatment_words import rows_done
from pulse_desktop.documents.typesetting import text_width
from pulse_desktop.documents.values import AftercareFacts
from pulse_desktop.documents.wording import glued, practitioner_words, say

_HEAD_COLUMN = 153.0
_LABEL_COLUMN = 78.0
_WIDEST_LABEL = 128.0


class SheetParts:
    """All pieces of one sheet in one set of measures."""

    def __init__(self, facts: AftercareFacts, plan: SheetPlan, measures: Measures) -> None:
        self.facts, self.plan, self.measures = facts, plan, measures
        self.language = facts.language
        self.phone = unbroken(facts.letterhead.phone)
        self.body = TreatedBody(facts.cups, facts.needles, facts.language)

    # --- head

    @property
    def address(self) -> tuple[str, ...]:
        """The lines at the right of the letterhead."""
        return address_lines(self.facts.letterhead)

    @cached_property
    def title_row(self) -> TitleRow:
        """Title, patient, day and practitioner."""
        return TitleRow(phrase("title", self.language), self.facts.patient, self.who, self.measures)

    @property
    def who(self) -> tuple[str, ...]:
        """Day and practitioner, under the patient's name."""
        day = full_date(self.facts.treated_at.date(), self.language)
        return day, practitioner_words(self.facts.practitioner, self.language)

    # --- what was done, what may be noticed

    @cached_property
    def done(self) -> Stack:
        """Heading and table of what was done and when the marks fade."""
        stack = Stack()
        stack.add(self._heading(say("what_we_did", self.language), "cups"))
        rows = rows_done(self.facts, self.plan)
        if rows:
            stack.add(self._done_table(rows), before=self._under_head)
        return stack

    def _done_table(self, rows: Sequence[tuple[str, Spans]]) -> Table:
        labels = max(text_width(plain(label), self.measures.body.size) for label, _words in rows)
        column = min(max(_LABEL_COLUMN, labels + 9), _WIDEST_LABEL * self.measures.body.size / 11.475)
        cells = [
            (Cell([Text(plain(label), self.measures.soft)], scope="Row"), Cell([Text(words, self.measures.body)]))
            for label, words in rows
        ]
        return Table(cells, (column, None), padding=self.measures.row_padding, gap=6)

    @cached_property
    def notice(self) -> Stack:
        """Heading and list of what is normal."""
        stack = Stack()
        lines = self.plan.at("notice")
        if lines:
            stack.add(self._heading(phrase("what_you_may_notice", self.language), "info"))
            stack.add(self._bullets(lines), before=min(3.0, self._under_head))
        return stack

    # --- for the next hours

    @cached_property
    def hour_rows(self) -> list[tuple[Cell, Cell]]:
        """The rows of the table with the clock times."""
        return list(self._hour_rows())

    @cached_property
    def hours(self) -> Stack:
        """Heading and table with the clock times."""
        return self.hours_of(self.hour_rows)

    def hours_of(self, rows: Sequence[tuple[Cell, Cell]]) -> Stack:
        """Heading and table of some of the rows; nothing for none."""
        stack = Stack()
        if rows:
            stack.add(self._heading(phrase("next_hours", self.language), "clock"))
            column = _HEAD_COLUMN * self.measures.body.size / 11.475
            stack.add(Table(rows, (column, None), padding=self.measures.row_padding, gap=9), before=self._under_head)
        return stack

    def _hour_rows(self) -> Iterator[tuple[Cell, Cell]]:
        lines = self.plan.at("until", "tonight", "marks", "drive", "daily", "herbs", "next")
        gap = "" if self.language == "zh" else " "
        for _key, members in groupby(lines, key=lambda line: (line.place, line.until)):
            row = list(members)
            head, under = when(row[0], self.plan, self.language)
            texts = [Text(bold(head), self.measures.body)] + ([Text(plain(under), self.measures.small)] if under else [])
            told = glued(gap.join(line.words[self.language] for line in row))
            yield Cell(texts, scope="Row"), Cell([Text(plain(told), self.measures.body)])

    # --- when to call

    @cached_property
    def call_us(self) -> Heading:
        """Head of the box: call us, with the number."""
        return Heading(say("call_us", self.language), self.measures.head, "phone", aside=self.phone)

    @cached_property
    def call_us_lines(self) -> Bullets:
        """Reasons to call the office."""
        return self._bullets(self.plan.at("call_us"))

    @cached_property
    def call_doctor(self) -> list[Text]:
        """Whole sentences: when to call a doctor."""
        return [Text(plain(glued(line.words[self.language])), self.measures.body) for line in self.plan.at("call_doctor")]

    @cached_property
    def call_911(self) -> Heading:
        """White head of the black bar."""
        return Heading(say("call_911", self.language), self.measures.reversed_head, "warning")

    @cached_property
    def call_911_lines(self) -> Bullets:
        """Reasons to call 911."""
        return self._bullets(self.plan.at("call_911"))

    # --- foot

    @cached_property
    def foot(self) -> tuple[FootFact, ...]:
        """Next visit, sessions, questions."""
        facts = self.facts
        today = facts.printed_at.date()
        sessions = [sessions_fact(facts.sessions, today, self.language)] if facts.sessions else []
        return (next_visit_fact(facts.next_visit, self.language), *sessions, questions_fact(facts.letterhead, self.language))

    def version_line(self, version: str, page: int, pages: int) -> Text:
        """Version, language, when it was printed, where the copy lies, which page this is."""
        words = say(
            "version", self.language, version=version, in_language=say("language", self.language),
            time=clock(self.facts.printed_at, self.language), number=self.facts.patient_number,
        )  # fmt: skip
        gap = "" if self.language == "zh" else " "
        counted = unbroken(phrase("page", self.language, n=page, total=pages))
        return Text(plain(f"{words}{gap}{counted}{'。' if self.language == 'zh' else '.'}"), self.measures.small, most_lines=2)

    # --- small pieces

    @property
    def _under_head(self) -> float:
        return 4.5 * self.measures.row_padding / 4.5

    def _heading(self, words: str, icon: str) -> Heading:
        return Heading(words, self.measures.head, icon)

    def _bullets(self, lines: Sequence[SheetLine]) -> Bullets:
        said = [plain(glued(item)) for line in lines for item in line.words[self.language].split("\n")]
        return Bullets(said, self.measures.body, gap=self.measures.row_padding / 2)


def when(line: SheetLine, plan: SheetPlan, language: str) -> tuple[str, str]:
    """The bold head of a row and the small line under it: until what time, or before what."""
    if line.until is not None:
        return until(line.until, plan.counted_from.date(), language)
    return say(line.place, language), ""
