"""On a server events and changes get their numbers at COMMIT: no gap, no break, whoever writes at once (U2, U6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulse_desktop.storage.audit import Break, first_break
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.postgres_guards import drop_guards
from tests.storage import workshop as shop
from tests.storage.postgres_shop import ServerClinic
from tests.storage.workshop import Putting

WRITERS, EACH = 20, 15


def broken(clinic: ServerClinic) -> Break | None:
    with clinic.engine.begin() as connection:
        return first_break(connection, b"")


def numbers(clinic: ServerClinic, column: str, table: str) -> list[int]:
    with clinic.engine.begin() as connection:
        return list(connection.exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY 1").scalars())


def test_u6_twenty_writers_at_once_leave_no_gap_and_no_break(server_clinic: ServerClinic) -> None:
    def write(seat: int) -> None:
        door = server_clinic.another_door(f"seat {seat}")
        for at in range(EACH):
            door.do(shop.put_bench, Putting(f"{seat} {at}"))
        door._writing.dispose()

    before = len(numbers(server_clinic, "seq", "audit"))
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    for column, table in (("seq", "audit"), ("number", "change")):
        given_numbers = numbers(server_clinic, column, table)
        assert given_numbers == list(range(1, len(given_numbers) + 1))
    assert len(numbers(server_clinic, "seq", "audit")) == before + WRITERS * EACH
    assert broken(server_clinic) is None


def test_changes_are_numbered_in_the_order_of_commits(server_clinic: ServerClinic) -> None:
    add = "INSERT INTO change (subject, row_id, kind, operation) VALUES ('x', {}, 'added', 'x')"
    first, second = (writing(server_clinic.engine).connect() for _ in range(2))
    first.exec_driver_sql(add.format(1))
    second.exec_driver_sql(add.format(2))
    second.commit()
    first.commit()
    first.exec_driver_sql(add.format(3))
    first.rollback()
    second.exec_driver_sql(add.format(4))
    second.commit()
    order = second.exec_driver_sql("SELECT row_id, number FROM change WHERE subject = 'x' ORDER BY number").all()
    second.close()
    first.close()
    assert [row_id for row_id, _ in order] == [2, 1, 4]
    assert [number - order[0].number for _, number in order] == [0, 1, 2]


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        ("UPDATE audit SET outcome = 'x' WHERE seq = 4", Break(4, "changed")),
        ("UPDATE audit SET hash = '' WHERE seq = 4", Break(4, "changed")),
        ("DELETE FROM audit WHERE seq = 4", Break(4, "missing")),
        ("DELETE FROM audit WHERE seq > 5", Break(6, "missing")),
        ("UPDATE audit SET seq = -3 WHERE seq = 4", Break(-3, "inserted")),
    ],
)
def test_u2_what_was_tampered_with_shows_at_its_number(server_clinic: ServerClinic, statement: str, wanted: Break) -> None:
    for worth in range(8):
        server_clinic.door.do(shop.drop_coin, worth)
    assert broken(server_clinic) is None
    with writing(server_clinic.engine).begin() as connection:
        drop_guards(connection, "audit")
        connection.exec_driver_sql(statement)
    assert broken(server_clinic) == wanted


def test_a_client_cannot_choose_number_or_hash(server_clinic: ServerClinic) -> None:
    with writing(server_clinic.engine).begin() as connection:
        names = 'event_id, at_utc, tz_offset, seat, session, "user", role, action, outcome, app_version'
        connection.exec_driver_sql(
            f"INSERT INTO audit (seq, prev, hash, {names}) VALUES (900, 'a', 'b', 'e', 5, 0, 'é\"\\\n', 's', 'u', 'r', 'a', 'done', '1')"
        )
    assert broken(server_clinic) is None
    assert 900 not in numbers(server_clinic, "seq", "audit")


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seat=words, action=words, number=st.none() | st.integers(-(2**53) + 1, 2**53 - 1))
def test_server_and_program_write_an_event_down_alike(server_clinic: ServerClinic, seat: str, action: str, number: int | None) -> None:
    with server_clinic.engine.begin() as connection:
        row = "json_populate_record(NULL::audit, %s::json)"
        given_row = {"seat": seat, "action": action, "object_id": number}
        told = connection.exec_driver_sql(f"SELECT audit_canonical({row})", (canonical(given_row).decode(),)).scalar_one()
    columns = [column.name for column in AuditEvent.__table__.columns if column.name not in {"prev", "hash"}]
    assert bytes(told) == canonical({name: given_row.get(name) for name in columns})
