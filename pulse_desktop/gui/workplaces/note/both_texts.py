"""Two versions of one note side by side, when it was changed elsewhere meanwhile: nothing is lost, a person decides."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment.rules import FIELD_WORDS
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.words import cup_words, needle_words

_WIDTH: Final = 760
_NAMES: Final = 112
_TALLEST: Final = 420
_LONG_WORD: Final = re.compile(r"\S{24}")
_NOT_SHOWN: Final = frozenset({"cursor_field", "cursor_at", "copied", "overrides"})


def differences(stored: NoteDraft, mine: NoteDraft) -> list[tuple[str, str, str]]:
    """What differs, in words: (field, as it is in the file, as it is here)."""
    found = []
    for item in fields(NoteDraft):
        there, here = getattr(stored, item.name), getattr(mine, item.name)
        if item.name not in _NOT_SHOWN and there != here:
            found.append((_(FIELD_WORDS.get(item.name, item.name.replace("_", " "))), _said(there), _said(here)))
    return found


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(_said(one) for one in value) or _("nothing")
    if hasattr(value, "rim_mm"):
        return cup_words(value)
    if hasattr(value, "needles"):
        return needle_words(value)
    return _("nothing") if value in {None, ""} else str(value)


class BothTexts(QWidget):
    """`mine_chosen` stores what is on screen, `theirs_chosen` shows what is in the file; Esc decides nothing yet."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, over: QWidget, stored: NoteDraft, mine: NoteDraft) -> None:
        super().__init__(over)
        self.mine, self.theirs = Button(_("Keep what is here"), "primary"), Button(_("Take what is in the file"))
        self._lay_out(differences(stored, mine))
        self.mine.clicked.connect(self._keep)
        self.theirs.clicked.connect(self._take)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.setAccessibleName(_("Two versions of this note"))
        self.show()
        self.raise_()
        self.mine.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go()
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        (self.theirs if self.mine.hasFocus() else self.mine).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme().color("scrim"))

    def _lay_out(self, rows: list[tuple[str, str, str]]) -> None:
        card = Card(radius=8)
        card.setFixedWidth(min(theme().sized(_WIDTH), 1200))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(_("This note was changed elsewhere while you were writing"), "section"))
        column.addWidget(Paragraph(_("Nothing is lost: choose which of the two goes on. Esc lets you look at the note again first.")))
        column.addWidget(_table(rows), 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.theirs)
        buttons.addWidget(self.mine)
        column.addLayout(buttons)
        card.body.addLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 48, 24, 48)
        whole.addStretch(1)
        whole.addWidget(card, 6, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)

    def _keep(self) -> None:
        self._go()
        self.mine_chosen.emit()

    def _take(self) -> None:
        self._go()
        self.theirs_chosen.emit()

    def _go(self) -> None:
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        self.deleteLater()


def _table(rows: list[tuple[str, str, str]]) -> QScrollArea:
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    for column, title in enumerate(("", _("In the file"), _("Here"))):
        grid.addWidget(Label(title, "secondary", "ink-soft", weight=600), 0, column)
    width = (min(theme().sized(_WIDTH), 1200) - theme().sized(_NAMES) - 2 * 24 - 2 * 16 - 16) // 2
    grid.setColumnMinimumWidth(0, theme().sized(_NAMES))
    for at, (name, there, here) in enumerate(rows, 1):
        grid.addWidget(Label(name, "secondary", "ink-soft", weight=500), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_text(there, width), at, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_text(here, width), at, 2, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(len(rows) + 1, 1)
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumHeight(min(content.sizeHint().height() + 8, _TALLEST))
    return area


def _text(words: str, width: int) -> Paragraph:
    """Words that wrap, even one that is longer than the column."""
    shown = Paragraph(_LONG_WORD.sub("\\g<0>\u200b", words))
    shown.setFixedWidth(width)
    shown.setMinimumHeight(shown.heightForWidth(width))
    return shown
