"""Moving, cancelling, going along: places follow, everything can be taken back, nobody overwrites anybody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.schedule.values import (
    Cancelling,
    Confirming,
    DeskNote,
    Move,
    Progress,
    ServicesChange,
    State,
    Step,
    VisitLine,
)
from pulse_desktop.storage.door import Done
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.clinic.schedule.test_booking import TEN, occupancy, refused


def again(clinic: TestClinic, visit: VisitLine) -> VisitLine:
    return clinic.door.look(schedule.visit, visit.id)


def takes_back(clinic: TestClinic, done: Done[Any]) -> None:
    clinic.door.do(take_back, TakeBack(done.operation))


def refusal(clinic: TestClinic, command: Any, value: Any) -> Refusal:
    with pytest.raises(Refusal) as told:
        clinic.door.do(command, value)
    return told.value


# ---- moving


def test_a_moved_visit_leaves_its_place_and_takes_the_other(clinic: TestClinic) -> None:
    visit = a_visit(clinic, room_id=clinic.room())
    done = clinic.door.do(schedule.move_visit, Move(visit.id, 1, TODAY, TEN + 30, staff_id=clinic.staff("Okafor")))
    moved = again(clinic, visit)
    assert (moved.minute, moved.staff, moved.room, moved.version) == (TEN + 30, "Okafor", "Room 1", 2)
    other = a_visit(clinic, starts=9 * 60, room_id=clinic.room("Room 2"))
    takes_back(clinic, done)
    assert again(clinic, visit).minute == TEN
    assert refused(clinic, a_booking(clinic, other.patient_id, starts=TEN)).key == "practitioner_taken"


def test_a_move_by_a_few_minutes_does_not_find_itself_in_the_way(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.move_visit, Move(visit.id, 1, TODAY, TEN + 5))
    assert again(clinic, visit).room == "Room 1"


def test_a_move_into_a_taken_place_is_refused_and_changes_nothing(clinic: TestClinic) -> None:
    first, second = a_visit(clinic), a_visit(clinic, starts=14 * 60)
    assert refusal(clinic, schedule.move_visit, Move(second.id, 1, TODAY, TEN)).key == "practitioner_taken"
    assert again(clinic, second) == second
    assert occupancy(clinic, second.id) == occupancy(clinic, first.id)


def test_a_move_to_another_office_takes_a_room_there(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.move_visit, Move(visit.id, 1, TODAY, 15 * 60, office_id=clinic.office("Brooklyn")))
    assert again(clinic, visit).room == "Room B1"


def test_a_visit_is_made_longer_and_shorter(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.move_visit, Move(visit.id, 1, TODAY, TEN, ends=TEN + 90))
    assert again(clinic, visit).minutes == 90
    assert refusal(clinic, schedule.move_visit, Move(visit.id, 2, TODAY, TEN, ends=TEN)).key == "ends_before_start"


def test_who_saw_an_older_version_is_told(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.write_desk_note, DeskNote(visit.id, 1, "call first"))
    for command, value in (
        (schedule.move_visit, Move(visit.id, 1, TODAY, 11 * 60)),
        (schedule.cancel_visit, Cancelling(visit.id, 1, State.CANCELLED, "ill")),
        (schedule.take_step, Step(visit.id, 1, Progress.ARRIVED)),
        (schedule.confirm_visit, Confirming(visit.id, 1)),
        (schedule.change_services, ServicesChange(visit.id, 1, (clinic.service("Tuina 30"),))),
        (schedule.write_desk_note, DeskNote(visit.id, 1, "mine")),
    ):
        with pytest.raises(Outdated) as told:
            clinic.door.do(command, value)  # type: ignore[arg-type]
        assert (told.value.subject, told.value.row_id) == ("visit", visit.id)
    assert again(clinic, visit).desk_note == "call first"


def test_an_arrival_moved_to_another_day_has_not_arrived_there(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.take_step, Step(visit.id, 1, Progress.ARRIVED))
    clinic.door.do(schedule.move_visit, Move(visit.id, 2, TODAY + timedelta(days=1), TEN))
    moved = again(clinic, visit)
    assert (moved.progress, moved.arrived_at) == (Progress.EXPECTED, None)


# ---- cancelling


def test_a_cancelled_visit_gives_its_place_back_and_takes_it_again(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    done = clinic.door.do(schedule.cancel_visit, Cancelling(visit.id, 1, State.LATE_CANCELLED, "child ill"))
    cancelled = again(clinic, visit)
    assert (cancelled.state, cancelled.cancel_reason, occupancy(clinic, visit.id)) == (State.LATE_CANCELLED, "child ill", [])
    assert clinic.door.look(schedule.day_schedule, TODAY, (1,)).visits == ()
    assert [line.id for line in clinic.door.look(schedule.visits_of, visit.patient_id)] == [visit.id]
    takes_back(clinic, done)
    assert again(clinic, visit).state == State.BOOKED
    assert len(occupancy(clinic, visit.id)) == 4


def test_a_cancelled_visit_does_not_come_back_into_a_place_that_is_taken_by_now(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    done = clinic.door.do(schedule.cancel_visit, Cancelling(visit.id, 1, State.CANCELLED, "ill"))
    a_visit(clinic)
    with pytest.raises(Refusal) as told:
        takes_back(clinic, done)
    assert told.value.key == "place_taken"
    assert again(clinic, visit).state == State.CANCELLED


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"reason": "  "}, "cancel_reason"),
        ({"state": State.BOOKED}, "cancel_how"),
        ({"state": State.NO_SHOW}, "no_show_early"),
        ({"visit_id": 99}, "visit_not_there"),
    ],
)
def test_a_cancelling_that_cannot_be_is_refused(clinic: TestClinic, change: dict[str, Any], key: str) -> None:
    visit = a_visit(clinic)
    assert refusal(clinic, schedule.cancel_visit, replace(Cancelling(visit.id, 1, State.CANCELLED, "ill"), **change)).key == key


def test_nobody_came_is_said_after_the_start_only_and_not_of_who_is_here(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.clock.advance(hours=2)
    clinic.door.do(schedule.take_step, Step(visit.id, 1, Progress.ARRIVED))
    missed = Cancelling(visit.id, 2, State.NO_SHOW, "no call")
    assert refusal(clinic, schedule.cancel_visit, missed).key == "no_show_here"
    clinic.door.do(schedule.take_step, Step(visit.id, 2, Progress.EXPECTED))
    clinic.door.do(schedule.cancel_visit, replace(missed, version=3))
    for command, value in (
        (schedule.move_visit, Move(visit.id, 4, TODAY, TEN)),
        (schedule.take_step, Step(visit.id, 4, Progress.ARRIVED)),
        (schedule.confirm_visit, Confirming(visit.id, 4)),
        (schedule.cancel_visit, replace(missed, version=4)),
    ):
        assert refusal(clinic, command, value).key == "visit_over"


def test_a_visit_is_confirmed(clinic: TestClinic) -> None:
    visit = a_visit(clinic, state=State.TENTATIVE)
    clinic.door.do(schedule.confirm_visit, Confirming(visit.id, 1))
    assert again(clinic, visit).state == State.CONFIRMED


# ---- other services


def test_acupuncture_only_drops_the_cupping_and_shortens_the_visit(clinic: TestClinic) -> None:
    visit = a_visit(clinic, service_ids=(clinic.service(), clinic.service("+ cupping 15")))
    done = clinic.door.do(schedule.change_services, ServicesChange(visit.id, 1, (clinic.service(),)))
    changed = again(clinic, visit)
    assert (changed.services_words, changed.minutes) == ("Acupuncture 60", 55)
    takes_back(clinic, done)
    restored = again(clinic, visit)
    assert (restored.services_words, restored.minutes, restored.hands_on) == ("Acupuncture 60 + cupping 15", 70, visit.hands_on)


def test_more_services_do_not_run_into_the_next_visit(clinic: TestClinic) -> None:
    visit = a_visit(clinic, room_id=clinic.room())
    a_visit(clinic, room_id=clinic.room(), starts=11 * 60 + 5)
    more = ServicesChange(visit.id, 1, (clinic.service(), clinic.service("+ cupping 15")))
    assert refusal(clinic, schedule.change_services, more).key == "place_taken"
    assert again(clinic, visit).minutes == 55


# ---- going along


def test_each_step_is_stamped_and_taken_back(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    seen = []
    for step in (Progress.ARRIVED, Progress.IN_ROOM, Progress.CHECKING_OUT):
        clinic.clock.advance(minutes=10)
        visit = again(clinic, visit)
        seen.append(clinic.door.do(schedule.take_step, Step(visit.id, visit.version, step)))
    stamped = again(clinic, visit)
    assert stamped.arrived_at is not None
    assert stamped.roomed_at == stamped.arrived_at + timedelta(minutes=10)
    assert stamped.out_at == stamped.arrived_at + timedelta(minutes=20)
    takes_back(clinic, seen[-1])
    assert (again(clinic, visit).progress, again(clinic, visit).out_at) == (Progress.IN_ROOM, None)


def test_one_step_back_is_allowed_and_two_are_not(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.take_step, Step(visit.id, 1, Progress.ARRIVED))
    clinic.door.do(schedule.take_step, Step(visit.id, 2, Progress.IN_ROOM))
    assert refusal(clinic, schedule.take_step, Step(visit.id, 3, Progress.EXPECTED)).key == "step_wrong"
    clinic.door.do(schedule.take_step, Step(visit.id, 3, Progress.ARRIVED))
    back = again(clinic, visit)
    assert back.arrived_at is not None
    assert back.roomed_at is None
    for wrong in (Progress.ARRIVED, Progress.DONE):
        assert refusal(clinic, schedule.take_step, Step(visit.id, 4, wrong)).key == "step_wrong"


def test_nobody_arrives_before_the_day(clinic: TestClinic) -> None:
    visit = a_visit(clinic, day=TODAY + timedelta(days=1))
    assert refusal(clinic, schedule.take_step, Step(visit.id, 1, Progress.ARRIVED)).key == "not_today"


def test_another_room_is_entered_when_it_is_free(clinic: TestClinic) -> None:
    visit = a_visit(clinic, room_id=clinic.room("Room 1"))
    a_visit(clinic, room_id=clinic.room("Room 2"), staff_id=clinic.staff("Okafor"))
    taken = Step(visit.id, 1, Progress.IN_ROOM, room_id=clinic.room("Room 2"))
    assert refusal(clinic, schedule.take_step, taken).key == "room_taken"
    assert refusal(clinic, schedule.take_step, replace(taken, room_id=clinic.room("Room B1"))).key == "room_elsewhere"
    clinic.door.do(schedule.take_step, replace(taken, room_id=clinic.room("Room 3")))
    assert again(clinic, visit).room == "Room 3"
    assert a_visit(clinic, starts=TEN + 20).room == "Room 1"


def test_a_squeeze_in_needs_a_room_to_enter(clinic: TestClinic) -> None:
    visit = a_visit(clinic, squeeze_in=True)
    assert refusal(clinic, schedule.take_step, Step(visit.id, 1, Progress.IN_ROOM)).key == "room_needed"
    clinic.door.do(schedule.take_step, Step(visit.id, 1, Progress.IN_ROOM, clinic.room()))
    assert again(clinic, visit).room == "Room 1"


def test_who_left_without_treatment_leaves_the_place_too(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(schedule.take_step, Step(visit.id, 1, Progress.ARRIVED))
    done = clinic.door.do(schedule.take_step, Step(visit.id, 2, Progress.LEFT))
    assert occupancy(clinic, visit.id) == []
    assert again(clinic, visit).out_at is not None
    takes_back(clinic, done)
    assert len(occupancy(clinic, visit.id)) == 4
    assert again(clinic, visit).out_at is None


def test_two_visits_that_changed_places_change_back(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    visit = a_visit(clinic, patient_id)
    moved = clinic.door.do(schedule.move_visit, Move(visit.id, 1, TODAY, 14 * 60))
    newcomer = clinic.door.do(schedule.book_visit, a_booking(clinic))
    takes_back(clinic, newcomer)
    takes_back(clinic, moved)
    assert again(clinic, visit).minute == TEN
