"""View values to fill the parts with, for tests and for the gallery."""

from __future__ import annotations

from pulse_desktop.gui.parts.board_card import BoardCard
from pulse_desktop.gui.parts.board_column import BoardColumn
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.grid_values import Closed, GridColumn, GridVisit
from pulse_desktop.gui.parts.timers import TimerView

MINUTE = 60


def a_card(key: int, name: str, *, step: str = "", time: str = "10:30") -> BoardCard:
    return BoardCard(
        key, time, name, ("Acupuncture 60", "Okafor"), step=step, chips=(ChipView("Privacy notice due", "amber"),)
    )


def a_board() -> tuple[BoardColumn, ...]:
    expected = (a_card(1, "Thomas Becker", step="Arrive"), a_card(2, "Chen Lin", step="Arrive"))
    arrived = (a_card(3, "Grace O’Neill", step="To Room 4"),)
    done = tuple(BoardCard(10 + n, "9:00", f"Patient {n}", brief=True, aside="9:40") for n in range(3))
    return (
        BoardColumn("expected", "Expected", "clock", "progress.expected.solid", expected, folds=2),
        BoardColumn("arrived", "Arrived", "people-ring", "progress.arrived.solid", arrived),
        BoardColumn("room", "In room", "room", "progress.in-room.solid"),
        BoardColumn("cups", "Cups or needles on", "cups", "progress.cups-on.solid", (a_card(4, "Ana Torres"),)),
        BoardColumn("out", "Checking out", "receipt", "progress.checking-out.solid", folds=3),
        BoardColumn("done", "Done", "done", "progress.done.solid", done, folds=1, note="1 note not signed"),
    )


def a_day() -> tuple[tuple[GridColumn, ...], tuple[GridVisit, ...]]:
    columns = (
        GridColumn("lin", "Lin Hua, L.Ac.", "Clifton, 9:00 to 6:00", (Closed(780, 810, "Lunch"),)),
        GridColumn("petrov", "Dana Petrov, L.Ac.", "Clifton, to 6:30"),
        GridColumn("okafor", "Ruth Okafor, L.Ac.", "Clifton, 9:00 to 5:30"),
    )
    hands = ((0, 20), (50, 60))
    visits = (
        GridVisit(1, "lin", 540, 60, "9:00", "Wu Qiang", "Room 1", hands=hands, words="9:00 Wu Qiang, Room 1", after=10,
                  buffer_words="Clean-up after Wu Qiang"),
        GridVisit(2, "lin", 570, 60, "9:30", "Zhao Ming", "Room 2", hands=hands, words="9:30 Zhao Ming, Room 2"),
        GridVisit(3, "lin", 720, 30, "12:00", "Mei Tan", words="12:00 Mei Tan"),
        GridVisit(4, "petrov", 600, 75, "10:00", "A. L. Torres", "Room 5", role="progress.cups-on", words="10:00 Torres"),
        GridVisit(5, "okafor", 840, 60, "2:00", "Hugo Lindqvist", "Room 6", words="2:00 Lindqvist", can_move=False),
    )  # fmt: skip
    return columns, visits


def timers() -> tuple[TimerView, ...]:
    return (
        TimerView(1, "Room 2", "M. Alvarez", 6 * MINUTE + 12, 8 * MINUTE),
        TimerView(2, "Room 5", "A. L. Torres", 9 * MINUTE + 5, 8 * MINUTE, state="due"),
        TimerView(3, "Room 4", "L. Byrne", 10 * MINUTE + 20, 8 * MINUTE, state="late"),
        TimerView(4, "Room 1", "O. Petrenko", 17 * MINUTE + 40, 20 * MINUTE, "needle", is_needles=True),
    )
