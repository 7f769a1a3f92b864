"""Pieces that flow over pages: what may be parted, what stays together, and where each page ends.

A piece is a block that may say how it parts. A heading is kept with what follows it; text is parted between lines, never
leaving one line alone; a table between rows, its head repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pulse_desktop.documents.blocks import Block, Cell, Table, Text, plain
from pulse_desktop.documents.page import FAINT, WIDTH, Page, Style
from pulse_desktop.documents.typesetting import Line

_FEWEST_LINES = 2


class Piece(Protocol):
    """A block of a flow. `before` is the space above it, dropped at the top of a page; `keeps` binds it to the next."""

    before: float
    keeps: bool

    def height(self, width: float) -> float:
        """How high it is."""

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw it."""

    def part(self, room: float, width: float) -> tuple[Piece, Piece] | None:
        """As much as fits into `room`, and the rest; None where it cannot be parted there."""


@dataclass(slots=True)
class Whole:
    """A block that is never parted."""

    block: Block
    before: float = 0.0
    keeps: bool = False

    def height(self, width: float) -> float:
        """The block's."""
        return self.block.height(width)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw the block."""
        self.block.draw(page, left, top, width)

    def part(self, room: float, width: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002 - never parted
        """Never."""
        return None


@dataclass(slots=True)
class Entry:
    """A label at the left and text beside it, under a hairline; the text is parted between lines, the label said once."""

    label: str
    lines: tuple[Line, ...]
    style: Style
    label_style: Style
    column: float
    padding: float = 2.25
    before: float = 0.0
    keeps: bool = False
    ruled: bool = True

    def height(self, width: float) -> float:  # noqa: ARG002 - lines are broken already
        """Label or text, whichever is higher."""
        return max(len(self.lines) * self.style.leading, self._label.height(self._label_room)) + 2 * self.padding

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw rule, label and lines."""
        if self.ruled:
            page.rule(left, top, left + width, 0.5, FAINT)
        top += self.padding
        with page.canvas.element("Div"):
            if self.label:
                self._label.draw(page, left, top, self._label_room)
            with page.canvas.leaf("P"):
                for at, line in enumerate(self.lines):
                    page.text(line, left + self.column, top + at * self.style.leading, width - self.column, self.style)

    def part(self, room: float, width: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002 - lines are broken already
        """Between lines: two at least on either side."""
        fitting = min(int((room - 2 * self.padding + 0.01) / self.style.leading), len(self.lines) - _FEWEST_LINES)
        if fitting < _FEWEST_LINES or self._label.height(self._label_room) > room - 2 * self.padding:
            return None
        return self._of(self.lines[:fitting], self.label, ruled=self.ruled), self._rest(fitting)

    def ending(self, lines: int) -> tuple[Piece, ...]:
        """In two where it is long, so that its last lines can be kept with what follows."""
        if len(self.lines) < lines + _FEWEST_LINES:
            return (replace(self, keeps=True),)
        at = len(self.lines) - lines
        first = replace(self, lines=self.lines[:at], keeps=False)
        return first, replace(self._rest(at), keeps=True)

    def _rest(self, at: int) -> Entry:
        return replace(self._of(self.lines[at:], "", ruled=False), before=-2 * self.padding)

    def _of(self, lines: tuple[Line, ...], label: str, *, ruled: bool) -> Entry:
        return replace(self, lines=lines, label=label, ruled=ruled, keeps=self.keeps)

    @property
    def _label(self) -> Text:
        return Text(plain(self.label), self.label_style, most_lines=3)

    @property
    def _label_room(self) -> float:
        return self.column - 9


@dataclass(slots=True)
class Rows:
    """A table that goes on over pages under the same head."""

    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float | None]
    padding: float = 2.25
    gap: float = 6.0
    before: float = 0.0
    keeps: bool = False

    def height(self, width: float) -> float:
        """Head and rows."""
        return self._table(self.rows).height(width)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw it as a table."""
        self._table(self.rows).draw(page, left, top, width)

    def part(self, room: float, width: float) -> tuple[Piece, Piece] | None:
        """Between rows; one at least on either side."""
        table = self._table(())
        used, fitting = table.height(width), 0
        for row in self.rows:
            used += table.row_height(row, width)
            if used > room:
                break
            fitting += 1
        if not 0 < fitting < len(self.rows):
            return None
        return replace(self, rows=self.rows[:fitting], keeps=False), replace(self, rows=self.rows[fitting:], before=0.0)

    def _table(self, rows: Sequence[Sequence[Cell]]) -> Table:
        return Table([self.head, *rows], self.widths, padding=self.padding, gap=self.gap, top_rule=1.0)


@dataclass(slots=True)
class Sheet:
    """One page's pieces, each with its top above the first line of the room."""

    placed: list[tuple[float, Piece]] = field(default_factory=list)
    used: float = 0.0

    def put(self, piece: Piece) -> None:
        """At the foot of what is there."""
        top = self.used + (piece.before if self.placed else 0.0)
        self.placed.append((top, piece))
        self.used = top + piece.height(WIDTH)

    def room_for(self, piece: Piece, room: float) -> float:
        """What is left for it."""
        return room - self.used - (piece.before if self.placed else 0.0)

    def take_bound(self) -> list[Piece]:
        """Take off the pieces at the end that are bound to what follows; none where nothing else would be left."""
        bound: list[Piece] = []
        while self.placed and self.placed[-1][1].keeps:
            bound.insert(0, self.placed.pop()[1])
        if not self.placed:
            for piece in bound:
                self.put(piece)
            return []
        top, last = self.placed[-1]
        self.used = top + last.height(WIDTH)
        return bound


def flowed(pieces: Iterable[Piece], room: float, first_room: float | None = None) -> list[Sheet]:
    """The pages that hold these pieces in order, each `room` high (the first `first_room`)."""
    sheets, waiting = [Sheet()], list(reversed(list(pieces)))
    while waiting:
        piece = waiting.pop()
        space = first_room if first_room is not None and len(sheets) == 1 else room
        left = sheets[-1].room_for(piece, space)
        if piece.height(WIDTH) <= left + 0.01:
            sheets[-1].put(piece)
        elif (parted := piece.part(left, WIDTH)) is not None:
            sheets[-1].put(parted[0])
            sheets.append(Sheet())
            waiting.append(parted[1])
        elif not sheets[-1].placed:
            sheets[-1].put(piece)  # higher than a page, and not to be parted: better cut than lost
        else:
            waiting.append(piece)
            bound = sheets[-1].take_bound()
            if not bound and sheets[-1].placed[-1][1].keeps:
                waiting.pop()
                sheets[-1].put(piece)
                continue
            waiting.extend(reversed(bound))
            sheets.append(Sheet())
    return sheets
