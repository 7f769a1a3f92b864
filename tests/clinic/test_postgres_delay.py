"""Twenty seats far from the server, 15 ms each way: a save stays quick, and no number is missing (U6 at the clinic's own commands)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from pulse_desktop.clinic import schedule, treatment
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.values import NoteDraft, SaveDraft
from pulse_desktop.storage.audit import AuditTrail, first_break
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.postgres_engine import open_server_engine
from tests.builders import NOW, TestClinic, a_patient, a_visit
from tests.postgres import needed_server
from tests.seats import Deed, Way, seated
from tests.server_clinics import ServerTemplate, made_on
from tests.wire import Wire, laid

SEATS, SAVES, DELAY = 20, 40, 0.015
BEHIND = 0.8
"""Seconds between two saves of somebody who types without a pause, as the note's keeper sends them."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


def where_of(clinic: TestClinic) -> dict[str, Any]:
    with clinic.desk.clinic._engine.connect() as connection:
        found: dict[str, Any] = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    return {"host": found["host"], "port": found["port"], "user": found["user"], "dbname": found["dbname"]}


@contextmanager
def beyond(clinic: TestClinic, wire: Wire) -> Iterator[Door]:
    engine = open_server_engine(wire.where(where_of(clinic)))
    door = Door(engine, clinic.desk.actor, "far", clinic.clock, audit=AuditTrail(b"", "far"))
    door.look(schedule.visit, 1)
    yield door
    engine.dispose()


def journeys(wire: Wire, act: Callable[[], object]) -> int:
    wire.counts_anew()
    act()
    return wire.journeys


def test_a_save_of_typing_makes_three_journeys(template: ServerTemplate, tmp_path: Path) -> None:
    with template.opened(tmp_path) as clinic, laid(where_of(clinic)) as wire:
        note = clinic.door.do(treatment.open_note, a_visit(clinic).id).answer
        with beyond(clinic, wire) as door:
            door.do(treatment.save_draft, SaveDraft(note, 1, NoteDraft(complaint="low back")))
            assert journeys(wire, lambda: door.do(treatment.save_draft, SaveDraft(note, 2, NoteDraft(complaint="low back at night")))) == 3


def test_what_is_looked_at_and_written_into_the_trail_makes_one_journey_more(template: ServerTemplate, tmp_path: Path) -> None:
    with template.opened(tmp_path) as clinic, laid(where_of(clinic)) as wire:
        a_visit(clinic)
        with beyond(clinic, wire) as door:
            assert journeys(wire, lambda: door.note("person.lock")) == 1


def drafts(note: int, saves: int) -> list[Deed]:
    """One after the other, each on top of the last."""
    return [(treatment.save_draft, SaveDraft(note, at + 1, NoteDraft(complaint=f"low back {at}"))) for at in range(saves)]


@pytest.mark.long
def test_u6_twenty_seats_thirty_milliseconds_away(template: ServerTemplate, tmp_path: Path) -> None:
    with template.opened(tmp_path) as clinic, laid(where_of(clinic), DELAY) as wire:
        spans = [(hour, room) for hour in range(9 * 60, 17 * 60, 65) for room in ("Room 1", "Room 2", "Room 3")]
        staff = {"Room 1": clinic.staff(), "Room 2": clinic.staff("Okafor")}
        visits: list[VisitLine] = []
        for hour, room in spans:
            if len(visits) < SEATS and room in staff:
                visits.append(a_visit(clinic, starts=hour, room_id=clinic.room(room), staff_id=staff[room]))
        while len(visits) < SEATS:
            visits.append(a_visit(clinic, a_patient(clinic), squeeze_in=True, room_id=clinic.room(), starts=9 * 60 + len(visits)))
        notes = [clinic.door.do(treatment.open_note, visit.id).answer for visit in visits]
        way = Way(clinic.desk.actor, NOW, where=wire.where(where_of(clinic)))
        with seated(way, SEATS) as sitting:
            sitting.act_often([drafts(note, 3) for note in notes])  # connections and statements are made
            later = [[(command, SaveDraft(value.note_id, value.version + 3, value.draft)) for command, value in drafts(note, SAVES)] for note in notes]
            told = sitting.act_often(later, every=BEHIND)
        assert [one for seat in told for one in seat if not one.won] == []
        took = quantiles([one.seconds for seat in told for one in seat], n=100)
        print(f"p50 {1000 * took[49]:.0f} ms, p95 {1000 * took[94]:.0f} ms")  # noqa: T201 - the figures of the long form
        with clinic.desk.clinic._engine.begin() as connection:
            for column, table in (("seq", "audit"), ("number", "change")):
                given = list(connection.exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY 1").scalars())
                assert given == list(range(1, len(given) + 1))
            assert first_break(connection, b"") is None
