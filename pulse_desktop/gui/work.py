"""How windows reach the clinic without waiting for it.

    work = Work(door, on_bug=report)
    work.do(schedule.book_visit, booking, then=self._booked, refused=self._refused)
    work.look(schedule.visits_on, day, then=self._show, latest="day")

One thread writes, first come first served; three read. Answers come home to the GUI thread through one queued signal
and are dropped when the widget that asked has died. Give bound methods (or `functools.partial` of one): a lambda would
keep its window alive and cannot be dropped.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from pulse_desktop.basics.problems import Problem

READERS: Final = 3
UNSURE: Final = "server_unsure"
"""Key of the Trouble after which nobody knows whether a command was carried out."""

Callback = Callable[..., object]


class Finished(Protocol):
    """What a door answers to a command; `changes` says which subjects changed, `operation` is what undo takes back."""

    @property
    def answer(self) -> Any: ...
    @property
    def operation(self) -> str: ...
    @property
    def changes(self) -> Any: ...


class Door(Protocol):
    """The only way into the clinic (storage's own door keeps to this)."""

    def do(self, command: Callable[..., Any], value: Any, *, consents: frozenset[str] = frozenset(), operation: str | None = None) -> Any: ...
    def was_done(self, command: Callable[..., Any], operation: str) -> Any: ...
    def look(self, query: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Errand:
    """A command that was sent. `sends_again`: whoever sent it does so again by itself when nobody knows how it ended."""

    command: Callable[..., Any]
    value: Any
    sends_again: bool
    operation: str = ""

    def is_same(self, command: Callable[..., Any], value: Any) -> bool:
        return self.command is command and bool(self.value == value)


class WeakCall:
    """A callback held weakly, so that a window waiting for an answer may close. Plain functions are held as they are."""

    def __init__(self, call: Callback) -> None:
        self._before: tuple[Any, ...] = ()
        self._named: dict[str, Any] = {}
        if isinstance(call, functools.partial):
            self._before, self._named, call = call.args, call.keywords, call.func
        self._ref: Any = weakref.WeakMethod(call) if inspect.ismethod(call) else (lambda: call)

    def living(self) -> Callback | None:
        """The callback, or None when the object it belongs to is gone."""
        call = self._ref()
        if call is None:
            return None
        owner = getattr(call, "__self__", None)
        if isinstance(owner, QObject) and not shiboken6.isValid(owner):
            return None
        return functools.partial(call, *self._before, **self._named) if self._before or self._named else call

    @property
    def owner(self) -> int:
        """Identity of the asking object, to count the latest question of each."""
        call = self._ref()
        return id(getattr(call, "__self__", None))


@dataclass(frozen=True, slots=True)
class _Answer:
    callback: WeakCall | None
    refused: WeakCall | None
    value: Any
    problem: BaseException | None
    place: tuple[int, str] | None
    number: int
    writes: bool
    errand: _Errand | None = None


class Work(QObject):
    """Sends commands and queries through the door and brings their answers home. Lives on the GUI thread."""

    changed = Signal(object)
    """The changes of a finished command, told on the GUI thread before its `then` is called."""
    saved = Signal()
    """A command was committed: the foot bar says so."""
    line_broke = Signal()
    """The clinic's server did not answer a command or a query."""
    known_at_last = Signal(bool)
    """How a command ended that nobody knew of: it was saved, or was not and may be sent once more."""
    _home = Signal(object)

    def __init__(
        self,
        door: Door,
        *,
        on_bug: Callable[[BaseException], object],
        on_problem: Callable[[Problem], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`on_problem` hears the problems that a caller gave no `refused` for; without it they go to `on_bug`."""
        super().__init__(parent)
        self._door = door
        self._on_bug = on_bug
        self._on_problem: Callable[[Problem], object] = on_problem or on_bug
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="pulse-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="pulse-read")
        self._numbers = itertools.count(1)
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="pulse-aside")
        self._latest: dict[tuple[int, str], int] = {}
        self._unsure: list[tuple[_Errand, WeakCall | None]] = []
        self._under_way = 0
        self._closed = False
        self._home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether no answer is under way (tests and the tour wait for it)."""
        return self._under_way == 0

    def do(
        self,
        command: Callable[..., Any],
        value: Any,
        *,
        then: Callback | None = None,
        refused: Callable[[Any], object] | None = None,
        consents: frozenset[str] = frozenset(),
        sends_again: bool = False,
    ) -> None:
        """Do `command` with `value`; `then` hears the door's Done, `refused` a Problem.

        After Trouble("server_unsure") the same command with the same value is the same operation, which acts once.
        `sends_again` says that the caller does that by itself; others hear `then` late, once it is known.
        """
        call = functools.partial(self._door.do, command, value, consents=consents, operation=self._taken_up(command, value))
        self._send(self._writer, call, then, refused, None, _Errand(command, value, sends_again))

    def look(
        self,
        query: Callable[..., Any],
        *args: Any,
        then: Callback,
        latest: str | None = None,
        refused: Callable[[Any], object] | None = None,
    ) -> None:
        """Ask `query`; `then` hears its result. With `latest` only the answer to the newest such question arrives."""
        call = functools.partial(self._door.look, query, *args)
        self._send(self._readers, call, then, refused, latest)

    def run(
        self,
        call: Callable[[], Any],
        *,
        then: Callback | None = None,
        refused: Callable[[Any], object] | None = None,
    ) -> None:
        """Run any plain function that must not hold up the windows (drawing a document, printing it)."""
        self._send(self._readers, call, then, refused, None)

    def through(
        self,
        call: Callable[..., Any],
        *args: Any,
        then: Callback | None = None,
        refused: Callable[[Any], object] | None = None,
    ) -> None:
        """Run `call(door, *args)`, which does several things through the door (handing out) and may take its time."""
        self._send(self._readers, functools.partial(call, self._door, *args), then, refused, None)

    def aside(
        self,
        call: Callable[[], Any],
        *,
        then: Callback | None = None,
        refused: Callable[[Any], object] | None = None,
    ) -> None:
        """Run something quick that must not wait behind the clinic's server, one after the other."""
        self._send(self._aside, call, then, refused, None)

    def learn_ends(self) -> None:
        """The server answers again: ask how the commands ended of which nobody knows."""
        for errand, _callback in self._unsure:
            if not errand.sends_again:
                ask = functools.partial(self._door.was_done, errand.command, errand.operation)
                self._send(self._readers, ask, functools.partial(self._learn_end, errand), self._stay_unsure, None)

    def close(self) -> None:
        """Let what is being written finish, drop what is only being read, join the threads. Answers no longer arrive."""
        self._closed = True
        self._writer.shutdown(wait=True)
        self._aside.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)

    def _send(
        self,
        pool: ThreadPoolExecutor,
        call: Callable[[], Any],
        then: Callback | None,
        refused: Callable[[Any], object] | None,
        latest: str | None,
        errand: _Errand | None = None,
    ) -> None:
        if self._closed:
            return  # a screen that is about to go asks or hands over once more: what counts was handed over before
        callback = WeakCall(then) if then else None
        refusal = WeakCall(refused) if refused else None
        number = next(self._numbers)
        place = (callback.owner, latest) if callback and latest else None
        if place:
            self._latest[place] = number
        blank = _Answer(callback, refusal, None, None, place, number, pool is self._writer, errand)
        self._under_way += 1
        pool.submit(self._travel, call, blank)

    def _travel(self, call: Callable[[], Any], blank: _Answer) -> None:
        value, problem = None, None
        try:
            value = call()
        except Exception as error:  # noqa: BLE001 - one of the four places that catch everything: threads end here
            problem = error
        answer = _Answer(blank.callback, blank.refused, value, problem, blank.place, blank.number, blank.writes, blank.errand)
        if not self._closed and shiboken6.isValid(self):
            self._home.emit(answer)

    def _deliver(self, answer: _Answer) -> None:
        self._under_way -= 1
        if answer.problem is not None:
            self._tell_problem(answer)
            return
        if answer.writes:
            self.saved.emit()
            self.changed.emit(answer.value.changes)
        if self._is_stale(answer):
            return
        call = answer.callback.living() if answer.callback else None
        if call is not None:
            call(answer.value)

    def _is_stale(self, answer: _Answer) -> bool:
        if answer.place is None:
            return False
        if self._latest.get(answer.place) != answer.number:
            return True
        del self._latest[answer.place]
        return False

    def _tell_problem(self, answer: _Answer) -> None:
        problem = answer.problem
        if isinstance(problem, Problem) and is_line_broken(problem):
            self._remember_unsure(answer, problem)
            self.line_broke.emit()
        stale = self._is_stale(answer)
        if not isinstance(problem, Problem):
            assert problem is not None
            self._on_bug(problem)
        elif answer.refused is None:
            if answer.writes or not is_line_broken(problem):  # a look that found the line broken is made again when it is back
                self._on_problem(problem)
        elif not stale and (call := answer.refused.living()):
            call(problem)

    # --- when nobody knows how a command ended

    def _remember_unsure(self, answer: _Answer, problem: Problem) -> None:
        operation = problem.details.get("operation")
        if answer.errand is not None and isinstance(operation, str):
            self._unsure.append((replace(answer.errand, operation=operation), answer.callback))

    def _taken_up(self, command: Callable[..., Any], value: Any) -> str | None:
        """The operation under which this was sent before without being answered; None for what is new."""
        for at, (errand, _callback) in enumerate(self._unsure):
            if errand.is_same(command, value):
                del self._unsure[at]
                return errand.operation
        return None

    def _learn_end(self, errand: _Errand, done: Any) -> None:
        """What was saved after all is told as if the answer had only been slow; who sent it again meanwhile hears that answer."""
        known = next((one for one in self._unsure if one[0] is errand), None)
        if known is None:
            return
        self._unsure.remove(known)
        self.known_at_last.emit(done is not None)
        if done is not None:
            self.saved.emit()
            self._tell(known[1], done)

    def _stay_unsure(self, _problem: Problem) -> None:
        """The server went away again; it is asked when it is back."""

    @staticmethod
    def _tell(callback: WeakCall | None, done: Any) -> None:
        call = callback.living() if callback else None
        if call is not None:
            call(done)


def is_line_broken(problem: Problem) -> bool:
    """Whether the clinic's server did not answer: what was typed stays, and the same may be sent again."""
    return problem.key in {"server_gone", UNSURE}
