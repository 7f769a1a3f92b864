"""What one seat commits is told at the others: by the server's call, without it by a slow look, and after an outage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Condition
from typing import Any

import pytest

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.storage import feed as feed_module
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import Mistake
from pulse_desktop.storage.feed import Feed
from pulse_desktop.storage.notes import Change
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.presence import Present
from pulse_desktop.storage.registry import command
from tests.storage import workshop as shop
from tests.storage.postgres_shop import ServerClinic
from tests.storage.workshop import Putting

PATIENCE = 20.0
NEVER = 3600.0
_SILENT = """CREATE OR REPLACE FUNCTION seal_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE given BIGINT; BEGIN
    UPDATE ledger_head SET number = number + 1 RETURNING number INTO STRICT given;
    UPDATE change SET number = given WHERE number = NEW.number; RETURN NULL;
END $$"""


@dataclass
class Seat:
    """A door whose feed writes down what it tells."""

    door: Door
    feed: Feed
    heard: list[frozenset[Change]] = field(default_factory=list)
    _something: Condition = field(default_factory=Condition)

    def hear(self, changes: frozenset[Change]) -> None:
        with self._something:
            self.heard.append(changes)
            self._something.notify_all()

    def all_heard(self) -> frozenset[Change]:
        return frozenset().union(*self.heard)

    def waits_for(self, done: Callable[[], bool]) -> None:
        with self._something:
            assert self._something.wait_for(done, PATIENCE), self.heard

    def present(self) -> list[tuple[str, bool]]:
        """Seats at which note 7 is open, and whether its person went on elsewhere."""
        return [(one.seat, one.went_on_elsewhere) for one in self.feed.presence.at("note", 7)]


@pytest.fixture
def sits(server_clinic: ServerClinic) -> Iterator[Callable[..., Seat]]:
    """Opens seats, each with its own connections and feed."""
    with ExitStack() as closing:

        def sit(name: str, *, look_every: float = NEVER) -> Seat:
            door = server_clinic.another_door(name)
            closing.callback(door._reading.dispose)
            seat = Seat(door, Feed(door._reading, door, look_every=look_every))
            closing.callback(seat.feed.close)
            door.listeners_elsewhere.append(seat.hear)
            seat.feed.start(server_clinic.clock)
            return seat

        yield sit


@command(needs=Permission.BOOK, audit="bench.fall")
def put_and_fall(context: Context, _value: None) -> None:
    shop.put_bench(context, Putting("falls"))
    message = "on purpose"
    raise RuntimeError(message)


def as_superuser(clinic: ServerClinic, sql: str) -> None:
    with writing(clinic.engine).begin() as connection:
        connection.exec_driver_sql(sql)


def bench_at(seat: Seat, name: str) -> Change:
    return Change("shop_bench", seat.door.do(shop.put_bench, Putting(name)).answer, "added")


def test_the_others_hear_what_was_committed_and_the_writer_does_not_hear_it_twice(sits: Callable[..., Seat]) -> None:
    here, there = sits("here"), sits("there")
    own: list[frozenset[Change]] = []
    here.door.listeners.append(own.append)
    added = bench_at(here, "oak")
    there.waits_for(lambda: added in there.all_heard())
    back = bench_at(there, "elm")  # comes after, so what was to come of "oak" has come by then
    here.waits_for(lambda: back in here.all_heard())
    assert added not in here.all_heard()
    assert own == [frozenset({added})]
    assert there.feed.calls > 0


def test_control_without_the_call_only_the_slow_look_finds_it(server_clinic: ServerClinic, sits: Callable[..., Seat]) -> None:
    as_superuser(server_clinic, _SILENT)
    here, looks, waits = sits("here"), sits("looks", look_every=0.05), sits("waits")
    added = bench_at(here, "oak")
    looks.waits_for(lambda: added in looks.all_heard())
    assert (looks.feed.calls, waits.feed.calls, waits.heard) == (0, 0, [])
    waits.feed.wake()
    waits.waits_for(lambda: added in waits.all_heard())


def test_changes_are_told_in_the_order_of_commits_and_each_once(sits: Callable[..., Seat]) -> None:
    here, there = sits("here"), sits("there")
    added = [bench_at(here, f"bench {at}") for at in range(30)]
    there.waits_for(lambda: added[-1] in there.all_heard())
    assert sum(len(changes) for changes in there.heard) == len(there.all_heard()) == len(added)
    first_heard = [next(at for at, heard in enumerate(there.heard) if one in heard) for one in added]
    assert first_heard == sorted(first_heard)


def test_a_rolled_back_command_is_no_news(sits: Callable[..., Seat]) -> None:
    here, there = sits("here"), sits("there")
    with pytest.raises(Mistake):
        here.door.do(put_and_fall, None)
    added = bench_at(here, "oak")
    there.waits_for(lambda: added in there.all_heard())
    assert there.all_heard() == {added}


def test_what_was_written_while_the_server_was_away_is_caught_up_with(
    server_clinic: ServerClinic, sits: Callable[..., Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AGAIN_AFTER", (0.3,))
    here, there = sits("here"), sits("there")
    as_superuser(server_clinic, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    added = bench_at(here, "oak")
    there.waits_for(lambda: added in there.all_heard())


def test_an_operation_whose_answer_was_lost_is_news_here_as_well(sits: Callable[..., Seat], monkeypatch: pytest.MonkeyPatch) -> None:
    here = sits("here")
    real, operation = Door._carry_out, new_id()

    def lost(self: Door, *given: Any) -> Any:
        real(self, *given)
        raise Trouble("server_gone")

    monkeypatch.setattr(Door, "_carry_out", lost)
    with pytest.raises(Trouble):
        here.door.do(shop.put_bench, Putting("oak"), operation=operation)
    monkeypatch.setattr(Door, "_carry_out", real)
    again = here.door.do(shop.put_bench, Putting("oak"), operation=operation)
    assert again.changes == frozenset()
    here.feed.wake()
    here.waits_for(lambda: Change("shop_bench", again.answer, "added") in here.all_heard())


def test_a_seat_sees_who_has_the_same_open_and_who_went_on_elsewhere(sits: Callable[..., Seat]) -> None:
    desk, room = sits("desk"), sits("room")
    desk.feed.presence.enter("note", 7, "Clifton")
    room.waits_for(lambda: room.present() == [("desk", False)])
    assert room.feed.presence.at("note", 7) == (
        Present("note", 7, desk.door.actor.vault_id, desk.door.actor.name, "desk", "Clifton", is_here=False, is_mine=True, went_on_elsewhere=False),
    )
    room.feed.presence.enter("note", 7, "Clifton")
    room.feed.presence.go_on_here("note", 7, "Clifton")
    desk.waits_for(lambda: desk.present() == [("desk", True), ("room", False)])
    room.feed.presence.leave("note", 7)
    desk.waits_for(lambda: desk.present() == [("desk", True)])


def test_a_seat_that_ends_is_gone_at_once_and_one_that_falls_silent_after_half_a_minute(
    server_clinic: ServerClinic, sits: Callable[..., Seat]
) -> None:
    desk, room, third = sits("desk"), sits("room"), sits("third", look_every=0.05)
    desk.feed.presence.enter("note", 7, "Clifton")
    room.feed.presence.enter("note", 7, "Clifton")
    third.waits_for(lambda: len(third.present()) == 2)
    desk.feed.close()
    third.waits_for(lambda: third.present() == [("room", False)])
    as_superuser(server_clinic, "UPDATE presence SET seen = seen - interval '31 seconds'")
    third.waits_for(lambda: third.present() == [])


def test_presence_is_neither_history_nor_audit(server_clinic: ServerClinic, sits: Callable[..., Seat]) -> None:
    desk, room = sits("desk"), sits("room")

    def counts() -> list[int]:
        with server_clinic.engine.begin() as connection:
            return [connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar_one() for one in ("history", "audit", "change", "operation")]

    before = counts()
    desk.feed.presence.enter("note", 7, "Clifton")
    room.waits_for(lambda: bool(room.present()))
    assert counts() == before


def test_t3_how_far_a_clock_is_off_is_known_from_the_start(server_clinic: ServerClinic) -> None:
    for ahead in (timedelta(minutes=-3), timedelta(), timedelta(minutes=90)):
        feed = Feed(server_clinic.engine, server_clinic.door)
        told = feed.start(SteppedClock(datetime.now(UTC) + ahead))
        feed.close()
        assert abs(told - ahead) < timedelta(seconds=30)


def test_t3_the_audit_has_the_servers_time_and_flags_a_seat_that_is_off(server_clinic: ServerClinic) -> None:
    def newest() -> Any:
        with server_clinic.engine.begin() as connection:
            sql = "SELECT clock_flag, abs(at_utc / 1000.0 - extract(epoch FROM clock_timestamp())) < 60 FROM audit ORDER BY seq DESC LIMIT 1"
            return tuple(connection.exec_driver_sql(sql).one())

    clock = server_clinic.clock
    assert isinstance(clock, SteppedClock)
    for off, flag in ((-7200, "skew"), (0, None), (90, "skew")):
        clock.advance(seconds=(datetime.now(UTC) - clock.now()).total_seconds() + off)
        server_clinic.door.do(shop.put_bench, Putting("oak"))
        assert newest() == (flag, True)


def test_closing_does_not_wait_for_a_server_that_hangs(server_clinic: ServerClinic, sits: Callable[..., Seat]) -> None:
    """The connection is held inside a statement that does not come back; closing cuts it."""
    seat = sits("desk")
    with writing(server_clinic.engine).begin() as connection:
        connection.exec_driver_sql("LOCK TABLE presence IN ACCESS EXCLUSIVE MODE")
        seat.feed.wake()
        hanging = "SELECT true FROM pg_locks WHERE NOT granted AND relation = 'presence'::regclass"
        until = time.monotonic() + PATIENCE
        while connection.exec_driver_sql(hanging).first() is None and time.monotonic() < until:
            pass
        seat.feed.close()
        assert not seat.feed._thread.is_alive()
