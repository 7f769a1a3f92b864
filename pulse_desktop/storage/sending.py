"""One command on its way into the clinic, which may have to set out more than once but acts once.

Its operation id is the same each time. A COMMIT that was sent and never answered may have happened: the next attempt
looks for the operation before it acts, and once more before it believes a refusal, which may come from its own rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pulse_desktop.basics.problems import Problem, Trouble
from pulse_desktop.storage.faults import Mistake, cleanly
from pulse_desktop.storage.guards import on_guard
from pulse_desktop.storage.line import GONE
from pulse_desktop.storage.registry import Declaration

R = TypeVar("R")

BUSY: Final = "server_busy"


class SentTwice(Trouble):
    """The operation of this id was written by somebody else after it was looked for; only a server lets two try at once."""


on_guard("unique:operation.id", lambda: SentTwice("busy"))


@dataclass(slots=True)
class Sending:
    """A command, its value, and what is known of its fate."""

    declaration: Declaration
    value: Any
    consents: frozenset[str]
    operation: str
    is_repeated: bool
    """It may have been carried out before: look for it first."""
    is_unsure: bool = field(init=False)
    """A COMMIT of it was sent and has not been answered."""

    def __post_init__(self) -> None:
        self.is_unsure = self.is_repeated

    def unsure(self) -> Trouble:
        """What a person hears while nobody knows."""
        return Trouble("server_unsure", operation=self.operation)


def attempted(sending: Sending, act: Callable[[Sending], R], earlier: Callable[[Sending], R | None], *, once_more: bool) -> R:
    """What `act` answers, or what the operation answered before. `once_more`: others write beside us, so a race is run again."""
    problem: Problem | Mistake
    try:
        return cleanly(lambda: act(sending))
    except (Problem, Mistake) as error:
        problem = error
    if isinstance(problem, Trouble) and problem.key == GONE:
        sending.is_repeated = True
        raise sending.unsure() if sending.is_unsure else problem
    if sending.is_unsure and (before := _found(sending, earlier)) is not None:
        return before
    sending.is_unsure = False
    sending.is_repeated = sending.is_repeated or isinstance(problem, SentTwice)
    if once_more and _is_race(problem):
        return attempted(sending, act, earlier, once_more=False)
    raise problem


def _found(sending: Sending, earlier: Callable[[Sending], R | None]) -> R | None:
    try:
        return cleanly(lambda: earlier(sending))
    except Trouble as trouble:
        if trouble.key != GONE:
            raise
    raise sending.unsure()


def _is_race(problem: Problem | Mistake) -> bool:
    """Somebody was quicker, or held what was needed: a second look says who, or finds the way free."""
    return isinstance(problem, Problem) and (problem.by_guard or problem.key == BUSY)
