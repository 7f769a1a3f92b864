"""Pieces a page is built of. Each knows its height at a width and draws itself with its place in the structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pulse_desktop.documents.lettering import Span
from pulse_desktop.documents.page import BLACK, FAINT, Page, Style
from pulse_desktop.documents.typesetting import Line, break_lines, shortened, text_width

Spans = tuple[Span, ...]
_MOST_WRITTEN = 600
"""Letters of text that people wrote which are looked at where its lines are bounded: far more than could ever show."""


class Block(Protocol):
    """A piece of a page."""

    def height(self, width: float) -> float:
        """How high it is when `width` points wide."""

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""


def plain(text: str) -> Spans:
    """Text in the regular weight."""
    return (Span(text),)


def bold(text: str) -> Spans:
    """Text in the bold weight."""
    return (Span(text, bold=True),)


@dataclass(slots=True)
class Text:
    """A paragraph. `role` is its element in the structure; "" draws into the element that is open. `most_lines` bounds
    text that people wrote: what does not fit ends in an ellipsis and stays whole for screen readers."""

    spans: Spans
    style: Style
    role: str = "P"
    most_lines: int | None = None
    _broken: dict[float, tuple[Line, ...]] = field(default_factory=dict, repr=False)

    def lines(self, width: float) -> tuple[Line, ...]:
        """Its lines at a width."""
        if width not in self._broken:
            spans = self.spans if self.most_lines is None else tuple(Span(span.text[:_MOST_WRITTEN], span.bold) for span in self.spans)
            lines = break_lines(spans, self.style.size, width, self.style.spacing)
            self._broken[width] = shortened(lines, self.most_lines, self.style.size, width, self.style.spacing)
        return self._broken[width]

    def height(self, width: float) -> float:
        """Lines times leading."""
        return len(self.lines(width)) * self.style.leading

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw all lines as one piece of content."""
        if not self.role:
            self._draw_lines(page, left, top, width)
            return
        with page.canvas.leaf(self.role):
            self._draw_lines(page, left, top, width)

    def _draw_lines(self, page: Page, left: float, top: float, width: float) -> None:
        for at, line in enumerate(self.lines(width)):
            page.text(line, left, top + at * self.style.leading, width, self.style)


@dataclass(slots=True)
class Heading:
    """A block heading: icon, words in bold, and at the right what belongs to them (a phone number)."""

    words: str
    style: Style
    icon: str = ""
    aside: str = ""
    role: str = "H2"
    gap: float = 6.0

    def height(self, width: float) -> float:
        """One line, or more where the words need them."""
        lines = self._words().height(self._room(width))
        return lines + (self.style.leading if self._aside_below(width) else 0)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw icon, words and what belongs to them."""
        if self.icon:
            side = self._side()
            page.icon(self.icon, left, top + (self.style.leading - side) / 2, side, self.style.grey)
        start = left + self._indent()
        with page.canvas.leaf(self.role):
            self._words().draw(page, start, top, self._room(width))
            if self.aside:
                self._draw_aside(page, left, top, width)

    def _draw_aside(self, page: Page, left: float, top: float, width: float) -> None:
        aside = Text(bold(self.aside), replace(self.style, align="right"), role="", most_lines=1)
        below = self._aside_below(width)
        line_top = top + self._words().height(self._room(width)) if below else top
        if below:
            aside.style = self.style
        aside.draw(page, left + self._indent(), line_top, self._room(width))

    def _words(self) -> Text:
        return Text(bold(self.words), self.style, role="")

    def _room(self, width: float) -> float:
        return width - self._indent()

    def _side(self) -> float:
        return self.style.size * 15 / 12.45

    def _indent(self) -> float:
        return self._side() + self.gap if self.icon else 0.0

    def _aside_below(self, width: float) -> bool:
        """What belongs to the words goes under them where both do not fit on a line."""
        if not self.aside:
            return False
        taken = text_width(bold(self.words), self.style.size) + text_width(bold(self.aside), self.style.size)
        return taken + 2 * self.gap > self._room(width)


@dataclass(slots=True)
class Bullets:
    """A list with dots."""

    items: Sequence[Spans]
    style: Style
    gap: float = 2.25

    @property
    def indent(self) -> float:
        """Where the text begins: wider in large print."""
        return self.style.size * 10.5 / 11.475

    @property
    def dot(self) -> float:
        """The dot's diameter."""
        return self.style.size * 3.75 / 11.475

    def height(self, width: float) -> float:
        """All items and the gaps between."""
        texts = self._texts()
        return sum(text.height(width - self.indent) for text in texts) + self.gap * max(0, len(texts) - 1)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw the list; each dot is an ornament, the items are the list's bodies."""
        if not self.items:
            return
        with page.canvas.element("L"):
            for text in self._texts():
                page.dot(left, top + self.style.leading * 0.5 + 0.75, self.dot, self.style.grey)
                with page.canvas.element("LI"):
                    text.draw(page, left + self.indent, top, width - self.indent)
                top += text.height(width - self.indent) + self.gap

    def _texts(self) -> list[Text]:
        return [Text(item, self.style, role="LBody") for item in self.items]


