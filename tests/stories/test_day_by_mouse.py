"""A day by mouse: everything by click and drag; the keyboard only fills fields."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from tests.ledger_reader import LedgerReader
from tests.stories.conftest import Reads
from tests.stories.seat import Seat

NAME = "Gao Meiyu 高美玉"


def test_a_day_by_mouse(seat: Seat, reads: Reads) -> None:
    seat.signs_in_by_mouse("Mina Kaya")
    registers(seat)
    books(seat)
    seat.minutes_pass(310)
    arrives_and_goes_in(seat)
    seat.hands_over_by_mouse("Lin Hua")
    treats(seat)
    signs(seat)
    hands_out_sheet(seat)
    seat.hands_over_by_mouse("Mina Kaya")
    buys_package(seat)
    checks_out(seat)
    assert sum(effort.keys for _name, effort in seat.efforts) == 0
    compare(seat, reads())


def registers(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("register a patient"):
        desk.presses("Patients")
        desk.presses("Add patient")
        desk.types_into("First name", "Meiyu")
        desk.types_into("Last name", "Gao")
        desk.types_into("As the patient writes it", "高美玉")
        desk.types_into("Birth date", "11/2/1991")
        desk.types_into("Phone", "9735550182")
        seat.chooses("Language of papers", "中文")
        desk.presses("Add patient Ctrl+Enter")
        desk.sees(f"{NAME} is registered")
        desk.sees("Nothing is booked.")


def books(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("book a visit from the patient's file"):
        desk.presses("Book visit")
        desk.sees("First openings")
        desk.types_into("Ask", "today after 3 acupuncture + cupping, lin hua")
        desk.presses("Book 4:00 PM")
        desk.sees("booked, Today 4:00 PM")


def arrives_and_goes_in(seat: Seat) -> None:
    desk = seat.desk
    desk.presses("Today")
    desk.sees("3:52")
    with seat.task("find the card of a visit later today"):
        desk.presses("more, to 4:20")
        desk.presses("more, to 4:20")
    with seat.task("arrive, first visit: anything new?"):
        steps(seat, "4:00 Gao")
        desk.presses("Nothing new, arrived")
        desk.sees("Undo: arrived")
        desk.sees_no("Anything new?")
        desk.sees(f"4:00 {NAME}, 0 min")
    with seat.task("room"):
        steps(seat, "4:00 Gao")
        desk.sees("Undo: Room")


def steps(seat: Seat, words: str) -> None:
    """Chooses a card, then clicks its next step at its foot."""
    seat.desk.presses(words)
    card = seat.desk.place_of(words)
    seat.desk.clicks_at(QPoint(card.center().x(), card.bottom() - 18))


def treats(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("open the note"):
        desk.presses("4:00 Gao")
        desk.presses("Search people and actions")
        desk.types("note")
        desk.presses("Write the chosen visit's note")
        desk.sees("To sign: complaint")
    with seat.task("complaint and pain"):
        desk.types_into("Complaint", "腰酸背痛")
        says_pain(seat, "Pain before", 6)
    with seat.task("six lumbar cups on, timers running") as effort:
        body = desk.place_of("Body map")
        beside_spine = body.x() + round(body.width() * 0.4427)
        desk.drags(QPoint(beside_spine, body.y() + round(body.height() * 0.495)), QPoint(beside_spine, body.y() + round(body.height() * 0.652)))
        desk.sees("6 cups ready")
        desk.presses("Cups on F4")
        desk.sees("Cups on, 00:00 of 08:00")
    assert effort.clicks <= 4
    seat.minutes_pass(8)
    desk.sees("Take off now, 08:00 of 08:00")
    with seat.task("cups off, counted, pain and response"):
        desk.presses("Cups off F4")
        desk.sees("Cups off since 4:00")
        desk.types_into("Cups counted out", "6")
        desk.presses("Counted")
        says_pain(seat, "Pain after", 2)
        desk.types_into("Response", "轻松多了")
        adverse = desk.place_of("Adverse events: nothing")
        desk.clicks_at(adverse.topLeft() + QPoint(20, 12))
        desk.sees("Ready to sign")


def says_pain(seat: Seat, words: str, pain: int) -> None:
    scale = seat.desk.place_of(f"{words}: not said yet")
    seat.desk.clicks_at(QPoint(scale.x() + round(scale.width() * (pain + 0.5) / 11), scale.center().y()))
    seat.desk.sees(f"{words}: {pain} of 10")


def signs(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("sign"):
        desk.presses("Sign note Ctrl+Enter")
        desk.sees("Your password")
        desk.types(seat.password)
        desk.presses("Sign note Enter")
        desk.sees("Signed by Lin Hua, L.Ac. on Nov 24, 2026 at 4:00 PM")


def hands_out_sheet(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("aftercare sheet, saved as a file"):
        desk.presses("Aftercare sheet F9")
        desk.sees("Page 1 of 1")
        seat.saves_paper_by_mouse("aftercare.pdf")
        desk.sees("Aftercare sheet given to")
    words = seat.reads_paper("aftercare.pdf")
    for expected in (NAME, "P-1121"):
        assert expected in words, f"{expected} in {words}"


def buys_package(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("sell a 10-session package and take a card payment"):
        desk.presses("Packages")
        desk.presses("Ten visits, Acupuncture 60")
        desk.presses("Sell Ten visits")
        desk.types_into("Patient", "gao meiyu")
        desk.presses(f"{NAME}   Nov 2, 1991")
        desk.sees("Choose another patient")
        desk.presses("Take $900.00 and sell")
        desk.sees("Ten visits sold to")
    desk.sees("Page 1 of 1")
    seat.saves_paper_by_mouse("package.pdf")


def checks_out(seat: Seat) -> None:
    desk = seat.desk
    desk.presses("Today")
    desk.sees("Walk-in")
    with seat.task("to check-out"):
        steps(seat, "4:00 Gao")
        desk.sees("Undo: check-out of")
        desk.sees("Lin Hua, out 4:00")
    with seat.task("check out: session used, next visit kept, $25 by card"):
        steps(seat, "4:00 Gao")
        desk.sees("Next visit: Tue Dec 1, 4:00 PM, Lin Hua")
        desk.sees("session 1 of 10")
        desk.presses("Take $25.00 and finish")
        desk.sees("checked out")
    with seat.task("both papers once more"):
        desk.sees("Page 1 of 1")
        desk.presses("Close Esc")
        desk.presses("Receipt")
        desk.sees("Receipt R-")
        desk.sees("Page 1 of 1")
    seat.saves_paper_by_mouse("receipt.pdf")


def compare(seat: Seat, reader: LedgerReader) -> None:
    """What the file holds is what was done, and nothing else."""
    patient = reader.patient("Gao")
    assert (patient["first_name"], patient["native_name"], patient["born"], patient["language"]) == ("Meiyu", "高美玉", "1991-11-02", "zh")
    visit, follow_up = reader.visits(patient["id"])
    assert (visit["progress"], visit["minute"], follow_up["day"], follow_up["minute"]) == ("done", 16 * 60, "2026-12-01", 16 * 60)
    note = reader.note(visit["id"])
    draft = note["draft"]
    assert note["valid"]
    assert (draft.complaint, draft.pain_before, draft.pain_after, draft.response) == ("腰酸背痛", 6, 2, "轻松多了")
    assert (draft.adverse, draft.counted_out) == (("none",), True)
    cups = reader.cups(note["id"])
    assert [cup["side"] for cup in cups] == ["left", "right"] * 3
    assert {cup["site"][:18] for cup in cups} == {"lumbar_paraspinal_"}
    assert {cup["off_at"] - cup["on_at"] for cup in cups} == {8 * 60_000}
    assert [(sheet["language"], sheet["how"], sheet["state"]) for sheet in reader.sheets(visit["id"])] == [("zh", "file", "given")]
    ledger = reader.ledger(patient["id"])
    assert [entry["cents"] for entry in ledger] == [900_00, -900_00, 0, 25_00, -25_00]
    assert reader.credits(patient["id"]) == {"bought": 10, "held": 1, "used": 1, "packages": 1}
    assert reader.is_whole()
    assert "$25.00" in seat.reads_paper("receipt.pdf")
    assert "$900.00" in seat.reads_paper("package.pdf")
