"""The budgets of screens.md, each with exactly the keys or clicks a person needs from the Today board.

(Selling a package and six cups with running timers stand in the two days.)
"""

from __future__ import annotations

from PySide6.QtCore import QPoint

from tests.stories.conftest import Reads
from tests.stories.seat import Seat

_MINUTES_OF_ORTIZ = 55


def test_the_desk_keeps_its_budgets(seat: Seat, reads: Reads) -> None:
    seat.signs_in_by_keys("Mina Kaya")
    known_patient_arrives_goes_in_and_out(seat)
    visit_moves_to_another_day_by_keys(seat)
    follow_up_is_booked_and_taken_back(seat)
    new_caller_is_booked(seat)
    visit_moves_by_one_drag(seat)
    reader = reads()
    whitfield = reader.patient("Whitfield")
    assert [visit["state"] for visit in reader.visits(whitfield["id"])] == ["booked"]
    assert reader.visits(reader.patient("Ramírez")["id"])[-1]["state"] != "booked"
    nair, moroz = (reader.visits(reader.patient(name)["id"])[-1] for name in ("Nair", "Мороз"))
    assert (nair["day"], nair["minute"]) == ("2026-11-27", 14 * 60)
    assert (moroz["day"], moroz["minute"]) == ("2026-11-24", 15 * 60)
    assert reader.is_whole()


def follow_up_is_booked_and_taken_back(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("book a follow-up, “Thursday after 5, Brooklyn”") as effort:
        desk.keys("Ctrl+K")
        desk.types("ramirez thu after 5 brooklyn")
        desk.sees("Book José Ramírez, Thu ")
        desk.keys("Return")
        desk.sees("Undo: booked José Ramírez")
    assert effort.keys <= 8
    with seat.task("undo the last thing") as effort:
        desk.keys("Ctrl+Z")
        desk.sees("Taken back: booked José Ramírez")
    assert effort.keys == 1


def new_caller_is_booked(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("book a new caller") as effort:
        desk.keys("Ctrl+B")
        desk.sees("First openings")
        desk.types("Nora Whitfield")
        desk.sees("New patient “Nora Whitfield”")
        desk.keys("Return")
        desk.types("9735550166")
        desk.keys("Ctrl+Return")
        desk.sees("Nora Whitfield booked")
    assert effort.keys <= 8


def known_patient_arrives_goes_in_and_out(seat: Seat) -> None:
    desk = seat.desk
    desk.sees("10:30 Grace O’Neill, 18 min")
    with seat.task("room") as effort:
        desk.keys("Return")
        desk.sees("Undo: Room 4 for G. O’Neill")
    assert effort.keys == 1
    desk.sees_no("O’Neill, 18 min")
    with seat.task("to check-out") as effort:
        desk.keys("Return")
        desk.sees("Grace O’Neill is checking out")
    assert effort.keys == 1
    desk.sees("Petrov, out 10:42")
    for _column in range(4):
        desk.keys("Left")
    desk.keys("Home")
    desk.walks_to("Chen Lin", by="Down")
    with seat.task("arrive") as effort:
        desk.keys("Return")
        desk.sees("Undo: arrived")
    assert effort.keys == 1
    desk.sees("11:30 Chen Lin 陈琳, 0 min")


def visit_moves_to_another_day_by_keys(seat: Seat) -> None:
    desk = seat.desk
    desk.keys("Left", "Home")
    desk.walks_to("Priya Nair", by="Down", most=8)
    with seat.task("move a visit to another day, by keys") as effort:
        desk.keys("F7")
        desk.sees("Move a visit")
        desk.types("fri 2pm")
        desk.sees("Move to 2:00 PM")
        desk.keys("Ctrl+Return")
        desk.sees("Undo: moved P. Nair")
    assert effort.keys <= 5


def visit_moves_by_one_drag(seat: Seat) -> None:
    desk = seat.desk
    desk.presses("Calendar")
    half_hour = round(desk.place_of("1:30 to 2:25 Samuel Ortiz").height() * 30 / _MINUTES_OF_ORTIZ)
    block = desk.place_of("3:30 to 3:50 Юлия Мороз").center()
    with seat.task("move a visit, by one drag") as effort:
        desk.drags(block, block - QPoint(0, half_hour))
        desk.sees("Undo: moved")
        desk.sees("3:00 to 3:20 Юлия Мороз")
    assert (effort.keys, effort.clicks) == (0, 1)
