"""Work, Live and Follows: answers come home, or not at all."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.gui.live import Follows, Live, Row
from pulse_desktop.gui.work import Work
from pulse_desktop.storage.notes import Change
from tests.gui.conftest import Show


@dataclass(frozen=True)
class Answered:
    answer: Any
    changes: frozenset[str] = frozenset({"visit"})


@dataclass
class PlainDoor:
    """A door without a clinic behind it: what is asked is simply called, where Work calls it."""

    threads: list[str] = field(default_factory=list)

    def do(self, command: Callable[..., Any], value: Any, *, consents: frozenset[str] = frozenset(), operation: str | None = None) -> Answered:
        self.threads.append(threading.current_thread().name)
        return Answered(command(value, consents))

    def was_done(self, command: Callable[..., Any], operation: str) -> Answered | None:
        return None

    def look(self, query: Callable[..., Any], *args: Any) -> Any:
        self.threads.append(threading.current_thread().name)
        return query(*args)


class Screen(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def hear(self, answer: Any) -> None:
        self.heard.append(answer)

    def hear_with(self, name: str, answer: Any) -> None:
        self.heard.append((name, answer))


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def work(qtbot: QtBot, bugs: list[BaseException]) -> Iterator[Work]:
    made = Work(PlainDoor(), on_bug=bugs.append)
    yield made
    made.close()


def test_a_command_comes_home_on_the_gui_thread(qtbot: QtBot, work: Work, show: Show) -> None:
    screen = Screen()
    show(screen)
    with qtbot.waitSignals([work.saved, work.changed]):
        work.do(
            lambda value, consents: (value, sorted(consents)), 7, then=screen.hear, consents=frozenset({"after_hours"})
        )
    assert [done.answer for done in screen.heard] == [(7, ["after_hours"])]


def test_commands_are_done_in_the_order_in_which_they_were_sent(qtbot: QtBot, work: Work, show: Show) -> None:
    screen, order = Screen(), list[int]()
    show(screen)
    for number in range(20):
        work.do(lambda value, _consents: order.append(value), number, then=screen.hear)
    qtbot.waitUntil(lambda: len(screen.heard) == 20)
    assert order == list(range(20))


def test_a_query_brings_its_result_to_a_bound_method_or_a_partial_of_one(qtbot: QtBot, work: Work, show: Show) -> None:
    screen = Screen()
    show(screen)
    work.look(lambda day: day + 1, 4, then=screen.hear)
    qtbot.waitUntil(lambda: screen.heard == [5])
    work.look(lambda day: day + 1, 5, then=functools.partial(screen.hear_with, "day"))
    qtbot.waitUntil(lambda: screen.heard == [5, ("day", 6)])


def test_only_the_answer_to_the_latest_question_arrives(qtbot: QtBot, work: Work, show: Show) -> None:
    screen, gate = Screen(), threading.Event()
    show(screen)

    def slow(day: int) -> int:
        gate.wait(5)
        return day

    work.look(slow, 1, then=screen.hear, latest="day")
    work.look(lambda day: day, 2, then=screen.hear, latest="day")
    qtbot.waitUntil(lambda: screen.heard == [2])
    gate.set()
    qtbot.waitUntil(lambda: work.is_idle)
    assert screen.heard == [2]


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, work: Work, bugs: list[BaseException]) -> None:
    screen, gate = Screen(), threading.Event()
    heard = screen.heard
    work.look(lambda: gate.wait(5), then=screen.hear)
    screen.deleteLater()
    del screen
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: work.is_idle)
    assert heard == []
    assert bugs == []


def test_a_refusal_goes_to_the_screen_and_a_bug_to_the_sheet(
    qtbot: QtBot, work: Work, show: Show, bugs: list[BaseException]
) -> None:
    screen = Screen()
    show(screen)

    def refuse(_value: int, _consents: frozenset[str]) -> None:
        raise Refusal("room_taken", field="starts")

    def stumble() -> None:
        raise ZeroDivisionError

    work.do(refuse, 1, then=screen.hear, refused=screen.hear)
    work.look(stumble, then=screen.hear)
    qtbot.waitUntil(lambda: work.is_idle)
    assert [problem.key for problem in screen.heard] == ["room_taken"]
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_a_refusal_without_an_asker_is_still_heard(qtbot: QtBot) -> None:
    problems: list[Problem] = []
    work = Work(PlainDoor(), on_bug=print, on_problem=problems.append)

    def refuse() -> None:
        raise Refusal("room_taken")

    work.look(refuse, then=print)
    qtbot.waitUntil(lambda: work.is_idle)
    work.close()
    assert [problem.key for problem in problems] == ["room_taken"]


def test_closing_lets_what_is_being_written_finish(qtbot: QtBot) -> None:
    written: list[int] = []
    work = Work(PlainDoor(), on_bug=print)
    for number in range(5):
        work.do(lambda value, _consents: written.append(value), number)
    work.close()
    assert written == [0, 1, 2, 3, 4]


def test_nothing_is_asked_on_the_gui_thread(qtbot: QtBot) -> None:
    door = PlainDoor()
    work = Work(door, on_bug=print)
    work.do(lambda _value, _consents: None, 1)
    work.look(lambda: None, then=print)
    qtbot.waitUntil(lambda: work.is_idle)
    work.close()
    assert {name.rsplit("_", 1)[0] for name in door.threads} == {"pulse-write", "pulse-read"}


# --- screens that stay true


class Day(QWidget):
    def __init__(self, live: Live) -> None:
        super().__init__()
        self.reloads = 0
        Follows(self, live, {"visit", "patient"}, self.reload)

    def reload(self) -> None:
        self.reloads += 1


def test_a_visible_screen_reloads_once_a_burst(qtbot: QtBot, show: Show) -> None:
    live = Live()
    day = Day(live)
    show(day)
    for _ in range(10):
        live.announce({"visit"})
    live.announce({"payment"})
    qtbot.waitUntil(lambda: day.reloads == 1)
    qtbot.wait(20)
    assert day.reloads == 1


def test_a_hidden_screen_reloads_when_it_is_next_shown(qtbot: QtBot, show: Show) -> None:
    live = Live()
    day = Day(live)
    show(day)
    day.hide()
    live.announce({"patient"})
    qtbot.wait(20)
    assert day.reloads == 0
    day.show()
    qtbot.waitUntil(lambda: day.reloads == 1)


def test_other_subjects_do_not_matter(qtbot: QtBot, show: Show) -> None:
    live = Live()
    day = Day(live)
    show(day)
    live.announce({"payment"})
    qtbot.wait(20)
    assert day.reloads == 0


def test_changes_may_be_announced_from_another_thread(qtbot: QtBot, show: Show) -> None:
    live = Live()
    day = Day(live)
    show(day)
    speaker = threading.Thread(target=live.announce, args=({"visit"},))
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: day.reloads == 1)


class Cards(Day):
    """A screen that can look at single rows of visits."""

    def __init__(self, live: Live) -> None:
        QWidget.__init__(self)
        self.reloads, self.rows = 0, frozenset[Row]()
        self.is_enough = True
        Follows(self, live, {"visit", "patient"}, self.reload, self.look_at)

    def look_at(self, rows: frozenset[Row]) -> bool:
        self.rows |= rows
        return self.is_enough


def test_rows_are_handed_over_in_place_of_a_reload(qtbot: QtBot, show: Show) -> None:
    live = Live()
    cards = Cards(live)
    show(cards)
    live.announce({Change("visit", 7, "changed"), Change("payment", 3, "added")})
    live.announce({Change("visit", 9, "added")})
    qtbot.waitUntil(lambda: cards.rows == {("visit", 7), ("visit", 9)})
    qtbot.wait(20)
    assert cards.reloads == 0


@pytest.mark.parametrize("announced", [{"visit"}, {Change("visit", 0, "changed")}, None])
def test_whoever_does_not_know_which_row_makes_the_screen_reload(qtbot: QtBot, show: Show, announced: set[object] | None) -> None:
    live = Live()
    cards = Cards(live)
    show(cards)
    live.announce({Change("visit", 7, "changed")})
    live.announce_all() if announced is None else live.announce(announced)
    qtbot.waitUntil(lambda: cards.reloads == 1)
    assert cards.rows == frozenset()


def test_rows_that_are_not_enough_make_the_screen_reload(qtbot: QtBot, show: Show) -> None:
    live = Live()
    cards = Cards(live)
    cards.is_enough = False
    show(cards)
    live.announce({Change("visit", 7, "changed")})
    qtbot.waitUntil(lambda: cards.reloads == 1)


@dataclass
class FarDoor(PlainDoor):
    """A door whose server goes away within a command, once."""

    is_gone: bool = False
    was_saved: bool = True
    operations: list[str | None] = field(default_factory=list)

    def do(self, command: Callable[..., Any], value: Any, *, consents: frozenset[str] = frozenset(), operation: str | None = None) -> Answered:
        self.operations.append(operation)
        if self.is_gone:
            raise Trouble("server_unsure", operation="the first")
        return Answered(value)

    def was_done(self, command: Callable[..., Any], operation: str) -> Answered | None:
        assert operation == "the first"
        return Answered("saved after all") if self.was_saved else None


def a_command(value: object) -> object:
    return value


@pytest.fixture
def far(qtbot: QtBot, bugs: list[BaseException]) -> Iterator[tuple[FarDoor, Work]]:
    door = FarDoor(is_gone=True)
    work = Work(door, on_bug=bugs.append)
    yield door, work
    work.close()


def heard_once(work: Work, screen: Screen, value: object, qtbot: QtBot) -> list[str]:
    """Sends a command and waits for what the screen hears; the keys of problems."""
    keys: list[str] = []
    before = len(screen.heard)

    def refused(problem: Trouble) -> None:
        keys.append(problem.key)

    work.do(a_command, value, then=screen.hear, refused=refused)
    qtbot.waitUntil(lambda: bool(keys) or len(screen.heard) > before)
    return keys


def test_what_nobody_knows_is_the_same_operation_when_it_is_sent_again(far: tuple[FarDoor, Work], qtbot: QtBot) -> None:
    door, work = far
    screen = Screen()
    qtbot.addWidget(screen)
    with qtbot.waitSignal(work.line_broke):
        assert heard_once(work, screen, "book", qtbot) == ["server_unsure"]
    door.is_gone = False
    assert heard_once(work, screen, "something else", qtbot) == []
    assert heard_once(work, screen, "book", qtbot) == []
    assert heard_once(work, screen, "book", qtbot) == []
    assert door.operations == [None, None, "the first", None]


def test_what_was_saved_after_all_is_told_as_if_the_answer_had_been_slow(far: tuple[FarDoor, Work], qtbot: QtBot) -> None:
    door, work = far
    screen = Screen()
    qtbot.addWidget(screen)
    heard_once(work, screen, "book", qtbot)
    door.is_gone = False
    with qtbot.waitSignal(work.known_at_last, check_params_cb=lambda was_saved: was_saved):
        work.learn_ends()
    qtbot.waitUntil(lambda: [done.answer for done in screen.heard] == ["saved after all"])
    work.learn_ends()
    qtbot.waitUntil(lambda: work.is_idle)
    assert len(screen.heard) == 1


def test_what_was_not_saved_is_told_so(far: tuple[FarDoor, Work], qtbot: QtBot) -> None:
    door, work = far
    screen = Screen()
    qtbot.addWidget(screen)
    heard_once(work, screen, "book", qtbot)
    door.is_gone = door.was_saved = False
    with qtbot.waitSignal(work.known_at_last, check_params_cb=lambda was_saved: not was_saved):
        work.learn_ends()
    assert screen.heard == []
