"""A page to draw on, measured from its upper left corner in points: text, rules, boxes, icons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pulse_desktop.documents.fonts import ASCENT, DESCENT, font_name
from pulse_desktop.documents.icons import draw_icon
from pulse_desktop.documents.lettering import Run
from pulse_desktop.documents.speech import LANGUAGE_TAGS
from pulse_desktop.documents.tagged import LETTER, TaggedCanvas
from pulse_desktop.documents.typesetting import Line
from pulse_desktop.documents.values import Document

PX = 0.75
"""A pixel of the design's pages (96 a inch) in points."""
BLACK, SOFT, FAINT, WHITE = 0.067, 0.2, 0.733, 1.0
"""Greys of the print: text and rules, secondary text, hairlines, paper. Nothing has a colour but the mark."""
JADE = (28 / 255, 107 / 255, 88 / 255)
"""The mark's own colour (token `jade` of the light palette)."""
RED = (174 / 255, 50 / 255, 39 / 255)
"""What is wrong (token `cinnabar` of the light palette): said in words and by a heavy box as well, never by colour alone."""
LEFT, TOP, RIGHT, BOTTOM = 45.0, 33.0, 567.0, 765.0
"""The type area of a Letter page."""
WIDTH = RIGHT - LEFT


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: size and leading in points, grey (or a colour instead), alignment, extra space between letters."""

    size: float
    leading: float
    grey: float = BLACK
    align: str = "left"
    spacing: float = 0.0
    colour: tuple[float, float, float] | None = None


class Page:
    """The page being drawn. Text must stand in an element of the structure; lines and boxes are artifacts by themselves."""

    def __init__(self, title: str, language: str, moment: datetime) -> None:
        self.title, self.language = title, language
        self.canvas = TaggedCanvas(title, LANGUAGE_TAGS[language], moment)
        self.height = LETTER[1]

    def text(self, line: Line, left: float, top: float, width: float, style: Style) -> None:
        """One line of text whose line box begins at `top`."""
        start = left + (width - line.width if style.align == "right" else 0)
        baseline = self.height - top - style.leading / 2 - style.size * (ASCENT - DESCENT) / 2
        for run in line.runs:
            standing = self.canvas.standing_for(run.actual) if run.actual is not None else nullcontext()
            with standing:
                start = self._run(run, start, baseline, style)

    def _run(self, run: Run, left: float, baseline: float, style: Style) -> float:
        name = font_name(bold=run.bold)
        pen = self.canvas.beginText(left, baseline)
        pen.setFont(name, style.size)
        if style.colour is None:
            pen.setFillGray(style.grey)
        else:
            pen.setFillColorRGB(*style.colour)
        if style.spacing:
            pen.setCharSpace(style.spacing)
        pen.textOut(run.text)
        if style.spacing:
            pen.setCharSpace(0)
        self.canvas.drawText(pen)
        return left + self.canvas.stringWidth(run.text, name, style.size) + style.spacing * len(run.text)

    def rule(self, left: float, top: float, right: float, weight: float, grey: float = BLACK) -> None:
        """A horizontal rule that hangs from `top`."""
        with self.canvas.artifact():
            self.canvas.setFillGray(grey)
            self.canvas.rect(left, self.height - top - weight, right - left, weight, stroke=0, fill=1)

    def box(
        self, left: float, top: float, width: float, height: float, weight: float, radius: float,
        colour: tuple[float, float, float] = (BLACK, BLACK, BLACK),
    ) -> None:  # fmt: skip
        """A box with round corners; its edge lies inside the given measure."""
        with self.canvas.artifact():
            self.canvas.setStrokeColorRGB(*colour)
            self.canvas.setLineWidth(weight)
            inset = weight / 2
            self.canvas.roundRect(
                left + inset, self.height - top - height + inset, width - weight, height - weight, radius - inset, stroke=1, fill=0
            )

    def head_bar(self, left: float, top: float, width: float, height: float, radius: float) -> None:
        """A black bar whose upper corners are round: the head of the 911 box, whose edge covers the bar's own."""
        bottom = self.height - top - height
        with self.canvas.artifact():
            self.canvas.setFillGray(BLACK)
            self.canvas.roundRect(left, bottom, width, height, radius, stroke=0, fill=1)
            self.canvas.rect(left, bottom, width, height / 2, stroke=0, fill=1)

    def dot(self, left: float, middle: float, diameter: float, grey: float = BLACK) -> None:
        """A filled dot whose middle lies at `middle` below the page's top."""
        with self.canvas.artifact():
            self.canvas.setFillGray(grey)
            self.canvas.circle(left + diameter / 2, self.height - middle, diameter / 2, stroke=0, fill=1)

    def icon(self, name: str, left: float, top: float, side: float, grey: float = BLACK, colour: tuple[float, float, float] | None = None) -> None:
        """One of the program's icons as an ornament."""
        with self.canvas.artifact():
            red, green, blue = colour or (grey, grey, grey)
            self.canvas.setFillColorRGB(red, green, blue)
            self.canvas.setStrokeColorRGB(red, green, blue)
            draw_icon(self.canvas, name, left, self.height - top - side, side)

    @contextmanager
    def figure(self, alt: str, left: float, top: float, width: float, height: float) -> Iterator[TaggedCanvas]:
        """A figure with words for those who can't see it; draw on the canvas given, in its own coordinates."""
        with self.canvas.leaf("Figure", alt=alt) as element:
            bottom = self.height - top - height
            element.box = (left, bottom, left + width, bottom + height)
            yield self.canvas

    def squares(self, rows: Iterable[Iterable[bool | int]], left: float, top: float, side: float) -> None:
        """A matrix of black squares, each dark stretch of a row drawn in one go."""
        self.canvas.setFillGray(0)
        for down, row in enumerate(rows):
            bottom = self.height - top - (down + 1) * side
            for start, length in _stretches(row):
                self.canvas.rect(left + start * side, bottom, length * side, side, stroke=0, fill=1)

    def finish(self, file_name: str, version: str) -> Document:
        """Close the document."""
        pdf, pages = self.canvas.finish()
        return Document(
            title=self.title, file_name=file_name, pdf=pdf, checksum=sha256(pdf).hexdigest(), version=version,
            language=self.language, pages=pages,
        )  # fmt: skip


def _stretches(row: Iterable[bool | int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, dark in enumerate([*row, False]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None
