"""Booking, moving, cancelling: the session goes along, and undo brings everything back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.clinic import flows, patients, schedule
from pulse_desktop.clinic.flows.values import Arrival, NewCaller
from pulse_desktop.clinic.patients.values import ConditionDraft
from pulse_desktop.clinic.schedule.values import Booking, Cancelling, Move, Progress, ServicesChange, State
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_booking, a_patient, a_patient_draft, a_visit
from tests.builders_treatment import a_package, an_offer, the_package


def counts(clinic: TestClinic, patient_id: int, at: int = 0) -> tuple[int, int, int, int]:
    line = the_package(clinic, patient_id, at)
    return line.used, line.held, line.forfeited, line.left


def booked(clinic: TestClinic, patient_id: int, **more: object) -> int:
    return clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, **more)).answer


def cancel(clinic: TestClinic, visit_id: int, state: State) -> str:
    version = clinic.door.look(schedule.visit, visit_id).version
    return clinic.door.do(flows.cancel_visit, Cancelling(visit_id, version, state, "ill")).answer.session


def test_booking_holds_a_session_and_undo_lets_it_go(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    done = clinic.door.do(flows.book_visit, a_booking(clinic, patient_id))
    assert counts(clinic, patient_id) == (0, 1, 0, 9)
    assert done.undo
    clinic.door.do(take_back, TakeBack(done.operation))
    assert counts(clinic, patient_id) == (0, 0, 0, 10)
    assert clinic.door.look(schedule.visit, done.answer).state is State.CANCELLED
    booked(clinic, patient_id)


def test_the_package_that_ends_first_is_used_first(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id, an_offer(clinic, name="No end", good_months=None))
    a_package(clinic, patient_id, an_offer(clinic, name="Half a year"))
    booked(clinic, patient_id)
    assert [counts(clinic, patient_id, at)[1] for at in (0, 1)] == [0, 1]


def test_a_service_the_package_does_not_pay_for_holds_nothing(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    booked(clinic, patient_id, service_ids=(clinic.service("Tuina 30"),))
    assert counts(clinic, patient_id) == (0, 0, 0, 10)


@pytest.mark.parametrize(("state", "session", "left"), [(State.CANCELLED, "released", 10), (State.CLINIC_CANCELLED, "released", 10)])
def test_cancelling_in_time_gives_the_session_back(clinic: TestClinic, state: State, session: str, left: int) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    assert cancel(clinic, booked(clinic, patient_id), state) == session
    assert the_package(clinic, patient_id).left == left


def test_one_late_cancellation_a_year_is_forgiven(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id, an_offer(clinic, good_months=None))
    assert cancel(clinic, booked(clinic, patient_id), State.LATE_CANCELLED) == "forgiven"
    assert cancel(clinic, booked(clinic, patient_id), State.LATE_CANCELLED) == "forfeited"
    assert counts(clinic, patient_id) == (0, 0, 1, 9)
    clinic.clock.advance(days=366)
    day = TODAY + timedelta(days=370)
    assert cancel(clinic, booked(clinic, patient_id, day=day), State.LATE_CANCELLED) == "forgiven"


def test_undoing_a_cancellation_holds_the_session_again(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    visit_id = booked(clinic, patient_id)
    line = clinic.door.look(schedule.visit, visit_id)
    done = clinic.door.do(flows.cancel_visit, Cancelling(visit_id, line.version, State.LATE_CANCELLED, "ill"))
    clinic.door.do(take_back, TakeBack(done.operation))
    assert counts(clinic, patient_id) == (0, 1, 0, 9)
    assert clinic.door.look(schedule.visit, visit_id).state is State.BOOKED


def test_a_move_keeps_the_session_unless_the_package_ends_before(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id, an_offer(clinic, good_months=1))
    visit_id = booked(clinic, patient_id)
    version = clinic.door.look(schedule.visit, visit_id).version
    clinic.door.do(flows.move_visit, Move(visit_id, version, date(2026, 12, 24), 10 * 60))
    assert counts(clinic, patient_id)[1] == 1
    done = clinic.door.do(flows.move_visit, Move(visit_id, version + 1, date(2026, 12, 29), 10 * 60))
    assert counts(clinic, patient_id)[1] == 0
    clinic.door.do(take_back, TakeBack(done.operation))
    assert counts(clinic, patient_id)[1] == 1


def test_acupuncture_only_lets_go_of_what_no_longer_fits(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id)
    visit_id = booked(clinic, patient_id, service_ids=(clinic.service(), clinic.service("+ cupping 15")))
    version = clinic.door.look(schedule.visit, visit_id).version
    clinic.door.do(flows.change_services, ServicesChange(visit_id, version, (clinic.service(),)))
    assert counts(clinic, patient_id)[1] == 1
    version = clinic.door.look(schedule.visit, visit_id).version
    clinic.door.do(flows.change_services, ServicesChange(visit_id, version, (clinic.service("Tuina 30"),)))
    assert counts(clinic, patient_id) == (0, 0, 0, 10)


def test_a_new_caller_is_registered_and_booked_or_neither(clinic: TestClinic) -> None:
    booking = a_booking(clinic, 0)
    done = clinic.door.do(flows.register_and_book, NewCaller(a_patient_draft("Jun", "Abe"), booking))
    line = clinic.door.look(schedule.visit, done.answer)
    assert line.patient == "Jun Abe"
    with pytest.raises(Refusal):
        clinic.door.do(flows.register_and_book, NewCaller(a_patient_draft("Ken", "Ito"), booking))
    assert clinic.door.look(patients.search, "ito") == ()
    clinic.door.do(take_back, TakeBack(done.operation))
    assert clinic.door.look(schedule.visit, done.answer).state is State.CANCELLED
    assert not clinic.door.look(patients.search, "abe")[0].active


def test_arriving_writes_down_what_is_new(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    news = (ConditionDraft(visit.patient_id, "pregnancy", TODAY),)
    done = clinic.door.do(flows.check_in, Arrival(visit.id, visit.version, asked=True, news=news))
    line = clinic.door.look(schedule.visit, visit.id)
    assert (line.progress, line.arrived_at) == (Progress.ARRIVED, clinic.clock.now())
    assert [one.key for one in clinic.door.look(patients.conditions, visit.patient_id)] == ["pregnancy"]
    clinic.door.do(take_back, TakeBack(done.operation))
    assert clinic.door.look(schedule.visit, visit.id).progress is Progress.EXPECTED
    assert clinic.door.look(patients.conditions, visit.patient_id) == ()


def test_news_of_another_patient_are_refused_whole(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    other = a_patient(clinic, "Jun", "Abe")
    with pytest.raises(Denied):
        clinic.door.do(flows.check_in, Arrival(visit.id, visit.version, news=(ConditionDraft(other, "pregnancy", TODAY),)))
    assert clinic.door.look(schedule.visit, visit.id).progress is Progress.EXPECTED


def test_nobody_arrives_twice_or_on_another_day(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(flows.check_in, Arrival(visit.id, visit.version))
    with pytest.raises(Outdated):
        clinic.door.do(flows.check_in, Arrival(visit.id, visit.version))
    later = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), day=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="not_today"):
        clinic.door.do(flows.check_in, Arrival(later.id, later.version))


def test_a_double_click_books_once(clinic: TestClinic) -> None:
    booking: Booking = replace(a_booking(clinic), room_id=clinic.room())
    answers = {clinic.door.do(flows.book_visit, booking, operation="one-click").answer for _ in range(20)}
    assert len(answers) == 1
