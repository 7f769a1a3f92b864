"""Fifty seats after the same: exactly one gets it, and the others are told who (C3, C4 in full, on both databases)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from pulse_desktop.clinic import packages, schedule
from pulse_desktop.clinic.packages.values import HoldSession
from pulse_desktop.clinic.schedule.values import Booking
from pulse_desktop.storage.clinic_folder import DATABASE
from pulse_desktop.storage.engine import writing
from tests import builders_treatment as treatment
from tests.builders import NOW, TODAY, TestClinic, a_clinic, a_patient, a_visit
from tests.postgres import needed_server
from tests.seats import Told, Way, seated
from tests.server_clinics import ServerTemplate, made_on

SEATS = 50
ROUNDS, SESSIONS = 200, 100
SLOTS = tuple(range(9 * 60, 16 * 60 + 31, 75))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@contextmanager
def on_server(template: ServerTemplate, folder: Path) -> Iterator[tuple[TestClinic, Way]]:
    with template.opened(folder) as clinic:
        with clinic.desk.clinic._engine.connect() as connection:
            where = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
        yield clinic, Way(clinic.desk.actor, NOW, where=where)


@contextmanager
def in_file(folder: Path) -> Iterator[tuple[TestClinic, Way]]:
    clinic = a_clinic(folder)
    below = clinic.desk.clinic
    way = Way(clinic.desk.actor, NOW, path=clinic.folder / DATABASE, key=below._unlocked.ring.database, audit_key=below._audit_key)
    try:
        yield clinic, way
    finally:
        clinic.close()


def days() -> Iterator[date]:
    """Days on which the clinic is open, from tomorrow."""
    day = TODAY
    while True:
        day += timedelta(days=1)
        if day.weekday() < 6:
            yield day


def slots() -> Iterator[tuple[date, int]]:
    return ((day, minute) for day in days() for minute in SLOTS)


def check_slots(clinic: TestClinic, way: Way, rounds: int, seats: int = SEATS) -> Counter[str]:
    """C3: so many rounds of seats that want one room at overlapping times, with two practitioners."""
    wanted = slots()
    service, room, office = clinic.service(), clinic.room(), clinic.office()
    staff = (clinic.staff(), clinic.staff("Okafor"))
    people = [a_patient(clinic, f"Racer{at}") for at in range(seats)]
    tally: Counter[str] = Counter()
    with seated(way, seats) as sitting:
        for _round in range(rounds):
            day, minute = next(wanted)
            values = [
                Booking(person, office, staff[at % 2], day, minute + 5 * (at % 3), (service,), room) for at, person in enumerate(people)
            ]
            told = sitting.act([(schedule.book_visit, value) for value in values])
            check_round(told)
            tally.update(one.key or "won" for one in told)
    return tally


def check_round(told: list[Told]) -> None:
    """Exactly one winner, and every loser hears which visit has the place and who booked it when."""
    (winner,) = [one.answer for one in told if one.won]
    for one in told:
        if not one.won:
            assert one.key in {"room_taken", "practitioner_taken"}, one
            assert one.details["visit_id"] == winner
            assert one.details["booked_by"] == "Lin Hua"


def check_sessions(clinic: TestClinic, way: Way, rounds: int, seats: int = SEATS) -> Counter[str]:
    """C4: so many packages with one session left, each wanted for as many visits as there are seats."""
    patient = a_patient(clinic)
    offer = treatment.an_offer(clinic, sessions=1)
    free = [
        a_visit(clinic, patient, day=day, starts=minute, staff_id=clinic.staff()).id
        for (day, minute), _ in zip(slots(), range(seats + rounds), strict=False)
    ]
    tally: Counter[str] = Counter()
    with seated(way, seats) as sitting:
        for _round in range(rounds):
            package = treatment.a_package(clinic, patient, offer).package_id
            told = sitting.act([(packages.hold_session, HoldSession(package, visit)) for visit in free[:seats]])
            assert [one.won for one in told].count(True) == 1, Counter(one.key for one in told)
            assert {one.key for one in told} == {"", "package_over"}
            free.remove(free[next(at for at, one in enumerate(told) if one.won)])
            tally.update(one.key or "won" for one in told)
    return tally


@pytest.mark.long
def test_c3_fifty_seats_two_hundred_rounds_on_a_server(template: ServerTemplate, tmp_path: Path) -> None:
    with on_server(template, tmp_path) as (clinic, way):
        print(check_slots(clinic, way, ROUNDS))  # noqa: T201 - the figures of the long form


@pytest.mark.long
def test_c3_fifty_seats_two_hundred_rounds_in_a_file(tmp_path: Path) -> None:
    with in_file(tmp_path) as (clinic, way):
        print(check_slots(clinic, way, ROUNDS))  # noqa: T201 - as above


@pytest.mark.long
def test_c4_fifty_seats_a_hundred_rounds_on_a_server(template: ServerTemplate, tmp_path: Path) -> None:
    with on_server(template, tmp_path) as (clinic, way):
        print(check_sessions(clinic, way, SESSIONS))  # noqa: T201 - as above


@pytest.mark.long
def test_c4_fifty_seats_a_hundred_rounds_in_a_file(tmp_path: Path) -> None:
    with in_file(tmp_path) as (clinic, way):
        print(check_sessions(clinic, way, SESSIONS))  # noqa: T201 - as above


@pytest.mark.long
def test_c3_control_without_constraint_and_locks_two_win(template: ServerTemplate, tmp_path: Path) -> None:
    with on_server(template, tmp_path) as (clinic, way):
        with writing(clinic.desk.clinic._engine).begin() as connection:
            for kind in (":room", ":practitioner", ":patient", ""):
                connection.exec_driver_sql(f'ALTER TABLE occupancy DROP CONSTRAINT IF EXISTS "occupancy guard:taken{kind}"')
        careless = Way(way.actor, way.now, where=way.where, without_locks=True)
        with pytest.raises(ValueError, match="too many values"):
            check_slots(clinic, careless, 20, 8)
