"""On a server the database refuses the same by itself, in the same words (C2, U5, N1 in short form, C3)."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleaned
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.schema import declared_shape, differences, shape_of, version_of
from tests.storage import workshop as shop
from tests.storage.postgres_shop import ServerClinic
from tests.storage.workshop import HOUR, Putting, Taking


def refused(clinic: ServerClinic, *statements: str) -> list[str]:
    """What is made of the database's answer to each statement, sent past all our code."""
    from pulse_desktop.storage.faults import _database_message
    from pulse_desktop.storage.guards import guard_in

    told = []
    for statement in statements:
        with writing(clinic.engine).connect() as connection:
            try:
                connection.execute(text(statement))
                told.append("done")
            except DBAPIError as error:
                message = _database_message(error) or ""
                told.append(f"guard:{guard_in(message)}" if guard_in(message) else message)
            connection.rollback()
    return told


@pytest.fixture
def furnished(server_clinic: ServerClinic) -> ServerClinic:
    """One bench, one sealed letter, one coin, one taken span."""
    door = server_clinic.door
    door.do(shop.put_bench, Putting("oak"))
    door.do(shop.write_letter, "dear")
    door.do(shop.seal_letter, 1)
    door.do(shop.drop_coin, 5)
    door.do(shop.take_span, Taking("room", 1, 0, HOUR))
    return server_clinic


def test_c2_a_version_cannot_be_skipped_kept_or_moved(furnished: ServerClinic) -> None:
    assert refused(
        furnished,
        "UPDATE shop_bench SET words = 'x'",
        "UPDATE shop_bench SET words = 'x', version = 3",
        "UPDATE shop_bench SET version = NULL",
        "UPDATE shop_bench SET id = 9, version = 2",
        "INSERT INTO shop_bench (version, owner_id, words, state, at) VALUES (4, 1, 'x', 'there', 0)",
        "UPDATE shop_bench SET words = 'x', version = 2",
    ) == ["guard:version"] * 5 + ["done"]


KEPT = (
    "UPDATE shop_coin SET worth = 6",
    "DELETE FROM shop_coin",
    "TRUNCATE shop_coin",
    "INSERT INTO shop_coin (id, worth) VALUES (1, 6) ON CONFLICT (id) DO UPDATE SET worth = 6",
)


def test_u5_append_only_rows_are_out_of_reach(furnished: ServerClinic) -> None:
    told = refused(
        furnished, *KEPT, "DELETE FROM audit", "TRUNCATE audit", "UPDATE audit SET outcome = 'x'", "UPDATE history SET image = ''",
        "DELETE FROM operation", "TRUNCATE operation", "DELETE FROM change", "UPDATE change SET number = number + 1", "TRUNCATE shop_bench",
    )  # fmt: skip
    assert all(answer in {"guard:append_only", "guard:kept"} for answer in told), told
    assert refused(furnished, "INSERT INTO shop_coin (worth) VALUES (6)") == ["done"]


def test_u5_control_without_guards_the_same_statements_pass(furnished: ServerClinic) -> None:
    with writing(furnished.engine).begin() as connection:
        for what in ("update", "delete", "truncate"):
            connection.exec_driver_sql(f"DROP TRIGGER guard_shop_coin_{what} ON shop_coin")
    assert refused(furnished, *KEPT) == ["done"] * 4


def test_n1_a_sealed_row_is_frozen_but_for_its_mark(furnished: ServerClinic) -> None:
    frozen = (
        "UPDATE shop_letter SET words = 'x', version = version + 1",
        "UPDATE shop_letter SET state = 'open', version = version + 1",
        "DELETE FROM shop_letter",
        "TRUNCATE shop_letter",
    )
    assert all(answer in {"guard:frozen", "guard:kept"} for answer in refused(furnished, *frozen))
    assert refused(furnished, "UPDATE shop_letter SET mark = 'in error', version = version + 1") == ["done"]
    with writing(furnished.engine).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_shop_letter_frozen ON shop_letter")
    assert refused(furnished, *frozen[:2]) == ["done", "done"]


def _span(kind: str, key: int, starts: int, ends: int) -> str:
    return f"INSERT INTO shop_taken (kind, key, starts, ends) VALUES ('{kind}', {key}, {starts}, {ends})"


def test_c3_spans_touch_but_never_overlap(furnished: ServerClinic) -> None:
    assert refused(
        furnished,
        _span("room", 1, HOUR - 1, 2 * HOUR), _span("room", 1, -5, 1), _span("room", 1, 5, 6), _span("room", 1, -HOUR, 3 * HOUR),
        _span("room", 1, HOUR, 2 * HOUR), _span("room", 1, -HOUR, 0), _span("room", 2, 0, HOUR), _span("patient", 1, 0, HOUR),
        _span("bed", 1, 5, 5), _span("bed", 1, 5, 4), _span("bed", 1, 0, 13 * HOUR), "UPDATE shop_taken SET ends = ends + 1",
    ) == ["guard:shop:room"] * 4 + ["done"] * 4 + ["guard:shop_span"] * 3 + ["done"]  # fmt: skip
    with pytest.raises(Refusal, match="room_taken"):
        furnished.door.do(shop.take_span, Taking("room", 1, HOUR - 1, 2 * HOUR))


def test_c3_kinds_nobody_named_are_kept_apart_too_and_without_the_constraint_they_overlap(furnished: ServerClinic) -> None:
    both = _span("chair", 1, 0, 9) + ", ('chair', 1, 3, 5)"
    assert refused(furnished, both) == ["guard:shop"]
    with writing(furnished.engine).begin() as connection:
        connection.exec_driver_sql('ALTER TABLE shop_taken DROP CONSTRAINT "shop_taken guard:shop"')
    assert refused(furnished, both) == ["done"]


def test_a_unique_key_is_named_as_in_a_file_and_no_value_comes_along(furnished: ServerClinic) -> None:
    again = "INSERT INTO vault_person (version, vault_id, name, roles, exchange_key, signing_key, active) SELECT 1, vault_id, 'Ann', '[]', '', '', true FROM vault_person"
    assert refused(furnished, again) == [f"guard:unique:{VaultPerson.__tablename__}.vault_id"]
    with pytest.raises(IntegrityError) as raised, writing(furnished.engine).begin() as connection:
        connection.execute(text(again))
    assert furnished.door.actor.vault_id in str(raised.value)
    assert furnished.door.actor.vault_id not in repr(cleaned(raised.value))


def test_the_shape_is_the_declared_one_and_a_lifted_guard_shows(furnished: ServerClinic) -> None:
    with writing(furnished.engine).begin() as connection:
        wanted = declared_shape(connection)
        assert version_of(connection) is not None
        assert differences(shape_of(connection), wanted) == ()
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER sealed")
        connection.exec_driver_sql("DROP TRIGGER guard_shop_coin_update ON shop_coin")
        connection.exec_driver_sql("DROP INDEX ix_history_operation")
        assert differences(shape_of(connection), wanted) == (
            "different: trigger audit sealed", "missing: index ix_history_operation", "missing: trigger shop_coin guard_shop_coin_update",
        )  # fmt: skip
