"""The chain: any change, removal, insertion or swap shows, at its number (U2, U3; U7 as a figure)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from pulse_desktop.storage.audit import Break, first_break, head, link
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.sqlite_guards import drop_guards
from tests.storage import workshop as shop

COLUMNS = [column.name for column in AuditEvent.__table__.columns]


@pytest.fixture
def chain(clinic: OpenClinic, engine: Engine) -> Callable[[], Break | None]:
    """Thirty events without guards, as somebody with the database's key could have them."""
    for worth in range(30):
        clinic.door.do(shop.drop_coin, worth)
    with writing(engine).begin() as connection:
        drop_guards(connection, "audit")
    key = clinic._audit_key

    def look() -> Break | None:
        with engine.begin() as connection:
            return first_break(connection, key)

    assert look() is None
    return look


def tamper(engine: Engine, *statements: str) -> None:
    with writing(engine).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "seq"])
def test_u2_each_column_is_covered(chain: Callable[[], Break | None], engine: Engine, column: str) -> None:
    victim = random.Random(column).randrange(3, 30)
    value = "x'00'" if column in {"prev", "hash"} else "77" if column in {"at_utc", "tz_offset"} else "'1'"
    tamper(engine, f"UPDATE audit SET {column} = {value} WHERE seq = {victim}")
    assert chain() == Break(victim, "changed")


def test_u2_a_removed_event_is_missed(chain: Callable[[], Break | None], engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit WHERE seq = 12")
    assert chain() == Break(12, "missing")


def test_u2_a_closed_gap_is_found(chain: Callable[[], Break | None], engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit WHERE seq = 12", "UPDATE audit SET seq = seq - 1 WHERE seq > 12")
    assert chain() == Break(12, "changed")


def test_u2_an_inserted_event_is_found(chain: Callable[[], Break | None], engine: Engine) -> None:
    copy = ", ".join("'x'" if name == "event_id" else "0" if name == "seq" else f'"{name}"' for name in COLUMNS)
    tamper(engine, f"INSERT INTO audit SELECT {copy} FROM audit WHERE seq = 5")
    assert chain() == Break(0, "inserted")
    tamper(engine, "DELETE FROM audit WHERE seq = 0", f"INSERT INTO audit SELECT {copy.replace('0', '1000', 1)} FROM audit WHERE seq = 5")
    found = chain()
    assert found is not None
    assert found.kind == "missing"


def test_u2_two_swapped_events_are_found(chain: Callable[[], Break | None], engine: Engine) -> None:
    tamper(engine, "UPDATE audit SET seq = -1 WHERE seq = 8", "UPDATE audit SET seq = 8 WHERE seq = 9", "UPDATE audit SET seq = 9 WHERE seq = -1")
    assert chain() == Break(8, "changed")


def test_u2_control_a_chain_under_another_key_does_not_hold(clinic: OpenClinic, engine: Engine) -> None:
    clinic.door.do(shop.drop_coin, 1)
    with engine.begin() as connection:
        assert first_break(connection, b"another key, thirty-two bytes ..") == Break(1, "changed")


def test_u2_a_cut_tail_shows_against_a_remembered_head(clinic: OpenClinic, chain: Callable[[], Break | None], engine: Engine) -> None:
    remembered = clinic.door.head()
    tamper(engine, f"DELETE FROM audit WHERE seq > {remembered.seq - 5}")
    assert chain() is None  # the chain alone cannot tell
    with engine.begin() as connection:
        assert head(connection) != remembered  # the number and hash on the day sheet can


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_u3_text_moved_across_fields_gives_another_hash(one: tuple[str, str], two: tuple[str, str]) -> None:
    blank = dict.fromkeys(COLUMNS)

    def hashed(pair: tuple[str, str]) -> bytes | None:
        try:
            return link(b"k", b"", {**blank, "action": pair[0], "object_type": pair[1]})
        except ValueError:
            return None  # half a surrogate pair cannot be written at all

    if one != two and hashed(one) is not None:
        assert hashed(one) != hashed(two)


def test_the_clock_going_back_is_flagged_and_the_order_stays(clinic: OpenClinic, engine: Engine) -> None:
    clock = clinic.door._clock
    assert hasattr(clock, "advance")
    clock.advance(days=-1)
    clinic.door.do(shop.drop_coin, 1)
    clock.advance(days=3650)
    clinic.door.do(shop.drop_coin, 1)
    with engine.begin() as connection:
        flags = [row[0] for row in connection.exec_driver_sql("SELECT clock_flag FROM audit ORDER BY seq DESC LIMIT 2")]
        assert first_break(connection, clinic._audit_key) is None
    assert flags == ["leap", "back"]
    clock.advance(days=-3649)
