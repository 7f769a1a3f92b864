"""A card of icon lines whose lines change while its head stays, so that focus and buttons survive a reload."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card, CardLine
from pulse_desktop.gui.parts.labels import Label, Paragraph


class LinesCard(Card):
    """`show_lines` replaces the lines; `aside` stands softly in the head, beside the button `action`."""

    def __init__(self, title: str, action: str = "", parent: QWidget | None = None) -> None:
        self._shown: tuple[tuple[CardLine, ...], str] | None = None
        self.aside = Label("", "secondary", "ink-soft")
        self.button = Button(action, "text")
        end = QWidget()
        row = QHBoxLayout(end)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.aside)
        row.addWidget(self.button)
        if not action:
            self.button.hide()
        super().__init__(title, action=end, parent=parent)

    def show_lines(self, lines: Sequence[CardLine], otherwise: str = "") -> None:
        """Show these lines below the head; without any, the sentence `otherwise`."""
        if (shown := (tuple(lines), otherwise)) == self._shown:
            return
        self._shown = shown
        while self.body.count() > 1:
            item = self.body.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self.add_line(line)
        if otherwise and not lines:
            words = Paragraph(otherwise, "body", "ink-soft")
            words.setContentsMargins(16, 0, 16, 12)
            self.body.addWidget(words)
