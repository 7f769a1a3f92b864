"""What the database refuses by itself, whoever asks (C2, U5, N1 in short form, C3)."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import SystemClock
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.faults import Mistake
from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage import workshop as shop
from tests.storage.workshop import EVERY_ROLE, HOUR, Putting, Taking

CONTENDERS, ROUNDS, CONTROL_ROUNDS = 8, 200, 30


def refused(engine: Engine, *statements: str) -> list[str]:
    """What the database says to each statement, sent past all our code."""
    told = []
    for statement in statements:
        with writing(engine).connect() as connection:
            try:
                connection.exec_driver_sql(statement)
                told.append("done")
            except DBAPIError as error:
                told.append(str(error.orig))
            connection.rollback()
    return told


@pytest.fixture
def furnished(clinic: OpenClinic) -> OpenClinic:
    """One bench, one sealed letter, one coin, one taken span."""
    clinic.door.do(shop.put_bench, Putting("oak"))
    clinic.door.do(shop.write_letter, "dear")
    clinic.door.do(shop.seal_letter, 1)
    clinic.door.do(shop.drop_coin, 5)
    clinic.door.do(shop.take_span, Taking("room", 1, 0, HOUR))
    return clinic


def test_c2_a_version_cannot_be_skipped_kept_or_moved(furnished: OpenClinic, engine: Engine) -> None:
    assert refused(
        engine,
        "UPDATE shop_bench SET words = 'x'",
        "UPDATE shop_bench SET words = 'x', version = 3",
        "UPDATE shop_bench SET version = NULL",
        "UPDATE shop_bench SET id = 9, version = 2",
        "INSERT INTO shop_bench (version, owner_id, words, state, at) VALUES (4, 1, 'x', 'there', 0)",
    ) == ["guard:version"] * 4 + ["guard:version"]
    assert refused(engine, "UPDATE shop_bench SET words = 'x', version = 2") == ["done"]


def test_c2_the_orm_refuses_bulk_writes(furnished: OpenClinic) -> None:
    from sqlalchemy import delete, insert, update

    from pulse_desktop.storage.context import Context
    from pulse_desktop.storage.permissions import Permission
    from pulse_desktop.storage.registry import command

    statements = iter((update(shop.Bench).values(words="x"), delete(shop.Bench), insert(shop.Coin).values(worth=3)))

    @command(needs=Permission.BOOK, audit="bulk")
    def bulk(context: Context, _value: None) -> None:
        context.session.execute(next(statements))

    for _ in range(3):
        with pytest.raises(Mistake, match="TypeError"):
            furnished.door.do(bulk, None)


def test_u5_append_only_rows_are_out_of_reach(furnished: OpenClinic, engine: Engine) -> None:
    told = refused(
        engine,
        "UPDATE shop_coin SET worth = 6",
        "DELETE FROM shop_coin",
        "REPLACE INTO shop_coin (id, worth) VALUES (1, 6)",
        "INSERT OR REPLACE INTO shop_coin (id, worth) VALUES (1, 6)",
        "INSERT INTO shop_coin (id, worth) VALUES (1, 6) ON CONFLICT (id) DO UPDATE SET worth = 6",
        "UPDATE OR REPLACE audit SET outcome = 'x'",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE history SET image = ''",
        "DELETE FROM operation",
        "REPLACE INTO change SELECT * FROM change",
        "REPLACE INTO audit SELECT * FROM audit",
    )
    assert all(answer.startswith("guard:") for answer in told), told
    assert refused(engine, "INSERT INTO shop_coin (worth) VALUES (6)") == ["done"]


def test_u5_replace_is_refused_even_where_delete_triggers_do_not_fire(furnished: OpenClinic, engine: Engine) -> None:
    with writing(engine).connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        raw.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(Exception, match="guard:kept"):
                raw.execute("REPLACE INTO shop_coin (id, worth) VALUES (1, 6)")
        finally:
            raw.execute("PRAGMA recursive_triggers=ON")


def test_u5_control_without_guards_the_same_statements_pass(furnished: OpenClinic, engine: Engine) -> None:
    with writing(engine).begin() as connection:
        for what in ("update", "delete", "replace"):
            connection.exec_driver_sql(f"DROP TRIGGER guard_shop_coin_{what}")
    assert refused(engine, "UPDATE shop_coin SET worth = 6", "DELETE FROM shop_coin", "REPLACE INTO shop_coin (id, worth) VALUES (1, 6)") == ["done"] * 3


def test_n1_a_sealed_row_is_frozen_but_for_its_mark(furnished: OpenClinic, engine: Engine) -> None:
    told = refused(
        engine,
        "UPDATE shop_letter SET words = 'x', version = version + 1",
        "UPDATE shop_letter SET state = 'open', version = version + 1",
        "UPDATE OR REPLACE shop_letter SET words = 'x', version = version + 1",
        "DELETE FROM shop_letter",
        "REPLACE INTO shop_letter (id, version, words, state) VALUES (1, 1, 'x', 'open')",
        "INSERT INTO shop_letter (id, version, words, state) VALUES (1, 1, 'x', 'open') ON CONFLICT (id) DO UPDATE SET words = 'x'",
    )
    assert all(answer.startswith("guard:") for answer in told), told
    assert refused(engine, "UPDATE shop_letter SET mark = 'in error', version = version + 1") == ["done"]


def test_spans_touch_but_never_overlap(furnished: OpenClinic, engine: Engine) -> None:
    def span(kind: str, key: int, starts: int, ends: int) -> str:
        return f"INSERT INTO shop_taken (kind, key, starts, ends) VALUES ('{kind}', {key}, {starts}, {ends})"

    assert refused(
        engine,
        span("room", 1, HOUR - 1, 2 * HOUR), span("room", 1, -5, 1), span("room", 1, 5, 6), span("room", 1, -HOUR, 3 * HOUR),
        span("room", 1, HOUR, 2 * HOUR), span("room", 1, -HOUR, 0), span("room", 2, 0, HOUR), span("patient", 1, 0, HOUR),
        span("bed", 1, 5, 5), span("bed", 1, 5, 4), span("bed", 1, 0, 13 * HOUR),
        "UPDATE shop_taken SET ends = ends + 1",
    ) == ["guard:shop:room"] * 4 + ["done"] * 4 + ["guard:shop_span"] * 3 + ["done"]  # fmt: skip
    furnished.door.do(shop.take_span, Taking("room", 1, HOUR, 2 * HOUR))
    assert refused(engine, "UPDATE shop_taken SET ends = ends + 1 WHERE starts = 0") == ["guard:shop:room"]


# ---- the race


def contend(path: Path, key: bytes, person: str, seed: int, rounds: int) -> int:
    """One process below the folder lock: tries to take room, practitioner and patient in each round; counts its wins."""
    engine = open_engine(path, key)
    door = Door(engine, Actor(0, person, "", EVERY_ROLE), f"seat {seed}", SystemClock(), audit=AuditTrail(b"k" * 32, f"seat {seed}"))
    chance, won = random.Random(seed), 0
    for turn in range(rounds):
        for kind in ("room", "practitioner", "patient"):
            starts = turn * HOUR + chance.randrange(-HOUR // 2, HOUR // 2)
            try:
                door.do(shop.take_span, Taking(kind, 1, starts, starts + HOUR // 2))
                won += 1
            except (Problem, Mistake):  # taken, or the file was busy for too long
                continue
    engine.dispose()
    return won


def race(clinic: OpenClinic, contest: Callable[[int], int]) -> list[int]:
    """Forks the contenders; each comes back with what it won."""
    ends = []
    for seed in range(CONTENDERS):
        reading, writing_end = os.pipe()
        if os.fork() == 0:
            try:
                os.write(writing_end, str(contest(seed)).encode())
            finally:
                os._exit(0)
        os.close(writing_end)
        ends.append(reading)
    won = [int(os.read(end, 20) or b"-1") for end in ends]
    for end in ends:
        os.close(end)
        os.wait()
    return won


def overlaps(engine: Engine) -> int:
    """Counted by comparing every pair, without the guard's own bounded search."""
    with engine.begin() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT kind, key, starts, ends FROM shop_taken ORDER BY kind, key, starts")]
    return sum(1 for a, b in pairwise(rows) if a[:2] == b[:2] and b[2] < a[3])


@pytest.mark.parametrize("guarded", [True, False])
def test_c3_eight_processes_race_and_nothing_is_taken_twice(clinic: OpenClinic, engine: Engine, guarded: bool) -> None:
    pytest.importorskip("fcntl")  # forks
    if not guarded:  # the negative control: without the triggers the same race ends in double bookings
        with writing(engine).begin() as connection:
            for name in ("shop", "shop_moved"):
                connection.exec_driver_sql(f"DROP TRIGGER guard_shop_taken_{name}")
    path, key, person = clinic.folder / "clinic.db", clinic._unlocked.ring.database, clinic.person_id
    engine.dispose()
    rounds = ROUNDS if guarded else CONTROL_ROUNDS
    won = race(clinic, lambda seed: contend(path, key, person, seed, rounds))
    assert all(count >= 0 for count in won), won
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM shop_taken").scalar() == sum(won)
    assert (overlaps(engine) == 0) is guarded
    assert sum(won) >= rounds
