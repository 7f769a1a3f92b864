"""Phrases in the note's texts: an abbreviation and a blank or Tab become the words it stands for.

A dot at the beginning of a word proposes the phrases that begin so, Ctrl+Space proposes all of them. One Ctrl+Z gives the
abbreviation back. Nothing here ever keeps a letter from being typed.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment.shorthand import CURSOR, Phrase
from pulse_desktop.gui.workplaces.note.proposals import Proposal, Proposals
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand

_MOST: Final = 8
_EXPANDS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Tab})


class PhraseKeys(QObject):
    """Watches the keys of one text."""

    def __init__(self, edit: QPlainTextEdit, shorthand: OwnShorthand) -> None:
        super().__init__(edit)
        self._edit, self._shorthand = edit, shorthand
        self.proposals = Proposals(edit, _("Phrases"))
        self.proposals.taken.connect(self._take)
        edit.installEventFilter(self)
        edit.textChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.proposals.close_list()
        elif self.proposals.wants(event):
            event.accept()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._edit.isReadOnly():
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if self.proposals.takes(event):
            return True
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._propose(self._word(), first=True)
            return True
        if key in _EXPANDS and modifiers == Qt.KeyboardModifier.NoModifier:
            word = self._word()
            phrase = next((one for one in self._shorthand.phrases if one.short == word), None)
            if phrase is not None:
                self._expand(phrase, len(word), blank=key == Qt.Key.Key_Space)
                return True
        return False

    def _word(self) -> str:
        """What stands between the last blank and the cursor."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return ""
        before = cursor.block().text()[: cursor.positionInBlock()]
        pieces = before.split()
        return pieces[-1] if pieces and not before[-1:].isspace() else ""

    def _follow(self) -> None:
        """A dot at the beginning of a word opens the list; once it is open it follows what is typed."""
        word = self._word()
        if word.startswith(".") and self._edit.hasFocus():
            self._propose(word)
        else:
            self.proposals.close_list()

    def _propose(self, word: str, *, first: bool = False) -> None:
        fits = [one for one in self._shorthand.phrases if one.short.casefold().startswith(word.casefold())]
        rows = [Proposal(str(one.id), one.short, " ".join(one.text.replace(CURSOR, "…").split())) for one in fits[:_MOST]]
        self.proposals.show_rows(rows, _("Type it in full and a blank, or choose with Down and Enter"), first=first)

    def _take(self, key: str) -> None:
        phrase = next((one for one in self._shorthand.phrases if str(one.id) == key), None)
        if phrase is not None:
            word = self._word()
            self._expand(phrase, len(word) if phrase.short.casefold().startswith(word.casefold()) else 0, blank=False)

    def _expand(self, phrase: Phrase, letters: int, *, blank: bool) -> None:
        """Put the words in place of the letters before the cursor, as one thing that can be taken back."""
        before, mark, after = phrase.text.partition(CURSOR)
        words = before + after + (" " if blank and not mark else "")
        cursor = self._edit.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, letters)
        start = cursor.selectionStart()
        cursor.insertText(words)
        cursor.endEditBlock()
        if mark:
            cursor.setPosition(start + len(before))
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
