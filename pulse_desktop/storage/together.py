"""Questions that do not need each other's answers, asked together: over a line to another town that is one journey.

    with context.together() as asks:
        cards = asks(cards_of, context, visit_ids)
        debts = asks(debts_of, context, patient_ids)
    return board(cards.answer, debts.answer)

Over a file they are simply asked one after the other; over a line they are sent in this order, so that one may also write
what a later one reads. Whatever one of them raises is raised at the end of the block, the first question's first.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
R = TypeVar("R")


class Question(Generic[R]):
    """One of several; its answer is there once the block was left."""

    __slots__ = ("_ask", "_found", "_raised")

    def __init__(self, ask: Callable[[], R]) -> None:
        self._ask = ask
        self._found: list[R] = []
        self._raised: Exception | None = None

    @property
    def answer(self) -> R:
        """What was found."""
        return self._found[0]

    def find(self) -> None:
        """Asks; raises nothing, so that the others come to their ends."""
        try:
            self._found.append(self._ask())
        except Exception as error:  # noqa: BLE001 - raised by `check`, where the questions were asked
            self._raised = error

    def check(self) -> None:
        """Raises what asking raised."""
        if self._raised is not None:
            raise self._raised


class Together:
    """Collects questions and asks them when the block is left."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._questions: list[Question[Any]] = []

    def __enter__(self) -> Self:
        return self

    def __call__(self, question: Callable[P, R], *args: P.args, **named: P.kwargs) -> Question[R]:
        """One more question, answered after the block."""
        asked = Question(lambda: question(*args, **named))
        self._questions.append(asked)
        return asked

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            return
        side_by_side = getattr(self._connection.dialect, "ask_together", None)
        if side_by_side is not None:
            side_by_side(self._connection, self._questions)
        for question in self._questions:
            if side_by_side is None:
                question.find()
            question.check()
