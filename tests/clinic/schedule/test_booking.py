"""Booking: nobody and nothing is in two places; who is in the way is named; what cannot be is refused in words."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pulse_desktop.basics.entries import clean_text
from pulse_desktop.basics.problems import NeedsConsent, Problem, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import patients, practice, schedule
from pulse_desktop.clinic.patients.values import PatientState
from pulse_desktop.clinic.practice.values import ClosureDraft, Licence, SettingValue
from pulse_desktop.clinic.schedule.tables import OccupancyRow
from pulse_desktop.clinic.schedule.values import Booking, State
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import ACUPUNCTURE, LIN, TODAY, TestClinic, a_booking, a_patient, a_visit

TEN = 10 * 60


def refused(clinic: TestClinic, booking: Booking, consents: frozenset[str] = frozenset()) -> Problem:
    with pytest.raises((Refusal, NeedsConsent)) as told:
        clinic.door.do(schedule.book_visit, booking, consents=consents)
    return told.value


def occupancy(clinic: TestClinic, visit_id: int) -> list[tuple[str, int, int]]:
    """(kind, from, to) in minutes from the visit's start."""
    starts = clinic.door.look(schedule.visit, visit_id).starts.timestamp() * 1000
    with clinic.desk.clinic._engine.begin() as connection:
        table = OccupancyRow.__table__
        rows = connection.execute(select(table.c.kind, table.c.starts, table.c.ends).where(table.c.visit_id == visit_id)).all()
    return sorted((kind, int(begins - starts) // 60_000, int(ends - starts) // 60_000) for kind, begins, ends in rows)


def test_a_visit_takes_hands_room_with_buffers_and_patient(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    assert (visit.day, visit.minute, visit.minutes, visit.room) == (TODAY, TEN, 55, "Room 1")
    assert visit.starts.isoformat() == "2026-11-24T15:00:00+00:00"
    assert visit.hands_on == ((0, 15), (45, 55))
    assert occupancy(clinic, visit.id) == [("patient", 0, 55), ("practitioner", 0, 15), ("practitioner", 45, 55), ("room", -5, 60)]


def test_what_was_booked_stays_as_it_was_booked(clinic: TestClinic) -> None:
    visit = a_visit(clinic, service_ids=(clinic.service(), clinic.service("+ cupping 15")))
    service = clinic.practice.service(clinic.service())
    dearer = replace(ACUPUNCTURE, id=service.id, version=service.version, name="Acupuncture", price_cents=150_00)
    clinic.door.do(practice.save_service, dearer)
    again = clinic.door.look(schedule.visit, visit.id)
    assert [(line.name, line.price_cents) for line in again.services] == [("Acupuncture 60", 110_00), ("+ cupping 15", 35_00)]
    assert (again.services_words, again.minutes) == ("Acupuncture 60 + cupping 15", 70)


def test_a_practitioner_may_stagger_two_rooms(clinic: TestClinic) -> None:
    a_visit(clinic)
    between = a_visit(clinic, starts=TEN + 15)
    assert between.room == "Room 2"
    assert refused(clinic, a_booking(clinic, starts=TEN + 10)).key == "practitioner_taken"
    assert refused(clinic, a_booking(clinic, starts=TEN + 40)).key == "practitioner_taken"


def test_the_room_is_kept_free_for_setting_up_and_cleaning(clinic: TestClinic) -> None:
    room, okafor = clinic.room(), clinic.staff("Okafor")
    a_visit(clinic, starts=14 * 60 + 25, room_id=room, staff_id=okafor)
    told = refused(clinic, a_booking(clinic, starts=15 * 60 + 25, room_id=room))
    assert (told.key, told.field) == ("room_taken", "room_id")
    assert (told.details["from"], told.details["to"]) == ("2:20", "3:25")
    a_visit(clinic, starts=15 * 60 + 30, room_id=room)


def test_who_has_the_place_is_named_where_it_is_shown_and_nowhere_else(clinic: TestClinic) -> None:
    hannah = a_patient(clinic, "Hannah", "Weiss")
    clinic.clock.put(datetime.fromisoformat("2026-11-24T09:12:00-05:00"))
    a_visit(clinic, hannah, starts=14 * 60 + 30, room_id=clinic.room("Room 2"))
    clinic.clock.put(datetime.fromisoformat("2026-11-24T10:42:00-05:00"))
    told = refused(clinic, a_booking(clinic, starts=14 * 60 + 30, room_id=clinic.room("Room 2"), staff_id=clinic.staff("Okafor")))
    assert "Weiss" not in f"{told!r} {dict(told.details)}"
    shown = sentence(told, {"patient": clinic.door.look(patients.name_of, told.details["patient_id"])})  # type: ignore[arg-type]
    assert shown == "Room 2 is taken from 2:25 to 3:30, clean-up included: Hannah Weiss, booked by Lin Hua at 9:12 this morning."


@pytest.mark.parametrize(
    ("later", "words"),
    [({"hours": 5}, "at 8:30 this morning"), ({"days": 1}, "yesterday at 8:30 AM"), ({"days": 3}, "on Nov 24")],
)
def test_when_it_was_booked_is_said_as_people_say_it(clinic: TestClinic, later: dict[str, float], words: str) -> None:
    day = TODAY + timedelta(days=7)
    a_visit(clinic, day=day)
    clinic.clock.advance(**later)
    assert refused(clinic, a_booking(clinic, day=day)).details["booked_when"] == words


def test_a_patient_is_in_one_place_only(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_visit(clinic, patient_id)
    told = refused(clinic, a_booking(clinic, patient_id, staff_id=clinic.staff("Okafor"), starts=TEN + 30))
    assert (told.key, told.details["staff"], told.details["office"]) == ("patient_taken", "Lin Hua", "Clifton")


def test_a_practitioner_needs_time_for_the_way_between_offices(clinic: TestClinic) -> None:
    brooklyn = clinic.office("Brooklyn")
    a_visit(clinic, starts=11 * 60 + 30)
    there = a_booking(clinic, office_id=brooklyn, starts=13 * 60)
    told = refused(clinic, there)
    assert (told.key, told.details["office"], told.details["travel"]) == ("practitioner_travels", "Clifton", 45)
    a_visit(clinic, office_id=brooklyn, starts=13 * 60 + 10)
    assert refused(clinic, a_booking(clinic, starts=14 * 60 + 45)).key == "practitioner_travels"
    clinic.door.do(practice.save_setting, SettingValue("schedule.travel_minutes", 30))
    a_visit(clinic, starts=14 * 60 + 45)


def test_any_room_means_the_first_that_is_free(clinic: TestClinic) -> None:
    for minute, room in ((TEN, "Room 1"), (TEN + 15, "Room 2"), (TEN + 30, "Room 3")):
        assert a_visit(clinic, starts=minute).room == room
    assert refused(clinic, a_booking(clinic, starts=TEN, staff_id=clinic.staff("Okafor"))).key == "no_room"


def test_a_squeeze_in_takes_no_place_and_is_marked(clinic: TestClinic) -> None:
    a_visit(clinic)
    squeezed = a_visit(clinic, room_id=clinic.room(), squeeze_in=True)
    assert squeezed.squeeze_in
    assert occupancy(clinic, squeezed.id) == []
    assert a_visit(clinic, squeeze_in=True).room_id is None


# ---- hours, closures, licences, services, patients


def test_outside_working_hours_needs_a_yes(clinic: TestClinic) -> None:
    late = a_booking(clinic, starts=17 * 60 + 30)
    told = refused(clinic, late)
    assert isinstance(told, NeedsConsent)
    assert sentence(told) == "Lin Hua works in Clifton on that day: 9:00 AM – 6:00 PM. Book this time anyway?"
    assert clinic.door.do(schedule.book_visit, late, consents=told.agreed()).answer
    sunday = refused(clinic, a_booking(clinic, day=date(2026, 11, 29)))
    assert sentence(sunday) == "Lin Hua does not work in Clifton on that day. Book this time anyway?"


def test_nobody_is_asked_about_what_will_be_refused(clinic: TestClinic) -> None:
    late = a_visit(clinic, starts=17 * 60)
    assert refused(clinic, a_booking(clinic, late.patient_id, starts=17 * 60 + 30)).key == "patient_taken"


def test_a_closed_office_takes_no_visits(clinic: TestClinic) -> None:
    clinic.door.do(practice.save_closure, ClosureDraft(clinic.office(), date(2026, 11, 26), "Thanksgiving"))
    told = refused(clinic, a_booking(clinic, day=date(2026, 11, 26)))
    assert sentence(told) == "Clifton is closed on Thursday, November 26: Thanksgiving. Nothing was booked; choose another day."
    a_visit(clinic, day=date(2026, 11, 26), office_id=clinic.office("Brooklyn"), starts=12 * 60)


def test_without_a_current_licence_of_the_state_nothing_is_booked(clinic: TestClinic) -> None:
    lin = clinic.practice.member(clinic.staff())
    ends = Licence("NY", "7", date(2020, 1, 1), date(2026, 11, 30))
    clinic.door.do(practice.save_member, replace(LIN, id=lin.id, version=lin.version, licences=(ends,)))
    assert refused(clinic, a_booking(clinic)).key == "no_licence"
    there: dict[str, Any] = {"office_id": clinic.office("Brooklyn"), "starts": 12 * 60}
    a_visit(clinic, **there, day=date(2026, 11, 30))
    told = refused(clinic, a_booking(clinic, **there, day=date(2026, 12, 1)))
    assert sentence(told) == "Lin Hua's license for NY ends Nov 30, 2026, before Dec 1, 2026. Choose another practitioner or office."


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"service_ids": ()}, "no_service", "service_ids"),
        ({"service_ids": (99,)}, "service_gone", "service_ids"),
        ({"service_ids": (4,)}, "only_addons", "service_ids"),
        ({"ends": 9 * 60}, "ends_before_start", "ends"),
        ({"ends": TEN}, "ends_before_start", "ends"),
        ({"ends": TEN + 4}, "too_short", "ends"),
        ({"ends": TEN + 241}, "too_long", "ends"),
        ({"patient_id": 99}, "patient_not_there", "patient_id"),
        ({"staff_id": 99}, "not_there", "staff_id"),
        ({"office_id": 99}, "not_there", "office_id"),
        ({"room_id": 99}, "not_there", "room_id"),
        ({"room_id": 4}, "room_elsewhere", "room_id"),
        ({"day": date(2062, 11, 24)}, "too_far", "day"),
        ({"state": State.CANCELLED}, "state_wrong_for_booking", "state"),
        ({"desk_note": "x" * 10_001}, "entry_too_long", "desk_note"),
        ({"starts": 24 * 60}, "start_wrong", "starts"),
        ({"starts": -1}, "start_wrong", "starts"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field_and_nothing_is_booked(
    clinic: TestClinic, change: dict[str, Any], key: str, field: str
) -> None:
    told = refused(clinic, a_booking(clinic, **change))
    assert (told.key, told.field) == (key, field)
    assert "…" not in sentence(told)
    assert clinic.door.look(schedule.day_schedule, TODAY, (1, 2)).visits == ()


def test_a_visit_may_be_given_its_own_end(clinic: TestClinic) -> None:
    short, long = a_visit(clinic, ends=TEN + 30), a_visit(clinic, starts=14 * 60, ends=15 * 60 + 30)
    assert (short.minutes, short.hands_on) == (30, ((0, 15),))
    assert (long.minutes, long.hands_on) == (90, ((0, 15), (45, 90)))


def test_an_inactive_patient_is_not_booked(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    clinic.door.do(patients.set_state, PatientState(patient_id, 1, active=False))
    assert refused(clinic, a_booking(clinic, patient_id)).key == "patient_inactive"


def test_a_day_that_has_passed_needs_a_yes(clinic: TestClinic) -> None:
    assert refused(clinic, a_booking(clinic, day=date(2026, 11, 21))).key == "in_the_past"
    past = a_booking(clinic, day=date(2026, 11, 21))
    assert clinic.door.do(schedule.book_visit, past, consents=frozenset({"in_the_past"})).answer
    a_visit(clinic, day=date(2026, 11, 23))


@pytest.mark.parametrize("note", ["😀 шалом שלום a\u0323\u0301", "'; DELETE FROM visit; --", "<para><img src='/etc/passwd'/></para>", "x" * 10_000])
def test_the_desks_note_is_kept_as_written(clinic: TestClinic, note: str) -> None:
    assert a_visit(clinic, desk_note=note).desk_note == clean_text(note, "desk_note")


# ---- taking back


def test_a_booking_taken_back_lets_its_place_go(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    done = clinic.door.do(schedule.book_visit, a_booking(clinic, patient_id))
    assert done.undo
    clinic.door.do(take_back, TakeBack(done.operation))
    gone = clinic.door.look(schedule.visit, done.answer)
    assert (gone.state, gone.cancel_reason) == (State.CANCELLED, "undone")
    assert occupancy(clinic, done.answer) == []
    assert clinic.door.look(schedule.visits_of, patient_id) == ()
    a_visit(clinic, patient_id)


def test_the_same_operation_twice_books_once(clinic: TestClinic) -> None:
    booking = a_booking(clinic)
    first, second = (clinic.door.do(schedule.book_visit, booking, operation="the-same-0001") for _ in range(2))
    assert first.answer == second.answer
    assert len(clinic.door.look(schedule.day_schedule, TODAY, (1,)).visits) == 1


def test_a_visit_that_is_not_there_is_refused_in_words(clinic: TestClinic) -> None:
    with pytest.raises(Refusal) as told:
        clinic.door.look(schedule.visit, 4711)
    assert sentence(told.value) == "There is no such visit. Nothing was changed."
