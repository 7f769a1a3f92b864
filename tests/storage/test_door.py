"""The door: permission, object, one transaction, one event, the same answer twice (Z1, Z2, Z6, U1, U4, L3, P1)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from pulse_desktop.basics.problems import Denied, NeedsConsent, Outdated, Problem, Refusal
from pulse_desktop.storage.context import Actor, Context
from pulse_desktop.storage.door import Change, Done, Door
from pulse_desktop.storage.faults import Mistake
from pulse_desktop.storage.ledgers import AuditEvent, ChangeRow, History, Operation, VaultPerson
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import ROLE_PERMISSIONS, Permission, Role
from pulse_desktop.storage.registry import (
    Declaration,
    Undeclared,
    declaration_of,
    registered_commands,
    registered_queries,
)
from tests.storage import workshop as shop
from tests.storage.workshop import Bench, Coin, Moving, Putting, Taking


def events(engine: Engine, *, since: int = 0) -> list[tuple[str, str]]:
    with engine.begin() as connection:
        rows = connection.execute(select(AuditEvent.action, AuditEvent.outcome).where(AuditEvent.seq > since).order_by(AuditEvent.seq))
        return [(row.action, row.outcome) for row in rows]


def count(engine: Engine, table: type[Any]) -> int:
    with engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def as_roles(clinic: OpenClinic, *roles: Role) -> Door:
    """The same person with other roles, as the database has them."""
    with clinic._engine.execution_options(pulse_writes=True).begin() as connection:
        connection.execute(text("DROP TRIGGER guard_vault_person_version"))
        connection.execute(VaultPerson.__table__.update().values(roles=[str(role) for role in roles]))  # type: ignore[attr-defined]
    door = clinic.door
    door._asked_roles = float("-inf")
    return door


def test_a_command_writes_its_row_history_change_and_exactly_one_event(door: Door, engine: Engine) -> None:
    before = door.head().seq
    heard: list[frozenset[Change]] = []
    door.listeners.append(heard.append)
    done = door.do(shop.put_bench, Putting("oak"))
    assert done == Done(1, done.operation, frozenset({Change("shop_bench", 1, "added")}), undo=True)
    assert heard == [done.changes]
    assert events(engine, since=before) == [("bench.put", "done")]
    with engine.begin() as connection:
        event = connection.execute(select(AuditEvent).where(AuditEvent.event_id == done.operation)).mappings().one()
        image = connection.execute(select(History.image).where(History.operation == done.operation)).scalar_one()
        change = connection.execute(select(ChangeRow.subject, ChangeRow.row_id, ChangeRow.kind)).all()[-1]
    assert (event["patient_id"], event["object_type"], event["object_id"]) == (7, "bench", 1)
    assert image == '{"at":1795528800000,"id":1,"owner_id":7,"state":"there","version":1,"words":"oak"}'
    assert tuple(change) == ("shop_bench", 1, "added")


@pytest.mark.parametrize("move", [shop.move_bench, shop.rewrite_bench])
def test_orm_and_core_changes_leave_the_same_traces(door: Door, engine: Engine, move: Callable[[Context, Moving], None]) -> None:
    door.do(shop.put_bench, Putting("oak"))
    done = door.do(move, Moving(1, 1, "ash"))
    assert done.changes == {Change("shop_bench", 1, "changed")}
    assert door.look(shop.benches) == ((1, "ash", "there", 2),)
    with engine.begin() as connection:
        versions = connection.execute(select(History.version).where(History.subject == "shop_bench").order_by(History.version)).scalars()
        assert list(versions) == [1, 2]


def test_l3_a_thousand_repeats_act_once_and_answer_the_same(door: Door, engine: Engine) -> None:
    before = door.head().seq
    answers = {door.do(shop.drop_coin, 5, operation="0123").answer for _ in range(1000)}
    assert answers == {1}
    assert count(engine, Coin) == 1
    assert events(engine, since=before) == [("coin.drop", "done")]


def test_a_repeated_operation_answers_with_the_very_value(door: Door) -> None:
    first = door.do(shop.put_and_tell, Putting("elm"), operation="abc")
    again = door.do(shop.put_and_tell, Putting("elm"), operation="abc")
    assert again.answer == first.answer == shop.PutAnswer(1, shop.START, ("new", "core"))
    assert again.changes == frozenset()


def test_an_operation_id_cannot_be_used_for_something_else(door: Door) -> None:
    door.do(shop.drop_coin, 5, operation="abc")
    with pytest.raises(Refusal) as told:
        door.do(shop.put_bench, Putting("oak"), operation="abc")
    assert told.value.key == "operation_reused"


def test_what_fails_leaves_nothing(door: Door, engine: Engine) -> None:
    before = door.head()
    heard: list[frozenset[Change]] = []
    door.listeners.append(heard.append)
    for failing in (shop.burst, shop.ask_first):
        with pytest.raises((Mistake, NeedsConsent)):
            door.do(failing, Putting("oak"))
    assert (count(engine, Bench), door.head(), heard) == (0, before, [])


def test_a_consent_lets_the_same_command_through_and_is_written_down(door: Door, engine: Engine) -> None:
    with pytest.raises(NeedsConsent) as asked:
        door.do(shop.ask_first, Putting("oak"))
    done = door.do(shop.ask_first, Putting("oak"), consents=asked.value.agreed("a patient in pain, Mori"))
    with engine.begin() as connection:
        reason = connection.execute(select(AuditEvent.reason_code).where(AuditEvent.event_id == done.operation)).scalar_one()
    assert reason == "after_hours"  # the key, never the words


def test_an_older_version_is_outdated_and_a_bulk_write_is_refused(door: Door) -> None:
    door.do(shop.put_bench, Putting("oak"))
    door.do(shop.move_bench, Moving(1, 1, "ash"))
    with pytest.raises(Outdated) as told:
        door.do(shop.move_bench, Moving(1, 1, "elm"))
    assert (told.value.subject, told.value.row_id) == ("shop_bench", 1)


def test_a_guard_speaks_in_the_subjects_words(door: Door) -> None:
    door.do(shop.take_span, Taking("room", 1, 0, 1000))
    with pytest.raises(Refusal) as told:
        door.do(shop.take_span, Taking("room", 1, 999, 1500))
    assert (told.value.key, told.value.field) == ("room_taken", "starts")
    with pytest.raises(Mistake):  # nobody gave this guard a sentence: our mistake, not the person's
        door.do(shop.take_span, Taking("bed", 1, 5, 5))
    door.do(shop.take_span, Taking("room", 1, 1000, 1500))


def test_undeclared_functions_do_not_pass(door: Door) -> None:
    def stranger(context: Context, value: int) -> int:
        return value

    with pytest.raises(Undeclared):
        door.do(stranger, 1)
    with pytest.raises(Undeclared):
        door.look(stranger, 1)
    with pytest.raises(TypeError):
        door.look(shop.drop_coin, 1)


def test_a_query_cannot_write(door: Door, engine: Engine) -> None:
    with pytest.raises(Mistake):
        door.look(shop.sneaky)
    with pytest.raises(Exception, match="readonly"), engine.begin() as connection:
        connection.execute(Coin.__table__.insert().values(worth=1))  # type: ignore[attr-defined]


def test_z6_denials_are_generic_and_audited(clinic: OpenClinic, engine: Engine) -> None:
    door = as_roles(clinic, Role.FRONT_DESK)
    before = door.head().seq
    for attempt in (lambda: door.do(shop.write_letter, "x"), lambda: door.look(shop.letter, 1), lambda: door.do(shop.put_bench, Putting("x", 666))):
        with pytest.raises(Denied) as told:
            attempt()
        assert (told.value.key, dict(told.value.details)) == ("denied", {})
    assert events(engine, since=before) == [("letter.write", "denied"), ("letter.view", "denied"), ("bench.put", "denied")]
    assert count(engine, Bench) == 0


def test_z6_roles_taken_away_work_without_signing_in_again(clinic: OpenClinic) -> None:
    clinic.door.do(shop.write_letter, "x")
    door = as_roles(clinic, Role.OWNER)
    with pytest.raises(Denied):
        door.do(shop.write_letter, "x")


def test_an_audited_look_is_written_before_it_is_shown(door: Door, engine: Engine) -> None:
    door.do(shop.write_letter, "dear")
    before = door.head().seq
    assert door.look(shop.letter, 1) == "dear"
    assert events(engine, since=before) == [("letter.view", "seen")]
    with engine.begin() as connection:
        assert connection.execute(select(AuditEvent.patient_id).order_by(AuditEvent.seq.desc())).scalars().first() == 101


def test_u4_without_the_trail_nothing_happens_and_nothing_is_shown(door: Door, engine: Engine) -> None:
    door.do(shop.write_letter, "dear")
    with engine.execution_options(pulse_writes=True).begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER mute BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'mute'); END")
    for attempt in (lambda: door.do(shop.drop_coin, 1), lambda: door.do(shop.put_bench, Putting("oak")), lambda: door.look(shop.letter, 1)):
        with pytest.raises(Mistake):
            attempt()
    assert (count(engine, Coin), count(engine, Bench)) == (0, 0)
    with engine.execution_options(pulse_writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER mute")


def test_p1_no_value_survives_in_an_error(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "Canary Mori 9735550123"
    for attempt in (
        lambda: door.do(shop.burst, Putting(canary)),
        lambda: door.do(shop.put_bench, Putting({canary})),  # type: ignore[arg-type]
        lambda: door.do(shop.move_bench, Moving(1, 1, canary)),
        lambda: door.do(shop.take_span, Taking(canary, 1, 5, 5)),
        lambda: door.look(shop.letter, canary),  # type: ignore[arg-type]
    ):
        with pytest.raises(Exception) as told:
            attempt()
        error: BaseException | None = told.value
        while error is not None:
            assert canary not in str(error) + repr(error) + str(vars(error))
            error = error.__cause__ or error.__context__
    assert canary not in caplog.text


def test_a_mistake_says_what_and_where(door: Door) -> None:
    with pytest.raises(Mistake) as told:
        door.do(shop.burst, Putting("oak"))
    assert told.value.kind == "ValueError"
    assert "burst" in str(told.value)
    assert "workshop.py" in str(told.value)


@pytest.mark.parametrize("role", list(Role))
def test_z1_role_matrix_at_the_door(clinic: OpenClinic, role: Role) -> None:
    """Every declared command and query against every role: who may not is denied before the function is reached."""
    door = as_roles(clinic, role)
    every: list[Declaration] = [*registered_commands().values(), *registered_queries().values()]
    assert len(every) > 10
    for declaration in every:
        call = door.do if declaration.writes else door.look
        try:
            call(declaration.function, object())
            denied = False
        except Denied:
            denied = True
        except (Problem, Mistake):  # it was let in and then could make nothing of an empty value
            denied = False
        assert denied is (declaration.needs not in ROLE_PERMISSIONS[role]), declaration.name


def test_z1_roles_are_what_the_house_agreed() -> None:
    desk, healer, owner = (ROLE_PERMISSIONS[role] for role in (Role.FRONT_DESK, Role.PRACTITIONER, Role.OWNER))
    clinical = {Permission.SEE_CLINICAL, Permission.WRITE_NOTE, Permission.SIGN_NOTE, Permission.OVERRIDE_SAFETY}
    running = {Permission.SET_UP, Permission.MANAGE_PEOPLE, Permission.SEE_AUDIT}
    assert not desk & (clinical | running)
    assert clinical <= healer
    assert not healer & running
    assert running <= owner
    assert not owner & (clinical - {Permission.SEE_CLINICAL})
    both = Actor(1, "x", "n", frozenset({Role.OWNER, Role.PRACTITIONER}))
    assert all(both.may(permission) for permission in Permission)


def test_every_declaration_is_complete() -> None:
    for declaration in registered_commands().values():
        assert declaration.audit
    assert declaration_of(shop.drop_coin).needs is Permission.TAKE_MONEY


def test_operations_events_and_history_agree(door: Door, engine: Engine) -> None:
    for number in range(20):
        door.do(shop.put_bench, Putting(str(number)))
    with engine.begin() as connection:
        done = set(connection.execute(select(Operation.id)).scalars())
        seen = set(connection.execute(select(AuditEvent.event_id).where(AuditEvent.outcome == "done", AuditEvent.action == "bench.put")).scalars())
    assert len(seen) == 20
    assert seen <= done
