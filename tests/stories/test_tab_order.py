"""Tab goes through a side panel as one reads it, never stops for good, and comes round."""

from __future__ import annotations

from tests.stories.seat import Seat


def test_tab_goes_round_in_the_booking_panel(seat: Seat) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    desk.keys("Ctrl+B")
    desk.sees("First openings")
    desk.types("ortiz")
    desk.sees("P-1008")
    desk.keys("Return")
    desk.sees("Choose another patient")
    for stop in ("Acupuncture 60", "Anyone", "Cupping 15", "Note for the desk", "Keep as draft", "Book", "Choose another patient", "Ask"):
        desk.walks_to(stop, most=12)


def test_tab_goes_round_while_a_new_caller_is_entered(seat: Seat) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    desk.keys("Ctrl+B")
    desk.sees("First openings")
    desk.types("Nora Whitfield")
    desk.sees("New patient “Nora Whitfield”")
    desk.keys("Return")
    for stop in ("Phone", "Ask", "Note for the desk", "Book", "First name", "Last name", "Phone"):
        desk.walks_to(stop, most=12)


def test_tab_goes_round_in_the_sale_panel(seat: Seat) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    desk.keys("Ctrl+4")
    desk.sees("Ten visits")
    desk.keys("F7")
    desk.sees("Sell a package")
    desk.types("ortiz")
    desk.sees("P-1008")
    desk.keys("Return")
    desk.sees("Choose another patient")
    for stop in ("Split the payment", "How it is paid", "Amount", "Terminal reference", "Keep as draft", "Take", "Choose another patient", "Split"):
        desk.walks_to(stop, most=6)
