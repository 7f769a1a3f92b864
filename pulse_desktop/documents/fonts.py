"""The two weights of the print font, loaded once, and what they can draw.

Both are embedded in every document (a page never leans on the fonts of whoever reads it). ReportLab keeps the state
of a font per document, so one loaded font serves many documents at a time.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pulse_desktop.basics.resources import resource_path

REGULAR = "PulseSansSC-Regular"
BOLD = "PulseSansSC-Bold"
ASCENT = 1.16
"""Ascent of a line in ems (from the font's hhea table); with DESCENT it places the baseline in a line."""
DESCENT = 0.288
_NOTHING = re.compile(r"^<[0-9A-F]{2}> <0000>\n", re.MULTILINE)
_COUNT = re.compile(r"^\d+ beginbfchar$", re.MULTILINE)
_loading = Lock()


class PrintFont(TTFont):
    """A TrueType font whose map back to Unicode never says U+0000.

    ReportLab maps the empty glyph to U+0000, which PDF/UA-1 forbids (7.21.7: every code has a meaning).
    """

    def addObjects(self, doc: Any) -> None:
        """Add the font's objects, then take the empty glyph out of the maps."""
        super().addObjects(doc)
        for name, thing in list(doc.idToObject.items()):
            if str(name).startswith("toUnicodeCMap:"):
                thing.content = _without_nothing(thing.content)


def _without_nothing(cmap: str) -> str:
    shorter = _NOTHING.sub("", cmap)
    entries = len(re.findall(r"^<[0-9A-F]{2}> <[0-9A-F]{4,}>$", shorter, re.MULTILINE))
    return _COUNT.sub(f"{entries} beginbfchar", shorter)


def font_name(*, bold: bool) -> str:
    """The registered name of a weight; loads the fonts at the first call (some 0.04 s each)."""
    _fonts()
    return BOLD if bold else REGULAR


def char_width(character: str, *, bold: bool) -> float:
    """Advance width of one character in ems; that of a blank where there is no glyph."""
    widths = char_widths()[bold]
    return widths.get(character, widths[" "])


@cache
def drawable_codes() -> frozenset[int]:
    """The code points that both weights hold a glyph for."""
    regular, heavy = _fonts()
    return frozenset(regular) & frozenset(heavy)


@cache
def char_widths() -> tuple[dict[str, float], dict[str, float]]:
    """Advance widths in ems by character, of the regular and of the bold weight."""
    regular, heavy = ({chr(code): width / 1000 for code, width in widths.items()} for widths in _fonts())
    return regular, heavy


@cache
def _fonts() -> tuple[dict[int, float], dict[int, float]]:
    with _loading:
        return _widths(REGULAR), _widths(BOLD)


def _widths(name: str) -> dict[int, float]:
    font: Any = PrintFont(name, str(resource_path(f"fonts/{name}.ttf")), asciiReadable=1, shapable=False)
    pdfmetrics.registerFont(font)
    face = font.face
    return {code: face.charWidths[code] for code in face.charToGlyph if code in face.charWidths}
