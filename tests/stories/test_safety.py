"""What keeps cups off a patient: pregnancy, skin infection, a blood disorder; asked in words, never passed by."""

from __future__ import annotations

from tests.stories.conftest import Reads
from tests.stories.seat import Seat

REASON = "Talked it over with her midwife: light cups, upper back only"


def test_a_pregnant_patient_gets_no_cup_without_a_reason_and_none_on_the_low_back(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Ruth Okafor")
    desk.sees("11:15 Denise Walker")
    desk.walks_to("Denise Walker", by="Down", most=5)
    desk.keys("F6")
    desk.sees("Pregnant: no cupping")
    places(seat, "L3 l")
    desk.sees("Pregnancy: no cupping on this part of the body")
    desk.sees("Body map, Back: 0 cups")
    desk.keys("Ctrl+A")
    places(seat, "trapezius b")
    desk.sees("2 cups ready")
    is_asked_for_reason(seat, "Pregnancy: the clinic does no cupping with this")
    desk.keys("Return")
    desk.sees("This needs your reason")
    desk.keys("Escape")
    desk.sees_no("This needs your reason")
    desk.sees("2 cups ready")
    is_asked_for_reason(seat, "Pregnancy: the clinic does no cupping with this")
    desk.types(REASON)
    desk.keys("Return")
    desk.sees("Cups on, 00:00 of 08:00")
    desk.sees(f"Reason on the note: {REASON}")
    reader = reads()
    note = reader.note(reader.visits(reader.patient("Walker")["id"])[-1]["id"])
    assert [cup.site[:9] for cup in note["draft"].cups] == ["trapezius", "trapezius"] or len(note["draft"].cups) == 2
    assert {override.reason for override in note["draft"].overrides} == {REASON}
    assert reader.is_whole()


def test_skin_infection_and_a_blood_disorder_stop_cups_until_a_practitioner_says_why(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Ruth Okafor")
    desk.sees("10:25 Sergei Kuznetsov")
    desk.keys("Right")
    desk.walks_to("Sergei Kuznetsov", by="Down", most=5)
    desk.keys("F3")
    desk.sees("Fall, broken bone")
    desk.walks_to("Skin infection")
    desk.keys("Space")
    desk.walks_to("None")
    desk.types("low")
    desk.sees("Low platelets, leukaemia, purpura")
    desk.sees("Write down 2 things")
    desk.keys("Ctrl+Return")
    desk.sees("stop, $60.00 due")
    desk.keys("F6")
    desk.sees("To sign: complaint")
    places(seat, "trapezius l")
    desk.sees("1 cup ready")
    is_asked_for_reason(seat, "Skin infection: the clinic does no cupping with this")
    desk.keys("Escape")
    desk.sees_no("This needs your reason")
    is_asked_for_reason(seat, "Low platelets")
    desk.keys("Escape")
    desk.sees("1 cup ready")
    reader = reads()
    kuznetsov = reader.patient("Kuznetsov")
    assert {row["key"] for row in reader.conditions(kuznetsov["id"])} >= {"skin_infection", "low_platelets"}
    cups = reader.note(reader.visits(kuznetsov["id"])[-1]["id"])["draft"].cups
    assert [cup.on_at for cup in cups] == [None], "nothing went on"


def places(seat: Seat, site: str) -> None:
    seat.desk.keys("Alt+U")
    seat.desk.types(site)
    seat.desk.keys("Return")


def is_asked_for_reason(seat: Seat, why: str) -> None:
    seat.desk.keys("F4")
    seat.desk.sees("This needs your reason")
    seat.desk.sees(why)
    seat.desk.sees("Only a practitioner may go ahead, with a written reason that stays on the note.")
