from __future__ import annotations

from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.timers import TimerView
from pulse_desktop.gui.shell.chime import Chime


def _cups(elapsed: int) -> TimerView:
    return TimerView(key=7, room="Room 2", who="", elapsed=elapsed, planned=480)


def test_it_calls_once_when_due_and_once_when_late(qtbot: QtBot) -> None:
    sounds: list[int] = []
    chime = Chime(sound=lambda: sounds.append(1))
    heard = []
    for elapsed in range(470, 620):
        before = len(sounds)
        chime.hear([_cups(elapsed)])
        if len(sounds) > before:
            heard.append(elapsed)
    assert heard == [480, 600]


def test_a_timer_that_is_over_already_when_one_signs_in_does_not_call(qtbot: QtBot) -> None:
    sounds: list[int] = []
    chime = Chime(sound=lambda: sounds.append(1))
    chime.hear([_cups(700)])
    chime.hear([_cups(701)])
    assert sounds == []
