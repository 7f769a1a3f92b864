"""A card with a list of marks: a head of 36 with how many, the rows, and what is said when something is refused."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.labels import Label, Rule
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.mark_list import MarkList

_PAD: Final = 8


class ListCard(QFrame):
    """Head and rows; `body` takes what belongs below the rows. `confirm_asked`: what was copied into it holds today."""

    confirm_asked = Signal()

    def __init__(self, title: str, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._count = Label("", "body", "ink-soft", align=drawing.RIGHT)
        self._rows = rows
        self._copied = Link(_("copied, confirm"), ink="amber")
        self._copied.setAccessibleName(_("{field}: copied, confirm").format(field=title))
        self._copied.hide()
        self._copied.clicked.connect(self.confirm_asked)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 3)
        self.body.setSpacing(0)
        self._rule = Rule()
        self.body.addWidget(self._head(title))
        self.body.addWidget(self._rule)
        self.body.addWidget(rows)

    def show_count(self, words: str, *, has_rows: bool) -> None:
        """What stands at the right of the head."""
        self._count.set_words(words)
        self._rule.setVisible(has_rows)

    def show_copied(self, *, copied: bool) -> None:
        """Rows that were copied and not yet touched are pale."""
        self._copied.setVisible(copied)
        if isinstance(self._rows, MarkList):
            self._rows.show_pale(pale=copied)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        drawing.box(QPainter(self), QRectF(self.rect()), 6, look.color("raised"), look.color("line"))

    def _head(self, title: str) -> QWidget:
        head = QWidget()
        head.setFixedHeight(theme().tall(36))
        row = QHBoxLayout(head)
        row.setContentsMargins(_PAD, 0, _PAD, 0)
        row.addWidget(Label(title, weight=600), 1)
        row.addWidget(self._copied)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight)
        return head
