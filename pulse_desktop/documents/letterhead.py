"""What stands at the head of every paper: the practice's mark and name, the office, then title, patient and date."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulse_desktop.documents.blocks import Text, bold, plain
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.page import JADE, LEFT, RIGHT, SOFT, WIDTH, Page, Style
from pulse_desktop.documents.values import Letterhead

_NAME = Style(15, 18)
_SMALL = Style(9, 12, SOFT, align="right")
_MARK = 25.5
_RIGHT_WIDTH = WIDTH * 0.48
NO_BREAK = "\N{NO-BREAK SPACE}"


def unbroken(text: str) -> str:
    """A telephone number and its like: never broken over two lines."""
    return text.replace(" ", NO_BREAK)


def address_lines(head: Letterhead) -> tuple[str, ...]:
    """The office's lines at the right of the head: street, then city and telephone."""
    phone = unbroken(head.phone)
    city = f"{head.city} {NO_BREAK}{phone}" if head.city else phone
    return tuple(line for line in (*head.street, city) if line)


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
    page.rule(LEFT, bottom + 7.5, RIGHT, 0.6)
    return bottom + 8.25


@dataclass(frozen=True, slots=True)
class TitleRow:
    """The title at the left; who and when at the right; both on one foot line."""

    title: str
    who: str
    facts: tuple[str, ...]
    measures: Measures

    def height(self) -> float:
        """Height with its padding."""
        return max(self._left_height, self._right_height) + 2 * self.measures.title_padding

    def draw(self, page: Page, top: float) -> float:
        """Draw the row; returns where it ends."""
        foot = top + self.height() - self.measures.title_padding
        self._left.draw(page, LEFT, foot - self._left_height, self._left_width)
        right_top = foot - self._right_height
        for text in self._right:
            text.draw(page, RIGHT - _RIGHT_WIDTH, right_top, _RIGHT_WIDTH)
            right_top += text.height(_RIGHT_WIDTH)
        return foot + self.measures.title_padding

    @property
    def _left(self) -> Text:
        head = self.measures.title if _is_chinese(self.title) else replace(self.measures.title, spacing=-0.2)
        return Text(plain(self.title), head, role="H1")

    @property
    def _right(self) -> list[Text]:
        small = replace(self.measures.small, align="right")
        name = Text(bold(self.who), replace(self.measures.body, align="right"), most_lines=2)
        return [name, *(Text(plain(fact), small, most_lines=2) for fact in self.facts)]

    @property
    def _left_width(self) -> float:
        """The title may use what the right side leaves."""
        widest = max(line.width for text in self._right for line in text.lines(_RIGHT_WIDTH))
        return WIDTH - widest - 12

    @property
    def _left_height(self) -> float:
        return self._left.height(self._left_width)

    @property
    def _right_height(self) -> float:
        return sum(text.height(_RIGHT_WIDTH) for text in self._right)


def _is_chinese(text: str) -> bool:
    return any(letter > "\u2e80" for letter in text)
