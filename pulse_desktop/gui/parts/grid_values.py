"""What the time grid shows: columns, visits, closed times, openings. Minutes count from midnight."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pulse_desktop.gui.parts.board_card import Flag


@dataclass(frozen=True, slots=True)
class Closed:
    """A time in which nothing can be booked, and why in words ("Lunch")."""

    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One practitioner, room or day."""

    key: Hashable
    title: str
    subtitle: str = ""
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class GridVisit:
    """One visit. `hands` are the spans (from, to; minutes after the start) in which hands are needed, `role` is its progress
    ("progress.arrived"), `words` what a screen reader says, `before` and `after` minutes of set-up and clean-up."""

    key: Hashable
    column: Hashable
    start: int
    minutes: int
    time: str
    name: str
    detail: str = ""
    role: str = "progress.expected"
    hands: tuple[tuple[int, int], ...] = ()
    before: int = 0
    after: int = 0
    flags: tuple[Flag, ...] = ()
    words: str = ""
    buffer_words: str = ""
    can_move: bool = True

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class Opening:
    """A free place that is offered: dashed, or solid when it is the chosen one. With `refusal` it is cinnabar and says why not."""

    column: Hashable
    start: int
    minutes: int
    words: str
    is_chosen: bool = False
    is_refused: bool = False
    before: int = 0
    after: int = 0
