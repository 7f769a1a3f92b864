from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from pulse_desktop.clinic.treatment.timing import cup_limits
from pulse_desktop.clinic.treatment.values import CupPlacement, TimerLine
from pulse_desktop.gui.parts.running import line_view
from pulse_desktop.gui.parts.timers import TimerView
from pulse_desktop.gui.shell.chime import Chime

ON = datetime(2026, 11, 24, 15, 36, tzinfo=UTC)
SITE = "lumbar_paraspinal_mid_l"


def _cups(seconds: int, site: str = "", planned: int = 8, me: int = 3) -> TimerView:
    cup = CupPlacement(1, "posterior", 500, 500, site, planned_minutes=planned)
    line = TimerLine(7, 1, "M. Alvarez", 1, "Room 2", 3, "cups", 1, ON, cup_limits(cup))
    return line_view(line, ON + timedelta(seconds=seconds), staff_id=me)


def _calls(site: str = "", planned: int = 8, me: int = 3, start: int = 470, *, is_on: bool = True) -> tuple[list[int], int]:
    """The seconds at which it called, and how often it sounded."""
    sounds: list[int] = []
    called: list[object] = []
    chime = Chime(sound=lambda: sounds.append(1))
    chime.is_on = is_on
    chime.called.connect(called.append)
    heard = []
    for elapsed in range(start, 1300):
        before = len(called)
        chime.hear([_cups(elapsed, site, planned, me)])
        if len(called) > before:
            heard.append(elapsed)
    return heard, len(sounds)


def test_it_calls_once_at_the_plan_at_fifteen_minutes_and_at_the_cap(qtbot: QtBot) -> None:
    assert _calls() == ([480, 900, 1200], 3)


def test_at_a_site_with_a_lower_cap_it_calls_there(qtbot: QtBot) -> None:
    heard, _sounds = _calls(SITE)
    assert heard == [480, 900]


def test_whoever_has_not_put_them_on_hears_the_cap_only(qtbot: QtBot) -> None:
    assert _calls(me=4)[0] == [1200]


def test_a_quiet_seat_is_told_without_a_sound(qtbot: QtBot) -> None:
    assert _calls(is_on=False) == ([480, 900, 1200], 0)


def test_what_had_passed_when_one_signs_in_does_not_call_again(qtbot: QtBot) -> None:
    assert _calls(start=700)[0] == [900, 1200]


def test_a_minute_more_neither_calls_nor_forgets(qtbot: QtBot) -> None:
    sounds: list[int] = []
    chime = Chime(sound=lambda: sounds.append(1))
    chime.hear([_cups(470)])
    chime.hear([_cups(481, planned=9)])
    assert sounds == []
    chime.hear([_cups(541, planned=9)])
    assert sounds == [1]
