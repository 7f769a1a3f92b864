"""Openings: every one proposed can be booked, the earliest are not missed, and the nearest place is offered instead."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.clinic import practice, schedule
from pulse_desktop.clinic.practice.values import ClosureDraft, Licence
from pulse_desktop.clinic.schedule.values import Booking, Cancelling, Opening, State, Wish
from pulse_desktop.storage.context import Context
from tests.both_databases import Database
from tests.builders import LIN, TODAY, TestClinic, a_booking, a_patient, a_visit

WEDNESDAY = TODAY + timedelta(days=1)


def wish(clinic: TestClinic, **more: Any) -> Wish:
    return replace(Wish((clinic.service(),), WEDNESDAY, WEDNESDAY + timedelta(days=14)), **more)


def found(clinic: TestClinic, asked: Wish, limit: int = 5) -> list[tuple[date, int, int, int]]:
    return [(one.day, one.starts, one.staff_id, one.room_id) for one in clinic.door.look(schedule.openings, asked, limit)]


def test_the_first_openings_are_the_earliest(clinic: TestClinic) -> None:
    lin, okafor, office = clinic.staff(), clinic.staff("Okafor"), clinic.office()
    first = found(clinic, wish(clinic, office_id=office))
    assert first[:3] == [(WEDNESDAY, 540, lin, 1), (WEDNESDAY, 540, okafor, 1), (WEDNESDAY, 600, lin, 1)]
    assert [one[1] for one in found(clinic, wish(clinic, staff_id=lin, office_id=office), 3)] == [540, 600, 660]


def test_a_wish_is_kept_to(clinic: TestClinic) -> None:
    thursday = WEDNESDAY + timedelta(days=1)
    asked = wish(clinic, after=17 * 60, office_id=clinic.office("Brooklyn"), weekdays=frozenset({3}))
    assert {(day, starts >= 17 * 60) for day, starts, *_ in found(clinic, asked)} == {(thursday, True), (thursday + timedelta(days=7), True)}
    assert [one[1:2] for one in found(clinic, wish(clinic, at=14 * 60 + 25, staff_id=1, office_id=1), 1)] == [(865,)]
    assert all(one[1] < 600 for one in found(clinic, wish(clinic, before=600)))
    assert {one[3] for one in found(clinic, wish(clinic, room_id=clinic.room("Room 3")))} == {3}


def test_what_has_passed_is_no_opening(clinic: TestClinic) -> None:
    clinic.clock.advance(hours=2)
    assert found(clinic, wish(clinic, from_day=TODAY, office_id=1), 1) == [(TODAY, 10 * 60 + 30, 1, 1)]


def test_an_alternative_gets_its_share(clinic: TestClinic) -> None:
    thursday = wish(clinic, weekdays=frozenset({3}), after=17 * 60)
    asked = wish(clinic, from_day=TODAY, to_day=TODAY, after=14 * 60, alternatives=(thursday,))
    assert [one[0] == TODAY for one in found(clinic, asked)] == [True, True, True, False, False]


def test_closed_offices_and_ended_licences_have_no_openings(clinic: TestClinic) -> None:
    clinic.door.do(practice.save_closure, ClosureDraft(clinic.office(), WEDNESDAY, "Inventory"))
    lin = clinic.practice.member(clinic.staff())
    jersey = Licence("NJ", "7", date(2020, 1, 1), date(2031, 1, 1))
    clinic.door.do(practice.save_member, replace(LIN, id=lin.id, version=lin.version, licences=(jersey,)))
    assert {(one[2], one[3]) for one in found(clinic, wish(clinic, to_day=WEDNESDAY))} == {(clinic.staff("Okafor"), clinic.room("Room B1"))}


def test_a_practitioner_is_offered_between_the_hands_of_another_visit(clinic: TestClinic) -> None:
    a_visit(clinic, day=WEDNESDAY, starts=9 * 60)
    first = found(clinic, wish(clinic, staff_id=clinic.staff(), office_id=clinic.office()), 1)
    assert first == [(WEDNESDAY, 9 * 60 + 15, clinic.staff(), clinic.room("Room 2"))]


def test_a_patient_is_offered_nothing_beside_their_own_visit(clinic: TestClinic) -> None:
    visit = a_visit(clinic, day=WEDNESDAY, starts=9 * 60)
    asked = wish(clinic, patient_id=visit.patient_id, staff_id=clinic.staff("Okafor"), office_id=clinic.office())
    assert found(clinic, asked, 1)[0][1] == 10 * 60


def test_a_wish_without_a_service_has_no_openings(clinic: TestClinic) -> None:
    assert found(clinic, wish(clinic, service_ids=())) == []
    assert found(clinic, wish(clinic, service_ids=(99,))) == []


def test_the_nearest_free_place_is_offered_instead(clinic: TestClinic) -> None:
    okafor = clinic.staff("Okafor")
    a_visit(clinic, starts=14 * 60 + 30, room_id=clinic.room("Room 2"))
    asked = a_booking(clinic, starts=14 * 60 + 30, staff_id=okafor, room_id=clinic.room("Room 2"))
    instead = clinic.door.look(schedule.free_instead, asked)
    assert [(one.starts, one.staff_id, one.room_id) for one in instead] == [
        (14 * 60 + 30, okafor, clinic.room("Room 1")),
        (14 * 60 + 15, okafor, clinic.room("Room 1")),
        (14 * 60 + 45, okafor, clinic.room("Room 1")),
    ]
    for one in instead:
        clinic.door.do(schedule.cancel_visit, Cancelling(book(clinic, one), 1, State.CANCELLED, "a test"))


def test_when_the_day_is_full_the_next_one_is_offered(clinic: TestClinic) -> None:
    clinic.door.do(practice.save_closure, ClosureDraft(clinic.office(), TODAY, "Inventory"))
    instead = clinic.door.look(schedule.free_instead, a_booking(clinic))
    assert {one.day for one in instead} == {WEDNESDAY}


def book(clinic: TestClinic, one: Opening, patient_id: int | None = None) -> int:
    return clinic.door.do(
        schedule.book_visit,
        Booking(
            a_patient(clinic) if patient_id is None else patient_id, one.office_id, one.staff_id, one.day, one.starts,
            (clinic.service(),), room_id=one.room_id,
        ),
    ).answer  # fmt: skip


@pytest.fixture(scope="module")
def busy(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClinic]:
    made = database.clinic(tmp_path_factory.mktemp("busy"))
    yield made
    made.close()


_BOOKINGS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 2), st.integers(1, 2), st.sampled_from([1, 2, 3])), max_size=14)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_BOOKINGS, st.integers(0, 20), st.integers(0, 47), st.booleans())
def test_every_opening_can_be_booked_and_no_earlier_one_was_missed(
    busy: TestClinic, bookings: list[tuple[int, int, int, int]], days: int, after_quarter: int, at_one_office: bool
) -> None:
    """Booked is what a booking itself accepts, minute by minute: the slow model is the command."""
    day = date(2027, 1, 4) + timedelta(days=days)
    somebody = a_patient(busy)
    for quarter, office_id, staff_id, service_id in bookings:
        with suppress(Refusal, NeedsConsent):
            starts = 9 * 60 + quarter * 15
            busy.door.do(schedule.book_visit, Booking(a_patient(busy), office_id, staff_id, day, starts, (service_id,)))
    after = 9 * 60 + after_quarter * 15
    asked = Wish((1,), day, day, after=after, office_id=1 if at_one_office else None, patient_id=somebody)
    proposed = busy.door.look(schedule.openings, asked, 3)
    earliest = _first_bookable(busy, day, after, somebody, offices=(1,) if at_one_office else (1, 2))
    assert (proposed[0].starts if proposed else None) == earliest
    for one in proposed:
        visit_id = book(busy, one, somebody)
        busy.door.do(schedule.cancel_visit, Cancelling(visit_id, 1, State.CANCELLED, "a test"))


def _first_bookable(clinic: TestClinic, day: date, after: int, patient_id: int, offices: tuple[int, ...]) -> int | None:
    for starts in range(-(-after // 15) * 15, 24 * 60, 15):
        for office_id in offices:
            for staff_id in (1, 2):
                try:
                    visit_id = clinic.door.do(schedule.book_visit, Booking(patient_id, office_id, staff_id, day, starts, (1,))).answer
                except (Refusal, NeedsConsent):
                    continue
                clinic.door.do(schedule.cancel_visit, Cancelling(visit_id, 1, State.CANCELLED, "a test"))
                return starts
    return None


def test_a_full_fortnight_asks_no_more_questions_than_an_empty_one(clinic: TestClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it takes is measured by `make bench`."""
    asked: list[object] = []
    plain = Context.read

    def read(self: Context, *given: Any, **named: Any) -> Any:
        asked.append(given)
        return plain(self, *given, **named)

    monkeypatch.setattr(Context, "read", read)
    patient_id, late = a_patient(clinic), wish(clinic, after=16 * 60, staff_id=clinic.staff())
    counts = []
    for full in (False, True):
        if full:
            for days in range(12):
                for at in range(6):
                    with suppress(Refusal, NeedsConsent):
                        a_visit(clinic, patient_id, day=WEDNESDAY + timedelta(days=days), starts=(9 + at) * 60 + 30)
        asked.clear()
        clinic.door.look(schedule.openings, late)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
