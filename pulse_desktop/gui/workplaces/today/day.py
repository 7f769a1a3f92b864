"""What Today knows of its day: asked for whole, and after a change for the cards of the visits that changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from pulse_desktop.clinic import boards
from pulse_desktop.clinic.boards.values import TodayBoard, TodayCard
from pulse_desktop.gui.live import Row
from pulse_desktop.gui.parts.desk_parts import DeskParts

_BOARD: Final = "board"
_VISIT, _LINE = "visit", "visit_service"
"""What a step, a booking or a move writes; whatever else changes may show on any card."""


class DayAsked(QObject):
    """Asks for the day; an answer that is overtaken by a newer question is asked for again with it."""

    answered = Signal(object)
    """The board as it is now."""

    def __init__(self, parts: DeskParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._board: TodayBoard | None = None
        self._behind: set[Row] = set()
        self._is_whole_asked = False

    def ask(self) -> None:
        """Everything anew."""
        practice = self._parts.practice
        self._is_whole_asked = True
        self._behind.clear()
        self._parts.work.look(boards.today, practice.office.id, practice.today(), then=self._take, latest=_BOARD)

    def ask_for(self, rows: frozenset[Row]) -> bool:
        """Only the cards of these rows; False when they are not enough to know what changed on the board."""
        practice, board = self._parts.practice, self._board
        if self._is_whole_asked or board is None or any(subject not in {_VISIT, _LINE} for subject, _row_id in rows):
            return False
        if (board.office_id, board.day) != (practice.office.id, practice.today()):
            return False
        self._behind |= rows
        visits, lines = (tuple(sorted(row_id for subject, row_id in self._behind if subject == kind)) for kind in (_VISIT, _LINE))
        look = self._parts.work.look
        look(boards.today_cards, board.office_id, board.day, visits, lines, then=self._take_cards, latest=_BOARD)
        return True

    def _take(self, board: TodayBoard) -> None:
        self._is_whole_asked = False
        self._board = board
        self.answered.emit(board)

    def _take_cards(self, cards: tuple[TodayCard, ...] | None) -> None:
        """Somebody who came onto the board or left it changes other cards too (two of one name): then all of it is asked for."""
        changed = {row_id for subject, row_id in self._behind if subject == _VISIT} | {card.visit.id for card in cards or ()}
        self._behind.clear()
        assert self._board is not None
        before = self._board.cards
        if cards is None or {card.visit.id for card in before} & changed != {card.visit.id for card in cards}:
            self.ask()
        elif cards:
            in_order = (*(card for card in before if card.visit.id not in changed), *cards)
            self._board = replace(self._board, cards=tuple(sorted(in_order, key=lambda card: (card.visit.starts, card.visit.id))))
            self.answered.emit(self._board)
