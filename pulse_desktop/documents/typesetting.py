"""Breaking text into lines: Latin and Cyrillic between words, Chinese between characters, never a mark alone at an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pulse_desktop.documents.fonts import char_width, char_widths
from pulse_desktop.documents.lettering import Letter, Run, Span, letters, runs

NO_START = frozenset("，。、；：！？）」』》〉】〕”’…—,.;:!?)]}%°·日月年天周次个小时分钟号至到")
"""Never first in a line: closing marks, and the measure words that are glued to a number."""
NO_END = frozenset("（「『《〈【〔“‘([{$№")
"""Never last in a line."""
ELLIPSIS = "..."
"""Three full stops: the font's own ellipsis is the Chinese one, at half height."""
_CJK_FIRST, _CJK_LAST = "\u2e80", "\uffef"


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw: its runs and its width in points."""

    runs: tuple[Run, ...]
    width: float


@lru_cache(maxsize=2048)
def break_lines(spans: tuple[Span, ...], size: float, width: float, spacing: float = 0.0) -> tuple[Line, ...]:
    """Break text into lines no wider than `width` points at a type size (`spacing` is added to each letter).

    Kept, since a sheet that looks for its fit breaks the same sentences again and again.
    """
    text = letters(spans)
    advances = _advances(text, size, spacing)
    lines: list[Line] = []
    start = 0
    while start < len(text):
        end, following = _line_end(text, advances, start, width)
        lines.append(_line(text[start:end], advances[start:end]))
        start = following
    return tuple(lines) or (Line((), 0.0),)


def shortened(
    lines: tuple[Line, ...], most: int | None, size: float, width: float, spacing: float = 0.0
) -> tuple[Line, ...]:
    """At most so many lines; the last ends in an ellipsis that stands for all that was left out."""
    if most is None or len(lines) <= most:
        return lines
    rest = [run for line in lines[most - 1 :] for run in (*line.runs, Run(" ", bold=False))]
    said = "".join(run.text if run.actual is None else run.actual for run in rest).strip()
    is_bold = rest[0].bold

    def reach(text: str) -> Iterator[float]:
        return accumulate(char_width(character, bold=is_bold) * size + spacing for character in text)

    text = "".join(run.text for run in rest)
    room = width - max(reach(ELLIPSIS))
    kept = "".join(character for character, end in zip(text, reach(text), strict=True) if end <= room).rstrip() + ELLIPSIS
    return (*lines[: most - 1], Line((Run(kept, is_bold, said),), max(reach(kept))))


def text_width(spans: Iterable[Span], size: float, spacing: float = 0.0) -> float:
    """Width in points of text set in one line."""
    return sum(_advances(letters(spans), size, spacing))


def _advances(text: Iterable[Letter], size: float, spacing: float) -> list[float]:
    """How far each letter moves the pen; what is not drawn moves it nowhere."""
    widths = char_widths()
    return [widths[letter.bold][letter.visible] * size + spacing if letter.visible else 0.0 for letter in text]


def _line(text: Sequence[Letter], advances: Sequence[float]) -> Line:
    end = len(text)
    while end and text[end - 1].visible == " ":
        end -= 1
    return Line(tuple(runs(text[:end])), sum(advances[:end]))


def _line_end(text: Sequence[Letter], advances: Sequence[float], start: int, width: float) -> tuple[int, int]:
    """Where the line that begins at `start` ends, and where the next one begins."""
    used, best = 0.0, start
    for at in range(start, len(text)):
        if text[at].visible == " ":
            best = at  # the blank itself may hang over the margin: it is not drawn
        elif at > start and _may_break(text[at - 1].visible, text[at].visible):
            best = at
        used += advances[at]
        if used > width + 0.01 and text[at].visible != " " and at > start:
            end = best if best > start else at
            return end, _after_blanks(text, end)
    return len(text), len(text)


def _after_blanks(text: Sequence[Letter], at: int) -> int:
    while at < len(text) and text[at].visible == " ":
        at += 1
    return at


def _may_break(before: str, after: str) -> bool:
    if not before or not after or before == " " or after in NO_START or before in NO_END:
        return False  # after a blank nothing is won: the blank before was already a place to break
    if before in "\N{EN DASH}/" and after.isalpha():
        return True
    return _is_cjk(before) or _is_cjk(after)


def _is_cjk(character: str) -> bool:
    return _CJK_FIRST <= character <= _CJK_LAST
