"""Cards: raised white boxes with a 1 px line around.

    card = Card("Upcoming visits", action=Button("Book visit", "text"))     # head 40 with title, then content
    card.body.addWidget(table)                                              # card.body is a QVBoxLayout
    card.add_line(CardLine("(973) 555-0142", "Mobile, best after 3 PM", "phone"))
    card.add_fact("Price", "$900.00", strong=True)                          # rows "word ... value" with lines between
    Card()                                                                  # a plain box

Cards end with their content: add a stretch to the column that holds them, not to the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph, Rule
from pulse_desktop.gui.parts.theme import theme

_PAD: Final = 16


@dataclass(frozen=True, slots=True)
class CardLine:
    """Two lines of words with an icon: what it is, and what one should know about it."""

    text: str
    detail: str = ""
    icon: str = ""
    ink: str = "ink-soft"


class Card(QFrame):
    """A card with an optional head. `ground` and `edge` are colour roles."""

    def __init__(
        self,
        title: str = "",
        *,
        aside: str = "",
        action: QWidget | None = None,
        ground: str = "raised",
        edge: str = "line",
        radius: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground, self._edge, self._radius = ground, edge, radius
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self._facts_added = 0
        self._title = Label(title, "section")
        self._aside = Label(aside, "body", "ink-soft", align=drawing.RIGHT)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(self._head(action))

    def set_title(self, title: str, aside: str = "") -> None:
        """Change the words of the head."""
        self.setAccessibleName(title)
        self._title.set_words(title)
        self._aside.set_words(aside)

    def set_colours(self, ground: str = "raised", edge: str = "line") -> None:
        """Change the roles of ground and edge."""
        self._ground, self._edge = ground, edge
        self.update()

    def add_line(self, line: CardLine) -> QWidget:
        """Add a row with an icon and two lines of words; a 1 px line separates it from the row above."""
        if self.body.count() > 1:
            self.body.addWidget(Rule())
        row = _line_row(line)
        self.body.addWidget(row)
        return row

    def add_fact(self, name: str, value: str, *, ink: str = "ink", strong: bool = False) -> None:
        """Add a row of 36 px: a soft word at the left, its value at the right, a line to the fact above."""
        row = Band(35)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Label(name, "body", "ink-soft"))
        layout.addStretch(1)
        layout.addWidget(Label(value, "body", ink, weight=600 if strong else 400, align=drawing.RIGHT))
        padded = QVBoxLayout()
        padded.setContentsMargins(_PAD, 0, _PAD, 0)
        padded.setSpacing(0)
        if self._facts_added:
            padded.addWidget(Rule())
        padded.addWidget(row)
        self._facts_added += 1
        self.body.addLayout(padded)

    def add_padded(self, *widgets: QWidget, gap: int = 8) -> QVBoxLayout:
        """Add widgets one below the other with the card's padding of 16; returns their layout."""
        layout = QVBoxLayout()
        layout.setContentsMargins(_PAD, 0 if self._title.text() else 12, _PAD, 12)
        layout.setSpacing(gap)
        for widget in widgets:
            layout.addWidget(widget)
        self.body.addLayout(layout)
        return layout

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        ground = look.color(self._ground) if self._ground else None
        drawing.box(QPainter(self), QRectF(self.rect()), self._radius, ground, look.color(self._edge))

    def _head(self, action: QWidget | None) -> QWidget:
        head = Band(40, 24, at_least=True)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(_PAD - 1, 0, _PAD - 1, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addStretch(1)
        layout.addWidget(self._aside)
        if action is not None:
            layout.addWidget(action)
        return head


def _line_row(line: CardLine) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(_PAD, 4, _PAD, 4)
    layout.setSpacing(12)
    if line.icon:
        layout.addWidget(Icon(line.icon, line.ink, 18), 0, Qt.AlignmentFlag.AlignVCenter)
    both = QVBoxLayout()
    both.setSpacing(0)
    both.addStretch(1)
    both.addWidget(Paragraph(line.text))
    if line.detail:
        both.addWidget(Paragraph(line.detail, "secondary", "ink-soft"))
    both.addStretch(1)
    layout.addLayout(both, 1)
    row.setMinimumHeight(36)
    return row


class TitledLine(QWidget):
    """A hint in a panel: an icon in a colour that means something, a line, and softer words below."""

    def __init__(self, line: CardLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._icon = Icon(line.icon or "info", line.ink, 18)
        self._text = Paragraph(line.text)
        self._detail = Paragraph(line.detail, "secondary", "ink-soft")
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._text)
        both.addWidget(self._detail)
        self._layout.addLayout(both, 1)
        self.show_line(line)

    def show_line(self, line: CardLine) -> None:
        """Show other words."""
        self._icon.show_icon(line.icon or "info", line.ink)
        self._text.set_words(line.text)
        self._detail.set_words(line.detail)
        self._detail.setVisible(bool(line.detail))
        self.setAccessibleName(f"{line.text}. {line.detail}" if line.detail else line.text)
