"""What cannot be is refused in words and nothing that was typed is lost; what can be is stored letter by letter."""

from __future__ import annotations

import unicodedata

from PySide6.QtGui import QGuiApplication

from tests.stories.conftest import Reads
from tests.stories.seat import Seat

HOSTILE = "O'Hara\"); DROP TABLE note;-- <b>Zoë</b> <img src=\"/etc/passwd\"> {name} %s &amp; 👩‍⚕️ مريم e\u0301"
"""SQL, markup, format marks, an emoji of several signs, right-to-left letters and a combining accent."""
SHORT = "O'Hara; -- <b>Zoë</b> {n} %s مر e\u0301 👩‍⚕️"
"""The same for fields that hold no more than 40 signs."""


def composed(text: str) -> str:
    """The same letters, accents joined to them: how names and lines are kept, so that search and comparison find them."""
    return unicodedata.normalize("NFC", text)


TYPED = {
    **dict.fromkeys(("First name", "Last name", "As the patient writes it", "Goes by", "Pronouns", "About the phone"), SHORT),
    **dict.fromkeys(("Street", "City", "Relation"), SHORT),
    **dict.fromkeys(("Allergies", "Medicines", "Note for the desk"), HOSTILE),
}
COLUMNS = (
    "first_name", "last_name", "native_name", "preferred_name", "pronouns", "phone_note", "street", "city",
    "emergency_relation", "allergies", "medications", "desk_note",
)  # fmt: skip


def test_a_patient_of_any_name(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    before = desk.reads()
    desk.keys("Ctrl+N")
    desk.sees("Add a patient")
    desk.walks_to("Allergies")
    desk.types("latex")
    desk.keys("Ctrl+Return")
    desk.sees("Enter the patient's name. Everything else you typed is still here.")
    assert desk.focus_words().startswith("First name"), "the cursor stands in the field to blame"
    desk.sees("Allergies latex")
    for label, text in TYPED.items():
        desk.walks_to(label)
        desk.keys("Ctrl+A")
        desk.types(text)
    desk.walks_to("Phone (973)")
    desk.types("9735550199")
    desk.walks_to("Birth date", by="Shift+Tab")
    desk.types("1/1/2030")
    desk.keys("Ctrl+Return")
    desk.sees("A date of birth cannot be in the future.")
    for label, text in TYPED.items():
        desk.sees(f"{label} {text}")
    desk.walks_to("Birth date")
    desk.keys("Ctrl+A")
    desk.types("1/1/1980")
    desk.keys("Ctrl+Return")
    desk.sees("is registered")
    assert "is registered" not in before
    reader = reads()
    (found,) = reader.patients(composed(SHORT))
    assert {column: found[column] for column in COLUMNS} == dict(zip(COLUMNS, map(composed, TYPED.values()), strict=True))
    assert reader.count("note") > 0
    assert reader.is_whole()


def test_a_visit_at_times_that_cannot_be(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    desk.keys("Ctrl+B")
    desk.sees("First openings")
    desk.types("ortiz")
    desk.sees("P-1008")
    desk.keys("Return")
    desk.sees("Choose another patient")
    desk.walks_to("Note for the desk")
    desk.types(HOSTILE)
    asks(seat, "mar 14 2027 2:30 am lin hua", "Book 2:30 AM")
    desk.sees("2:30 does not exist on Sunday, March 14: the clocks go forward over it. Choose a time before or after.")
    desk.sees(HOSTILE)
    asks(seat, "today 10pm lin hua", "Book 10:00 PM")
    desk.sees("Lin Hua works in Clifton on that day: 9:00 AM – 1:10 PM, 1:30 PM – 6:00 PM. Book this time anyway?")
    desk.keys("Escape")
    desk.sees_no("Please confirm")
    ends_before_it_starts(seat)
    asks(seat, "11/7/2027 1:30 am lin hua", "Book 1:30 AM")
    desk.sees("1:30 comes twice on Sunday, November 7: the clocks go back. Which one do you mean?")
    desk.keys("2")
    desk.sees("Please confirm")
    desk.walks_to("Book anyway")
    desk.keys("Return")
    desk.sees("Samuel Ortiz booked, Sun Nov 7, 2027")
    reader = reads()
    visit = reader.visits(reader.patient("Ortiz")["id"])[-1]
    assert (visit["day"], visit["minute"], visit["second_time"], visit["desk_note"]) == ("2027-11-07", 90, 1, composed(HOSTILE))
    assert visit["starts"] == 1825569000000, "6:30 UTC: after the clocks went back"


def asks(seat: Seat, words: str, button: str) -> None:
    """Asks for a time in words and books."""
    desk = seat.desk
    desk.walks_to("Ask")
    desk.keys("Ctrl+A")
    desk.types(words)
    desk.sees(button)
    desk.keys("Ctrl+Return")


def ends_before_it_starts(seat: Seat) -> None:
    desk = seat.desk
    desk.walks_to("Other length")
    desk.keys("Return")
    desk.walks_to("Ends", most=1)
    desk.types("9:00 am")
    desk.keys("Ctrl+Return")
    desk.sees("before")
    desk.sees("Ends 9:00 AM")
    desk.sees(HOSTILE)
    desk.walks_to("Ends")
    desk.keys("Ctrl+A", "Backspace")


def test_a_note_of_any_text(seat: Seat, reads: Reads) -> None:
    long_text = (HOSTILE + " ").ljust(10_000, "x")
    desk = seat.desk
    seat.signs_in_by_keys("Lin Hua")
    desk.sees("10:20 Huang Jie")
    desk.keys("Right")
    desk.walks_to("10:20 Huang Jie", by="Up", most=8)
    desk.keys("F6")
    desk.sees("To sign: complaint")
    pastes(seat, "Complaint", long_text)
    desk.walks_to("Findings")
    desk.types(HOSTILE)
    desk.walks_to("Response")
    pastes(seat, "Response", "x" * 100_000)
    desk.sees("Not saved: see the field above")
    desk.keys("Ctrl+A", "Backspace")
    desk.types(HOSTILE)
    desk.sees("Draft saved")
    reader = reads()
    draft = reader.note(reader.visits(reader.patient("Huang")["id"])[-1]["id"])["draft"]
    assert draft.complaint == long_text
    assert (draft.findings, draft.response) == (HOSTILE, HOSTILE)


def pastes(seat: Seat, label: str, text: str) -> None:
    """Brings a text from elsewhere."""
    seat.desk.walks_to(label)
    QGuiApplication.clipboard().setText(text)
    seat.desk.keys("Ctrl+V")
