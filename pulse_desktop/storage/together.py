"""Questions that do not need each other's answers, asked together: over a line to another town that is one journey.

    with context.together() as asks:
        cards = asks(cards_of, context, visit_ids)
        debts = asks(debts_of, context, patient_ids)
    return board(cards.answer, debts.answer)

Over a file they are simply asked one after the other. Questions only look; whatever one of them raises is raised at the
end of the block, the first question's first, as if they had been asked in this order.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
R = TypeVar("R")


class Question(Generic[R]):
    """One of several; its answer is there once the block was left."""

    __slots__ = ("_ask", "_found", "_raised")

    def __init__(self, ask: Callable[[], R]) -> None:
        self._ask = ask
        self._found: list[R] = []
        self._raised: BaseException | None = None

    @property
    def answer(self) -> R:
        """What was found."""
        return self._found[0]

    def find(self) -> None:
        """Asks; raises nothing, so that the others come to their ends."""
        try:
            self._found.append(self._ask())
        except BaseException as error:  # noqa: BLE001 - raised by `check`, where the questions were asked
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

    def __enter__(self) -> Together:
        return self

    def __call__(self, question: Callable[P, R], *args: P.args, **named: P.kwargs) -> Question[R]:
        """One more question, answered after the block."""
        asked = Question(lambda: question(*args, **named))
        self._questions.append(asked)
        return asked

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            return
        if self._connection.dialect.name == "sqlite":
            for question in self._questions:
                question.find()
                question.check()
            return
        from pulse_desktop.storage.postgres_line import ask_together  # noqa: PLC0415 - only where a server is used

        ask_together(self._connection, self._questions)
        for question in self._questions:
            question.check()
