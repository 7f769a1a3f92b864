"""The phone rings in the middle of a payment: what was typed waits as a chip and comes back with one key."""

from __future__ import annotations

from tests.stories.conftest import Reads
from tests.stories.seat import Seat


def test_a_payment_waits_while_the_phone_rings(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    desk.sees("9:25 Zhao Ming")
    for _column in range(3):
        desk.keys("Right")
    desk.walks_to("Zhao Ming", by="Down", most=4)
    desk.keys("Return")
    desk.sees("Take $75.00 and finish")
    desk.walks_to("Amount")
    desk.keys("Ctrl+A")
    desk.types("50")
    desk.walks_to("Terminal reference")
    desk.types("TR-0077 <b>ü</b>")
    with seat.task("the phone rings: a new caller is booked, then back to the payment") as effort:
        desk.keys("Ctrl+B")
        desk.sees("Payment, Zhao Ming Alt+1")
        desk.sees("First openings")
        desk.types("Ilse Brandt")
        desk.sees("New patient “Ilse Brandt”")
        desk.keys("Return")
        desk.types("9735550144")
        desk.keys("Ctrl+Return")
        desk.sees("Ilse Brandt booked")
        desk.keys("Alt+1")
        desk.sees("TR-0077 <b>ü</b>")
    assert effort.keys <= 8
    desk.sees("Amount $50.00")
    desk.walks_to("Amount")
    desk.keys("Ctrl+A")
    desk.types("75")
    desk.keys("Ctrl+Return")
    desk.sees("Zhao Ming 赵明 checked out")
    reader = reads()
    zhao = reader.ledger(reader.patient("Zhao")["id"])
    assert (zhao[-1]["cents"], zhao[-1]["reference"]) == (-75_00, "TR-0077 <b>ü</b>")
    assert sum(entry["cents"] for entry in zhao) == 0
    assert len(reader.visits(reader.patient("Brandt")["id"])) == 1
