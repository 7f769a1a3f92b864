"""Both Sundays on which the clocks change: the hole is refused, the echo asked about, and nothing overlaps by accident."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import practice, schedule
from pulse_desktop.clinic.practice.values import HoursDraft
from pulse_desktop.clinic.schedule.values import Booking, Wish
from tests.builders import TestClinic, a_booking, a_patient

FORWARD, BACK = date(2027, 3, 14), date(2027, 11, 7)
NIGHT = frozenset({"after_hours"})


def book(clinic: TestClinic, booking: Booking, *more: str) -> int:
    return clinic.door.do(schedule.book_visit, booking, consents=NIGHT | set(more)).answer


def test_t1_a_time_that_does_not_exist_is_refused_with_its_reason(clinic: TestClinic) -> None:
    for minute in (2 * 60, 2 * 60 + 30, 2 * 60 + 59):
        with pytest.raises(Refusal) as told:
            book(clinic, a_booking(clinic, day=FORWARD, starts=minute))
        assert (told.value.key, told.value.field) == ("time_skipped", "starts")
        assert sentence(told.value).endswith(
            f"2:{minute - 120:02} does not exist on Sunday, March 14: the clocks go forward over it. Choose a time before or after."
        )
    book(clinic, a_booking(clinic, day=FORWARD, starts=3 * 60))


def test_t1_a_time_that_comes_twice_is_asked_about(clinic: TestClinic) -> None:
    twice = a_booking(clinic, day=BACK, starts=90)
    with pytest.raises(NeedsConsent) as told:
        book(clinic, twice)
    assert told.value.key == "time_repeated"
    first = clinic.door.look(schedule.visit, book(clinic, twice, *told.value.agreed("first")))
    second_booking = a_booking(clinic, day=BACK, starts=90, second_time=True)
    second = clinic.door.look(schedule.visit, book(clinic, second_booking))
    assert second.starts - first.starts == timedelta(hours=1)
    assert (first.minute, second.minute) == (90, 90)


def test_t1_the_answer_may_come_with_the_consent(clinic: TestClinic) -> None:
    visit = clinic.door.look(schedule.visit, book(clinic, a_booking(clinic, day=BACK, starts=90), "time_repeated: second"))
    assert visit.starts == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_t1_a_visit_over_the_change_lasts_as_long_as_it_lasts(clinic: TestClinic) -> None:
    visit = clinic.door.look(schedule.visit, book(clinic, a_booking(clinic, day=FORWARD, starts=90)))
    assert visit.ends - visit.starts == timedelta(minutes=55)
    with pytest.raises(Refusal) as told:  # 1:30 + 55 minutes is 3:25 on the wall
        book(clinic, a_booking(clinic, visit.patient_id, day=FORWARD, starts=3 * 60 + 20, staff_id=clinic.staff("Okafor")))
    assert told.value.key == "patient_taken"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([FORWARD, BACK]), st.integers(0, 23 * 60), st.integers(0, 23 * 60), st.booleans(), st.booleans())
def test_t1_two_visits_of_one_patient_overlap_only_where_they_are_refused(
    clinic: TestClinic, day: date, one: int, other: int, first_late: bool, second_late: bool
) -> None:
    """Whatever the wall says, what is compared is the time that passes."""
    patient_id = a_patient(clinic)
    zone = ZoneInfo("America/New_York")
    spans: list[tuple[datetime, datetime]] = []
    for minute, late in ((one, first_late), (other, second_late)):
        try:
            booking = a_booking(clinic, patient_id, day=day, starts=minute, second_time=late, staff_id=1 + len(spans))
            visit = clinic.door.look(schedule.visit, book(clinic, booking))
        except Refusal as told:
            if told.key == "time_skipped":
                assert day == FORWARD
                assert 120 <= minute < 180
                return
            if told.key == "patient_taken":
                wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone, fold=int(late)).astimezone(UTC)
                assert spans
                assert spans[0][0] < wall + timedelta(minutes=55)
                assert wall < spans[0][1]
            return
        assert visit.starts.astimezone(zone).hour * 60 + visit.starts.astimezone(zone).minute == minute
        assert all(visit.ends <= begins or ends <= visit.starts for begins, ends in spans)
        spans.append((visit.starts, visit.ends))


def test_t1_openings_leave_out_the_hour_that_is_not_there(clinic: TestClinic) -> None:
    clinic.door.do(practice.save_hours, HoursDraft(1, 1, FORWARD, ((6, 0, 6 * 60),)))
    asked = Wish((clinic.service("Tuina 30"),), FORWARD, FORWARD, staff_id=1, office_id=1)
    starts = [one.starts for one in clinic.door.look(schedule.openings, asked, 50)]
    assert starts
    assert not any(120 <= minute < 180 for minute in starts)
