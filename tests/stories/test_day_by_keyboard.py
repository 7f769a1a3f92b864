"""A day by keyboard alone: one patient from the first call to the receipt, no mouse event at all."""

from __future__ import annotations

from tests.ledger_reader import LedgerReader
from tests.stories.conftest import Reads
from tests.stories.seat import Seat

NAME = "Елена Лебедева"


def test_a_day_by_keyboard_alone(seat: Seat, reads: Reads) -> None:
    seat.signs_in_by_keys("Mina Kaya")
    registers(seat)
    books(seat)
    seat.minutes_pass(310)
    arrives_and_goes_in(seat)
    seat.hands_over_by_keys("Lin Hua")
    treats(seat)
    signs(seat)
    hands_out_sheet(seat)
    seat.hands_over_by_keys("Mina Kaya")
    buys_package(seat)
    checks_out(seat)
    assert sum(effort.clicks for _name, effort in seat.efforts) == 0
    compare(seat, reads())


def registers(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("register a patient"):
        desk.keys("Ctrl+N")
        desk.sees("Add a patient")
        desk.types("Елена")
        desk.keys("Tab")
        desk.types("Лебедева")
        desk.walks_to("Birth date")
        desk.types("3/14/1985")
        desk.walks_to("Phone")
        desk.types("9735550181")
        desk.walks_to("English")
        desk.walks_to("Русский", by="Down", most=4)
        desk.keys("Ctrl+Return")
        desk.sees(f"{NAME} is registered")
        desk.sees("Nothing is booked.")


def books(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("book a visit from the patient's file"):
        desk.keys("F5")
        desk.sees("First openings")
        desk.types("today after 3 acupuncture + cupping, lin hua")
        desk.sees("Book 4:00 PM")
        desk.keys("Ctrl+Return")
        desk.sees(f"{NAME} booked, Today 4:00 PM")


def arrives_and_goes_in(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("find the card of a visit later today"):
        desk.keys("Ctrl+1")
        desk.sees("3:52")
        desk.sees("Enter: To Room 4")
        desk.keys("Left")
        desk.walks_to(NAME, by="Down")
    with seat.task("arrive, first visit: anything new?"):
        desk.keys("Return")
        desk.sees("Nothing new, arrived")
        desk.keys("Ctrl+Return")
        desk.sees("Undo: arrived Е. Лебедева")
        desk.sees(f"4:00 {NAME}, 0 min")
        desk.sees_no("Anything new?")
    with seat.task("room") as effort:
        desk.keys("Return")
        desk.sees("Undo: Room")
    assert effort.keys == 1


def treats(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("open the note"):
        desk.sees(f"4:00 {NAME}")
        desk.keys("Right")
        desk.walks_to(NAME, by="Down", most=6)
        desk.keys("F6")
        desk.sees("To sign: complaint")
    with seat.task("write complaint and pain"):
        desk.walks_to("Complaint", most=1)
        desk.types("Поясница ноет по утрам")
        desk.keys("Tab")
        desk.types("6")
        desk.sees("Pain before: 6 of 10")
    with seat.task("two cups, one by its name and one on the body map, on"):
        desk.keys("Alt+U")
        desk.types("L3 l")
        desk.keys("Return")
        desk.sees("45 mm cup, left, Low back beside the spine (L3)")
        desk.walks_to("Body map", by="Shift+Tab")
        desk.keys("Right")
        desk.walks_to("(L3), right", by="Down", most=12)
        desk.keys("Return")
        desk.sees("45 mm cup, right, Low back beside the spine (L3)")
        desk.keys("F4")
        desk.sees("Cups on, 00:00 of 08:00")
        desk.sees("Draft saved")
    seat.minutes_pass(8)
    desk.sees("Take off now, 08:00 of 08:00")
    with seat.task("cups off, counted, pain and response"):
        desk.keys("F4")
        desk.sees("Cups off since 4:00")
        desk.walks_to("Cups counted out")
        desk.types("2")
        desk.keys("Return")
        desk.walks_to("Pain after", by="Shift+Tab")
        desk.types("3")
        desk.sees("Pain after: 3 of 10")
        desk.walks_to("Response")
        desk.types("Легче, спала спокойно")
        desk.walks_to("Adverse events")
        desk.keys("Space")
        desk.sees("Ready to sign")


def signs(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("sign"):
        desk.keys("Ctrl+Return")
        desk.sees("Your password")
        desk.types("not it")
        desk.keys("Return")
        desk.sees("That is not your password. Nothing was signed")
        desk.keys("Ctrl+A")
        desk.types(seat.password)
        desk.keys("Return")
        desk.sees("Note signed")
        desk.sees("Signed by Lin Hua, L.Ac. on Nov 24, 2026 at 4:00 PM")


def hands_out_sheet(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("aftercare sheet, saved as a file"):
        desk.keys("F9")
        desk.sees("Page 1 of 1")
        seat.saves_paper_by_keys("aftercare.pdf")
        desk.sees(f"Aftercare sheet given to {NAME}")
    words = seat.reads_paper("aftercare.pdf")
    for expected in (NAME, "2 банки (поясница), 8 минут", "Сняли в 4:00 дня", "Сегодня до 8:00 вечера", "P-1121"):
        assert expected in words, f"{expected} in {words}"


def buys_package(seat: Seat) -> None:
    desk = seat.desk
    with seat.task("sell a 10-session package and take a card payment") as effort:
        desk.keys("Ctrl+4")
        desk.sees("Ten visits, Acupuncture 60")
        desk.keys("Down", "F7")
        desk.sees("Sell a package")
        desk.types("лебед")
        desk.sees("Mar 14, 1985")
        desk.keys("Return")
        desk.sees("Choose another patient")
        desk.keys("Ctrl+Return")
        desk.sees("Ten visits sold to")
        desk.sees("Оплачено полностью")
    assert effort.keys <= 7
    seat.saves_paper_by_keys("package.pdf")


def checks_out(seat: Seat) -> None:
    desk = seat.desk
    desk.keys("Ctrl+1")
    desk.sees("Walk-in")
    desk.keys("Right")
    desk.walks_to(NAME, by="Down", most=6)
    with seat.task("to check-out") as effort:
        desk.keys("Return")
        desk.sees("Undo: check-out of")
    assert effort.keys == 1
    desk.sees("Lin Hua, out 4:00")
    with seat.task("check out: session used, next visit kept, $25 by card"):
        desk.keys("Return")
        desk.sees("Next visit: Tue Dec 1, 4:00 PM, Lin Hua")
        desk.sees("session 1 of 10")
        desk.keys("Return", "Return")
        desk.sees(f"{NAME} checked out")
    with seat.task("both papers once more"):
        desk.sees("вторник, 1 декабря")
        desk.keys("Escape")
        desk.sees("Parked panels")
        desk.keys("Alt+1")
        desk.sees("Квитанция № R-")
    seat.saves_paper_by_keys("receipt.pdf")


def compare(seat: Seat, reader: LedgerReader) -> None:
    """What the file holds is what was done, and nothing else."""
    patient = reader.patient("Лебедева")
    assert (patient["first_name"], patient["born"], patient["phone"], patient["language"]) == ("Елена", "1985-03-14", "(973) 555-0181", "ru")
    visit, follow_up = reader.visits(patient["id"])
    assert (visit["progress"], visit["minute"], follow_up["day"], follow_up["minute"]) == ("done", 16 * 60, "2026-12-01", 16 * 60)
    note = reader.note(visit["id"])
    draft = note["draft"]
    assert note["valid"]
    assert (draft.complaint, draft.pain_before, draft.pain_after) == ("Поясница ноет по утрам", 6, 3)
    assert (draft.response, draft.adverse, draft.counted_out) == ("Легче, спала спокойно", ("none",), True)
    cups = reader.cups(note["id"])
    assert [(cup["site"], cup["side"], cup["off_at"] - cup["on_at"]) for cup in cups] == [
        ("lumbar_paraspinal_mid_l", "left", 8 * 60_000),
        ("lumbar_paraspinal_mid_r", "right", 8 * 60_000),
    ]
    assert [(sheet["language"], sheet["how"], sheet["state"]) for sheet in reader.sheets(visit["id"])] == [("ru", "file", "given")]
    ledger = reader.ledger(patient["id"])
    assert [entry["cents"] for entry in ledger] == [900_00, -900_00, 0, 25_00, -25_00]
    assert sum(entry["cents"] for entry in ledger) == 0
    assert reader.credits(patient["id"]) == {"bought": 10, "held": 1, "used": 1, "packages": 1}
    assert reader.is_whole()
    assert "R-" in seat.reads_paper("receipt.pdf")
    assert "$25.00" in seat.reads_paper("receipt.pdf")
    assert "$900.00" in seat.reads_paper("package.pdf")
