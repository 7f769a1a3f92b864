"""Taking back: former versions written anew, checked and audited like any other command."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.storage.door import Change, Door
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.storage import workshop as shop
from tests.storage.test_door import as_roles, events
from tests.storage.workshop import Moving, Putting


def test_a_change_is_taken_back_as_a_new_version(door: Door, engine: Engine) -> None:
    door.do(shop.put_bench, Putting("oak"))
    moved = door.do(shop.move_bench, Moving(1, 1, "ash"))
    before = door.head().seq
    shop.restored.clear()
    done = door.do(take_back, TakeBack(moved.operation))
    assert door.look(shop.benches) == ((1, "oak", "there", 3),)
    assert done.changes == {Change("shop_bench", 1, "changed")}
    assert shop.restored == [(1,)]
    assert events(engine, since=before) == [("operation.take_back", "done")]


def test_what_was_added_becomes_void_and_the_event_names_the_patient(door: Door, engine: Engine) -> None:
    put = door.do(shop.put_bench, Putting("oak", owner_id=12))
    done = door.do(take_back, TakeBack(put.operation))
    assert door.look(shop.benches) == ((1, "oak", "gone", 2),)
    with engine.begin() as connection:
        assert connection.execute(select(AuditEvent.patient_id).where(AuditEvent.event_id == done.operation)).scalar_one() == 12


def test_what_moved_on_stays(door: Door) -> None:
    put = door.do(shop.put_bench, Putting("oak"))
    door.do(shop.move_bench, Moving(1, 1, "ash"))
    with pytest.raises(Refusal) as told:
        door.do(take_back, TakeBack(put.operation))
    assert told.value.key == "moved_on"
    assert door.look(shop.benches) == ((1, "ash", "there", 2),)


def test_nothing_is_taken_back_twice_and_not_everything_can_be(door: Door) -> None:
    put = door.do(shop.put_bench, Putting("oak"))
    door.do(take_back, TakeBack(put.operation))
    coin = door.do(shop.drop_coin, 5)
    for operation, key in ((put.operation, "already_undone"), (coin.operation, "cannot_undo"), ("no such", "cannot_undo")):
        with pytest.raises(Refusal) as told:
            door.do(take_back, TakeBack(operation))
        assert told.value.key == key


def test_taking_back_needs_the_permission_of_what_is_taken_back(clinic: OpenClinic, engine: Engine) -> None:
    written = clinic.door.do(shop.write_letter, "x")
    door = as_roles(clinic, Role.FRONT_DESK)
    before = door.head().seq
    with pytest.raises(Denied):
        door.do(take_back, TakeBack(written.operation))
    assert events(engine, since=before) == [("operation.take_back", "denied")]