@dataclass(slots=True)
class Stack:
    """Blocks one under the other, each with the space before it."""

    parts: list[tuple[float, Block]] = field(default_factory=list)

    def add(self, block: Block, before: float = 0.0) -> None:
        """Put a block at the end, `before` points under the one above."""
        self.parts.append((before, block))

    def height(self, width: float) -> float:
        """All blocks with their spaces."""
        return sum(before + block.height(width) for before, block in self.parts)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw them in order."""
        for before, block in self.parts:
            block.draw(page, left, top + before, width)
            top += before + block.height(width)


@dataclass(slots=True)
class Cell:
    """A cell: paragraphs one under the other. A head cell says what it is the head of: "Row" or "Column"."""

    texts: Sequence[Text]
    scope: str = ""

    def height(self, width: float) -> float:
        """Its paragraphs."""
        return sum(text.height(width) for text in self.texts)


@dataclass(slots=True)
class Table:
    """Rows between hairlines under a heavy rule. `widths` are the columns' in points; None takes what is left (once).

    `gaps` is the space kept free at the right of each column but the last; `padding` above and under each row's text.
    """

    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float | None]
    padding: float = 4.5
    gap: float = 9.0
    top_rule: float = 1.5
    hairline: float = 0.5

    def height(self, width: float) -> float:
        """Rule, rows and hairlines."""
        return self.top_rule + sum(self.row_height(row, width) for row in self.rows)

    def row_height(self, row: Sequence[Cell], width: float) -> float:
        """A row with its padding and its hairline."""
        texts = max((cell.height(room) for cell, room in zip(row, self._rooms(width), strict=True)), default=0.0)
        return texts + 2 * self.padding + self.hairline

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw rules as ornaments and cells as a table with row or column heads."""
        if self.top_rule:
            page.rule(left, top, left + width, self.top_rule)
        top += self.top_rule
        with page.canvas.element("Table"):
            for row in self.rows:
                self._draw_row(page, row, left, top + self.padding, width)
                top += self.row_height(row, width)
                if self.hairline:
                    page.rule(left, top - self.hairline, left + width, self.hairline, FAINT)

    def _draw_row(self, page: Page, row: Sequence[Cell], left: float, top: float, width: float) -> None:
        columns = self._columns(width)
        with page.canvas.element("TR"):
            for cell, column, room in zip(row, columns, self._rooms(width), strict=True):
                self._draw_cell(page, cell, left, top, room)
                left += column

    def _draw_cell(self, page: Page, cell: Cell, left: float, top: float, room: float) -> None:
        with page.canvas.element("TH" if cell.scope else "TD", scope=cell.scope):
            for text in cell.texts:
                text.draw(page, left, top, room)
                top += text.height(room)

    def _columns(self, width: float) -> list[float]:
        rest = width - sum(column for column in self.widths if column is not None)
        return [rest if column is None else column for column in self.widths]

    def _rooms(self, width: float) -> list[float]:
        columns = self._columns(width)
        return [column - self.gap for column in columns[:-1]] + columns[-1:]


def light(style: Style, grey: float = BLACK) -> Style:
    """The same style in another grey."""
    return replace(style, grey=grey)
