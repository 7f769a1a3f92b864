"""What stands at the head of every paper: the practice's mark and name, the office, then title, patient and date."""

from __future__ import annotations

from dataclasses import replace

from pulse_desktop.documents.blocks import Text, bold, plain
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.page import JADE, LEFT, RIGHT, SOFT, WIDTH, Page, Style

_NAME = Style(15, 18)
_SMALL = Style(9, 12, SOFT, align="right")
_MARK = 25.5
_CJK = frozenset({"zh"})
NO_BREAK = "\N{NO-BREAK SPACE}"


def unbroken(text: str) -> str:
    """A telephone number and its like: never broken over two lines."""
    return text.replace(" ", NO_BREAK)


def letterhead_height(address: tuple[str, ...]) -> float:
    """Height of the head with its rule."""
    return max(_MARK, len(address[:3]) * _SMALL.leading) + 8.25


def draw_letterhead(page: Page, practice: str, address: tuple[str, ...], top: float) -> float:
    """Draw the head of the paper; returns where it ends. `address` is at most three lines, right-aligned."""
    lines = [Text(plain(line), _SMALL, most_lines=1) for line in address[:3]]
    bottom = top + letterhead_height(address) - 8.25
    page.icon("mark", LEFT, bottom - _MARK, _MARK, colour=JADE)
    name = Text(plain(practice), replace(_NAME, spacing=0.15), most_lines=1)
    name.draw(page, LEFT + _MARK + 7.5, bottom - (_MARK + _NAME.leading) / 2, WIDTH * 0.55)
    for at, line in enumerate(lines):
        line.draw(page, LEFT + WIDTH * 0.6, bottom - (len(lines) - at) * _SMALL.leading, WIDTH * 0.4)
    page.rule(LEFT, bottom + 7.5, RIGHT, 0.75)
    return bottom + 8.25


def title_height(title: str, who: str, facts: tuple[str, ...], measures: Measures) -> float:
    """Height of the title row with its padding."""
    left, right = _title_blocks(title, who, facts, measures)
    return max(left.height(WIDTH * 0.5), sum(text.height(WIDTH * 0.48) for text in right)) + 2 * measures.title_padding


def draw_title(page: Page, title: str, who: str, facts: tuple[str, ...], measures: Measures, top: float) -> float:
    """Draw the title at the left, who and when at the right, on one foot line; returns where the row ends."""
    left, right = _title_blocks(title, who, facts, measures)
    bottom = top + title_height(title, who, facts, measures)
    foot = bottom - measures.title_padding
    left.draw(page, LEFT, foot - left.height(WIDTH * 0.5), WIDTH * 0.5)
    right_top = foot - sum(text.height(WIDTH * 0.48) for text in right)
    for text in right:
        text.draw(page, RIGHT - WIDTH * 0.48, right_top, WIDTH * 0.48)
        right_top += text.height(WIDTH * 0.48)
    return bottom


def _title_blocks(title: str, who: str, facts: tuple[str, ...], measures: Measures) -> tuple[Text, list[Text]]:
    head = measures.title if any(letter > "\u2e80" for letter in title) else replace(measures.title, spacing=-0.2)
    small = replace(measures.small, align="right")
    name = Text(bold(who), replace(measures.body, align="right"), most_lines=2)
    return Text(plain(title), head, role="H1"), [name, *(Text(plain(fact), small, most_lines=2) for fact in facts)]
