"""From text as people wrote it to characters the print font can draw.

Names and services are typed by people: they may hold anything Unicode has. Nothing of it may crash a document, draw
the font's empty glyph unseen, or act as markup (there is no markup here: text is drawn character by character). What
the font lacks becomes a visible square; what was really written stays in the PDF as ActualText for screen readers
and for copying.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pulse_desktop.documents.fonts import drawable_codes

SQUARE = "\N{WHITE SQUARE}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SPACES = frozenset("\t\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me", "Cs"})


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One drawn character. `actual` is what it stands for where that differs; `visible` may be empty then."""

    visible: str
    bold: bool
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Letters drawn in one go. `actual` is what they stand for where that differs."""

    text: str
    bold: bool
    actual: str | None = None


def letters(spans: Iterable[Span]) -> list[Letter]:
    """Everything the spans say, letter by letter."""
    return [letter for span in spans for letter in _letters_of(span)]


def _letters_of(span: Span) -> Iterator[Letter]:
    lacking = ""
    drawable = drawable_codes()
    for character in unicodedata.normalize("NFC", span.text):
        if character in _SPACES:
            character = " "  # noqa: PLW2901 - a line break inside a name is a blank
        if ord(character) in drawable:
            if lacking:
                yield _stand_in(lacking, bold=span.bold)
                lacking = ""
            yield _drawn(character, span.bold)
        else:
            lacking += character
    if lacking:
        yield _stand_in(lacking, bold=span.bold)


@lru_cache(maxsize=4096)
def _drawn(character: str, bold: bool) -> Letter:  # noqa: FBT001 - both are positional for the cache's sake
    """The letter for a character the font holds; pages ask for the same ones thousands of times."""
    return Letter(character, bold)


def _stand_in(lacking: str, *, bold: bool) -> Letter:
    """What is drawn for characters without a glyph: one square a run of them, nothing for mere marks and controls."""
    shown = any(unicodedata.category(character) not in _INVISIBLE for character in lacking)
    # Control characters and lone surrogates cannot stand in a PDF's text; what they were is not worth a reader's time.
    actual = "".join(REPLACEMENT if unicodedata.category(character) == "Cs" else character for character in lacking)
    actual = "".join(character for character in actual if unicodedata.category(character) not in {"Cc", "Cf"})
    return Letter(SQUARE if shown else "", bold, actual)


def runs(line: Sequence[Letter]) -> list[Run]:
    """The letters of a line gathered into runs of one weight."""
    gathered: list[Run] = []
    for (bold, actual), members in groupby(line, key=lambda letter: (letter.bold, letter.actual)):
        text = "".join(letter.visible for letter in members)
        if text or actual:
            gathered.append(Run(text, bold, actual))
    return gathered
