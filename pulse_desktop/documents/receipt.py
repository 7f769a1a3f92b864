"""The receipt: what was charged, what a package covered, what was paid and how, what is left to pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pulse_desktop.basics.cents import dollars
from pulse_desktop.clinic.atlas import phrase
from pulse_desktop.documents.blocks import Block, Cell, Heading, Stack, Table, Text, bold, plain
from pulse_desktop.documents.foot import Foot, FootFact, next_visit_fact, questions_fact, sessions_fact
from pulse_desktop.documents.letterhead import TitleRow, address_lines, draw_letterhead, letterhead_height, unbroken
from pulse_desktop.documents.measures import ONE_PAGE
from pulse_desktop.documents.page import BOTTOM, LEFT, TOP, WIDTH, Page, Style
from pulse_desktop.documents.speech import clock, full_date, month_day_year
from pulse_desktop.documents.values import Document, ReceiptFacts, ReceiptLine, ReceiptPayment
from pulse_desktop.documents.wording import capital, listed, practitioner_words, say

RECEIPT_VERSION = "1"
_MEASURES = ONE_PAGE[0]
_QUANTITY, _PRICE, _AMOUNT = 66.0, 84.0, 90.0
_SUMS_WIDTH = 234.0
_GAP = 18.0
_OWN_WORDS = {"transfer": "transfer", "credit": "credit_tender"}
_SHARED_WORDS = {"cash", "card", "check"}


def receipt(facts: ReceiptFacts) -> Document:
    """Draw a receipt. The same facts give the same bytes; many lines flow onto further pages.

    Raises KeyError for a language that papers are not written in.
    """
    return _Receipt(facts).draw()


class _Receipt:
    def __init__(self, facts: ReceiptFacts) -> None:
        self.facts, self.language = facts, facts.language
        self._body, self._small = _MEASURES.body, _MEASURES.small
        self._foot = Foot(tuple(self._foot_facts()), facts.letterhead.phone, facts.language, _MEASURES)

    def draw(self) -> Document:
        """Draw all pages."""
        page = Page(phrase("receipt", self.language), self.language, self.facts.issued_at)
        sheets = self._pages()
        for number, sheet in enumerate(sheets, start=1):
            if number > 1:
                page.canvas.next_page()
            self._draw_page(page, sheet, number, len(sheets))
        return page.finish(f"receipt-{self.language}.pdf", RECEIPT_VERSION)

    # --- pages

    def _pages(self) -> list[list[Block]]:
        """The lines in tables that fit their pages, the sums after the last line; a sum never stands without its line."""
        rows = [self._row(line) for line in self.facts.lines]
        pages: list[list[Block]] = []
        start = 0
        while start < len(rows):
            end = self._last_row(rows, start, is_first=not pages)
            pages.append([self._table(rows[start:end])])
            start = end
        pages = pages or [[Text(plain(say("nothing_charged", self.language)), self._body)]]
        closing = self._closing()
        if pages[-1][0].height(WIDTH) + closing.height(WIDTH) > self._room(is_first=len(pages) == 1):
            pages.append([])
        pages[-1].append(closing)
        return pages

    def _last_row(self, rows: Sequence[Sequence[Cell]], start: int, *, is_first: bool) -> int:
        """Where the table that begins with row `start` must end; at least one row goes on a page."""
        end = start + 1
        while end < len(rows) and self._table(rows[start : end + 1]).height(WIDTH) <= self._room(is_first=is_first):
            end += 1
        return end

    def _room(self, *, is_first: bool) -> float:
        head = letterhead_height(self._address(is_first=is_first)) + (self._title.height() if is_first else _GAP)
        return BOTTOM - TOP - head - self._foot.height(self._version(1, 1)) - _GAP

    def _draw_page(self, page: Page, blocks: Sequence[Block], number: int, pages: int) -> None:
        top = draw_letterhead(page, self.facts.letterhead.practice, self._address(is_first=number == 1), TOP)
        top = self._title.draw(page, top) if number == 1 else top + _GAP
        for block in blocks:
            block.draw(page, LEFT, top, WIDTH)
            top += block.height(WIDTH)
        self._foot.draw(page, self._version(number, pages))

    # --- head and foot

    def _address(self, *, is_first: bool) -> tuple[str, ...]:
        return address_lines(self.facts.letterhead) if is_first else (self.facts.patient, self._number)

    @property
    def _number(self) -> str:
        return phrase("receipt_no", self.language, number=self.facts.number)

    @property
    def _title(self) -> TitleRow:
        practitioner = self.facts.practitioner
        told = (full_date(self.facts.issued_at.date(), self.language), self._number)
        by = (practitioner_words(practitioner, self.language),) if practitioner else ()
        return TitleRow(phrase("receipt", self.language), self.facts.patient, told + by, _MEASURES)

    def _foot_facts(self) -> Iterator[FootFact]:
        """Three at most: the office's number always, then the next visit, then how the packages stand."""
        visits = [next_visit_fact(self.facts.next_visit, self.language)] if self.facts.next_visit else []
        today = self.facts.issued_at.date()
        packages = [sessions_fact(sessions, today, self.language) for sessions in self.facts.sessions]
        yield from [*visits, *packages][:2]
        yield questions_fact(self.facts.letterhead, self.language)

    def _version(self, number: int, pages: int) -> Text:
        moment = self.facts.issued_at
        words = say(
            "receipt_version", self.language, number=self.facts.number, patient=self.facts.patient_number,
            date=month_day_year(moment.date(), self.language), time=clock(moment, self.language),
        )  # fmt: skip
        counted = unbroken(phrase("page", self.language, n=number, total=pages))
        text = f"{words}{counted}。" if self.language == "zh" else f"{words} {counted}."
        return Text(plain(text), self._small, most_lines=2)

    # --- lines

    def _table(self, rows: Sequence[Sequence[Cell]]) -> Table:
        labels = ("service", "quantity", "price")
        head = [Cell([Text(plain(phrase(label, self.language)), self._right(self._small, at))], "Column") for at, label in enumerate(labels)]
        head.append(Cell([Text(plain(say("amount", self.language)), self._right(self._small, 3))], "Column"))
        return Table([head, *rows], (None, _QUANTITY, _PRICE, _AMOUNT), gap=9)

    def _row(self, line: ReceiptLine) -> list[Cell]:
        texts = (str(line.quantity), dollars(line.price), dollars(line.amount))
        numbers = [Cell([Text(plain(text), self._right(self._body, at + 1), most_lines=1)]) for at, text in enumerate(texts)]
        return [Cell(list(self._line_words(line))), *numbers]

    def _line_words(self, line: ReceiptLine) -> Iterator[Text]:
        yield Text(plain(line.name), self._body, most_lines=3)
        if line.detail:
            yield Text(plain(line.detail), self._small, most_lines=2)
        if line.covered_by:
            yield Text(plain(say("covered", self.language, package=line.covered_by)), self._small, most_lines=2)
        if line.discount:
            yield Text(plain(f"{phrase('discount', self.language)} {dollars(-line.discount)}"), self._small)

    @staticmethod
    def _right(style: Style, column: int) -> Style:
        return replace(style, align="right") if column else style

    # --- sums and payments

    def _closing(self) -> Stack:
        stack = Stack()
        stack.add(_AtTheRight(self._sums(), _SUMS_WIDTH), before=6)
        stack.add(Heading(say("payments", self.language), _MEASURES.head, "card"), before=_GAP)
        stack.add(self._payments(), before=4.5)
        stack.add(_AtTheRight(self._balance(), _SUMS_WIDTH), before=6)
        return stack

    def _sums(self) -> Table:
        before_tax, tax = sum(line.amount for line in self.facts.lines), sum(line.tax for line in self.facts.lines)
        parts = [(say("subtotal", self.language), before_tax), (say("tax", self.language), tax)] if tax else []
        rows = [self._sum(words, cents, is_total=False) for words, cents in parts]
        return self._sum_table([*rows, self._sum(phrase("total", self.language), before_tax + tax, is_total=True)])

    def _balance(self) -> Table:
        cents = self.facts.balance
        if cents == 0:
            words = [Cell([Text(bold(say("paid_in_full", self.language)), self._body)], "Row")]
            return Table([words], (None,), top_rule=0.75, hairline=0)
        name = "balance_due" if cents > 0 else "credit"
        return self._sum_table([self._sum(phrase(name, self.language), abs(cents), is_total=True)])

    def _sum(self, words: str, cents: int, *, is_total: bool) -> list[Cell]:
        weight = bold if is_total else plain
        amount = Text(weight(dollars(cents)), replace(self._body, align="right"))
        return [Cell([Text(weight(words), self._body)], "Row"), Cell([amount])]

    @staticmethod
    def _sum_table(rows: Sequence[Sequence[Cell]]) -> Table:
        return Table(rows, (None, _AMOUNT), padding=3, top_rule=0, hairline=0)

    def _payments(self) -> Block:
        if not self.facts.payments:
            return Text(plain(say("nothing_paid", self.language)), self._body)
        return Table([self._payment(payment) for payment in self.facts.payments], (None, _AMOUNT))

    def _payment(self, payment: ReceiptPayment) -> list[Cell]:
        texts = [Text(plain(self._tender(payment)), self._body, most_lines=2)]
        told = [say("reference", self.language, reference=payment.reference)] if payment.reference else []
        if payment.paid_on and payment.paid_on != self.facts.issued_at.date():
            told.append(month_day_year(payment.paid_on, self.language))
        if told:
            texts.append(Text(plain(listed(told, self.language)), self._small, most_lines=2))
        amount = Text(plain(dollars(payment.amount)), replace(self._body, align="right"), most_lines=1)
        return [Cell(texts, "Row"), Cell([amount])]

    def _tender(self, payment: ReceiptPayment) -> str:
        tender = payment.tender
        if tender in _SHARED_WORDS:
            named = phrase(tender, self.language)
        else:
            named = say(_OWN_WORDS[tender], self.language) if tender in _OWN_WORDS else capital(tender)
        return f"{phrase('refund', self.language)}: {named}" if payment.amount < 0 else named


class _AtTheRight:
    """A block as wide as the sums, at the right edge."""

    def __init__(self, block: Table, width: float) -> None:
        self._block, self._width = block, width

    def height(self, width: float) -> float:
        """Height of what it holds."""
        return self._block.height(min(self._width, width))

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw it flush right."""
        self._block.draw(page, left + width - self._width, top, self._width)
