"""The clinic's own commands and queries over a server: the same day, and the same winner when seats race (C3, C4, L3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import pytest
from sqlalchemy.exc import IntegrityError

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Problem
from pulse_desktop.clinic import packages, patients, schedule
from pulse_desktop.clinic.packages.values import HoldSession
from pulse_desktop.clinic.practice.queries import practice_data
from pulse_desktop.clinic.schedule.placing import placed as really
from pulse_desktop.clinic.schedule.values import State
from pulse_desktop.storage.audit import AuditTrail, first_break
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.postgres_engine import open_server_engine
from tests import builders_treatment as treatment
from tests.builders import TestClinic, a_booking, a_patient, a_patient_draft, a_visit
from tests.postgres import Server
from tests.server_clinics import ServerTemplate, made_on

RACERS = 8
V = TypeVar("V")


@pytest.fixture(scope="module")
def made_clinic(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> ServerTemplate:
    return made_on(postgres, tmp_path_factory.mktemp("server"))


@pytest.fixture
def clinic(made_clinic: ServerTemplate, tmp_path: Path) -> Iterator[TestClinic]:
    with made_clinic.opened(tmp_path) as clinic:
        yield clinic


def all_at_once(
    clinic: TestClinic, command: Callable[[Context, V], object], values: Sequence[V], operation: str | None = None
) -> list[object]:
    """One command for each value, at a seat with connections of its own, at the same moment; the answer, or the key of the Problem."""
    start = Barrier(len(values))
    with clinic.desk.clinic._engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        where = driver.info.get_parameters()

    def run(number: int) -> object:
        engine = open_server_engine(where)
        door = Door(engine, clinic.desk.actor, f"seat {number}", clinic.clock, audit=AuditTrail(b"", f"seat {number}"))
        door.look(practice_data)
        start.wait(30)
        try:
            return door.do(command, values[number], operation=operation).answer
        except Problem as told:
            return told.key
        finally:
            engine.dispose()

    with ThreadPoolExecutor(len(values)) as pool:
        return list(pool.map(run, range(len(values))))


def tally(told: list[object]) -> Counter[str]:
    """How many won (got a number), and why the others did not."""
    return Counter("won" if isinstance(one, int) else str(one) for one in told)


def unbroken(clinic: TestClinic) -> bool:
    with clinic.desk.clinic._engine.begin() as connection:
        return first_break(connection, b"") is None


def test_a_visit_is_booked_arrives_and_is_paid(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    treatment.a_package(clinic, patient_id)
    visit = a_visit(clinic, patient_id)
    treatment.checked_out(clinic, visit.id)
    assert clinic.door.look(schedule.visit, visit.id).state == State.BOOKED
    assert unbroken(clinic)


def test_c3_eight_seats_after_one_slot_one_wins_and_seven_hear_why(clinic: TestClinic) -> None:
    wanted = [a_booking(clinic, a_patient(clinic, f"Racer{at}"), room_id=clinic.room()) for at in range(RACERS)]
    told = all_at_once(clinic, schedule.book_visit, wanted)
    assert tally(told) == {"won": 1, "practitioner_taken": RACERS - 1}
    assert unbroken(clinic)


def test_c3_without_asking_first_the_constraint_alone_keeps_visits_apart(clinic: TestClinic) -> None:
    a_visit(clinic)
    again = "INSERT INTO occupancy (visit_id, kind, key, starts, ends) SELECT visit_id, kind, key, starts + 60000, ends + 60000 FROM occupancy"
    with pytest.raises(IntegrityError, match="guard:taken:"), writing(clinic.desk.clinic._engine).begin() as connection:
        connection.exec_driver_sql(again)


def test_nobody_is_booked_in_two_offices_without_time_for_the_way(clinic: TestClinic) -> None:
    here = a_booking(clinic, a_patient(clinic, "Here"), starts=11 * 60)
    there = replace(a_booking(clinic, a_patient(clinic, "There")), office_id=clinic.office("Brooklyn"), starts=12 * 60)
    told = all_at_once(clinic, schedule.book_visit, (here, there) * 2)
    assert tally(told)["won"] == 1
    assert unbroken(clinic)


def test_without_the_lock_of_the_practitioner_both_would_be_booked(clinic: TestClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: spans in two offices do not overlap, so only the lock keeps two seats from both finding the way free."""
    here = a_booking(clinic, a_patient(clinic, "Here"), starts=11 * 60)
    there = replace(a_booking(clinic, a_patient(clinic, "There")), office_id=clinic.office("Brooklyn"), starts=12 * 60)
    both_have_looked = Barrier(2)

    def placed(*asked: Any, **named: Any) -> object:
        found = really(*asked, **named)
        both_have_looked.wait(30)
        return found

    monkeypatch.setattr("pulse_desktop.clinic.schedule.commands.placed", placed)
    monkeypatch.setattr(Context, "lock", lambda *_: None)
    assert tally(all_at_once(clinic, schedule.book_visit, (here, there)))["won"] == 2


def test_without_its_guard_a_row_is_changed_behind_a_colleagues_back(clinic: TestClinic) -> None:
    """Versioned, and its negative control: an UPDATE that does not raise the version is refused, unless the trigger is off."""
    a_patient(clinic)
    engine, change = writing(clinic.desk.clinic._engine), "UPDATE patient SET last_name = 'Other'"
    with pytest.raises(IntegrityError, match="guard:version"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE patient DISABLE TRIGGER guard_patient_version")
        assert connection.exec_driver_sql(change).rowcount == 1


def test_c4_the_last_session_is_held_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    visits = [a_visit(clinic, patient_id, starts=starts, staff_id=clinic.staff()) for starts in (600, 700, 800, 900)]
    offer = treatment.an_offer(clinic, sessions=1)
    package = treatment.a_package(clinic, patient_id, offer).package_id
    told = all_at_once(clinic, packages.hold_session, [HoldSession(package, one.id) for one in visits])
    assert tally(told) == {"won": 1, "package_over": len(visits) - 1}
    assert treatment.the_package(clinic, patient_id).held == 1


def test_l3_one_operation_sent_from_eight_seats_acts_once(clinic: TestClinic) -> None:
    draft, operation = a_patient_draft(), new_id()
    told = all_at_once(clinic, patients.register, [draft] * RACERS, operation)
    assert len(set(told)) == 1
    assert isinstance(told[0], int)


def test_patients_registered_at_once_get_numbers_of_their_own(clinic: TestClinic) -> None:
    drafts = [a_patient_draft(f"Racer{at}") for at in range(RACERS)]
    told = all_at_once(clinic, patients.register, drafts)
    assert len(set(told)) == RACERS
    with clinic.desk.clinic._engine.begin() as connection:
        numbers = list(connection.exec_driver_sql("SELECT number FROM patient ORDER BY number").scalars())
    assert numbers == list(range(numbers[0], numbers[0] + RACERS))
