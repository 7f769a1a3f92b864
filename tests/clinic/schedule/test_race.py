"""C3 on one computer: one winner per place, whoever is quick; with the guard removed the harness turns red."""

from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path

import pytest
from sqlalchemy import text

from pulse_desktop.storage.engine import open_engine, writing
from tests.builders import a_clinic
from tests.clinic.schedule.race import RACERS, Track, a_track, by_command, carelessly, race, racers

_GUARDS = ("guard_occupancy_taken", "guard_occupancy_taken_moved")


@pytest.fixture(scope="module")
def eight() -> Iterator[Pool]:
    with racers() as pool:
        yield pool


@pytest.fixture
def track(tmp_path: Path) -> Track:
    return a_track(a_clinic(tmp_path))


_ROUNDS = pytest.mark.parametrize("rounds", [30, pytest.param(200, marks=pytest.mark.long)])


@_ROUNDS
def test_c3_eight_seats_and_one_place_have_one_winner(eight: Pool, track: Track, rounds: int) -> None:
    outcome = race(eight, track, by_command, rounds)
    assert outcome.overlaps == 0
    assert (outcome.won, outcome.visits) == (rounds, rounds)
    assert sum(outcome.refused.values()) == rounds * (RACERS - 1)
    assert set(outcome.refused) == {"room_taken", "practitioner_taken", "patient_taken"}


@_ROUNDS
def test_c3_the_database_alone_lets_only_one_in(eight: Pool, track: Track, rounds: int) -> None:
    outcome = race(eight, track, carelessly, rounds)
    assert outcome.overlaps == 0
    assert (outcome.won, outcome.visits) == (rounds, rounds)
    assert set(outcome.refused) == {"guard:taken:room", "guard:taken:practitioner", "guard:taken:patient"}


def test_negative_control_without_the_guard_visits_overlap(eight: Pool, track: Track) -> None:
    engine = open_engine(track.path, track.key)
    with writing(engine).begin() as connection:
        for name in _GUARDS:
            connection.execute(text(f"DROP TRIGGER {name}"))
    engine.dispose()
    outcome = race(eight, track, carelessly, 6)
    assert outcome.won == 6 * RACERS
    assert outcome.overlaps > 0
